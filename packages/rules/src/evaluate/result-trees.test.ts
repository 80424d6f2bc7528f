import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import * as z from 'zod'
import { engineTrees } from '../json-rules-engine/engine-trees.examples.ts'
import { checkRuleSet, loadRuleSet } from '../rule-set/load-rule-set.ts'
import type { LoadedRuleSet } from '../rule-set/loaded-rule-set.ts'
import { aLoadedRuleSet, aRule, aRuleSet, type ExampleJson } from '../rule-set/rule-set.examples.ts'
import { decide } from './decide.ts'
import { resultTrees, resultTreesOfRecord } from './result-trees.ts'
import { readDecisionRecord, writeDecisionRecord } from './write-decision-record.ts'

const label = fc.record(
  { name: fc.constantFrom('a', 'b'), priority: fc.integer({ min: 1, max: 3 }) },
  { requiredKeys: [] },
)
const kinds = ['over-shipment', 'short-receipt', 'price-change']
const comparison: fc.Arbitrary<ExampleJson> = fc.oneof(
  fc.record({
    fact: fc.constant('discrepancy'),
    path: fc.constant('$.kind'),
    operator: fc.constantFrom('equal', 'someValue:equal'),
    value: fc.constantFrom(...kinds),
  }),
  fc.record({
    fact: fc.constant('discrepancy'),
    path: fc.constant('$.kind'),
    operator: fc.constant('in'),
    value: fc.subarray(kinds, { minLength: 1 }),
  }),
  fc.record({
    fact: fc.constant('discrepancy'),
    path: fc.constant('$.percent'),
    operator: fc.constantFrom('decimal-at-most', 'decimal-above'),
    value: fc.constantFrom('5', '5.00', '-1'),
  }),
  fc.record({
    fact: fc.constant('order'),
    path: fc.constant('$.currency'),
    operator: fc.constant('equal'),
    value: fc.constant({ fact: 'invoice', path: '$.currency' }),
  }),
  fc.record({
    fact: fc.constant('item'),
    path: fc.constant('$.stocked'),
    operator: fc.constantFrom('equal', 'is-present'),
    value: fc.boolean(),
  }),
  fc.record({ condition: fc.constantFrom('first', 'second') }),
)
const labelled = fc.tuple(comparison, label).map(([one, with_]) => ({ ...one, ...with_ }))
const { condition } = fc.letrec<{ condition: ExampleJson }>((tie) => {
  const many = fc.array(tie('condition'), { minLength: 1, maxLength: 4 })
  const group = fc.oneof(
    fc.record({ all: many }),
    fc.record({ any: many }),
    fc.record({ not: tie('condition') }),
  )
  return {
    condition: fc.oneof(
      { depthSize: 'small', maxDepth: 3 },
      labelled,
      fc.tuple(group, label).map(([one, with_]) => ({ ...one, ...with_ })),
    ),
  }
})
const named = fc.record({
  first: fc.record({
    any: fc.array(
      labelled.filter((one) => !('condition' in one)),
      { minLength: 1, maxLength: 2 },
    ),
  }),
  second: fc.record({ condition: fc.constant('first') }),
})

const ruleSet = fc
  .record({ conditions: named, rules: fc.array(condition, { minLength: 1, maxLength: 4 }) })
  .map(({ conditions, rules }) =>
    aRuleSet({
      conditions,
      rules: rules.map((one, index) =>
        aRule({ name: `rule-${index}`, priority: 10 - index, conditions: { all: [one] } }),
      ),
    }),
  )

const facts = fc.record(
  {
    discrepancy: fc.record(
      { kind: fc.constantFrom(...kinds), percent: fc.constantFrom('5', '4.99', '7.5', null) },
      { requiredKeys: [] },
    ),
    order: fc.record({ currency: fc.constantFrom('EUR', 'USD') }),
    invoice: fc.record({ currency: fc.constantFrom('EUR', 'USD') }),
    item: fc.constantFrom(null, {}, { stocked: true }, { stocked: false }),
  },
  { requiredKeys: [] },
)

