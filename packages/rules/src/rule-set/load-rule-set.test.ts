import { CounterfoilError } from '@counterfoil/core'
import { describe, expect, it } from 'vitest'
import { checkRuleSet, loadRuleSet } from './load-rule-set.ts'
import {
  aCheckEvent,
  aConductEvent,
  aLoadedRuleSet,
  aRouteEvent,
  aRule,
  aRuleSet,
  aTimingEvent,
  aToleranceEvent,
  type ExampleJson,
  onOverShipment,
} from './rule-set.examples.ts'

/** The findings as `pointer: sentence`, for one table to show. */
const findingsIn = (ruleSet: unknown): readonly string[] =>
  checkRuleSet(ruleSet).map(({ pointer, sentence }) => `${pointer}: ${sentence}`)

const withConditions = (conditions: unknown, more: ExampleJson = {}): ExampleJson =>
  aRuleSet({ rules: [aRule({ conditions })], ...more })

const comparison = (json: ExampleJson): ExampleJson => ({
  fact: 'discrepancy',
  path: '$.kind',
  operator: 'equal',
  value: 'over-shipment',
  ...json,
})

const onStandardOrder: ExampleJson = {
  all: [{ fact: 'order', path: '$.type', operator: 'equal', value: 'standard' }],
}

const negated = (depth: number): unknown =>
  depth === 0 ? comparison({}) : { not: negated(depth - 1) }

describe('a rule set that can be loaded', () => {
  it.each([
    ['tolerance', aToleranceEvent()],
    ['matching', aCheckEvent()],
    ['matching', aConductEvent()],
    ['routing', aRouteEvent()],
    ['routing', aTimingEvent()],
  ])('may be of kind %s and say %j', (kind, event) => {
    const rules = [aRule({ conditions: onStandardOrder, event })]
    expect(findingsIn(aRuleSet({ kind, rules }))).toEqual([])
  })

  it('carries its name, version, hash, first day and scope, and cannot be changed', () => {
    const loaded = aLoadedRuleSet()
    expect(loaded.reference).toEqual({
      ruleSet: 'receiving-tolerance',
      version: '1.0.0',
      hash: expect.stringMatching(/^[0-9a-f]{64}$/),
      effectiveFrom: '2026-12-01',
      scope: {},
    })
    const scope = { businessUnit: '*', supplier: 'S100' }
    expect(aLoadedRuleSet({ scope }).reference.scope).toEqual({ supplier: 'S100' })
    expect(Object.isFrozen(loaded.ruleSet.rules[0]?.event.params)).toBe(true)
  })

  it('keeps nothing of the value it was loaded from', () => {
    const json = structuredClone(aRuleSet())
    const loaded = loadRuleSet(json)
    const before = JSON.stringify(loaded)
    Object.assign(json, { title: 'Changed', rules: [] })
    expect(JSON.stringify(loaded)).toBe(before)
  })

  it('has the same hash in any order of keys and with any $schema, another for another limit', () => {
    const hashOfSet = (json: ExampleJson) => loadRuleSet(json).reference.hash
    const reversed = Object.fromEntries(Object.entries(aRuleSet()).toReversed())
    const wider = aRule({ event: aToleranceEvent({ upper: { abs: null, pct: '6' } }) })
    expect(hashOfSet(reversed)).toBe(hashOfSet(aRuleSet()))
    expect(hashOfSet(aRuleSet({ $schema: 'x.json' }))).toBe(hashOfSet(aRuleSet()))
    expect(hashOfSet(aRuleSet({ rules: [wider] }))).not.toBe(hashOfSet(aRuleSet()))
  })

  it('may compare one fact with another', () => {
    const value = { fact: 'supplier', path: '$.id' }
    const conditions = {
      all: [
        { fact: 'order', path: '$.supplier', operator: 'equal', value },
        { fact: 'order', operator: 'is-present', value: true },
      ],
    }
    expect(findingsIn(withConditions(conditions))).toEqual([])
  })
})

