import {
  absoluteDecimal,
  compareDecimals,
  type Decimal,
  decimal,
  isDecimal,
  type PolicyFacts,
  type Tolerance,
} from '@counterfoil/core'
import type { RuleAnswer } from '../evaluate/evaluate-rule-set.ts'

/** What a decision lets go or keeps back, as far as its facts say: whose it is, and how much. */
export type ValueAtStake = {
  /** Null where the facts do not name one. */
  readonly supplier: string | null
  readonly amount: { readonly amount: Decimal; readonly currency: string } | null
}

/** The places amounts stand at, the nearest to the decision first, each with where its currency may stand. */
const amounts: readonly (readonly [amount: string, ...currencies: string[]])[] = [
  ['approval.exposure.amount', 'approval.exposure.currency'],
  ['line.amount', 'invoice.currency', 'order.currency'],
  ['discrepancy.difference', 'discrepancy.currency'],
  ['invoice.totalAmount', 'invoice.currency'],
  ['order.value.amount', 'order.value.currency'],
]

/** What is at stake in a decision. Of a difference its size counts. */
export const valueAtStake = (facts: PolicyFacts): ValueAtStake => {
  const supplier = firstText(facts, ['supplier.id', 'invoice.supplier', 'order.supplier'])
  for (const [place, ...currencies] of amounts) {
    const amount = at(facts, place)
    const currency = firstText(facts, currencies)
    if (isDecimal(amount) && currency !== null) {
      return { supplier, amount: { amount: absoluteDecimal(amount), currency } }
    }
  }
  return { supplier, amount: null }
}

/**
 * Whether answers keep back what they are about: an approval that is needed or refused does, and a tolerance that the
 * measured difference is outside of. Null where the answers do not say, or the facts do not say how large the
 * difference is. A percentage is taken as the facts have it.
 */
export const isKeptBack = (answers: readonly RuleAnswer[], facts: PolicyFacts): boolean | null => {
  for (const { event } of answers) {
    if (event.type === 'approval') return event.params.outcome !== 'not-needed'
    if (event.type === 'tolerance') return isOutside(event.params, facts)
  }
  return null
}

const zero = decimal('0')

const isOutside = (tolerance: Tolerance, facts: PolicyFacts): boolean | null => {
  const days = at(facts, 'discrepancy.differenceDays')
  const difference =
    typeof days === 'number' ? decimal(String(days)) : decimalAt(facts, 'discrepancy.difference')
  const percent = decimalAt(facts, 'discrepancy.percent')
  const signed = difference ?? percent
  if (signed === null) return null
  const sign = compareDecimals(signed, zero)
  if (sign === 0) return false
  const limits = sign > 0 ? tolerance.upper : tolerance.lower
  const passed = [
    isPast(difference, limits.abs),
    typeof days === 'number' ? daysPast(limits.pct) : isPast(percent, limits.pct),
  ]
  const checked = passed.filter((one) => one !== 'not-checked')
  if (checked.length === 0) return false
  const decisive = tolerance.combine === 'either'
  const isPassed = checked.includes(decisive) ? decisive : checked.includes(null) ? null : !decisive
  if (isPassed !== true || sign > 0) return isPassed
  return tolerance.lowerEffect === 'hold' || tolerance.lowerEffect === 'same'
}

const isPast = (value: Decimal | null, limit: Decimal | null): boolean | null | 'not-checked' => {
  if (limit === null) return 'not-checked'
  return value === null ? null : compareDecimals(absoluteDecimal(value), limit) > 0
}

/** Days have no percentage, but nothing at all is nothing of days too. */
const daysPast = (limit: Decimal | null): boolean | 'not-checked' =>
  limit !== null && compareDecimals(limit, zero) === 0 ? true : 'not-checked'

const decimalAt = (facts: PolicyFacts, place: string): Decimal | null => {
  const value = at(facts, place)
  return isDecimal(value) ? value : null
}

const firstText = (facts: PolicyFacts, places: readonly string[]): string | null => {
  for (const place of places) {
    const value = at(facts, place)
    if (typeof value === 'string') return value
  }
  return null
}

const at = (facts: PolicyFacts, place: string): unknown =>
  place
    .split('.')
    .reduce<unknown>(
      (value, step) =>
        typeof value === 'object' && value !== null && Object.hasOwn(value, step)
          ? Reflect.get(value, step)
          : undefined,
      facts,
    )
