import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { evaluateRuleSet } from '../evaluate/evaluate-rule-set.ts'
import { checkRuleSet, loadRuleSet } from '../rule-set/load-rule-set.ts'
import {
  aRule,
  aRuleSet,
  aToleranceEvent,
  type ExampleJson,
} from '../rule-set/rule-set.examples.ts'
import { engineFor } from './engine-for.ts'
import { evaluateWithJsonRulesEngine } from './evaluate-with-json-rules-engine.ts'

const kinds = ['over-shipment', 'short-receipt', 'price-change', 'date-change']
const days = ['2025-12-31', '2026-01-01', '2026-01-02']
const decimals = ['0', '-1', '9.50', '10.00', '10', '0.1', '1000000000000.000001']

/** A comparison a rule may make, on each kind of value that facts have. */
const comparison: fc.Arbitrary<ExampleJson> = fc.oneof(
  fc.record({
    fact: fc.constant('discrepancy'),
    path: fc.constant('$.kind'),
    operator: fc.constantFrom('equal', 'notEqual'),
    value: fc.constantFrom(...kinds),
  }),
  fc.record({
    fact: fc.constant('discrepancy'),
    path: fc.constant('$.kind'),
    operator: fc.constantFrom('in', 'notIn'),
    value: fc.subarray(kinds, { minLength: 1 }),
  }),
  fc.record({
    fact: fc.constant('discrepancy'),
    path: fc.constant('$.differenceDays'),
    operator: fc.constantFrom(
      'lessThan',
      'lessThanInclusive',
      'greaterThan',
      'greaterThanInclusive',
      'equal',
    ),
    value: fc.integer({ min: -3, max: 3 }),
  }),
  fc.record({
    fact: fc.constant('invoice'),
    path: fc.constant('$.invoiceDate'),
    operator: fc.constantFrom('lessThan', 'lessThanInclusive', 'greaterThan', 'equal'),
    value: fc.constantFrom(...days),
  }),
  fc.record({
    fact: fc.constantFrom('discrepancy'),
    path: fc.constantFrom('$.difference', '$.percent'),
    operator: fc.constantFrom(
      'decimal-above',
      'decimal-at-least',
      'decimal-below',
      'decimal-at-most',
      'decimal-equal',
    ),
    value: fc.constantFrom(...decimals),
  }),
  fc.record({
    fact: fc.constant('item'),
    path: fc.constantFrom('$.stocked', '$.hazardous'),
    operator: fc.constantFrom('equal', 'notEqual'),
    value: fc.boolean(),
  }),
  fc.record({
    fact: fc.constant('invoice'),
    path: fc.constantFrom('$.chargeCodes', '$.taxCodes'),
    operator: fc.constantFrom('contains', 'doesNotContain'),
    value: fc.constantFrom('FC', 'IN'),
  }),
  fc.record({
    fact: fc.constantFrom('item', 'invoice', 'supplier'),
    operator: fc.constant('is-present'),
    value: fc.boolean(),
  }),
  fc.record({ condition: fc.constantFrom('first', 'second') }),
)

const { condition } = fc.letrec<{ condition: ExampleJson }>((tie) => ({
  condition: fc.oneof(
    { depthSize: 'small', maxDepth: 3 },
    comparison,
    fc.record({ all: fc.array(tie('condition'), { minLength: 1, maxLength: 3 }) }),
    fc.record({ any: fc.array(tie('condition'), { minLength: 1, maxLength: 3 }) }),
    fc.record({ not: tie('condition') }),
  ),
}))

const root = fc.oneof(
  fc.record({ all: fc.array(condition, { minLength: 1, maxLength: 3 }) }),
  fc.record({ any: fc.array(condition, { minLength: 1, maxLength: 3 }) }),
  fc.record({ not: condition }),
)

/** Conditions with a name; they refer to no other, so they never go round in a circle. */
const named = fc.record({
  all: fc.array(
    comparison.filter((one) => !('condition' in one)),
    { minLength: 1, maxLength: 2 },
  ),
})

const ruleSet: fc.Arbitrary<ExampleJson> = fc
  .record({
    conditions: fc.record({ first: named, second: named }),
    rules: fc.array(fc.tuple(root, fc.integer({ min: 1, max: 3 })), { minLength: 1, maxLength: 5 }),
  })
  .map(({ conditions, rules }) =>
    aRuleSet({
      conditions,
      rules: rules.map(([conditionsOfRule, priority], index) => ({
        name: `rule-${index}`,
        priority: priority * 10 + index,
        conditions: conditionsOfRule,
        event: aToleranceEvent(),
      })),
    }),
  )

/** A value as it should be, or missing, or of another kind altogether. */
const hostile = (values: readonly unknown[]): fc.Arbitrary<unknown> =>
  fc.oneof(
    { weight: 6, arbitrary: fc.constantFrom(...values) },
    { weight: 1, arbitrary: fc.constantFrom(undefined, null) },
    {
      weight: 1,
      arbitrary: fc.constantFrom<unknown>('', 'x', 'EUR 9,5', 0, -1, true, [], ['FC'], {}),
    },
  )