describe('the result trees of a decision', () => {
  it('are what json-rules-engine reports, for every rule, from the facts and from the record', async () => {
    let compared = 0
    await fc.assert(
      fc.asyncProperty(
        ruleSet,
        fc.array(facts, { minLength: 1, maxLength: 3 }),
        async (json, many) => {
          if (checkRuleSet(json).length > 0) return
          const loaded = loadRuleSet(json)
          for (const given of many) {
            const expected = await engineTrees(loaded, given)
            expect(resultTrees(loaded, given)).toStrictEqual(expected)
            const record = readDecisionRecord(writeDecisionRecord(decide(loaded, given)))
            expect(resultTreesOfRecord(loaded, record)).toStrictEqual(expected)
            compared += 1
          }
        },
      ),
      { numRuns: 1_500 },
    )
    expect(compared).toBeGreaterThan(300)
  })

  it('say of what no rule came to only what is written', () => {
    const late = { fact: 'item', path: '$.stocked', operator: 'equal', value: true }
    const first = { ...late, priority: 2 }
    const loaded = aLoadedRuleSet({ rules: [aRule({ conditions: { all: [late, first] } })] })
    const [tree] = resultTrees(loaded, { item: { stocked: false } })
    expect(tree).toMatchObject({
      result: false,
      conditions: { priority: 1, all: [late, { ...first, factResult: false, result: false }] },
    })
    expect(tree?.conditions).not.toHaveProperty('all.0.result')
  })
})

describe('the result trees of a set whose facts are fetched', () => {
  it('are refused without them', () => {
    const condition = { fact: 'rating', path: '$.grade', params: {}, operator: 'equal', value: 'A' }
    const rating = { value: z.object({ grade: z.string() }), params: z.strictObject({}) }
    const loaded = aLoadedRuleSet(
      { rules: [aRule({ conditions: { all: [condition] } })] },
      { fetched: { rating } },
    )
    expect(() => resultTrees(loaded, {})).toThrow(
      expect.objectContaining({ code: 'FACT_UNAVAILABLE' }),
    )
  })
})

