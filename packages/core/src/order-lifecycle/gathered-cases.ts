import { describeDiscrepancy } from '../discrepancy/describe-discrepancy.ts'
import { discrepancyIdentity } from '../discrepancy/measure-discrepancy.ts'
import { isNegativeDecimal } from '../decimal/decimal-arithmetic.ts'
import { masterCases, masterFindings } from '../masters/record-master-check.ts'
import { driftCases } from '../system-of-record/record-drift.ts'
import type { OrderFacts } from './order-facts.ts'
import type { MeasuredDifference, OrderState } from './order-state.ts'
import type { WantedOrderCase } from './own-case.ts'

/** Cases of what was looked up about the order: what the master does not know, and what a system says otherwise. */
export function gatheredCases(state: OrderState): readonly WantedOrderCase[] {
  const { key: orderKey, facts } = state
  if (facts.masters === undefined && facts.drift === undefined) return []
  const wanted = [
    ...masterCases(facts.masters),
    ...driftCases(facts.drift).map((one) => ({ ...one, line: null })),
  ]
  return [
    ...wanted.map(({ key, code, line, sentence }): WantedOrderCase => ({
      key,
      code,
      subject: { aggregate: 'order', key: orderKey, ...(line !== null && { line }) },
      discrepancy: null,
      sentence,
    })),
    ...priceCases(state),
  ]
}

/** Prices of the order beside those of the master on its day, for the tolerance rules to judge. */
export function masterDifferences({ masters }: OrderFacts): readonly MeasuredDifference[] {
  return masterFindings(masters).flatMap(({ discrepancy }) =>
    discrepancy === undefined ? [] : [{ identity: discrepancyIdentity(discrepancy), discrepancy }],
  )
}

function priceCases({ key, facts, desk }: OrderState): readonly WantedOrderCase[] {
  return masterDifferences(facts).flatMap(
    ({ identity, discrepancy }): readonly WantedOrderCase[] => {
      if (desk.judged[identity]?.judgement !== 'outside' || !('currency' in discrepancy)) return []
      const { orderLineNumber: line, difference } = discrepancy
      return [
        {
          key: `master-price/${identity}`,
          code: isNegativeDecimal(difference) ? 'PRICE_UNDER' : 'PRICE_OVER',
          subject: { aggregate: 'order', key, ...(line !== null && { line }) },
          discrepancy,
          sentence: describeDiscrepancy(discrepancy),
        },
      ]
    },
  )
}
