import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import * as z from 'zod'
import { aLoadedRuleSet, aRule } from '../rule-set/rule-set.examples.ts'
import { decide, evaluateRecord, slotValues } from './decide.ts'
import type { DecisionRecord, SlotValue } from './decision-record.ts'
import { evaluateRuleSet } from './evaluate-rule-set.ts'
import { readDecisionRecord, writeDecisionRecord } from './write-decision-record.ts'

const on = (fact: string, path: string | undefined, operator: string, value: unknown) => ({
  all: [{ fact, ...(path === undefined ? {} : { path }), operator, value }],
})

const loaded = aLoadedRuleSet({
  rules: [
    aRule({
      name: 'over',
      priority: 9,
      conditions: on('discrepancy', '$.kind', 'equal', 'over-shipment'),
    }),
    aRule({
      name: 'small',
      priority: 8,
      conditions: on('discrepancy', '$.percent', 'decimal-at-most', '5'),
    }),
    aRule({ name: 'known', priority: 7, conditions: on('item', undefined, 'is-present', true) }),
  ],
})

const facts = fc.record(
  {
    discrepancy: fc.record(
      {
        kind: fc.constantFrom('over-shipment', 'short-receipt', null),
        percent: fc.constantFrom('5', '5.01', null, ' ', 'ä ]'),
      },
      { requiredKeys: [] },
    ),
    item: fc.constantFrom(null, {}, { stocked: true }),
  },
  { requiredKeys: [] },
)