describe('a rule set that json-rules-engine would let through', () => {
  it.each<[hazard: string, ruleSet: unknown, ...findings: readonly string[]]>([
    [
      'an operator it does not know',
      withConditions({ all: [comparison({ operator: 'equals' })] }),
      expect.stringContaining(
        '/rules/0/conditions/all/0/operator: no operator `"equals"`: use one of `equal`, ',
      ),
    ],
    [
      'all and any side by side',
      withConditions({ ...onOverShipment, any: [comparison({})] }),
      '/rules/0/conditions: `all` and `any` stand side by side and one would be ignored: nest them',
    ],
    [
      'a misspelled key',
      withConditions({ all: [comparison({ oprator: 'equal' })] }),
      '/rules/0/conditions/all/0/oprator: `oprator` is not a field here: use `fact`, `path`, `operator`, `value`, `params`, `name`, `priority`',
    ],
    [
      'a misspelled key of the rule',
      aRuleSet({ rules: [aRule({ pirority: 3 })] }),
      '/rules/0/pirority: `pirority` is not a field here: correct its spelling or remove it',
    ],
    [
      'an empty any',
      withConditions({ any: [] }),
      '/rules/0/conditions/any: `any` without conditions would in json-rules-engine always hold: write at least one',
    ],
    [
      'an empty all',
      withConditions({ all: [] }),
      '/rules/0/conditions/all: `all` without conditions would always hold: write at least one',
    ],
    [
      'two rules of one name',
      aRuleSet({ rules: [aRule(), aRule({ priority: 2 })] }),
      '/rules/1/name: a rule before this one is also named `over-within-5-percent`: give each its own name',
    ],
    [
      'a priority that is not a number',
      aRuleSet({ rules: [aRule({ priority: 'abc' })] }),
      '/rules/0/priority: `"abc"` is of the wrong kind: write a number without quotes',
    ],
    [
      'a priority of a condition that is not a number',
      withConditions({ all: [comparison({ priority: 'abc' })] }),
      '/rules/0/conditions/all/0/priority: `"abc"` is not a priority: write a whole number from 1 to 1000000',
    ],
    [
      'an event named like one of the engine',
      aRuleSet({ rules: [aRule({ event: { ...aToleranceEvent(), type: 'success' } })] }),
      '/rules/0/event/type: `"success"` is not known here: use one of `"tolerance"`',
    ],
    [
      'notEqual on a field that may be missing',
      withConditions({
        all: [{ fact: 'item', path: '$.category', operator: 'notEqual', value: 'fresh' }],
      }),
      '/rules/0/conditions/all/0: `item` may be missing, and `notEqual` would hold then: add `is-present` for it in the same `all`',
    ],
    [
      'not around a lessThan on a number that may be missing',
      withConditions({
        not: { fact: 'discrepancy', path: '$.differenceDays', operator: 'lessThan', value: 3 },
      }),
      '/rules/0/conditions/not: `discrepancy` may be missing, and `not` around `lessThan` would hold then: add `is-present` for it in an `all` beside the `not`',
    ],
    [
      'decimals compared as text',
      withConditions({
        all: [{ fact: 'discrepancy', path: '$.percent', operator: 'greaterThan', value: '10' }],
      }),
      '/rules/0/conditions/all/0/operator: `discrepancy.percent` is a decimal kept as text, where `greaterThan` takes "9.50" for more than "10.00": use `decimal-above`, `decimal-at-least`, `decimal-below`, `decimal-at-most`, `decimal-equal`, `within-5-percent`, `within-0.05-amount`, `is-present`',
    ],
    [
      'equal on a decimal',
      withConditions({
        all: [{ fact: 'discrepancy', path: '$.percent', operator: 'equal', value: '10' }],
      }),
      '/rules/0/conditions/all/0/operator: `discrepancy.percent` is a decimal kept as text, where `equal` takes "9.50" for more than "10.00": use `decimal-above`, `decimal-at-least`, `decimal-below`, `decimal-at-most`, `decimal-equal`, `within-5-percent`, `within-0.05-amount`, `is-present`',
    ],
    [
      'a decimal written as a number',
      withConditions({
        all: [{ fact: 'discrepancy', path: '$.percent', operator: 'decimal-above', value: 10 }],
      }),
      '/rules/0/conditions/all/0/value: `10` is not a decimal: write it as text, as in "12.40"',
    ],
    [
      'a number compared with text',
      withConditions({
        all: [{ fact: 'discrepancy', path: '$.differenceDays', operator: 'lessThan', value: '3' }],
      }),
      '/rules/0/conditions/all/0/value: `"3"` is not a number: write digits without quotes',
    ],
    [
      'text looked for inside text',
      withConditions({
        all: [{ fact: 'supplier', path: '$.class', operator: 'in', value: 'GOLD,SILVER' }],
      }),
      '/rules/0/conditions/all/0/value: `in` looks through a list: write `["a", "b"]`, not empty',
    ],
    [
      'a word no document ever has',
      withConditions({ all: [comparison({ value: 'overshipment' })] }),
      expect.stringContaining('/rules/0/conditions/all/0/value: never `overshipment`: use one of '),
    ],
    [
      'null to compare with',
      withConditions({ all: [comparison({ value: null })] }),
      '/rules/0/conditions/all/0/value: nothing equals null here: ask with the operator `is-present`',
    ],
    [
      'a fact nobody gives',
      withConditions({ all: [comparison({ fact: 'discrepency' })] }),
      '/rules/0/conditions/all/0/fact: no fact `"discrepency"` here: use one of `order`, `invoice`, `line`, `item`, `supplier`, `check`, `discrepancy`',
    ],
    [
      'a code no case ever has',
      aRuleSet({
        kind: 'routing',
        rules: [
          aRule({
            conditions: {
              all: [
                {
                  fact: 'exception',
                  path: '$.code',
                  operator: 'in',
                  value: ['PRICE_OVER', 'PRICE_HIGH'],
                },
              ],
            },
            event: aRouteEvent(),
          }),
        ],
      }),
      expect.stringContaining('/rules/0/conditions/all/0/value/1: never `PRICE_HIGH`: use one of '),
    ],
    [
      'a field the fact does not have',
      withConditions({ all: [comparison({ path: '$.kinds' })] }),
      '/rules/0/conditions/all/0/path: `discrepancy` has no field `kinds`: use one of `kind`, `difference`, `percent`, `differenceDays`, `unitOfMeasure`, `currency`',
    ],
    [
      'a path past a single value',
      withConditions({ all: [comparison({ path: '$.kind.name' })] }),
      '/rules/0/conditions/all/0/path: `discrepancy.kind` has no field `name`: it is one value, end the path there',
    ],
    [
      'a position in what is not a list',
      withConditions({ all: [comparison({ path: '$.kind[0]' })] }),
      '/rules/0/conditions/all/0/path: `discrepancy.kind` has no position `[0]`: only a list has positions',
    ],
    [
      'a path with a filter, which could hold a regular expression',
      withConditions({ all: [comparison({ path: '$[?(@.kind.match(/^(a+)+$/))]' })] }),
      '/rules/0/conditions/all/0/path: `"$[?(@.kind.match(/^(a+)+$/))]"` is not a path: write field names and positions, as in `$.price.lots[0]`',
    ],
    [
      'a path into the program',
      withConditions({
        all: [comparison({ fact: 'order', path: '$.attributes.constructor' })],
      }),
      '/rules/0/conditions/all/0/path: `"$.attributes.constructor"` is not a path: write field names and positions, as in `$.price.lots[0]`',
    ],
    [
      'a __proto__ key',
      JSON.parse(JSON.stringify(aRuleSet()).replace('"title"', '"__proto__":{},"title"')),
      '/__proto__: `__proto__` cannot be a name here: choose another',
      '/__proto__: `__proto__` is not a field here: correct its spelling or remove it',
    ],
    [
      'a condition that names itself',
      withConditions(
        { condition: 'loop' },
        { conditions: { loop: { all: [comparison({}), { condition: 'loop' }] } } },
      ),
      '/conditions/loop/all/1/condition: the condition `loop` refers to itself: break the circle',
    ],
    [
      'a condition nobody named',
      withConditions({ condition: 'is-stock-item' }),
      '/rules/0/conditions/condition: no condition is named `"is-stock-item"`: the set names no conditions',
    ],
    [
      'named conditions that double at each step',
      withConditions(
        { condition: 'c20' },
        {
          conditions: Object.fromEntries(
            Array.from({ length: 21 }, (_, index) => [
              `c${index}`,
              index === 0
                ? onOverShipment
                : { all: [{ condition: `c${index - 1}` }, { condition: `c${index - 1}` }] },
            ]),
          ),
        },
      ),
      '/rules: the rules come to more than 20000 comparisons: name fewer conditions in others',
    ],
    [
      'params, whose values could be mixed up',
      withConditions({ all: [comparison({ params: { supplier: 'S1' } })] }),
      '/rules/0/conditions/all/0/params: `params` is for facts that are fetched, and `discrepancy` is given: remove it',
    ],
    [
      'two facts that may both be missing, and so be equal',
      withConditions({
        all: [
          {
            fact: 'order',
            path: '$.supplier',
            operator: 'equal',
            value: { fact: 'supplier', path: '$.id' },
          },
        ],
      }),
      '/rules/0/conditions/all/0: `order` may be missing, and `equal` would hold then: add `is-present` for it in the same `all`',
    ],
  ])('is refused: %s', (_, ruleSet, ...findings) => {
    expect(findingsIn(ruleSet)).toEqual(findings)
  })
})

