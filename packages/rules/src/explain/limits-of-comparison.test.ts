import { describe, expect, it } from 'vitest'
import type { CheckedComparison, FactPlace } from '../evaluate/checked-rule.ts'
import { limitsOfComparison } from './limits-of-comparison.ts'
import { numberLineOf } from './number-line.ts'

const limits = (
  written: { readonly operator: string; readonly amount: string | null },
  other: unknown,
  varied: { readonly side?: 'left' | 'right'; readonly decorators?: readonly string[] } = {},
) => {
  const place = { fact: 'line', params: null, steps: [], text: 'line', missable: [], prefixes: [] }
  const left: FactPlace = { ...place, type: { kind: 'decimal' } }
  const comparison = {
    kind: 'comparison',
    left,
    decorators: [],
    pointer: '',
    right: { kind: 'fact', place: left },
    ...written,
    ...varied,
  } as unknown as CheckedComparison
  const line = numberLineOf(left.type)
  if (line === null) throw new Error('no line')
  return limitsOfComparison(comparison, { side: varied.side ?? 'left', other, line }).map((one) =>
    line.write(one),
  )
}

describe('the limits of a comparison', () => {
  it.each([
    ['decimal-at-most', null, '5.0', ['5']],
    ['in', null, ['1', '2.50'], ['1', '2.5']],
    ['within-percent', '5', '200', ['190', '210']],
    ['within-percent', '0.5', '-12.4', ['-12.462', '-12.338']],
    ['within-percent', '5', '0', ['0', '0']],
    ['within-amount', '0.05', '12.4', ['12.35', '12.45']],
    ['decimal-at-most', null, 'much', []],
  ])('of %s %s with %s are exact', (operator, amount, other, expected) => {
    expect(limits({ operator, amount }, other)).toEqual(expected)
  })

  it('cannot be told where they are a percentage of what moves', () => {
    const within = { operator: 'within-percent', amount: '5' }
    expect(limits(within, '200', { side: 'right' })).toEqual([])
    expect(limits(within, '200', { decorators: ['swap'] })).toEqual([])
    expect(limits(within, '200', { side: 'right', decorators: ['swap'] })).toEqual(['190', '210'])
  })
})
