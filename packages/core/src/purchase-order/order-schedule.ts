import * as z from 'zod'
import { CalendarDate } from '../calendar/calendar-date.ts'
import { PositiveDecimal } from '../decimal/decimal.ts'
import { LineNumber, LocationId } from '../identity/identity.ts'

/** One delivery of an order line: so much, there, in that window. The real unit of work. X12 SCH, EDIFACT SCC. */
export const OrderSchedule = z.strictObject({
  scheduleNumber: LineNumber,
  /** In the order line's unit of measure. */
  quantityOrdered: PositiveDecimal,
  /** First day the goods are wanted; null when any earlier day will do. X12 064, EDIFACT 64. */
  deliverNotBefore: CalendarDate.nullable(),
  /** Day the goods are wanted, the last day of the window. X12 002 or 063, EDIFACT 2 or 63. */
  requestedDate: CalendarDate.nullable(),
  /** Day the goods should leave the supplier, when the order asks for that. X12 010 or 038, EDIFACT 10. */
  requestedShipDate: CalendarDate.optional(),
  shipTo: LocationId.nullable(),
  /**
   * How far the buyer is bound: `firm` is ordered, `trade-off` lets the supplier buy material at the buyer's risk, `forecast`
   * binds nobody. Only what is firm may be billed. Absent: firm. X12 FST02, EDIFACT SCC 4017.
   */
  commitment: z.enum(['firm', 'trade-off', 'forecast']).optional(),
})
export type OrderSchedule = z.infer<typeof OrderSchedule>
