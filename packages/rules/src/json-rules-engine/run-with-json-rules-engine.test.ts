import { describe, expect, it } from 'vitest'
import * as z from 'zod'
import type { FetchedFacts } from '../fetch/fetched-facts.ts'
import { loadRuleSet } from '../rule-set/load-rule-set.ts'
import type { LoadedRuleSet } from '../rule-set/loaded-rule-set.ts'
import { aRule, aRuleSet, type ExampleJson, onOverShipment } from '../rule-set/rule-set.examples.ts'
import { engineFor } from './engine-for.ts'
import { evaluateWithJsonRulesEngine } from './evaluate-with-json-rules-engine.ts'
import { runWithJsonRulesEngine } from './run-with-json-rules-engine.ts'

const fetched: FetchedFacts = {
  name: { value: z.string(), params: z.strictObject({ supplierId: z.string() }) },
}

const named = (supplierId: string, value: string): ExampleJson => ({
  fact: 'name',
  params: { supplierId },
  operator: 'equal',
  value,
})

const load = (...rules: readonly ExampleJson[]): LoadedRuleSet =>
  loadRuleSet(aRuleSet({ rules: rules.map((rule) => aRule(rule)) }), { fetched })

const onShortReceipt = {
  fact: 'discrepancy',
  path: '$.kind',
  operator: 'equal',
  value: 'short-receipt',
}

const over = { discrepancy: { kind: 'over-shipment' } }
const rulesOf = async (run: ReturnType<typeof runWithJsonRulesEngine>) =>
  (await run).map(({ rule }) => rule)

describe('a run of json-rules-engine', () => {
  it('returns what fired by priority, then as declared, with its events', async () => {
    const deep = { all: [{ any: [{ all: [onOverShipment] }] }] }
    const loaded = load(
      { name: 'low', priority: 1 },
      { name: 'deep', priority: 5, conditions: deep },
      { name: 'flat', priority: 5 },
      { name: 'no', conditions: { all: [onShortReceipt] } },
    )
    const fired = await runWithJsonRulesEngine(loaded, over)
    expect(fired.map(({ rule, priority }) => [rule, priority])).toEqual([
      ['deep', 5],
      ['flat', 5],
      ['low', 1],
    ])
    expect(fired[0]?.event?.type).toBe('tolerance')
  })

  it('fetches a fact only when a rule looks at it, once for each of its params', async () => {
    const asked: unknown[] = []
    const sources = {
      name: async (params: unknown) => {
        asked.push(params)
        return z.object({ supplierId: z.string() }).parse(params).supplierId
      },
    }
    // Under the number json-rules-engine makes of them these two are the same.
    const loaded = load({
      conditions: {
        all: ['YdHaUr1q', 'YdHaU03q', 'YdHaUr1q'].map((id) => named(id, id)),
      },
    })
    expect(await rulesOf(runWithJsonRulesEngine(loaded, {}, { sources }))).toHaveLength(1)
    expect(asked).toEqual([{ supplierId: 'YdHaUr1q' }, { supplierId: 'YdHaU03q' }])
  })

  it('takes facts that were fetched before', async () => {
    const loaded = load({ conditions: { all: [named('S1', 'Acme')] } })
    const facts = { 'name({"supplierId":"S1"})': 'Acme' }
    expect(await rulesOf(runWithJsonRulesEngine(loaded, facts))).toHaveLength(1)
    expect((await evaluateWithJsonRulesEngine(loaded, facts)).fired).toHaveLength(1)
  })

  it('refuses to evaluate without a fact that has to be fetched', async () => {
    const loaded = load({ conditions: { all: [named('S1', 'Acme')] } })
    await expect(evaluateWithJsonRulesEngine(loaded, {})).rejects.toMatchObject({
      code: 'FACT_UNAVAILABLE',
    })
  })

  it('fails where a fact cannot be fetched, and where it is called off', async () => {
    const loaded = load({ conditions: { all: [named('S1', 'Acme')] } })
    const sources = { name: () => Promise.reject(new Error('down')) }
    await expect(runWithJsonRulesEngine(loaded, {}, { sources })).rejects.toMatchObject({
      code: 'FACT_UNAVAILABLE',
    })
    const signal = AbortSignal.abort(new Error('enough'))
    await expect(runWithJsonRulesEngine(loaded, {}, { sources, signal })).rejects.toThrow('enough')
  })

  it('lets a rule add a fact for rules of lower priority, with operators of its own', async () => {
    const loaded = load({ name: 'first', priority: 9 })
    const fired = runWithJsonRulesEngine(loaded, over, {
      prepare: (engine) => {
        engine.addOperator<string, string>('sounds-like', (fact, value) => fact.startsWith(value))
        engine.on('tolerance', (_params, almanac) => {
          almanac.addFact('mood', 'goodwill')
        })
        engine.addRule({
          name: 'second',
          priority: 2,
          conditions: { all: [{ fact: 'mood', operator: 'sounds-like', value: 'good' }] },
          event: { type: 'chained' },
        })
      },
    })
    expect(await fired).toMatchObject([
      { rule: 'first', priority: 9 },
      { rule: 'second', priority: 2, event: { type: 'chained' } },
    ])
  })

  it('goes on where a list that is looked through is not there', async () => {
    const onCodes = (operator: string, value: unknown) => ({
      fact: 'invoice',
      path: '$.chargeCodes',
      operator,
      value,
    })
    const loaded = load(
      { name: 'turned', conditions: { all: [onCodes('swap:in', 'FC')] } },
      { name: 'some', conditions: { all: [onCodes('swap:someValue:equal', 'FC')] } },
      {
        name: 'every',
        conditions: { all: [onCodes('swap:everyValue:equal', 'FC'), onCodes('contains', 'FC')] },
      },
      { name: 'over' },
    )
    expect((await evaluateWithJsonRulesEngine(loaded, over)).fired).toEqual(['over'])
    const given = { ...over, invoice: { chargeCodes: ['FC'] } }
    const all = ['turned', 'some', 'every', 'over']
    expect((await evaluateWithJsonRulesEngine(loaded, given)).fired).toEqual(all)
  })

  it('has an engine of its own, so that two runs at once drop no rule', async () => {
    const loaded = load({ name: 'high', priority: 9 }, { name: 'low' })
    const runs = await Promise.all(
      Array.from({ length: 20 }, () => rulesOf(runWithJsonRulesEngine(loaded, over))),
    )
    for (const fired of runs) expect(fired).toEqual(['high', 'low'])
    expect(engineFor(loaded)).not.toBe(engineFor(loaded))
  })
})
