import * as z from 'zod'
import { CalendarDate } from '../calendar/calendar-date.ts'
import { Instant } from '../calendar/instant.ts'
import { Discrepancy } from '../discrepancy/discrepancy.ts'
import { ExceptionCase, ExceptionCode } from '../exception/exception.ts'
import { PolicyDecision } from '../policy/policy.ts'
import { shipmentMessages } from './shipment-messages.ts'
import { ValidationStep } from './validation-step.ts'

const id = z.string().min(1).max(600)
const because = z.string().max(2000)

/** Everything that is not as ordered, promised or complete was held against the tolerances in force. */
export const ShipNoticeAssessed = z.strictObject({
  revision: z.int().nonnegative(),
  findings: z.array(
    z.strictObject({
      step: ValidationStep,
      code: ExceptionCode.nullable(),
      discrepancy: Discrepancy,
      judgement: z.enum(['within', 'warn', 'outside']),
      policy: PolicyDecision,
    }),
  ),
})

/** The warehouse was told before the goods came that they do not fit the order. */
export const WarehouseAlerted = z.strictObject({
  /** Identities of the differences it was told of. */
  differences: z.array(z.string().max(2000)).min(1),
  /** The day the goods are expected; null when nobody said. */
  expectedOn: CalendarDate.nullable(),
  sentence: because,
})

/** A case was opened for a person; `wantedKey` names what it is for, so that it is opened once. */
export const ShipmentCaseOpened = z.strictObject({
  case: ExceptionCase,
  wantedKey: z.string().max(2000),
})
export const ShipmentCaseCured = z.strictObject({ exceptionId: id, because })

/** A wait began, with the clock that ends it; the due instant is counted once and kept. */
export const ShipmentWaitStarted = z.strictObject({
  timerId: id,
  type: z.string().max(120),
  dueAt: Instant,
  data: z.record(z.string(), z.json()),
})
export const ShipmentWaitEnded = z.strictObject({ timerId: id })

/** What a shipment decided itself, by event type. */
export const shipmentDecisions = {
  'ship-notice.assessed': ShipNoticeAssessed,
  'warehouse.alerted': WarehouseAlerted,
  'case.opened': ShipmentCaseOpened,
  'case.cured': ShipmentCaseCured,
  'wait.started': ShipmentWaitStarted,
  'wait.ended': ShipmentWaitEnded,
} as const
/** The type of an event in which a shipment decided something itself: noun, dot, past participle. */
export type ShipmentDecisionType = keyof typeof shipmentDecisions

/** Something a shipment decided itself. */
export type ShipmentDecision = {
  [Type in ShipmentDecisionType]: {
    readonly type: Type
    readonly data: z.infer<(typeof shipmentDecisions)[Type]>
  }
}[ShipmentDecisionType]

/** Every event a shipment's state is made of, with the schema of its data. */
export const shipmentEvents = { ...shipmentMessages, ...shipmentDecisions } as const