const endless = 'x'.repeat(2001)

describe('a rule set with something else wrong', () => {
  it.each<[mistake: string, ruleSet: unknown, ...findings: readonly string[]]>([
    ['nothing at all', null, ': `null` is of the wrong kind: write an object in `{}`'],
    ['a list', [], ': `[]` is of the wrong kind: write an object in `{}`'],
    [
      'a tolerance that leaves a limit out',
      aRuleSet({
        rules: [aRule({ event: aToleranceEvent({ upper: { pct: '5' } }) })],
      }),
      '/rules/0/event/params/upper/abs: `abs` is missing: a tolerance gives every limit, so write null for not checked or "0" for checked against zero',
    ],
    [
      'a limit below zero',
      aRuleSet({ rules: [aRule({ event: aToleranceEvent({ upper: { abs: null, pct: '-1' } }) })] }),
      '/rules/0/event/params/upper/pct: `"-1"` is not a decimal of zero or more: write digits, as in 12.40',
    ],
    [
      'a comparison nobody makes',
      aRuleSet({
        kind: 'matching',
        rules: [
          aRule({ conditions: onStandardOrder, event: aCheckEvent({ check: 'price-amuont' }) }),
        ],
      }),
      expect.stringContaining(
        '/rules/0/event/params/check: `"price-amuont"` is not known here: use one of `"amount-ordered"`, ',
      ),
    ],
    [
      'a misspelled parameter of a check',
      aRuleSet({
        kind: 'matching',
        rules: [
          aRule({
            conditions: onStandardOrder,
            event: aCheckEvent({ parameters: { percentSlak: '1' } }),
          }),
        ],
      }),
      '/rules/0/event/params/parameters/percentSlak: `percentSlak` is not a field here: correct its spelling or remove it',
    ],
    [
      'a parameter of a check that cannot be',
      aRuleSet({
        kind: 'matching',
        rules: [
          aRule({
            conditions: onStandardOrder,
            event: aCheckEvent({ parameters: { billOn: 'shipped' } }),
          }),
        ],
      }),
      '/rules/0/event/params/parameters/billOn: `"shipped"` is not known here: use one of `"ordered"`, `"received"`',
    ],
    [
      'no owner',
      aRuleSet({ owner: undefined }),
      '/owner: `undefined` is not JSON: write text, numbers, lists and objects only',
      '/owner: `owner` is missing: write it',
    ],
    [
      'a blank title',
      aRuleSet({ title: ' ' }),
      '/title: `" "` is too small or too short: the least is 1',
    ],
    [
      'a title no one reads to the end',
      aRuleSet({ title: 'x'.repeat(201) }),
      `/title: \`"${'x'.repeat(59)}…\` is too large or too long: the most is 200`,
    ],
    [
      'a day that does not exist',
      aRuleSet({ effectiveFrom: '2026-02-30' }),
      '/effectiveFrom: `"2026-02-30"` is not a day: write it as 2026-12-31',
    ],
    [
      'an end before the beginning',
      aRuleSet({ effectiveTo: '2026-11-30' }),
      '/effectiveTo: `"2026-11-30"` is before `effectiveFrom`: write the last day it is in force',
    ],
    [
      'a version of two numbers',
      aRuleSet({ version: '1.0' }),
      '/version: `"1.0"` is not a version: write three numbers, as in 1.0.0',
    ],
    [
      'a kind nobody knows',
      aRuleSet({ kind: 'approvals' }),
      '/kind: `"approvals"` is not known here: use one of `"tolerance"`, `"matching"`, `"routing"`, `"approval"`',
    ],
    [
      'an effect nobody knows',
      aRuleSet({ rules: [aRule({ event: aToleranceEvent({ combine: 'or' }) })] }),
      '/rules/0/event/params/combine: `"or"` is not known here: use one of `"either"`, `"both"`',
    ],
    [
      'an answer of another kind',
      aRuleSet({ rules: [aRule({ event: { ...aToleranceEvent(), type: 'route' } })] }),
      '/rules/0/event/type: `"route"` is not known here: use one of `"tolerance"`',
    ],
    [
      'no rules',
      aRuleSet({ rules: [] }),
      '/rules: a set without rules decides nothing: write at least one',
    ],
    [
      'conditions that are a comparison',
      withConditions(comparison({})),
      '/rules/0/conditions: conditions start with `all`, `any`, `not` or `condition`: wrap them in `all`',
    ],
    [
      'a condition that is text',
      withConditions({ all: ['over'] }),
      '/rules/0/conditions/all/0: `"over"` is not a condition: write an object',
    ],
    [
      'not with a list',
      withConditions({ not: [comparison({})] }),
      '/rules/0/conditions/not: `not` takes one condition: wrap the list in `any` or `all`',
    ],
    [
      'a comparison without a value',
      withConditions({ all: [{ fact: 'discrepancy', path: '$.kind', operator: 'equal' }] }),
      '/rules/0/conditions/all/0: `value` is missing: write what the fact is compared with',
    ],
    [
      'a nameless condition',
      withConditions({ all: [comparison({ name: '' })] }),
      '/rules/0/conditions/all/0/name: a name is text of 1 to 120 characters: correct it',
    ],
    [
      'a list looked up in another fact',
      withConditions({
        all: [comparison({ operator: 'in', value: { fact: 'item', path: '$.category' } })],
      }),
      '/rules/0/conditions/all/0/value: `in` cannot look at another fact: write a constant; for a list of the facts use `contains`',
    ],
    [
      'presence compared with a fact',
      withConditions({
        all: [comparison({ operator: 'is-present', value: { fact: 'item', path: '$.stocked' } })],
      }),
      '/rules/0/conditions/all/0/value: `is-present` cannot look at another fact: write a constant',
    ],
    [
      'unlike facts compared',
      withConditions({
        all: [
          comparison({
            fact: 'order',
            path: '$.currency',
            value: { fact: 'item', path: '$.stocked' },
          }),
        ],
      }),
      '/rules/0/conditions/all/0/value: `order.currency` is compared with text, and `item.stocked` is true or false: compare like with like',
    ],
    [
      'a stray key beside the fact compared with',
      withConditions({
        all: [
          comparison({
            fact: 'order',
            path: '$.currency',
            value: { fact: 'invoice', path: '$.currency', operator: 'x' },
          }),
        ],
      }),
      '/rules/0/conditions/all/0/value/operator: `operator` is not a field here: use `fact`, `path`, `params`',
    ],
    [
      'a whole record compared with text',
      withConditions({ all: [comparison({ fact: 'item', path: undefined })] }),
      '/rules/0/conditions/all/0/path: `undefined` is not JSON: write text, numbers, lists and objects only',
      '/rules/0/conditions/all/0/operator: `item` is a record of several values, which `equal` does not compare: use `is-present`',
    ],
    [
      'a record compared',
      withConditions({ all: [{ fact: 'item', operator: 'equal', value: 'x' }] }),
      '/rules/0/conditions/all/0/operator: `item` is a record of several values, which `equal` does not compare: use `is-present`',
    ],
    [
      'presence that is not yes or no',
      withConditions({ all: [{ fact: 'item', operator: 'is-present', value: 'yes' }] }),
      '/rules/0/conditions/all/0/value: `"yes"` is neither true nor false: write one of them',
    ],
    [
      'a day written the other way',
      withConditions({
        all: [
          { fact: 'invoice', path: '$.invoiceDate', operator: 'lessThan', value: '31.12.2026' },
        ],
      }),
      '/rules/0/conditions/all/0/value: `"31.12.2026"` is not a day: write it as `2026-12-31`',
    ],
    [
      'a list that holds a number among words',
      withConditions({
        all: [{ fact: 'order', path: '$.currency', operator: 'in', value: ['EUR', 5] }],
      }),
      '/rules/0/conditions/all/0/value/1: `5` is not text: write it in quotes',
    ],
    [
      'a list of more values than anyone reads',
      withConditions({
        all: [
          {
            fact: 'order',
            path: '$.currency',
            operator: 'in',
            value: Array.from({ length: 1001 }, () => 'EUR'),
          },
        ],
      }),
      '/rules/0/conditions/all/0/value: more than 1000 values in one list: split the rule',
    ],
    [
      'a list of more conditions than anyone reads',
      withConditions({ any: Array.from({ length: 1001 }, () => comparison({})) }),
      '/rules/0/conditions/any: more than 1000 conditions in one list: name groups of them',
    ],
    [
      'conditions nested beyond reading',
      withConditions(negated(30)),
      `/rules/0/conditions${'/not'.repeat(25)}: nested more than 24 deep: simplify the rule`,
    ],
    [
      'text without end',
      aRuleSet({ title: endless }),
      '/title: longer than 2000 characters: shorten it',
      '/title: `"xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx…` is too large or too long: the most is 200',
    ],
    [
      'a key without end',
      aRuleSet({ scope: { [endless]: '*' } }),
      '/scope: a key is not a short plain text: shorten it',
      `/scope/${endless}: \`${endless}\` is not a field here: correct its spelling or remove it`,
    ],
    [
      'half of a character',
      aRuleSet({ title: 'a\uD800' }),
      '/title: half of a character: write whole characters',
    ],
    [
      'a number that is none',
      aRuleSet({ rules: [aRule({ priority: Number.NaN })] }),
      '/rules/0/priority: not a finite number: write digits',
      '/rules/0/priority: `null` is of the wrong kind: write a number without quotes',
    ],
    [
      'a date object',
      aRuleSet({ effectiveFrom: new Date(0) }),
      '/effectiveFrom: not plain JSON: write text, numbers, lists and objects only',
      '/effectiveFrom: `"1970-01-01T00:00:00.000Z"` is of the wrong kind: write text in quotes',
    ],
    [
      'a function',
      aRuleSet({ title: () => 'x' }),
      '/title: `function` is not JSON: write text, numbers, lists and objects only',
      '/title: `nothing` is of the wrong kind: write text in quotes',
      '/title: `nothing` is too small or too short: the least is 1',
    ],
    [
      'rules switched off that nobody has',
      aRuleSet({ switchedOff: ['x'] }),
      '/switchedOff: only rules of an extended set can be switched off: leave the rule out instead',
    ],
    [
      'an extended set nobody loaded',
      aRuleSet({ extends: 'base@1.0.0' }),
      '/extends: no rule set `base@1.0.0` is loaded: correct the version or load that set first',
    ],
    [
      'a set that extends itself',
      aRuleSet({ extends: 'receiving-tolerance@1.0.0' }),
      '/extends: a set cannot extend itself: name another version',
    ],
    [
      'an extended set without a version',
      aRuleSet({ extends: 'base' }),
      '/extends: `"base"` is not an exact version of a rule set: write it as receiving-tolerance@1.0.0',
      '/extends: no rule set `base` is loaded: correct the version or load that set first',
    ],
  ])('is refused: %s', (_, ruleSet, ...findings) => {
    expect(findingsIn(ruleSet)).toEqual(findings)
  })

  it('hears of all mistakes at once', () => {
    const pointers = checkRuleSet(
      aRuleSet({
        id: 'Receiving Tolerance',
        owner: 5,
        rules: [
          aRule({ conditions: { all: [] } }),
          aRule({
            conditions: { all: [comparison({ operator: 'x' })] },
            event: aToleranceEvent({ combine: 'x' }),
          }),
        ],
      }),
    ).map(({ pointer }) => pointer)
    expect(pointers).toEqual([
      '/id',
      '/owner',
      '/rules/1/event/params/combine',
      '/rules/1/name',
      '/rules/0/conditions/all',
      '/rules/1/conditions/all/0/operator',
    ])
  })

  it('is an error that names the set, the first place, and how many more there are', () => {
    const error = catchError(() => loadRuleSet(aRuleSet({ owner: 5, title: 6 })))
    expect(CounterfoilError.is(error) && error.code).toBe('RULE_SET_INVALID')
    expect(CounterfoilError.is(error) && error.message).toBe(
      'cannot load rule set `receiving-tolerance`, at `/owner`: `5` is of the wrong kind: write text in quotes (and 1 more)',
    )
    expect(CounterfoilError.is(error) && error.details['findings']).toHaveLength(2)
    expect(catchError(() => loadRuleSet(3))).toMatchObject({
      message:
        'cannot load rule set `without a name`, at ``: `3` is of the wrong kind: write an object in `{}`',
    })
  })
})

