import { describe, expect, it } from 'vitest'
import { evaluateRuleSet } from '../evaluate/evaluate-rule-set.ts'
import { checkRuleSet } from '../rule-set/load-rule-set.ts'
import {
  aCheckEvent,
  aConductEvent,
  aLoadedRuleSet,
  aRule,
  aRuleSet,
  aToleranceEvent,
  type ExampleJson,
} from '../rule-set/rule-set.examples.ts'
import { tiesNamedMax } from './budgets.ts'

const findingsIn = (ruleSet: ExampleJson): readonly string[] =>
  checkRuleSet(aRuleSet(ruleSet)).map(({ pointer, sentence }) => `${pointer}: ${sentence}`)

const whenCurrency = (value: string): ExampleJson => ({
  all: [{ fact: 'order', path: '$.currency', operator: 'equal', value }],
})
const whenOrder = { all: [{ fact: 'order', operator: 'is-present', value: true }] }
const noneAccepted = aToleranceEvent({ upper: { abs: null, pct: '0' }, because: 'none accepted' })

describe('a set whose hit policy is unique', () => {
  const pair = (second: ExampleJson): ExampleJson => ({
    hitPolicy: 'unique',
    rules: [
      aRule({ name: 'euro', conditions: whenCurrency('EUR') }),
      aRule({ name: 'other', priority: 9, ...second }),
    ],
  })

  it('loads where its rules exclude each other', () => {
    expect(findingsIn(pair({ conditions: whenCurrency('CHF') }))).toEqual([])
  })

  it('is refused where two rules may both fire, even of different priority and equal answers', () => {
    expect(findingsIn(pair({ conditions: whenOrder }))).toEqual([
      '/rules/1: `euro` and `other` are not shown to exclude each other, as `unique` promises: give them different values at one place, or write `first` as hit policy',
    ])
    expect(findingsIn({ ...pair({ conditions: whenOrder }), hitPolicy: 'first' })).toEqual([])
  })

  it('lets rules that answer different questions fire together', () => {
    const rules = [
      aRule({ name: 'check', conditions: whenOrder, event: aCheckEvent() }),
      aRule({ name: 'conduct', conditions: whenOrder, event: aConductEvent() }),
    ]
    expect(findingsIn({ kind: 'matching', hitPolicy: 'unique', rules })).toEqual([])
  })
})

describe('a set whose hit policy is collect', () => {
  const check = aRule({ name: 'check', conditions: whenOrder, event: aCheckEvent() })
  const conduct = aRule({ name: 'conduct', conditions: whenOrder, event: aConductEvent() })

  it('loads where all its rules plan checks', () => {
    expect(findingsIn({ kind: 'matching', hitPolicy: 'collect', rules: [check] })).toEqual([])
  })

  it.each([
    ['matching', [check, conduct], 'conduct'],
    ['tolerance', [aRule({ name: 'over' })], 'over'],
  ])('is refused in a %s set that says more than checks', (kind, rules, name) => {
    expect(findingsIn({ kind, hitPolicy: 'collect', rules })).toEqual([
      `/hitPolicy: only checks add up, and \`${name}\` says a ${kind === 'matching' ? 'conduct' : kind}: write \`first\` or \`unique\`, or leave it out`,
    ])
  })

  it('is refused in a tolerance set that has nothing left to say', () => {
    const base = aLoadedRuleSet({ id: 'base', rules: [aRule({ name: 'over' })] })
    const json = { extends: 'base@1.0.0', rules: [], switchedOff: ['over'], hitPolicy: 'collect' }
    expect(checkRuleSet(aRuleSet(json), { bases: [base] })).toEqual([
      {
        pointer: '/hitPolicy',
        sentence: 'only checks add up: write `first` or `unique`, or leave it out',
      },
    ])
  })
})

describe('a set whose hit policy is first', () => {
  const rules = [
    aRule({ name: 'price', conditions: whenOrder, event: aCheckEvent() }),
    aRule({ name: 'quantity', conditions: whenOrder, event: aCheckEvent({ name: 'quantity' }) }),
  ]

  it('makes one check, so that checks of two names compete', () => {
    expect(findingsIn({ kind: 'matching', rules })).toEqual([])
    expect(findingsIn({ kind: 'matching', hitPolicy: 'first', rules })).toEqual([
      '/rules/1/priority: `price` and `quantity` may both fire at priority 1 and say different things: give one a higher priority or conditions that rule the other out',
    ])
  })
})

describe('a set in which very many rules meet', () => {
  /** So many rules that each may fire with every other. */
  const entangled = (count: number) =>
    Array.from({ length: count }, (_, index) =>
      aRule({
        name: `r${index}`,
        conditions: whenOrder,
        event: aToleranceEvent({ upper: { abs: null, pct: String(index + 1) } }),
      }),
    )

  it('hears of as many pairs as anyone mends at once, and of no more', () => {
    // Ten rules meet in forty-five pairs, eleven in fifty-five.
    expect(findingsIn({ rules: entangled(10) })).toHaveLength(45)
    expect(findingsIn({ rules: entangled(11) })).toHaveLength(tiesNamedMax)
    expect(findingsIn({ rules: entangled(11), hitPolicy: 'unique' })).toHaveLength(tiesNamedMax)
  })

  it('hears of as many in all, though they answer different questions', () => {
    const late = entangled(10).map((rule) => ({
      ...rule,
      name: `${String(rule['name'])}-late`,
      priority: 2,
    }))
    expect(findingsIn({ rules: [...entangled(10), ...late] })).toHaveLength(tiesNamedMax)
  })
})

describe('a denial and an allowance of one priority', () => {
  const allow = aRule({ name: 'allow', conditions: whenOrder })
  const deny = aRule({ name: 'deny', conditions: whenCurrency('EUR'), event: noneAccepted })
  const both = { order: { currency: 'EUR' } }

  it.each([
    ['before', [deny, allow]],
    ['after', [allow, deny]],
  ])('are no tie, and the denial answers when written %s the allowance', (_, rules) => {
    expect(findingsIn({ rules })).toEqual([])
    const { answers } = evaluateRuleSet(aLoadedRuleSet({ rules }), both)
    expect(answers.map(({ rule }) => rule)).toEqual(['deny'])
  })

  it('are tried by priority where the allowance has the higher', () => {
    const rules = [deny, { ...allow, priority: 2 }]
    const { answers } = evaluateRuleSet(aLoadedRuleSet({ rules }), both)
    expect(answers.map(({ rule }) => rule)).toEqual(['allow'])
  })

  it('are a tie where both allow', () => {
    const wider = aToleranceEvent({ upper: { abs: null, pct: '6' } })
    expect(findingsIn({ rules: [allow, { ...deny, event: wider }] })).toEqual([
      expect.stringMatching('^/rules/1/priority: .*allow.*deny.* may both fire at priority 1'),
    ])
  })
})
