import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
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
    expect(() => evaluateRecord(other, decide(loaded, {}))).toThrow(
      expect.objectContaining({ code: 'RULE_SET_NOT_FOUND' }),
    )
  })

  it.each([Number.NaN, 5n, () => 1, [Number.POSITIVE_INFINITY]])(
    'is refused for facts that JSON cannot hold',
    (kind) => {
      expect(() => decide(loaded, { discrepancy: { kind } })).toThrow(
        expect.objectContaining({ code: 'DOCUMENT_INVALID' }),
      )
    },
  )

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
