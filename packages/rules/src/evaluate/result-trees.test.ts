import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { engineFor } from '../json-rules-engine/engine-for.ts'
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

const reference = async (
  loaded: LoadedRuleSet,
  given: ExampleJson,
): Promise<readonly unknown[]> => {
  const { results, failureResults } = await engineFor(loaded).run({ ...given })
  const byName = new Map([...results, ...failureResults].map((one) => [one.name, one]))
  return loaded.rules.map(({ name }) => JSON.parse(JSON.stringify(byName.get(name)?.toJSON(false))))
}

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
            const expected = await reference(loaded, given)
            expect(resultTrees(loaded, given)).toEqual(expected)
            const record = readDecisionRecord(writeDecisionRecord(decide(loaded, given)))
            expect(resultTreesOfRecord(loaded, record)).toEqual(expected)
            compared += 1
          }
        },
      ),
      { numRuns: 1_500 },
    )
    expect(compared).toBeGreaterThan(500)
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
