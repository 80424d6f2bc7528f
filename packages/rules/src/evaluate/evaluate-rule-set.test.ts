import { describe, expect, it } from 'vitest'
import * as z from 'zod'
import {
  aCheckEvent,
  aConductEvent,
  aLoadedRuleSet,
  aRule,
  aToleranceEvent,
  type ExampleJson,
} from '../rule-set/rule-set.examples.ts'
import { evaluateRuleSet } from './evaluate-rule-set.ts'

const fires = (conditions: unknown, facts: ExampleJson, more: ExampleJson = {}): boolean =>
  evaluateRuleSet(aLoadedRuleSet({ rules: [aRule({ conditions })], ...more }), facts).fired.length >
  0

const test = (fact: string, path: string | undefined, operator: string, value: unknown) => ({
  all: [{ fact, ...(path === undefined ? {} : { path }), operator, value }],
})

const days = (operator: string, value: number) =>
  test('discrepancy', '$.differenceDays', operator, value)
const percent = (operator: string, value: string) =>
  test('discrepancy', '$.percent', operator, value)
const date = (operator: string) => test('invoice', '$.invoiceDate', operator, '2026-12-31')

describe('a comparison', () => {
  it.each<[string, unknown, ExampleJson, boolean]>([
    ['equal', test('order', '$.currency', 'equal', 'EUR'), { order: { currency: 'EUR' } }, true],
    [
      'equal, other text',
      test('order', '$.currency', 'equal', 'EUR'),
      { order: { currency: 'USD' } },
      false,
    ],
    ['in', test('order', '$.currency', 'in', ['EUR', 'USD']), { order: { currency: 'USD' } }, true],
    [
      'in, text inside text',
      test('order', '$.currency', 'in', ['EURO']),
      { order: { currency: 'EUR' } },
      false,
    ],
    [
      'contains',
      test('invoice', '$.chargeCodes', 'contains', 'FR'),
      { invoice: { chargeCodes: ['HA', 'FR'] } },
      true,
    ],
    [
      'contains, not there',
      test('invoice', '$.chargeCodes', 'contains', 'FR'),
      { invoice: { chargeCodes: ['HA'] } },
      false,
    ],
    [
      'contains, text instead of a list',
      test('invoice', '$.chargeCodes', 'contains', 'FR'),
      { invoice: { chargeCodes: 'FR' } },
      false,
    ],
    [
      'doesNotContain',
      test('invoice', '$.chargeCodes', 'doesNotContain', 'FR'),
      { invoice: { chargeCodes: ['HA'] } },
      true,
    ],
    [
      'doesNotContain, no list',
      test('invoice', '$.chargeCodes', 'doesNotContain', 'FR'),
      { invoice: {} },
      false,
    ],
    [
      'a position of a list',
      test('invoice', '$.chargeCodes[1]', 'equal', 'FR'),
      { invoice: { chargeCodes: ['HA', 'FR'] } },
      true,
    ],
    [
      'a free field',
      test('order', '$.attributes.region', 'equal', 'north'),
      { order: { attributes: { region: 'north' } } },
      true,
    ],
    [
      'a free field called like a method',
      test('order', '$.attributes.toString', 'is-present', true),
      { order: { attributes: {} } },
      false,
    ],
    ['less days', days('lessThan', 3), { discrepancy: { differenceDays: 2 } }, true],
    ['as many days', days('lessThan', 3), { discrepancy: { differenceDays: 3 } }, false],
    [
      'at most as many days',
      days('lessThanInclusive', 3),
      { discrepancy: { differenceDays: 3 } },
      true,
    ],
    [
      'one day more than at most',
      days('lessThanInclusive', 3),
      { discrepancy: { differenceDays: 4 } },
      false,
    ],
    ['more days', days('greaterThan', 3), { discrepancy: { differenceDays: 4 } }, true],
    [
      'as many days, not more',
      days('greaterThan', 3),
      { discrepancy: { differenceDays: 3 } },
      false,
    ],
    [
      'at least as many days',
      days('greaterThanInclusive', 3),
      { discrepancy: { differenceDays: 3 } },
      true,
    ],
    [
      'one day less than at least',
      days('greaterThanInclusive', 3),
      { discrepancy: { differenceDays: 2 } },
      false,
    ],
    [
      'days that are not a number',
      days('greaterThan', 3),
      { discrepancy: { differenceDays: '4' } },
      false,
    ],
    ['days in a list', days('greaterThan', 3), { discrepancy: { differenceDays: [4] } }, false],
    [
      'days that are not any number',
      days('lessThanInclusive', 3),
      { discrepancy: { differenceDays: Number.NaN } },
      false,
    ],
    [
      'endlessly many days',
      days('greaterThanInclusive', 3),
      { discrepancy: { differenceDays: Infinity } },
      true,
    ],
    ['an earlier day', date('lessThan'), { invoice: { invoiceDate: '2026-12-30' } }, true],
    ['the same day', date('lessThan'), { invoice: { invoiceDate: '2026-12-31' } }, false],
    [
      'the same day or later',
      date('greaterThanInclusive'),
      { invoice: { invoiceDate: '2026-12-31' } },
      true,
    ],
    ['a later day', date('greaterThan'), { invoice: { invoiceDate: '2027-01-01' } }, true],
    [
      'text that is not a day',
      date('greaterThan'),
      { invoice: { invoiceDate: 'tomorrow' } },
      false,
    ],
    ['above', percent('decimal-above', '10.00'), { discrepancy: { percent: '10.01' } }, true],
    [
      'above, where text would say so',
      percent('decimal-above', '10.00'),
      { discrepancy: { percent: '9.50' } },
      false,
    ],
    [
      'not above the limit itself',
      percent('decimal-above', '10'),
      { discrepancy: { percent: '10.00' } },
      false,
    ],
    [
      'at least the limit',
      percent('decimal-at-least', '10'),
      { discrepancy: { percent: '10.00' } },
      true,
    ],
    [
      'a cent below the limit',
      percent('decimal-at-least', '10'),
      { discrepancy: { percent: '9.99' } },
      false,
    ],
    ['below', percent('decimal-below', '10'), { discrepancy: { percent: '9.99' } }, true],
    [
      'not below the limit itself',
      percent('decimal-below', '10'),
      { discrepancy: { percent: '10' } },
      false,
    ],
    [
      'at most the limit',
      percent('decimal-at-most', '10'),
      { discrepancy: { percent: '10.0' } },
      true,
    ],
    [
      'a cent above the limit',
      percent('decimal-at-most', '10'),
      { discrepancy: { percent: '10.01' } },
      false,
    ],
    [
      'equal, spelled otherwise',
      percent('decimal-equal', '10'),
      { discrepancy: { percent: '10.000' } },
      true,
    ],
    ['not equal', percent('decimal-equal', '10'), { discrepancy: { percent: '10.001' } }, false],
    [
      'a number where a decimal belongs',
      percent('decimal-above', '10'),
      { discrepancy: { percent: 11 } },
      false,
    ],
    [
      'words where a decimal belongs',
      percent('decimal-above', '10'),
      { discrepancy: { percent: 'eleven' } },
      false,
    ],
    ['present', test('line', undefined, 'is-present', true), { line: {} }, true],
    ['present, null', test('line', undefined, 'is-present', true), { line: null }, false],
    ['absent', test('line', undefined, 'is-present', false), {}, true],
    ['absent, but there', test('line', undefined, 'is-present', false), { line: {} }, false],
    ['equal, missing fact', test('order', '$.currency', 'equal', 'EUR'), {}, false],
    ['equal, missing field', test('order', '$.currency', 'equal', 'EUR'), { order: {} }, false],
    [
      'equal, null on the way',
      test('line', '$.item.category', 'equal', 'fresh'),
      { line: { item: null } },
      false,
    ],
    [
      'equal, text on the way',
      test('line', '$.item.category', 'equal', 'fresh'),
      { line: { item: 'fresh' } },
      false,
    ],
    ['at most, missing decimal', percent('decimal-at-most', '10'), { discrepancy: {} }, false],
    ['less, missing number', days('lessThan', 3), { discrepancy: { differenceDays: null } }, false],
  ])('%s', (_, conditions, facts, expected) => {
    expect(fires(conditions, facts)).toBe(expected)
  })

  it('may be with another fact', () => {
    const value = { fact: 'line', path: '$.quantityOrdered' }
    const conditions = test('line', '$.quantity', 'decimal-above', value)
    expect(fires(conditions, { line: { quantity: '10', quantityOrdered: '9.50' } })).toBe(true)
    expect(fires(conditions, { line: { quantity: '9.50', quantityOrdered: '10' } })).toBe(false)
    expect(fires(conditions, { line: { quantity: '10' } })).toBe(false)
  })

  it('that differs holds for what is there and other', () => {
    const conditions = {
      all: [
        { fact: 'order', path: '$.currency', operator: 'notEqual', value: 'EUR' },
        { fact: 'order', path: '$.supplier', operator: 'notIn', value: ['S1', 'S2'] },
        { fact: 'order', operator: 'is-present', value: true },
      ],
    }
    expect(fires(conditions, { order: { currency: 'USD', supplier: 'S3' } })).toBe(true)
    expect(fires(conditions, { order: { currency: 'EUR', supplier: 'S3' } })).toBe(false)
    expect(fires(conditions, { order: { currency: 'USD', supplier: 'S2' } })).toBe(false)
  })
})