const catchError = (call: () => unknown): unknown => {
  try {
    return call()
  } catch (error) {
    return error
  }
}

describe('a rule set that names its facts and its hash', () => {
  const releasedHash = () => aLoadedRuleSet().reference.hash

  it('loads with the facts of its kind and the hash of its content', () => {
    expect(findingsIn(aRuleSet({ facts: 'tolerance-facts@1' }))).toEqual([])
    expect(findingsIn(aRuleSet({ hash: releasedHash() }))).toEqual([])
  })

  it.each([
    ['matching-facts@1', 'are not the facts of a tolerance set'],
    ['tolerance-facts@2', 'this version of the package has'],
  ])('is refused for the facts %s', (facts, why) => {
    const [finding, ...others] = findingsIn(aRuleSet({ facts }))
    expect(others).toEqual([])
    expect(finding).toMatch(/^\/facts: .*: write `tolerance-facts@1`$/)
    expect(finding).toContain(why)
  })

  it('is refused where its content is not the one that was released', () => {
    expect(findingsIn(aRuleSet({ hash: releasedHash(), title: 'Accept more' }))).toEqual([
      expect.stringMatching('^/hash: the content was changed after it was released'),
    ])
  })

  it('keeps its hash when cases are added', () => {
    const expected = { outcome: 'nothing fires', firedRules: [] }
    const cases = [{ name: 'nothing', facts: {}, expect: expected }]
    expect(findingsIn(aRuleSet({ cases, hash: releasedHash() }))).toEqual([])
  })
})
