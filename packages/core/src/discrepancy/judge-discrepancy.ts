import type { Decimal } from '../decimal/decimal.ts'
import {
  absoluteExact,
  compareExact,
  type Exact,
  isZeroExact,
  parseExact,
  signOfExact,
} from '../decimal/exact.ts'
import { isWithinPercentExact } from '../decimal/decimal-checks.ts'
import type { LimitPair, Tolerance } from '../policy/tolerance.ts'
import type { Discrepancy } from './discrepancy.ts'

/** Whether a difference is accepted: `within`, worth a remark (`warn`), or `outside`, for a person to look at. */
export type Judgement = 'within' | 'warn' | 'outside'

/**
 * Holds a difference against a tolerance. Limits are inclusive; a limit of null is not checked. Days are held against
 * the absolute limits (later against `upper`, earlier against `lower`), as a day has no percentage; only 0 % accepts no
 * other day. A difference in words is outside unless the upper limits are both null. Less than expected counts as
 * `lowerEffect` says.
 *
 * `percentBase` is what the percentage is of: the line, the open or the cumulative quantity, as the tolerance asks; what
 * was expected where absent.
 */
export function judgeDiscrepancy(
  discrepancy: Discrepancy,
  tolerance: Tolerance,
  percentBase?: Decimal,
): Judgement {
  if ('differenceDays' in discrepancy) {
    const difference = { mantissa: discrepancy.differenceDays, scale: 0 }
    return judgeDifference(difference, null, tolerance)
  }
  if ('difference' in discrepancy) {
    const base = parseExact(percentBase ?? discrepancy.expected)
    return judgeDifference(parseExact(discrepancy.difference), base, tolerance)
  }
  return isUnchecked(tolerance.upper) ? 'within' : 'outside'
}

function judgeDifference(difference: Exact, base: Exact | null, tolerance: Tolerance): Judgement {
  const sign = signOfExact(difference)
  if (sign === 0) return 'within'
  const limits = sign > 0 ? tolerance.upper : tolerance.lower
  if (isWithinLimits(absoluteExact(difference), base, limits, tolerance.combine)) return 'within'
  if (sign > 0 || effectsOfHold.has(tolerance.lowerEffect)) return 'outside'
  return tolerance.lowerEffect === 'warn' ? 'warn' : 'within'
}

// Between documents an overshoot leads to a case, so the same for an undershoot is a case too.
const effectsOfHold: ReadonlySet<Tolerance['lowerEffect']> = new Set(['hold', 'same'])

function isWithinLimits(
  size: Exact,
  base: Exact | null,
  limits: LimitPair,
  combine: Tolerance['combine'],
): boolean {
  const passed: boolean[] = []
  if (limits.abs !== null) passed.push(compareExact(size, parseExact(limits.abs)) > 0)
  if (limits.pct !== null && base !== null) {
    passed.push(!isWithinPercentExact(size, base, parseExact(limits.pct)))
  }
  // A percentage of days means nothing, but nothing at all is nothing of days too.
  if (limits.pct !== null && base === null && isZeroExact(parseExact(limits.pct))) passed.push(true)
  if (passed.length === 0) return true
  return combine === 'either' ? !passed.includes(true) : passed.includes(false)
}

function isUnchecked(limits: LimitPair): boolean {
  return limits.abs === null && limits.pct === null
}