describe('parts of result trees that are alike', () => {
  const path = '$.kind'
  const isOver = { fact: 'discrepancy', path, operator: 'equal', value: 'over-shipment' }
  const loaded = aLoadedRuleSet({ rules: [aRule({ conditions: { all: [isOver] } })] })

  const leafOf = (one: LoadedRuleSet, given: ExampleJson): unknown => {
    const [conditions] = resultTrees(one, given).map((tree): ExampleJson => ({
      ...tree.conditions,
    }))
    const all = conditions?.['all']
    return Array.isArray(all) ? all[0] : undefined
  }

  /** Whether the leaf made for a value is the same again when the value comes again. */
  const isKept = (one: LoadedRuleSet, given: ExampleJson): boolean => {
    const [first, second] = [leafOf(one, given), leafOf(one, structuredClone(given))]
    expect(second).toEqual(first)
    return first === second
  }

  it.each([undefined, null, 'over-shipment', 'short-receipt', '', 0, 7.5, true, false, Number.NaN])(
    'are the same frozen object for the same value: %j',
    (kind) => {
      const one = aLoadedRuleSet({ rules: [aRule({ conditions: { all: [isOver] } })] })
      expect(isKept(one, { discrepancy: { kind } })).toBe(true)
      const leaf = leafOf(one, { discrepancy: { kind } })
      expect(Object.isFrozen(leaf)).toBe(true)
      expect(leaf).toEqual({
        ...isOver,
        ...(kind === undefined ? {} : { factResult: kind }),
        valueResult: 'over-shipment',
        result: kind === 'over-shipment',
      })
    },
  )

  it('are kept for the first 64 values of a place, and for later ones as right', () => {
    const one = aLoadedRuleSet({ rules: [aRule({ conditions: { all: [isOver] } })] })
    const kept = Array.from({ length: 66 }, (_, index) =>
      isKept(one, { discrepancy: { kind: `K${index}` } }),
    )
    expect(kept).toEqual(Array.from({ length: 66 }, (_, index) => index < 64))
    expect(isKept(one, { discrepancy: { kind: 'K0' } })).toBe(true)
    // Not one of the 64, so its cell says whether it holds.
    expect(leafOf(one, { discrepancy: { kind: 'over-shipment' } })).toMatchObject({ result: true })
    expect(leafOf(one, { discrepancy: { kind: 'K99' } })).toMatchObject({ result: false })
  })

  it('are kept for texts of up to 64 characters', () => {
    const one = aLoadedRuleSet({ rules: [aRule({ conditions: { all: [isOver] } })] })
    expect(isKept(one, { discrepancy: { kind: 'x'.repeat(64) } })).toBe(true)
    expect(isKept(one, { discrepancy: { kind: 'x'.repeat(65) } })).toBe(false)
  })

  it('are not kept for lists and records, which may change', () => {
    for (const kind of [[], ['over-shipment'], {}]) {
      expect(isKept(loaded, { discrepancy: { kind } })).toBe(false)
      expect(leafOf(loaded, { discrepancy: { kind } })).toMatchObject({
        factResult: kind,
        result: false,
      })
    }
  })

  it('are made anew of the same list after it changed', () => {
    const codes = { fact: 'invoice', path: '$.chargeCodes' }
    const one = aLoadedRuleSet({
      rules: [
        aRule({ conditions: { all: [{ ...codes, operator: 'contains', value: 'FR' }] } }),
        aRule({
          name: 'by another',
          priority: 2,
          conditions: { all: [{ ...codes, operator: 'someFact:equal', value: 'FR' }] },
        }),
      ],
    })
    const chargeCodes = ['HA']
    const results = () => resultTrees(one, { invoice: { chargeCodes } }).map(({ result }) => result)
    expect(results()).toEqual([false, false])
    chargeCodes.push('FR')
    expect(results()).toEqual([true, true])
  })

  it('are not kept of decimals, which seldom come twice', () => {
    const percent = {
      fact: 'discrepancy',
      path: '$.percent',
      operator: 'decimal-at-most',
      value: '5',
    }
    const one = aLoadedRuleSet({ rules: [aRule({ conditions: { all: [percent] } })] })
    expect(isKept(one, { discrepancy: { percent: '4' } })).toBe(false)
    for (const [value, result] of [
      ['4.99', true],
      ['5.00', true],
      ['5.01', false],
      [4, false],
      [undefined, false],
      [null, false],
      [[], false],
    ] as const) {
      expect(leafOf(one, { discrepancy: { percent: value } })).toMatchObject({ result })
    }
  })

  it('are not kept where two places are compared', () => {
    const value = { fact: 'line', path: '$.quantityOrdered' }
    const more = { fact: 'line', path: '$.quantity', operator: 'decimal-above', value }
    const one = aLoadedRuleSet({ rules: [aRule({ conditions: { all: [more] } })] })
    const of = (quantityOrdered: string) => ({ line: { quantity: '10', quantityOrdered } })
    expect(isKept(one, of('9'))).toBe(false)
    expect(leafOf(one, of('10'))).toMatchObject({ result: false, valueResult: '10' })
    expect(leafOf(one, of('9'))).toMatchObject({ result: true, valueResult: '9' })
  })

  it('are planned once for each loaded set, and never shared between sets', () => {
    const given = { discrepancy: { kind: 'over-shipment' } }
    const other = aLoadedRuleSet({ rules: [aRule({ conditions: { all: [isOver] } })] })
    expect(leafOf(loaded, given)).toBe(leafOf(loaded, given))
    expect(leafOf(loaded, given)).toEqual(leafOf(other, given))
    expect(leafOf(loaded, given)).not.toBe(leafOf(other, given))
  })
})