describe('conditions', () => {
  const [eur, usd] = ['EUR', 'USD'].map((value) => ({
    fact: 'order',
    path: '$.currency',
    operator: 'equal',
    value,
  }))
  const supplier = { fact: 'order', path: '$.supplier', operator: 'equal', value: 'S1' }

  it.each<[string, unknown, boolean[]]>([
    ['all', { all: [eur, supplier] }, [true, false, false]],
    ['any', { any: [usd, supplier] }, [true, true, false]],
    ['not any', { all: [eur, { not: { any: [usd, { not: supplier }] } }] }, [true, false, false]],
    ['a named condition', { condition: 'is-known' }, [true, true, false]],
    ['a named condition inside', { all: [eur, { condition: 'is-known' }] }, [true, false, false]],
    [
      'priorities of conditions, which change nothing',
      {
        all: [
          { ...eur, priority: 1 },
          { ...supplier, priority: 9, name: 'the first supplier' },
        ],
      },
      [true, false, false],
    ],
  ])('%s', (_, conditions, expected) => {
    const named = { conditions: { 'is-known': { any: [usd, supplier] } } }
    const facts = [
      { order: { currency: 'EUR', supplier: 'S1' } },
      { order: { currency: 'USD', supplier: 'S2' } },
      { order: { currency: 'EUR', supplier: 'S2' } },
    ]
    expect(facts.map((one) => fires(conditions, one, named))).toEqual(expected)
  })
})

