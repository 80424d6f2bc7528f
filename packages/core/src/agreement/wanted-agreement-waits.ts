import { addBusinessHours } from '../calendar/business-hours.ts'
import { addMilliseconds, instant, type Instant } from '../calendar/instant.ts'
import { officeHours } from '../calendar/office-hours.ts'
import { instantOf } from '../calendar/time-zone.ts'
import { isOpenCase, nextEscalationOf } from '../exception/open-case.ts'
import type { DecisionContext } from '../message/decision.ts'
import type { MessageData } from '../message/message.ts'
import { type AgreementFacts, currentAgreement } from './agreement-state.ts'

/** A clock the facts call for. `fixedAt` when the instant follows from the facts; else the policy's timing says how long. */
export type WantedAgreementWait = {
  readonly timerId: string
  readonly type: 'agreement.expired' | 'agreement.overdue' | 'case.overdue'
  readonly fixedAt: Instant | null
  readonly data: MessageData
}

/** Everything the agreement waits for now, each with the clock that says when it took too long. */
export function wantedAgreementWaits(facts: AgreementFacts): readonly WantedAgreementWait[] {
  return [...termsWait(facts), ...caseWaits(facts)]
}

/** Releases came, and the agreement did not; else its last day. */
function termsWait(facts: AgreementFacts): readonly WantedAgreementWait[] {
  const agreement = currentAgreement(facts)
  if (agreement === null) {
    const timerId = agreementWaitId(facts)
    return [{ timerId, type: 'agreement.overdue', fixedAt: null, data: { timerId } }]
  }
  if (facts.closing !== null) return []
  const timerId = `${facts.agreementKey}/expiry/${agreement.version}`
  const { timeZone } = facts.calendar ?? officeHours
  const lastMoment = instantOf(agreement.validTo, lastTime, timeZone)
  const fixedAt = addMilliseconds(lastMoment, minuteMilliseconds)
  return [{ timerId, type: 'agreement.expired', fixedAt, data: { timerId } }]
}

const lastTime = '23:59' as Parameters<typeof instantOf>[1]
const minuteMilliseconds = 60_000

function caseWaits(facts: AgreementFacts): readonly WantedAgreementWait[] {
  return facts.cases.filter(isOpenCase).flatMap((one) => {
    const next = nextEscalationOf(one, facts.calendar ?? officeHours)
    if (next === null) return []
    const { exceptionId } = one
    const timerId = `${facts.agreementKey}/case/${exceptionId}`
    const data = { exceptionId, level: next.level }
    return [{ timerId, type: 'case.overdue' as const, fixedAt: next.at, data }]
  })
}

/** The clock of an agreement that releases name and nobody sent. */
export function agreementWaitId({ agreementKey }: AgreementFacts): string {
  return `${agreementKey}/agreement`
}

/** Waits to start, or to start anew because their instant moved. */
export function agreementWaitsToStart(facts: AgreementFacts): readonly WantedAgreementWait[] {
  return wantedAgreementWaits(facts).filter(({ timerId, fixedAt }) => {
    const running = facts.waits[timerId]
    return running === undefined || (fixedAt !== null && fixedAt !== running.dueAt)
  })
}

/** Clocks whose wait is over. */
export function agreementWaitsToEnd(facts: AgreementFacts): readonly string[] {
  const wanted = new Set(wantedAgreementWaits(facts).map(({ timerId }) => timerId))
  return Object.keys(facts.waits).filter((timerId) => !wanted.has(timerId))
}

/** When a wait is overdue; null when the policy lets it last for ever. */
export function agreementWaitDueAt(
  wanted: WantedAgreementWait,
  facts: AgreementFacts,
  { policy, now }: DecisionContext,
): Instant | null {
  if (wanted.fixedAt !== null) return wanted.fixedAt
  const supplier = Object.values(facts.releases)[0]?.supplier
  const { overdueAfterBusinessHours } = policy.timing({
    waiting: { for: 'agreement' },
    ...(supplier !== undefined && { supplier: { id: supplier } }),
  }).value
  if (overdueAfterBusinessHours === null) return null
  return addBusinessHours(instant(now), overdueAfterBusinessHours, facts.calendar ?? officeHours)
}
