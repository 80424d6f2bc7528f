import { describe, expect, it } from 'vitest'
import type { CheckedComparison, CheckedCondition } from './checked-rule.ts'
import { allOf, anyOf, comparing, comparingPlaces, notOf } from './checked-rule.examples.ts'
import type { EvaluableCondition } from './evaluable-rule-set.ts'
import {
  type Conjunction,
  isCellComparison,
  onePlaceOf,
  startTermMemory,
  termsOf,
} from './terms.ts'

const at = (name: string): CheckedComparison => comparing(name, 'equal', 'x')
const [a, b, c, d, e] = [at('a'), at('b'), at('c'), at('d'), at('e')]
const many = (prefix: string, count: number): readonly CheckedComparison[] =>
  Array.from({ length: count }, (_, index) => at(`${prefix}${index}`))

const write = (condition: EvaluableCondition): string => {
  if (condition.kind === 'comparison') return condition.left.text
  if (condition.kind === 'not') return `!${write(condition.condition)}`
  return `${condition.kind}(${condition.conditions.map(write).join(' ')})`
}

/** Terms as text: what must hold together beside each other, a minus before what must not. */
const written = (terms: readonly Conjunction[]): readonly string[] =>
  terms.map((term) =>
    term.map((one) => `${one.isNegated ? '-' : ''}${write(one.condition)}`).join(' '),
  )

const terms = (condition: CheckedCondition, isNegated = false): readonly string[] =>
  written(termsOf({ condition, isNegated }, startTermMemory()))

describe('the terms of a condition', () => {
  it.each<[string, CheckedCondition, readonly string[]]>([
    ['of a comparison', a, ['a']],
    ['of a comparison that must not hold', notOf(allOf(a, b)), ['-a', '-b']],
    ['of all: one', allOf(a, b, c), ['a b c']],
    ['of any: each', anyOf(a, b, c), ['a', 'b', 'c']],
    ['of any inside all: each with the rest', allOf(a, anyOf(b, c)), ['a b', 'a c']],
    ['of all inside any', anyOf(a, allOf(b, c)), ['a', 'b c']],
    ['of two any: every pair', allOf(anyOf(a, b), anyOf(c, d)), ['a c', 'a d', 'b c', 'b d']],
    ['of no any: none of them', notOf(anyOf(a, b)), ['-a -b']],
    ['of not not', notOf(notOf(allOf(a, b))), ['a b']],
    [
      'of not, mixed',
      notOf(anyOf(a, allOf(b, notOf(c)), anyOf(d, e))),
      ['-a -b -d -e', '-a -!c -d -e'],
    ],
  ])('%s', (_, condition, expected) => {
    expect(terms(condition)).toEqual(expected)
  })

  it('hold each condition once, whether it is met again or its opposite is', () => {
    expect(terms(allOf(a, anyOf(a, b), a))).toEqual(['a', 'a b'])
    expect(terms(allOf(a, anyOf(notOf(allOf(a, b)), c)))).toEqual(['a -a', 'a -b', 'a c'])
  })

  it('are conditions as they stand where they look at one place', () => {
    const range = anyOf(comparing('a', 'lessThan', 1), comparing('a', 'greaterThan', 9))
    expect(terms(allOf(b, range))).toEqual(['b any(a a)'])
    expect(terms(notOf(range))).toEqual(['!any(a a)'])
    expect(terms(range, true)).toEqual(['-any(a a)'])
  })

  it('are sixteen at most: an any of more is asked as it was written', () => {
    expect(terms(anyOf(...many('p', 16)))).toHaveLength(16)
    expect(terms(anyOf(...many('p', 17)))).toEqual([write(anyOf(...many('p', 17)))])
    expect(terms(notOf(allOf(...many('p', 17))))).toEqual([`-${write(allOf(...many('p', 17)))}`])
  })

  it('are sixteen at most: an any that would make more of an all is asked as it was written', () => {
    const [four, other, five] = [
      anyOf(...many('p', 4)),
      anyOf(...many('q', 4)),
      anyOf(...many('r', 5)),
    ]
    expect(terms(allOf(four, other))).toHaveLength(16)
    expect(terms(allOf(four, five))).toEqual(
      ['p0', 'p1', 'p2', 'p3'].map((one) => `${one} ${write(five)}`),
    )
    // What comes after it is multiplied out again where there is room.
    expect(terms(allOf(four, five, anyOf(a, b)))).toHaveLength(8)
  })
})