describe('a rule set whose facts are fetched', () => {
  const condition = { fact: 'rating', path: '$.grade', params: {}, operator: 'equal', value: 'A' }
  const rating = { value: z.object({ grade: z.string() }), params: z.strictObject({}) }
  const loaded = aLoadedRuleSet(
    { rules: [aRule({ conditions: { all: [condition] } })] },
    { fetched: { rating } },
  )

  it('is not evaluated without them', () => {
    expect(() => evaluateRuleSet(loaded, {})).toThrow(
      expect.objectContaining({ code: 'FACT_UNAVAILABLE' }),
    )
  })

  it('takes one that was fetched and not found as missing', () => {
    const [fetch] = loaded.fetches
    const name = fetch?.name ?? ''
    expect(evaluateRuleSet(loaded, { [name]: { grade: 'A' } }).fired).toHaveLength(1)
    expect(evaluateRuleSet(loaded, { [name]: undefined }).fired).toEqual([])
  })
})

describe('rules that fire together', () => {
  const onOrder = { all: [{ fact: 'order', operator: 'is-present', value: true }] }

  it('of a tolerance: the one of higher priority decides', () => {
    const loaded = aLoadedRuleSet({
      rules: [
        aRule({ name: 'usual', conditions: onOrder }),
        aRule({
          name: 'agreed',
          priority: 2,
          conditions: onOrder,
          event: aToleranceEvent({ combine: 'both' }),
        }),
      ],
    })
    const { fired, answers } = evaluateRuleSet(loaded, { order: {} })
    expect(fired).toEqual(['agreed', 'usual'])
    expect(answers.map(({ rule }) => rule)).toEqual(['agreed'])
  })

  it('of checks: all of them, by priority, then as declared, each check once', () => {
    const check = (name: string, checkName: string, more: ExampleJson = {}) =>
      aRule({ name, conditions: onOrder, event: aCheckEvent({ name: checkName }), ...more })
    const loaded = aLoadedRuleSet({
      kind: 'matching',
      rules: [
        aRule({ name: 'conduct', conditions: onOrder, event: aConductEvent() }),
        check('a', 'quantity'),
        check('b', 'price'),
        check('c', 'price', { priority: 2, event: aCheckEvent({ onExceed: 'warn' }) }),
      ],
    })
    const { fired, answers } = evaluateRuleSet(loaded, { order: {} })
    expect(fired).toEqual(['c', 'conduct', 'a', 'b'])
    expect(answers.map(({ rule }) => rule)).toEqual(['c', 'a', 'conduct'])
  })
})
