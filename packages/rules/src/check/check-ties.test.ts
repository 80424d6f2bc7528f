import { describe, expect, it } from 'vitest'
import { checkRuleSet } from '../rule-set/load-rule-set.ts'
import {
  aCheckEvent,
  aLoadedRuleSet,
  aRule,
  aRuleSet,
  aTable,
  aToleranceEvent,
} from '../rule-set/rule-set.examples.ts'
import { findTies } from './check-ties.ts'

const kind = (operator: string, value: unknown) => ({
  fact: 'discrepancy',
  path: '$.kind',
  operator,
  value,
})
const present = { fact: 'discrepancy', operator: 'is-present', value: true }
const percent = (operator: string, value: string) => ({
  fact: 'discrepancy',
  path: '$.percent',
  operator,
  value,
})
const currency = (operator: string, value: unknown) => ({
  fact: 'order',
  path: '$.currency',
  operator,
  value,
})

/** Whether two rules under these conditions, saying different things at one priority, are refused. */
const isTie = (first: unknown, second: unknown): boolean => {
  const rules = [
    aRule({ name: 'first', conditions: first }),
    aRule({ name: 'second', conditions: second, event: aToleranceEvent({ combine: 'both' }) }),
  ]
  const findings = checkRuleSet(aRuleSet({ rules }))
  expect(findings.every(({ pointer }) => pointer === '/rules/1/priority')).toBe(true)
  return findings.length > 0
}

describe('two rules of one priority that say different things', () => {
  it.each([
    [
      'one kind and another',
      { all: [kind('equal', 'over-shipment')] },
      { all: [kind('equal', 'short-shipment')] },
    ],
    [
      'kinds of two lists',
      { all: [kind('in', ['split', 'backorder'])] },
      { all: [kind('in', ['rejection'])] },
    ],
    [
      'a kind and any but it',
      { all: [kind('equal', 'split')] },
      { all: [present, kind('notEqual', 'split')] },
    ],
    [
      'a kind and any but a list with it',
      { all: [kind('equal', 'split')] },
      { all: [present, kind('notIn', ['split', 'rejection'])] },
    ],
    [
      'a kind and not that kind',
      { all: [kind('equal', 'split')] },
      { all: [present, { not: kind('equal', 'split') }] },
    ],
    [
      'alternatives and another',
      { any: [kind('equal', 'split'), kind('equal', 'backorder')] },
      { all: [kind('equal', 'rejection')] },
    ],
    [
      'not an alternative and one of it',
      { all: [present, { not: { any: [kind('equal', 'split'), kind('equal', 'backorder')] } }] },
      { all: [kind('equal', 'backorder')] },
    ],
    [
      'any but one, by not any but',
      { all: [present, { not: kind('notEqual', 'split') }] },
      { all: [kind('equal', 'rejection')] },
    ],
    [
      'a line and no line',
      { all: [{ fact: 'line', operator: 'is-present', value: true }] },
      { all: [{ fact: 'line', operator: 'is-present', value: false }] },
    ],
    [
      'a field of the line and no line',
      { all: [{ fact: 'line', path: '$.lineType', operator: 'equal', value: 'item' }] },
      { all: [{ fact: 'line', operator: 'is-present', value: false }] },
    ],
    [
      'two amounts, however spelled',
      { all: [percent('decimal-equal', '5.0')] },
      { all: [percent('decimal-equal', '6')] },
    ],
    [
      'a band above and one below',
      { all: [percent('decimal-above', '5')] },
      { all: [percent('decimal-below', '5')] },
    ],
    [
      'a band from an amount and one below it',
      { all: [percent('decimal-at-least', '5'), percent('decimal-below', '10')] },
      { all: [percent('decimal-below', '5.0')] },
    ],
    [
      'an amount and a band beside it',
      { all: [percent('decimal-equal', '5')] },
      { all: [percent('decimal-above', '5')] },
    ],
    [
      'yes and no',
      { all: [{ fact: 'item', path: '$.stocked', operator: 'equal', value: true }] },
      { all: [{ fact: 'item', path: '$.stocked', operator: 'equal', value: false }] },
    ],
  ])('are taken where they exclude each other: %s', (_, first, second) => {
    expect(isTie(first, second)).toBe(false)
    expect(isTie(second, first)).toBe(false)
  })

  it.each([
    ['the same kind', { all: [kind('equal', 'split')] }, { all: [kind('equal', 'split')] }],
    [
      'lists that overlap',
      { all: [kind('in', ['split', 'backorder'])] },
      { all: [kind('in', ['backorder'])] },
    ],
    [
      'things of different places',
      { all: [kind('equal', 'split')] },
      { all: [currency('equal', 'EUR')] },
    ],
    [
      'any but one and any but another',
      { all: [present, kind('notEqual', 'split')] },
      { all: [present, kind('notEqual', 'backorder')] },
    ],
    [
      'alternatives of different places',
      { any: [kind('equal', 'split'), currency('equal', 'EUR')] },
      { all: [kind('equal', 'backorder')] },
    ],
    [
      'one amount spelled in two ways',
      { all: [percent('decimal-equal', '5.0')] },
      { all: [percent('decimal-equal', '5')] },
    ],
    [
      'bands that share an end',
      { all: [percent('decimal-at-least', '5')] },
      { all: [percent('decimal-at-most', '5.0')] },
    ],
    [
      'bands in alternatives',
      { any: [percent('decimal-above', '5'), kind('equal', 'split')] },
      { all: [percent('decimal-below', '5')] },
    ],
    [
      'two facts compared',
      { all: [kind('equal', 'split')] },
      {
        all: [
          present,
          { fact: 'order', operator: 'is-present', value: true },
          { ...currency('equal', { fact: 'invoice', path: '$.currency' }) },
        ],
      },
    ],
  ])('are refused where both may fire: %s', (_, first, second) => {
    expect(isTie(first, second)).toBe(true)
    expect(isTie(second, first)).toBe(true)
  })

  it('takes a code with a leading zero for another code', () => {
    expect(isTie({ all: [currency('equal', '01')] }, { all: [currency('equal', '1')] })).toBe(false)
  })
})

