import * as z from 'zod'
import { ApprovalDecisionType } from '../approval/approval-requirement.ts'
import { CalendarDate, compareDates } from '../calendar/calendar-date.ts'
import { PositiveDecimal } from '../decimal/decimal.ts'
import { Currency } from '../money/currency.ts'
import { Money } from '../money/money.ts'
import { Delegation } from './delegation.ts'
import { DutyConflict } from './duty.ts'

const person = z.string().min(1).max(120).meta({ 'x-personal': 'name' })
const role = z.string().min(1).max(60)
/** Names of what a decision is about to the values it holds for; empty for everything. */
const scope = z.record(z.string().max(60), z.array(z.string().max(200)).min(1))

/** First and last day something holds, both included. Absent: from ever, for ever. */
const validity = { validFrom: CalendarDate.optional(), validTo: CalendarDate.optional() }

/** Somebody has a role. */
export const RoleHolder = z.strictObject({ person, role, scope: scope.optional(), ...validity })
export type RoleHolder = z.infer<typeof RoleHolder>

/** What a role may do, up to which amount. A role may have several: one for each currency, kind of decision or year. */
export const RoleAuthority = z.strictObject({
  role,
  /** Kinds of decisions. Absent: every kind, and what is no decision of a kind. */
  decisionTypes: z.array(ApprovalDecisionType).min(1).optional(),
  /** Types of messages, `hold.released`. Absent: every type. */
  actions: z.array(z.string().max(80)).min(1).optional(),
  /** The most that may be at stake, itself included; null for any amount. */
  limit: Money.nullable(),
  scope: scope.optional(),
  ...validity,
})
export type RoleAuthority = z.infer<typeof RoleAuthority>

/** What one unit of a currency was worth in another on a day. */
export const ExposureRate = z.strictObject({
  from: Currency,
  to: Currency,
  rate: PositiveDecimal,
  rateDate: CalendarDate,
})
export type ExposureRate = z.infer<typeof ExposureRate>

/** Who has which role, what roles may do, and who decides for whom. Plain data; every part has its days. */
export const AuthorityDirectory = z.strictObject({
  holders: z.array(RoleHolder),
  roles: z.array(RoleAuthority),
  delegations: z.array(Delegation),
  /** Rates for amounts in another currency than that of a limit. Absent: such amounts are refused. */
  rates: z.array(ExposureRate).optional(),
  /** Duties kept apart. Absent: those that always are. */
  dutyConflicts: z.array(DutyConflict).optional(),
})
export type AuthorityDirectory = z.infer<typeof AuthorityDirectory>

/** Whether something holds on a day; its first and last day included. */
export function isInForce(
  {
    validFrom,
    validTo,
  }: { readonly validFrom?: CalendarDate | undefined; readonly validTo?: CalendarDate | undefined },
  date: CalendarDate,
): boolean {
  const hasBegun = validFrom === undefined || compareDates(validFrom, date) <= 0
  return hasBegun && (validTo === undefined || compareDates(date, validTo) <= 0)
}

/** Whether something is for what a question is about. What the question does not say, it is not for. */
export function isInScope(
  { scope: wanted = {} }: { readonly scope?: RoleHolder['scope'] },
  asked: Readonly<Record<string, string>>,
): boolean {
  return Object.entries(wanted).every(([name, values]) => values.includes(asked[name] ?? ''))
}