const record = (fields: Readonly<Record<string, readonly unknown[]>>): fc.Arbitrary<unknown> =>
  fc.oneof(
    {
      weight: 6,
      arbitrary: fc.record(
        Object.fromEntries(Object.entries(fields).map(([name, values]) => [name, hostile(values)])),
        { requiredKeys: [] },
      ),
    },
    { weight: 1, arbitrary: fc.constantFrom(undefined, null) },
  )

const facts = fc.record(
  {
    discrepancy: record({
      kind: kinds,
      differenceDays: [-3, -1, 0, 1, 3],
      difference: decimals,
      percent: decimals,
    }),
    item: record({ stocked: [true, false], hazardous: [true, false] }),
    invoice: record({
      chargeCodes: [[], ['FC'], ['FC', 'IN']],
      taxCodes: [[], ['IN']],
      invoiceDate: days,
    }),
    supplier: record({ id: ['S1'] }),
  },
  { requiredKeys: [] },
)

describe('both evaluators', () => {
  it('decide alike on random rule sets and hostile facts', async () => {
    let compared = 0
    await fc.assert(
      fc.asyncProperty(
        ruleSet,
        fc.array(facts, { minLength: 1, maxLength: 4 }),
        async (json, many) => {
          // What the loader refuses, such as a comparison that holds because a value is missing, is never evaluated.
          if (checkRuleSet(json).length > 0) return
          const loaded = loadRuleSet(json)
          for (const one of many) {
            const given = Object.fromEntries(
              Object.entries(one).filter(([, value]) => value !== undefined),
            )
            const reference = await evaluateWithJsonRulesEngine(loaded, given)
            expect(evaluateRuleSet(loaded, given)).toEqual(reference)
            compared += 1
          }
        },
      ),
      { numRuns: 10_000 },
    )
    expect(compared).toBeGreaterThan(1_500)
  })
})

const evaluators = async (json: ExampleJson, given: ExampleJson) => {
  const loaded = loadRuleSet(json)
  const reference = await evaluateWithJsonRulesEngine(loaded, given)
  return { ours: evaluateRuleSet(loaded, given).fired, theirs: reference.fired }
}

const on =
  (fact: string) =>
  (path: string, operator: string, value: unknown): ExampleJson =>
    aRuleSet({ rules: [aRule({ conditions: { all: [{ fact, path, operator, value }] } })] })

const onDiscrepancy = on('discrepancy')
const onInvoice = on('invoice')

describe('the evaluators differ only in this', () => {
  it.each<[string, ExampleJson, unknown]>([
    [
      'text is never a number, however it reads',
      onDiscrepancy('$.differenceDays', 'greaterThan', 3),
      { differenceDays: '5' },
    ],
    [
      'a list is never the number in it',
      onDiscrepancy('$.differenceDays', 'greaterThan', 3),
      { differenceDays: [7] },
    ],
    [
      'what is no day is neither before nor after one',
      onInvoice('$.invoiceDate', 'greaterThan', '2026-01-01'),
      null,
    ],
  ])('%s', async (_, json, discrepancy) => {
    const given = { discrepancy, invoice: { invoiceDate: '31.12.2025' } }
    expect(await evaluators(json, given)).toEqual({ ours: [], theirs: ['over-within-5-percent'] })
  })
})

describe('json-rules-engine in a set of its own', () => {
  it('drops no rule where two runs go on at once, since each has its own engine', async () => {
    const loaded = loadRuleSet(
      aRuleSet({ rules: [aRule({ name: 'high', priority: 9 }), aRule({ name: 'low' })] }),
    )
    const given = { discrepancy: { kind: 'over-shipment' } }
    const runs = await Promise.all(
      Array.from({ length: 20 }, () => evaluateWithJsonRulesEngine(loaded, given)),
    )
    for (const { fired } of runs) expect(fired).toEqual(['high', 'low'])
    expect(engineFor(loaded)).not.toBe(engineFor(loaded))
  })

  it('is never asked for facts by a key that two suppliers share', async () => {
    const conditions = {
      all: ['YdHaUr1q', 'YdHaU03q'].map((id) => ({
        fact: 'supplier',
        path: '$.id',
        params: { supplierId: id },
        operator: 'equal',
        value: id,
      })),
    }
    const pointers = checkRuleSet(aRuleSet({ rules: [aRule({ conditions })] })).map(
      ({ pointer }) => pointer,
    )
    expect(pointers).toContain('/rules/0/conditions/all/0/params')
    expect(pointers).toContain('/rules/0/conditions/all/1/params')
  })

  it('cannot change the rules that were loaded', async () => {
    const loaded = loadRuleSet(aRuleSet())
    const before = JSON.stringify(loaded)
    engineFor(loaded).updateRule({
      name: 'over-within-5-percent',
      conditions: { all: [] },
      event: { type: 'x' },
    } as never)
    expect(JSON.stringify(loaded)).toBe(before)
  })
})
