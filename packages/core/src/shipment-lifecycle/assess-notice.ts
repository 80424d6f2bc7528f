import { discrepancyForRules } from '../discrepancy/discrepancy-for-rules.ts'
import { type Judgement, judgeDiscrepancy } from '../discrepancy/judge-discrepancy.ts'
import type { DecisionContext } from '../message/decision.ts'
import type { PolicyFacts } from '../policy/policy.ts'
import { currentNotice } from './current-shipment.ts'
import { findDeviations } from './find-deviations.ts'
import type { AssessedFinding, ShipmentFacts } from './shipment-state.ts'

/** Holds everything that is not as ordered, promised or complete against the tolerances in force, with their reasons. */
export function assessNotice(
  facts: ShipmentFacts,
  { policy }: DecisionContext,
): readonly AssessedFinding[] {
  const supplier = supplierFactOf(facts)
  const judged = findDeviations(facts).map((finding) => {
    const { discrepancy } = finding
    const { value, decision } = policy.tolerance({
      ...supplier,
      discrepancy: discrepancyForRules(discrepancy),
    })
    return { ...finding, judgement: judgeDiscrepancy(discrepancy, value), policy: decision }
  })
  return judged.map((finding) => ({
    ...finding,
    judgement: asItsOrderFound(facts, judged, finding),
  }))
}

/**
 * The order knows more than the notice: what was ordered in all, how much may be over. Where it found everything inside
 * its tolerances, so it is; where it found something outside and the measure alone does not show what, everything that
 * can need a person does.
 */
function asItsOrderFound(
  facts: ShipmentFacts,
  judged: readonly AssessedFinding[],
  { discrepancy, code, judgement }: AssessedFinding,
): Judgement {
  const answer = facts.comparisons[discrepancy.orderNumber ?? '']
  const isOfOrder = answer?.discrepancies.includes(discrepancy) === true
  if (!isOfOrder) return judgement
  if (answer.aligned) return judgement === 'outside' ? 'within' : judgement
  const isShown = judged.some(
    (one) =>
      one.judgement === 'outside' &&
      one.code !== null &&
      answer.discrepancies.includes(one.discrepancy),
  )
  return isShown || code === null ? judgement : 'outside'
}

/** What the rules may look at of the supplier; nothing before the notice came. */
export function supplierFactOf(facts: ShipmentFacts): PolicyFacts {
  const supplier = currentNotice(facts)?.supplier
  return supplier === undefined ? {} : { supplier: { id: supplier } }
}
