import type { PolicyFacts } from '../policy/policy.ts'
import type { Discrepancy } from './discrepancy.ts'

/** What the rules may look at of a difference. */
export function discrepancyForRules(discrepancy: Discrepancy): PolicyFacts {
  const measured = 'difference' in discrepancy ? discrepancy : null
  return {
    kind: discrepancy.kind,
    difference: measured?.difference ?? null,
    percent: measured?.percent ?? null,
    differenceDays: 'differenceDays' in discrepancy ? discrepancy.differenceDays : null,
    unitOfMeasure: 'unitOfMeasure' in discrepancy ? discrepancy.unitOfMeasure : null,
    currency: 'currency' in discrepancy ? discrepancy.currency : null,
  }
}
