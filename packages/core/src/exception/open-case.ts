import { addBusinessHours } from '../calendar/business-hours.ts'
import type { BusinessCalendar } from '../calendar/business-calendar.ts'
import type { Instant } from '../calendar/instant.ts'
import type { Discrepancy } from '../discrepancy/discrepancy.ts'
import type { PolicyAnswer, Route } from '../policy/policy.ts'
import type { ExceptionCase, ExceptionCode, ExceptionState, ExceptionSubject } from './exception.ts'

/** What opening a case needs: what is wrong, where, and what the routing rules answered. */
export type NewCase = {
  /** Id of the event that opens it. */
  readonly exceptionId: string
  readonly code: ExceptionCode
  readonly subject: ExceptionSubject
  readonly openedAt: Instant
  /** The calendar the owner's hours are counted on. */
  readonly calendar: BusinessCalendar
  readonly discrepancy: Discrepancy | null
  readonly sentence: string
  readonly route: PolicyAnswer<Route>
  readonly exposure: ExceptionCase['exposure']
  readonly holdIds?: readonly string[]
}

/**
 * Opens a case in the queue of the role the routing rules name. The due time is counted once, here, and kept: rules of
 * time zones change, promises do not.
 */
export function openCase(wanted: NewCase): ExceptionCase {
  const route = wanted.route.value
  return {
    exceptionId: wanted.exceptionId,
    code: wanted.code,
    subject: wanted.subject,
    state: 'detected',
    openedAt: wanted.openedAt,
    discrepancy: wanted.discrepancy,
    sentence: wanted.sentence,
    route,
    owner: { role: route.ownerRole, person: null },
    dueAt: addBusinessHours(wanted.openedAt, route.dueBusinessHours, wanted.calendar),
    escalationLevel: 0,
    exposure: wanted.exposure,
    policy: wanted.route.decision,
    resolution: null,
    holdIds: [...(wanted.holdIds ?? [])],
    disputeIds: [],
  }
}

const settledStates: ReadonlySet<ExceptionState> = new Set([
  'resolved',
  'verified',
  'closed',
  'auto-resolved',
  'bypassed',
  'merged',
])

/** True while somebody still has to do something; resolved, cured, bypassed and merged cases are not open. */
export function isOpenCase(exceptionCase: Pick<ExceptionCase, 'state'>): boolean {
  return !settledStates.has(exceptionCase.state)
}

/**
 * The next time a case calls for somebody: at its due time, or so many working hours after it, and who is called. Null
 * when everybody was called, the case is settled, or its clock stands still while the supplier is to answer.
 */
export function nextEscalationOf(
  exceptionCase: ExceptionCase,
  calendar: BusinessCalendar,
): { readonly at: Instant; readonly toRole: string; readonly level: number } | null {
  if (!isOpenCase(exceptionCase) || isPaused(exceptionCase)) return null
  const { route, escalationLevel } = exceptionCase
  const step = route.escalation[escalationLevel]
  // Without a superior to call, the owner is called once, so that no case is ever left without a clock.
  if (step === undefined && escalationLevel > 0) return null
  return {
    at: addBusinessHours(exceptionCase.dueAt as Instant, step?.afterBusinessHours ?? 0, calendar),
    toRole: step?.toRole ?? exceptionCase.owner.role,
    level: escalationLevel + 1,
  }
}

/** True while the clock of a case stands still because the supplier is to answer. */
export function isPaused(exceptionCase: ExceptionCase): boolean {
  return exceptionCase.state === 'waiting-supplier' && exceptionCase.route.pausesForSupplier
}
