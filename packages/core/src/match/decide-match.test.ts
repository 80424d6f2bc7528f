import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decideMatch, type MatchEffect } from './decide-match.ts'
import type { MatchDecision } from './match-result.ts'

const worstFirst: readonly (readonly [MatchEffect, MatchDecision])[] = [
  ['reject', 'reject'],
  ['duplicate', 'suspect-duplicate'],
  ['wait-for-resolution', 'awaiting-resolution'],
  ['wait', 'awaiting-receipt'],
  ['hold', 'hold'],
  ['route-approval', 'route-approval'],
  ['reduce', 'reduce'],
  ['warn', 'match-with-warning'],
]

describe('the decision on an invoice', () => {
  it.each(worstFirst)('is for an effect of %s alone: %s', (effect, decision) => {
    expect(decideMatch(new Set([effect]), true)).toBe(decision)
  })

  it('is the worst of what its failed checks lead to, in whatever order they failed', () => {
    const some = fc.subarray([...worstFirst], { minLength: 1 })
    fc.assert(
      fc.property(some, fc.boolean(), (failed, hasVariance) => {
        const [worst] = failed
        const effects = failed.map(([effect]) => effect)
        expect(decideMatch(new Set(effects.toReversed()), hasVariance)).toBe(worst?.[1])
      }),
    )
  })

  it('is a match where nothing failed, within tolerance where a number was another than expected', () => {
    expect(decideMatch(new Set(), false)).toBe('match')
    expect(decideMatch(new Set(), true)).toBe('match-within-tolerance')
  })
})
