import {
  type Currency,
  Decimal,
  type LinePrice,
  NonNegativeDecimal,
  type OrderLine,
  PositiveDecimal,
  sumDecimals,
  type UnitOfMeasure,
} from '@counterfoil/core'
import type * as z from 'zod'
import { identifyItem, readItemNumbers } from '../element/item-numbers.ts'
import { readOwedPrice } from '../element/read-price.ts'
import { readQuantity } from '../element/read-quantity.ts'
import { readUnit } from '../element/read-unit.ts'
import { readAllowanceCharges, sumOf } from '../loop/allowance-charges.ts'
import { lineAmount } from '../loop/line-amount.ts'
import type { LineNumbering } from '../loop/line-numbers.ts'
import { readDescription } from '../loop/notes.ts'
import { readShipTo, splitParties } from '../loop/parties.ts'
import type { SetLine } from '../loop/split-lines.ts'
import { note, type SetReading, takeFirst } from '../set/set-reading.ts'
import { elementText, type Segment } from '../syntax/segment.ts'
import { preferDates, readRequestedDates, type RequestedDates } from './order-dates.ts'
import { readSchedules } from './order-schedules.ts'
import { readPackConversions } from './pack-conversions.ts'

/** What a line takes from the rest of its order. */
export type OrderFrame = {
  readonly numbering: LineNumbering
  readonly dates: RequestedDates
  readonly shipTo: string | null
  readonly currency: Currency
}

/** An order line as a draft carries it. */
export type OrderLineDraft = z.input<typeof OrderLine>

/** A PO1 with what stands below it. Null, with an error, where no quantity can be told. */
export const mapOrderLine = (
  reading: SetReading,
  line: SetLine,
  frame: OrderFrame,
): OrderLineDraft | null => {
  const { start } = line
  const { own } = frame.numbering.claim(start, 1)
  reading.use(start)
  reading.traceLine(start)
  const { parties, rest } = splitParties(line.below)
  const ordered = readQuantity(reading, { segment: start, element: 2 }, 3)
  const schedules = readSchedules(reading, line, {
    ordered,
    dates: preferDates(readRequestedDates(reading, rest), frame.dates),
    shipTo: readShipTo(reading, parties) ?? frame.shipTo,
  })
  const unitOfMeasure = ordered?.unitOfMeasure ?? scheduleUnit(reading, line)
  if (schedules.length === 0 || unitOfMeasure === null) return noQuantity(reading, line)
  const quantityOrdered = sumDecimals(schedules.map((one) => Decimal.parse(one.quantityOrdered)))
  const stated = readOwedPrice(reading, start, rest, { unitOfMeasure, severity: 'error' })
  if (stated === null) noteMissingPrice(reading, line)
  const price = stated?.price ?? openPrice(unitOfMeasure)
  const amount = lineAmount({
    quantity: quantityOrdered,
    unitOfMeasure,
    price,
    currency: frame.currency,
  })
  const charges = readAllowanceCharges(reading, rest, {
    currency: frame.currency,
    amount,
    quantity: quantityOrdered,
  })
  return {
    orderLineNumber: own,
    lineType: stated?.basis.isFree === true ? 'free-goods' : 'item',
    item: identifyItem(reading, start, readItemNumbers(reading, start, 6)),
    description: readDescription(reading, rest),
    unitOfMeasure,
    quantityOrdered,
    price,
    discountAmount: sumOf(charges, 'allowance'),
    chargesAmount: sumDecimals([sumOf(charges, 'charge'), sumOf(charges, 'tax')]),
    ...taxCodeOf(reading, rest),
    matchTo: reading.settings.order.matchTo,
    deliveryTolerance: reading.settings.order.deliveryTolerance,
    unitConversions: readPackConversions(reading, rest, unitOfMeasure),
    schedules: [...schedules],
  }
}

/** A line without PO102 counts in its schedules' unit. */
const scheduleUnit = (reading: SetReading, { below }: SetLine): UnitOfMeasure | null => {
  const schedule = below.find((one) => one.id === 'SCH')
  if (schedule !== undefined) return readUnit(reading, { segment: schedule, element: 2 })
  const destination = below.find((one) => one.id === 'SDQ')
  return destination === undefined ? null : readUnit(reading, { segment: destination, element: 1 })
}

const noQuantity = (reading: SetReading, { start }: SetLine): null => {
  note(
    reading,
    'x12-quantity-missing',
    { segment: start, element: 2 },
    {
      severity: 'error',
      sentence: 'the line orders no quantity above zero: ask the buyer how much is ordered',
    },
  )
  return null
}

const noteMissingPrice = (reading: SetReading, { start }: SetLine): void =>
  note(
    reading,
    'x12-price-missing',
    { segment: start, element: 4 },
    {
      severity: 'warning',
      sentence:
        'the line states no price: it is taken as an estimate of zero, so every invoice for it will be asked about',
    },
  )

/** What a line without a price costs: nothing known, and every bill is a question. */
const openPrice = (unitOfMeasure: UnitOfMeasure): LinePrice => ({
  amount: NonNegativeDecimal.parse('0'),
  perQuantity: PositiveDecimal.parse('1'),
  perUnitOfMeasure: unitOfMeasure,
  priceType: 'estimated',
})

const taxCodeOf = (reading: SetReading, below: readonly Segment[]): { taxCode?: string } => {
  const segment = takeFirst(reading, below, 'TXI')
  return segment === null ? {} : { taxCode: elementText(segment, 1) }
}
