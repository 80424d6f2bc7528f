import {
  ApprovalRequirement,
  Conduct,
  matchCheckNames,
  PlannedCheck,
  Route,
  Timing,
  Tolerance,
} from '@counterfoil/core'
import * as z from 'zod'

/** Why the rule says what it says, shown to people: write it for the buyer. */
const because = z.string().trim().min(1).max(400)

/** How far a difference is accepted. All limits are given: `null` is not checked, `"0"` is checked against zero. */
export const ToleranceEvent = z.strictObject({
  /** The kind of answer. */
  type: z.literal('tolerance'),
  /** The answer, and why. */
  params: z.strictObject({ ...Tolerance.shape, because }),
})
export type ToleranceEvent = z.infer<typeof ToleranceEvent>

/** One check to make on an invoice line, or on the invoice's header. All that fire are made. */
export const CheckEvent = z.strictObject({
  /** The kind of answer. */
  type: z.literal('check'),
  /** The answer, and why. */
  params: z.strictObject({
    ...PlannedCheck.shape,
    check: z.enum(matchCheckNames),
    because,
  }),
})
export type CheckEvent = z.infer<typeof CheckEvent>

/** How invoices and orders are conducted where buyers differ. */
export const ConductEvent = z.strictObject({
  /** The kind of answer. */
  type: z.literal('conduct'),
  /** The answer, and why. */
  params: z.strictObject({ ...Conduct.shape, because }),
})
export type ConductEvent = z.infer<typeof ConductEvent>

/** Who answers for an exception, by when, and who is called next. */
export const RouteEvent = z.strictObject({
  /** The kind of answer. */
  type: z.literal('route'),
  /** The answer, and why. */
  params: z.strictObject({ ...Route.shape, because }),
})
export type RouteEvent = z.infer<typeof RouteEvent>

/** The clock of one kind of waiting. */
export const TimingEvent = z.strictObject({
  /** The kind of answer. */
  type: z.literal('timing'),
  /** The answer, and why. */
  params: z.strictObject({ ...Timing.shape, because }),
})
export type TimingEvent = z.infer<typeof TimingEvent>

const [notNeeded, needed, refused] = ApprovalRequirement.options

/** Whether a decision needs approval, and whose. */
export const ApprovalEvent = z.strictObject({
  /** The kind of answer. */
  type: z.literal('approval'),
  /** The answer, and why. */
  params: z.discriminatedUnion('outcome', [
    notNeeded.extend({ because }),
    needed.extend({ because }),
    refused.extend({ because }),
  ]),
})
export type ApprovalEvent = z.infer<typeof ApprovalEvent>

/** What a rule says when it fires. */
export type RuleEvent =
  | ToleranceEvent
  | CheckEvent
  | ConductEvent
  | RouteEvent
  | TimingEvent
  | ApprovalEvent

/** The word a rule set uses for one kind of answer. */
export type RuleEventType = RuleEvent['type']

/**
 * Of several rules that fire: take the `first` by priority, `collect` all of them, or let no two fire at all:
 * `unique` is proven when the set is loaded.
 */
export const HitPolicy = z.enum(['first', 'collect', 'unique'])
export type HitPolicy = z.infer<typeof HitPolicy>
