import { instant } from '../calendar/instant.ts'
import { officeHours } from '../calendar/office-hours.ts'
import { discrepancyForRules } from '../discrepancy/discrepancy-for-rules.ts'
import { judgeDiscrepancy } from '../discrepancy/judge-discrepancy.ts'
import { openCase } from '../exception/open-case.ts'
import type { DecisionContext } from '../message/decision.ts'
import type { PolicyFacts } from '../policy/policy.ts'
import type { AgreementDecision } from './agreement-events.ts'
import { type AgreementFacts, currentAgreement } from './agreement-state.ts'
import { findOverreach } from './find-overreach.ts'
import { agreementCasesToCure, agreementCasesToOpen } from './wanted-agreement-cases.ts'
import {
  agreementWaitDueAt,
  agreementWaitsToEnd,
  agreementWaitsToStart,
} from './wanted-agreement-waits.ts'

/** What the next decision of an agreement may look at. `recordId` is the id of a case it opens. */
export type DerivingAgreement = {
  readonly facts: AgreementFacts
  readonly context: DecisionContext
  readonly recordId: string
}

/**
 * The next thing an agreement decides from its facts, or null when everything follows already. Asked again after each
 * answer, so that one message leads to all its consequences, in this order.
 */
export function deriveAgreementDecision(deriving: DerivingAgreement): AgreementDecision | null {
  for (const step of steps) {
    const decision = step(deriving)
    if (decision !== null) return decision
  }
  return null
}

type Step = (deriving: DerivingAgreement) => AgreementDecision | null

/** A release's price is held against the tolerances once for each measure. */
const judgeNext: Step = ({ facts, context }) => {
  const next = findOverreach(facts).find(
    ({ key, isJudged, discrepancy }) =>
      isJudged && discrepancy !== null && facts.judged[key] === undefined,
  )
  if (next?.discrepancy === undefined || next.discrepancy === null) return null
  const { key: identity, discrepancy } = next
  const { value, decision } = context.policy.tolerance({
    ...supplierFactOf(facts),
    discrepancy: discrepancyForRules(discrepancy),
  })
  const judgement = judgeDiscrepancy(discrepancy, value)
  return { type: 'release.judged', data: { identity, discrepancy, judgement, policy: decision } }
}

const cureNextCase: Step = ({ facts }) => {
  const [gone] = agreementCasesToCure(facts)
  if (gone === undefined) return null
  const version = currentAgreement(facts)?.version
  const because =
    version === undefined
      ? 'what is known of the agreement by now says otherwise'
      : `version ${version} of the agreement and its releases, as they stand, say otherwise`
  return { type: 'case.cured', data: { exceptionId: gone.exceptionId, because } }
}

const openNextCase: Step = ({ facts, context, recordId }) => {
  const [wanted] = agreementCasesToOpen(facts)
  if (wanted === undefined) return null
  const { key: wantedKey, code, subject, discrepancy, sentence, exposure } = wanted
  const route = context.policy.routing({
    ...supplierFactOf(facts),
    exception: { code, effect: null, subject: { aggregate: 'agreement' }, exposure },
    ...(discrepancy !== null && { discrepancy: discrepancyForRules(discrepancy) }),
  })
  const opened = openCase({
    exceptionId: recordId,
    code,
    subject,
    openedAt: instant(context.now),
    calendar: facts.calendar ?? officeHours,
    discrepancy,
    sentence: sentence.slice(0, 1000),
    route,
    exposure,
  })
  return { type: 'case.opened', data: { case: opened, wantedKey } }
}

const endNextWait: Step = ({ facts }) => {
  const [timerId] = agreementWaitsToEnd(facts)
  return timerId === undefined ? null : { type: 'wait.ended', data: { timerId } }
}

const startNextWait: Step = ({ facts, context }) => {
  for (const wanted of agreementWaitsToStart(facts)) {
    const dueAt = agreementWaitDueAt(wanted, facts, context)
    if (dueAt === null) continue
    const { timerId, type, data } = wanted
    return { type: 'wait.started', data: { timerId, type, dueAt, data } }
  }
  return null
}

const steps: readonly Step[] = [judgeNext, cureNextCase, openNextCase, endNextWait, startNextWait]

function supplierFactOf(facts: AgreementFacts): PolicyFacts {
  const supplier = currentAgreement(facts)?.supplier
  return supplier === undefined ? {} : { supplier: { id: supplier } }
}
