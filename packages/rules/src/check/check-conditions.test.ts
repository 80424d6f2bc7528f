import { describe, expect, it } from 'vitest'
import * as z from 'zod'
import { checkRuleSet, loadRuleSet } from '../rule-set/load-rule-set.ts'
import { aRule, aRuleSet, type ExampleJson, onOverShipment } from '../rule-set/rule-set.examples.ts'
import { listLengthMax } from './budgets.ts'
import { checkRootCondition } from './check-conditions.ts'
import { startConditionWalk } from './compile-rules.ts'

const over: ExampleJson = {
  fact: 'discrepancy',
  path: '$.kind',
  operator: 'equal',
  value: 'over-shipment',
}

const rating: ExampleJson = { fact: 'rating', operator: 'equal', value: 'A' }

const findingsIn = (conditions: unknown, named?: ExampleJson): readonly string[] =>
  checkRuleSet(
    aRuleSet({
      rules: [aRule({ conditions })],
      ...(named === undefined ? {} : { conditions: named }),
    }),
  ).map(({ pointer, sentence }) => `${pointer}: ${sentence}`)

const negated = (times: number, condition: unknown): unknown =>
  times === 0 ? condition : { not: negated(times - 1, condition) }

describe('a condition', () => {
  it.each([1, 1_000_000])('may have the priority %s', (priority) => {
    expect(findingsIn({ all: [{ ...over, priority }] })).toEqual([])
  })

  it.each([0, -1, 1.5, 1_000_001, '5'])('may not have the priority %o', (priority) => {
    expect(findingsIn({ all: [{ ...over, priority }] })).toEqual([
      `/rules/0/conditions/all/0/priority: \`${JSON.stringify(priority)}\` is not a priority: write a whole number from 1 to 1000000`,
    ])
  })

  it.each(['x', 'x'.repeat(120)])('may be named %s', (name) => {
    expect(findingsIn({ all: [over], name })).toEqual([])
  })

  it.each(['', 'x'.repeat(121), 5])('may not be named %o', (name) => {
    expect(findingsIn({ all: [over], name })).toEqual([
      '/rules/0/conditions/name: a name is text of 1 to 120 characters: correct it',
    ])
  })

  it('may list as many others as anyone reads, and not one more', () => {
    const list = (length: number) => ({ any: Array.from({ length }, () => over) })
    expect(findingsIn(list(listLengthMax))).toEqual([])
    expect(findingsIn(list(listLengthMax + 1))).toEqual([
      '/rules/0/conditions/any: more than 1000 conditions in one list: name groups of them',
    ])
  })

  it('may be nested 24 deep, the comparison counted, and no level deeper', () => {
    expect(findingsIn(negated(22, over))).toEqual([])
    expect(findingsIn(negated(22, { all: [over] }))).toEqual([])
    expect(findingsIn(negated(24, over))).toEqual([
      '/rules: conditions are nested 25 deep, the most is 24: simplify them',
    ])
    expect(findingsIn(negated(24, { all: [over] }))).toEqual([
      `/rules/0/conditions${'/not'.repeat(24)}/all/0: nested more than 24 deep: simplify the rule`,
    ])
  })
})

describe('a condition with a mistake', () => {
  it.each<[string, unknown]>([
    ['text', 'over'],
    ['a comparison', over],
    ['a group with a wrong member', { all: [over, { ...over, operator: 'is' }] }],
    ['a denial of something wrong', { not: { ...over, fact: 'discrepency' } }],
    ['a comparison without a value', { all: [{ fact: 'order', operator: 'equal' }] }],
    ['a word no document has', { all: [{ ...over, value: 'overshipment' }] }],
    ['a list with a word no document has', { all: [{ ...over, operator: 'in', value: ['x'] }] }],
    ['an empty list', { any: [{ ...over, operator: 'in', value: [] }] }],
    ['unlike facts', { any: [{ ...over, value: { fact: 'order' } }] }],
    ['a name nobody gave', { condition: 'over' }],
    [
      'a fetched fact asked by what it does not know',
      { any: [{ ...rating, params: { year: 1 } }] },
    ],
  ])('comes to nothing rather than to something else: %s', (_, json) => {
    const fetched = { rating: { value: z.string(), params: z.strictObject({}) } }
    const walk = startConditionWalk('tolerance', new Map(), fetched)
    expect(checkRootCondition({ json, pointer: '' }, walk)).toBeNull()
    expect(walk.findings).toHaveLength(1)
  })
})