describe('what is remembered of conditions', () => {
  it('are the terms and, apart from them, the terms of the opposite', () => {
    const memory = startTermMemory()
    const condition = allOf(a, b)
    const first = termsOf({ condition, isNegated: false }, memory)
    expect(termsOf({ condition, isNegated: false }, memory)).toBe(first)
    const opposite = termsOf({ condition, isNegated: true }, memory)
    expect(written(first)).toEqual(['a b'])
    expect(written(opposite)).toEqual(['-a', '-b'])
    expect(termsOf({ condition, isNegated: true }, memory)).toBe(opposite)
    expect(termsOf({ condition, isNegated: false }, memory)).toBe(first)
  })

  it('is the place, so that a named condition used again and again is looked into once', () => {
    // Looked into each time, sixty steps of this would never end.
    let condition = anyOf(a, comparing('a', 'notEqual', 'y'))
    for (let step = 0; step < 60; step += 1) condition = allOf(condition, condition)
    expect(onePlaceOf(condition, startTermMemory())).toBe('a')
    let two = allOf(a, b)
    for (let step = 0; step < 60; step += 1) two = allOf(two, two)
    const memory = startTermMemory()
    expect(onePlaceOf(two, memory)).toBeNull()
    expect(memory.places.get(two)).toBeNull()
  })
})

describe('the one place a condition looks at', () => {
  const within = comparing('a', 'lessThan', 5)
  it.each<[string, CheckedCondition, string | null]>([
    ['of a comparison', a, 'a'],
    ['of a comparison that must not hold', notOf(a), 'a'],
    ['of several comparisons of it', allOf(a, anyOf(within, notOf(a))), 'a'],
    ['is none of two places', allOf(a, b), null],
    ['is none of two places further in', allOf(a, anyOf(a, notOf(b))), null],
    ['is none where it is compared with another', comparingPlaces('a', 'equal', 'b'), null],
    ['is none where one of them is', anyOf(a, comparingPlaces('a', 'equal', 'b')), null],
    ['is none of no conditions', allOf(), null],
  ])('%s', (_, condition, place) => {
    expect(onePlaceOf(condition, startTermMemory())).toBe(place)
  })
})

describe('a comparison that cells decide', () => {
  it.each<[string, CheckedComparison, boolean]>([
    ['with a constant', a, true],
    ['with another fact', comparingPlaces('a', 'equal', 'b'), false],
    ['with a decorator', { ...a, decorators: ['not'] }, false],
    ['with a number in its name', { ...comparing('a', 'within-percent', '5'), amount: '5' }, false],
    ['with an amount, whatever its operator', { ...a, amount: '5' }, false],
    ['of a list', comparing('a', 'contains', 'x'), false],
    ['of the beginning of a text', comparing('a', 'starts-with', 'x'), false],
    ['of a pattern', comparing('a', 'matches-pattern', 'x*'), false],
  ])('%s', (_, comparison, expected) => {
    expect(isCellComparison(comparison)).toBe(expected)
  })

  it.each([
    'equal',
    'notEqual',
    'in',
    'notIn',
    'lessThan',
    'lessThanInclusive',
    'greaterThan',
    'greaterThanInclusive',
    'decimal-above',
    'decimal-at-least',
    'decimal-below',
    'decimal-at-most',
    'decimal-equal',
    'is-present',
  ] as const)('by %s', (operator) => {
    expect(isCellComparison(comparing('a', operator, '5'))).toBe(true)
  })
})
