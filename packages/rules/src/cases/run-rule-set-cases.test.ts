import { describe, expect, it } from 'vitest'
import {
  aCheckEvent,
  aConductEvent,
  aLoadedRuleSet,
  aRule,
  aToleranceEvent,
  type ExampleJson,
} from '../rule-set/rule-set.examples.ts'
import { loadRuleSet } from '../rule-set/load-rule-set.ts'
import { RuleSetCase, RuleSetCases } from './rule-set-case.ts'
import { runRuleSetCases } from './run-rule-set-cases.ts'

const whenOrder = { all: [{ fact: 'order', operator: 'is-present', value: true }] }

const aCase = (outcome: unknown, firedRules: readonly string[], facts: ExampleJson): RuleSetCase =>
  RuleSetCase.parse({ name: 'a case', facts, expect: { outcome, firedRules } })

const tolerance = aLoadedRuleSet({ rules: [aRule({ name: 'over', conditions: whenOrder })] })
const matching = aLoadedRuleSet({
  kind: 'matching',
  rules: [
    aRule({ name: 'price', conditions: whenOrder, event: aCheckEvent() }),
    aRule({
      name: 'tax',
      conditions: whenOrder,
      event: aCheckEvent({ name: 'tax', holdCode: 'TAX' }),
    }),
    aRule({ name: 'conduct', conditions: whenOrder, event: aConductEvent() }),
  ],
})
const order = { order: {} }

const differences = (set: typeof tolerance, one: RuleSetCase) =>
  runRuleSetCases(set, [one]).results.flatMap((result) => result.differences)

describe('a case of a rule set', () => {
  it.each<[string, typeof tolerance, RuleSetCase]>([
    ['whole', tolerance, aCase({ tolerance: aToleranceEvent()['params'] }, ['over'], order)],
    ['in part', tolerance, aCase({ tolerance: { upper: { pct: '5' } } }, ['over'], order)],
    [
      'with checks by name',
      matching,
      aCase({ check: ['price', 'tax'], conduct: {} }, ['price', 'tax', 'conduct'], order),
    ],
    [
      'with checks in part',
      matching,
      aCase(
        { check: ['price', { holdCode: 'TAX' }], conduct: { partialRelease: true } },
        ['price', 'tax', 'conduct'],
        order,
      ),
    ],
    ['in which nothing fires', tolerance, aCase('nothing fires', [], {})],
  ])('passes when it says what happens, %s', (_, set, one) => {
    expect(differences(set, one)).toEqual([])
  })

  it.each<[string, typeof tolerance, RuleSetCase, readonly string[]]>([
    [
      'another limit',
      tolerance,
      aCase({ tolerance: { upper: { pct: '6' } } }, ['over'], order),
      ['outcome.tolerance.upper.pct: expected "6", and it is "5"'],
    ],
    [
      'null for zero',
      tolerance,
      aCase({ tolerance: { upper: { abs: '0' } } }, ['over'], order),
      ['outcome.tolerance.upper.abs: expected "0", and it is null'],
    ],
    [
      'another rule',
      tolerance,
      aCase({ tolerance: {} }, ['under'], order),
      ['rules: expected under, and over fired'],
    ],
    [
      'a rule that does not fire',
      tolerance,
      aCase({ tolerance: {} }, ['over'], {}),
      [
        'rules: expected over, and none fired',
        'outcome.tolerance: expected {}, and it is undefined',
      ],
    ],
    [
      'that nothing fires',
      tolerance,
      aCase('nothing fires', [], order),
      ['rules: expected none, and over fired', 'outcome: expected that nothing fires'],
    ],
    [
      'one check too few',
      matching,
      aCase({ check: ['price'], conduct: {} }, ['price', 'tax', 'conduct'], order),
      [expect.stringMatching(/^outcome.check: expected /)],
    ],
    [
      'checks in another order',
      matching,
      aCase({ check: ['tax', 'price'], conduct: {} }, ['price', 'tax', 'conduct'], order),
      [
        'outcome.check[0].name: expected "tax", and it is "price"',
        'outcome.check[1].name: expected "price", and it is "tax"',
      ],
    ],
    [
      'nothing of an answer given',
      matching,
      aCase({ check: ['price', 'tax'] }, ['price', 'tax', 'conduct'], order),
      ['outcome.conduct: not expected'],
    ],
  ])('fails when it expects %s', (_, set, one, expected) => {
    expect(differences(set, one)).toEqual(expected)
  })
})

describe('the cases of a rule set', () => {
  const shown = aCase({ check: ['price', 'tax'], conduct: {} }, ['price', 'tax', 'conduct'], order)
  const silent = aCase('nothing fires', [], {})

  it('are complete when every rule decides somewhere and nowhere is one needed', () => {
    expect(runRuleSetCases(matching, [shown, silent]).isComplete).toBe(true)
  })

  it('are not without a case in which nothing fires', () => {
    expect(runRuleSetCases(matching, [shown])).toMatchObject({
      hasNothingFires: false,
      isComplete: false,
    })
  })

  it('are not when a rule never decides, be it that another always goes first', () => {
    const shadowed = aLoadedRuleSet({
      rules: [
        aRule({ conditions: whenOrder }),
        aRule({
          name: 'first',
          priority: 2,
          conditions: whenOrder,
          event: aToleranceEvent({ combine: 'both' }),
        }),
      ],
    })
    const report = runRuleSetCases(shadowed, [aCase({ tolerance: {} }, ['first'], order), silent])
    expect(report).toMatchObject({ rulesWithoutCase: ['over-within-5-percent'], isComplete: false })
  })

  it('are not when one fails', () => {
    const wrong = aCase({ tolerance: { combine: 'both' } }, ['over'], order)
    expect(runRuleSetCases(tolerance, [wrong, silent]).isComplete).toBe(false)
  })

  it('need not show again the rules taken over from an extended set', () => {
    const extending = loadRuleSet(
      { ...tolerance.ruleSet, id: 'north', extends: 'receiving-tolerance@1.0.0', rules: [] },
      { bases: [tolerance] },
    )
    expect(runRuleSetCases(extending, [silent])).toMatchObject({
      rulesWithoutCase: [],
      isComplete: true,
    })
  })

  it('have a name each, and expect something', () => {
    expect(RuleSetCases.safeParse([shown, shown]).success).toBe(false)
    expect(RuleSetCases.safeParse([]).success).toBe(false)
    expect(
      RuleSetCase.safeParse({ ...shown, expect: { outcome: {}, firedRules: [] } }).success,
    ).toBe(false)
  })
})

describe('cases a rule set holds itself', () => {
  const own = {
    name: 'its own',
    facts: order,
    expect: { outcome: { tolerance: {} }, firedRules: ['over'] },
  }
  const holding = aLoadedRuleSet({
    rules: [aRule({ name: 'over', conditions: whenOrder })],
    cases: [own],
  })

  it('are run before those given and count with them', () => {
    const report = runRuleSetCases(holding, [aCase('nothing fires', [], {})])
    expect(report.results.map(({ name }) => name)).toEqual(['its own', 'a case'])
    expect(report.isComplete).toBe(true)
    expect(runRuleSetCases(tolerance, [aCase('nothing fires', [], {})]).rulesWithoutCase).toEqual([
      'over',
    ])
  })

  it('are no part of what the hash covers', () => {
    expect(holding.reference.hash).toBe(tolerance.reference.hash)
  })
})