describe('a condition on two facts', () => {
  it('keeps both, with the places that may be missing on the way', () => {
    const value = { fact: 'invoice', path: '$.currency' }
    const same = { fact: 'order', path: '$.currency', operator: 'equal', value }
    const all = [{ fact: 'order', operator: 'is-present', value: true }, same]
    const [rule] = loadRuleSet(aRuleSet({ rules: [aRule({ conditions: { all } })] })).rules
    const place = (fact: string) =>
      expect.objectContaining({ text: `${fact}.currency`, missable: [fact] })
    expect(rule?.condition).toMatchObject({
      conditions: [
        { right: { kind: 'constant', value: true } },
        { left: place('order'), right: { kind: 'fact', place: place('invoice') } },
      ],
    })
  })
})

describe('a condition that names another', () => {
  it.each([
    ['nobody', 'is-stock'],
    ['of which only the start is known', 'is-ove'],
    ['5', 5],
  ])('is told the names there are: %s', (_, condition) => {
    const named = { 'is-over': onOverShipment, '5 percent': onOverShipment }
    expect(findingsIn({ condition }, named)).toEqual([
      `/rules/0/conditions/condition: no condition is named \`${JSON.stringify(condition)}\`: use one of \`is-over\`, \`5 percent\``,
    ])
  })

  it('may name one that is written after it, whose mistakes are told once', () => {
    const named = (last: unknown): ExampleJson => ({ first: { condition: 'last' }, last })
    expect(findingsIn({ condition: 'first' }, named(onOverShipment))).toEqual([])
    expect(findingsIn({ condition: 'first' }, named({ all: [] }))).toEqual([
      '/conditions/last/all: `all` without conditions would always hold: write at least one',
    ])
  })

  it('may stand beside the one it names', () => {
    const named = { first: { condition: 'last' }, last: onOverShipment }
    const both = { all: [{ condition: 'first' }, { condition: 'last' }] }
    expect(findingsIn(both, named)).toEqual([])
  })

  it('may not come to others that go round in a circle', () => {
    const named = {
      first: { condition: 'second' },
      second: { condition: 'third' },
      third: { not: { condition: 'second' } },
    }
    expect(findingsIn({ condition: 'first' }, named)).toEqual([
      '/conditions/third/not/condition: the condition `second` refers to itself: break the circle',
    ])
  })

  it('may not be the first of more than anyone can follow', () => {
    const named = Object.fromEntries(
      Array.from({ length: 30 }, (_, index) => [
        `c${index}`,
        index === 29 ? onOverShipment : { condition: `c${index + 1}` },
      ]),
    )
    expect(findingsIn({ condition: 'c0' }, named)).toEqual([
      '/conditions/c25: nested more than 24 deep: simplify the rule',
    ])
  })

  it('may not come back to itself by way of another', () => {
    const named = { first: { condition: 'last' }, last: { not: { condition: 'first' } } }
    expect(findingsIn({ condition: 'first' }, named)).toEqual([
      '/conditions/last/not/condition: the condition `first` refers to itself: break the circle',
    ])
  })

  it('is as deep as what it names, however often that was looked at before', () => {
    const named = Object.fromEntries(
      Array.from({ length: 25 }, (_, index) => [
        `c${index}`,
        index === 0 ? onOverShipment : { not: { condition: `c${index - 1}` } },
      ]),
    )
    expect(findingsIn({ condition: 'c22' }, named)).toEqual([])
    expect(findingsIn({ condition: 'c23' }, named)).toEqual([
      '/rules: conditions are nested 25 deep, the most is 24: simplify them',
    ])
  })
})