describe('two rules that do not compete', () => {
  const both = { all: [kind('equal', 'split')] }
  const onOrder = { all: [{ fact: 'order', operator: 'is-present', value: true }] }

  it('may be of different priority', () => {
    const rules = [
      aRule({ conditions: both }),
      aRule({
        name: 'b',
        priority: 2,
        conditions: both,
        event: aToleranceEvent({ combine: 'both' }),
      }),
    ]
    expect(checkRuleSet(aRuleSet({ rules }))).toEqual([])
  })

  it('may say the same for different reasons', () => {
    const rules = [
      aRule({ conditions: both }),
      aRule({ name: 'b', conditions: both, event: aToleranceEvent({ because: 'agreed' }) }),
    ]
    expect(checkRuleSet(aRuleSet({ rules }))).toEqual([])
  })

  it('may say the same, and each of them not what a third says', () => {
    const rules = [
      aRule({ name: 'a', conditions: both }),
      aRule({ name: 'b', conditions: both, event: aToleranceEvent({ combine: 'both' }) }),
      aRule({ name: 'c', conditions: both }),
    ]
    const sentences = checkRuleSet(aRuleSet({ rules })).map(({ sentence }) => sentence)
    expect(sentences.map((one) => one.slice(0, 11))).toEqual(['`a` and `b`', '`b` and `c`'])
  })

  it('may say the same as a row of a table', () => {
    const tables = [aTable({ priority: 5, rows: [['split', '2', '2', 'two percent over']] })]
    const rule = (pct: string) =>
      aRule({
        priority: 5,
        conditions: both,
        event: aToleranceEvent({ upper: { abs: null, pct } }),
      })
    expect(checkRuleSet(aRuleSet({ rules: [rule('2')], tables }))).toEqual([])
    expect(checkRuleSet(aRuleSet({ rules: [rule('3')], tables }))).toHaveLength(1)
  })

  it('may plan different checks', () => {
    const rules = [
      aRule({ conditions: onOrder, event: aCheckEvent() }),
      aRule({ name: 'b', conditions: onOrder, event: aCheckEvent({ name: 'quantity' }) }),
    ]
    expect(checkRuleSet(aRuleSet({ kind: 'matching', rules }))).toEqual([])
  })

  it('may plan different checks, unless only one is made', () => {
    const { rules } = aLoadedRuleSet({
      kind: 'matching',
      rules: [
        aRule({ conditions: onOrder, event: aCheckEvent() }),
        aRule({ name: 'b', conditions: onOrder, event: aCheckEvent({ name: 'quantity' }) }),
      ],
    })
    expect(findTies(rules)).toEqual({ ties: [], isComplete: true })
    expect(findTies(rules, { isOneCheck: true }).ties).toHaveLength(1)
  })

  it('do compete for one check', () => {
    const rules = [
      aRule({ conditions: onOrder, event: aCheckEvent() }),
      aRule({ name: 'b', conditions: onOrder, event: aCheckEvent({ onExceed: 'warn' }) }),
    ]
    expect(checkRuleSet(aRuleSet({ kind: 'matching', rules }))).toHaveLength(1)
  })
})
