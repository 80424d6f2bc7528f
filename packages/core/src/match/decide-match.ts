import type { ExceedEffect } from '../policy/policy.ts'
import type { MatchDecision } from './match-result.ts'

/** What a check that failed leads to; `wait` for goods, or for a receiving case to be settled. */
export type MatchEffect = ExceedEffect | 'wait-for-resolution'

// Waiting stands above a hold: a person may release a hold, and the goods would still be missing.
const worstFirst: readonly (readonly [effect: MatchEffect, decision: MatchDecision])[] = [
  ['reject', 'reject'],
  ['duplicate', 'suspect-duplicate'],
  ['wait-for-resolution', 'awaiting-resolution'],
  ['wait', 'awaiting-receipt'],
  ['hold', 'hold'],
  ['route-approval', 'route-approval'],
  ['reduce', 'reduce'],
  ['warn', 'match-with-warning'],
]

/**
 * The decision on an invoice: the worst of what its failed checks lead to. Where none failed, it is a
 * match, and one within tolerance where some number was not the expected one.
 */
export function decideMatch(
  effects: ReadonlySet<MatchEffect>,
  hasVariance: boolean,
): MatchDecision {
  const worst = worstFirst.find(([effect]) => effects.has(effect))
  if (worst !== undefined) return worst[1]
  return hasVariance ? 'match-within-tolerance' : 'match'
}