describe('the record of a decision', () => {
  it('says what was answered without the facts, also after it was written and read', () => {
    fc.assert(
      fc.property(facts, (given) => {
        const record = decide(loaded, given)
        expect(readDecisionRecord(writeDecisionRecord(record))).toEqual(record)
        expect(evaluateRecord(loaded, record)).toEqual(evaluateRuleSet(loaded, given))
      }),
      { numRuns: 300 },
    )
  })

  it('keeps a missing value apart from one that is null', () => {
    const missing = decide(loaded, { discrepancy: {} })
    const none = decide(loaded, { discrepancy: { kind: null } })
    expect(slotValues(loaded, missing)).toEqual([undefined, undefined, undefined])
    expect(slotValues(loaded, none)).toEqual([null, undefined, undefined])
    expect(none.given).toBe('1')
  })

  it('keeps of a whole record only that it was there', () => {
    expect(decide(loaded, { item: { stocked: true, bank: 'secret' } }).slots).toEqual([{}])
  })

  it('is one line of at most 256 characters', () => {
    const line = writeDecisionRecord(
      decide(loaded, { discrepancy: { kind: 'over-shipment', percent: '4.75' }, item: {} }),
    )
    expect(line).toMatch(
      /^receiving-tolerance@1\.0\.0 [\w-]{43} 7 7 \["over-shipment","4\.75",\{\}\]$/,
    )
  })

  it('is refused by another version than the one it was made with', () => {
    const other = aLoadedRuleSet({ version: '1.0.1' })
    const record = decide(loaded, {})
    const refused = expect.objectContaining({
      code: 'RULE_SET_NOT_FOUND',
      message:
        'cannot read a decision of `receiving-tolerance@1.0.0` by `receiving-tolerance@1.0.1`: load the version it was made with',
      details: { decided: record.hash, loaded: other.reference.hash },
    })
    expect(() => evaluateRecord(other, record)).toThrow(refused)
    expect(() => slotValues(other, record)).toThrow(refused)
  })

  it('is refused without the facts its rules have fetched', () => {
    const fetched = {
      rating: { value: z.object({ grade: z.string() }), params: z.strictObject({}) },
    }
    const condition = { fact: 'rating', path: '$.grade', params: {}, operator: 'equal', value: 'A' }
    const rated = aLoadedRuleSet(
      { rules: [aRule({ conditions: { all: [condition] } })] },
      { fetched },
    )
    expect(() => decide(rated, {})).toThrow(expect.objectContaining({ code: 'FACT_UNAVAILABLE' }))
  })

  it.each<[string, unknown]>([
    ['number', Number.NaN],
    ['bigint', 5n],
    ['function', () => 1],
    ['symbol', Symbol('over-shipment')],
    ['object', [Number.POSITIVE_INFINITY]],
    ['object', ['over-shipment', 5n]],
    ['object', { over: 5n, short: 5 }],
    ['object', { over: { short: undefined } }],
  ])('is refused for facts that JSON cannot hold: a %s', (type, kind) => {
    expect(() => decide(loaded, { discrepancy: { kind } })).toThrow(
      expect.objectContaining({
        code: 'DOCUMENT_INVALID',
        message: 'cannot keep a decision on `discrepancy.kind`: facts are plain JSON',
        details: { place: 'discrepancy.kind', type },
      }),
    )
  })

  it('keeps any plain JSON, also where something else belongs', () => {
    for (const kind of [
      '',
      0,
      -1.5,
      true,
      false,
      null,
      [],
      ['a', [1, null]],
      {},
      { a: { b: [] } },
    ]) {
      expect(decide(loaded, { discrepancy: { kind } }).slots).toEqual([kind])
    }
    // Where a whole record belongs, what is no record is kept as it is.
    for (const item of ['a text', 7, false, null])
      expect(decide(loaded, { item }).slots).toEqual([item])
    expect(() => decide(loaded, { item: 5n })).toThrow('cannot keep a decision on `item`')
  })

  it.each([31, 32, 33, 53, 54, 64, 65])('holds a bit for each of %i rules and places', (count) => {
    const names = Array.from({ length: count }, (_, index) => `p${index}`)
    const wide = aLoadedRuleSet({
      rules: names.map((name, index) =>
        aRule({
          name,
          priority: count - index,
          conditions: on('item', `$.attributes.${name}`, 'equal', 'yes'),
        }),
      ),
    })
    for (const set of [[], [0], [count - 1], [0, count - 1], [...names.keys()]]) {
      const attributes = Object.fromEntries(set.map((index) => [names[index], 'yes']))
      const record = decide(wide, { item: { attributes } })
      const digits = Array.from({ length: Math.ceil(count / 4) }, (_, digit) =>
        set.filter((bit) => bit >> 2 === digit).reduce((sum, bit) => sum + 2 ** (bit & 3), 0),
      )
      const hex = digits.map((digit) => digit.toString(16)).join('')
      expect([record.fired, record.given]).toEqual([hex, hex])
      expect(evaluateRecord(wide, record).fired).toEqual(set.map((index) => names[index]))
      expect(slotValues(wide, readDecisionRecord(writeDecisionRecord(record)))).toEqual(
        names.map((name) => attributes[name]),
      )
    }
  })

  it('is written and read for any hash, bits and values', () => {
    const value: fc.Arbitrary<SlotValue> = fc.oneof(
      fc.string(),
      fc.integer(),
      fc.boolean(),
      fc.constant(null),
      fc.array(fc.string()),
    )
    const record: fc.Arbitrary<DecisionRecord> = fc
      .record({
        hash: fc.string({
          unit: fc.nat({ max: 15 }).map((digit) => digit.toString(16)),
          minLength: 64,
          maxLength: 64,
        }),
        fired: fc.string({
          unit: fc.nat({ max: 15 }).map((digit) => digit.toString(16)),
          maxLength: 8,
        }),
        slots: fc.array(value, { maxLength: 12 }),
      })
      .map((one) => ({
        ruleSet: 'a-set',
        version: '1.20.3',
        given: 'f'.repeat(one.slots.length >> 2) + ['', '1', '3', '7'][one.slots.length & 3],
        ...one,
      }))
    fc.assert(
      fc.property(record, (one) => {
        expect(readDecisionRecord(writeDecisionRecord(one))).toEqual(one)
      }),
    )
  })

  it.each([
    '',
    'a@1.0.0 x 0 0 []',
    `a@1.0.0 ${'A'.repeat(43)} 0 1 []`,
    `a@1.0.0 ${'A'.repeat(43)} 0 0 [`,
    `a@1.0.0 ${'A'.repeat(43)} 0 0 [}]`,
  ])('is refused where it is none: %s', (text) => {
    expect(() => readDecisionRecord(text)).toThrow(
      expect.objectContaining({ code: 'DOCUMENT_INVALID' }),
    )
  })
})
