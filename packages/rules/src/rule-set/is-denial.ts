import type { LimitPair } from '@counterfoil/core'
import { isDecimal, isZeroExact, parseExact } from '@counterfoil/core/arithmetic'
import type { RuleEvent } from './rule-event.ts'

/**
 * True where a rule's answer is a plain no: an approval that nobody may give, a check that rejects the invoice,
 * a tolerance that accepts no difference at all. Of a denial and an allowance at one priority the denial goes
 * first. A route, a clock and conduct deny nothing.
 */
export const isDenial = (event: RuleEvent): boolean => {
  switch (event.type) {
    case 'approval':
      return event.params.outcome === 'refused'
    case 'check':
      return event.params.onExceed === 'reject'
    case 'tolerance': {
      const { upper, lower, lowerEffect, combine } = event.params
      // An allowance below is an allowance. Where nothing is said about below, above alone counts.
      const allowsBelow =
        lowerEffect !== 'ignore' && isChecked(lower) && !acceptsNothing(lower, combine)
      return acceptsNothing(upper, combine) && !allowsBelow
    }
    case 'conduct':
    case 'route':
    case 'timing':
      return false
  }
}

const isChecked = ({ abs, pct }: LimitPair): boolean => abs !== null || pct !== null

/** Of `either` one limit of zero is passed by any difference; of `both` every limit given has to be zero. */
const acceptsNothing = ({ abs, pct }: LimitPair, combine: 'either' | 'both'): boolean => {
  const given = [abs, pct].filter((limit) => limit !== null)
  const zeros = given.filter((limit) => isDecimal(limit) && isZeroExact(parseExact(limit)))
  return combine === 'either' ? zeros.length > 0 : zeros.length > 0 && zeros.length === given.length
}
