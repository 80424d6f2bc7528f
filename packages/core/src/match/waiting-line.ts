import type { CheckFinding } from './check-finding.ts'

/**
 * A failed check on a line that waits. What fails only because goods are not here yet, or because a
 * receiving case is not settled, stays on record and opens nothing: the invoice is matched again when
 * the wait is over. What is wrong with the price is wrong all the same.
 */
export function withoutCase(finding: CheckFinding, isCaseOpen: boolean): CheckFinding {
  const { effect, measurement, diagnosis } = finding
  if (effect === null || effect === 'wait') return finding
  const isOnlyWaiting = isCaseOpen
    ? isAboutGoods(measurement.concern)
    : diagnosis?.exceptionCode === 'INVOICE_BEFORE_RECEIPT'
  if (!isOnlyWaiting) return finding
  return {
    ...finding,
    effect: 'wait',
    result: { ...finding.result, effect: 'wait', holdCode: null, exceptionCode: null },
  }
}

function isAboutGoods(concern: CheckFinding['measurement']['concern']): boolean {
  return ['received', 'uncovered', 'accepted', 'inspection'].includes(concern)
}
