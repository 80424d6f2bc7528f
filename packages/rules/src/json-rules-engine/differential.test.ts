import { describe, expect, it } from 'vitest'
import { evaluateRuleSet } from '../evaluate/evaluate-rule-set.ts'
import { operators } from '../evaluate/operators.ts'
import { decoratorNames } from '../operators/decorators.ts'
import { checkRuleSet, loadRuleSet } from '../rule-set/load-rule-set.ts'
import { aRule, aRuleSet, type ExampleJson } from '../rule-set/rule-set.examples.ts'
import { chanceOf } from './chance.examples.ts'
import { compareEvaluators } from './compare-evaluators.examples.ts'
import { engineFor } from './engine-for.ts'
import { evaluateWithJsonRulesEngine } from './evaluate-with-json-rules-engine.ts'
import { randomRuleSet } from './random-rule-set.examples.ts'

describe('both evaluators', () => {
  it('decide alike on random rule sets and hostile facts', async () => {
    const [factsOfEachSet, sets] = [25, 120]
    const total = { cases: 0, fired: 0, written: 0, taken: 0, listed: 0 }
    for (let seed = 1; seed <= sets; seed += 1) {
      const compared = await compareEvaluators({
        seed,
        factsCount: factsOfEachSet,
        isLarge: false,
      })
      expect(compared.differences).toEqual([])
      total.cases += compared.cases
      total.fired += compared.fired
      total.written += compared.rulesWritten
      total.taken += compared.rulesTaken
      for (const times of Object.values(compared.listed)) total.listed += times
    }
    // Nearly all of what is written is taken and evaluated, about a third of the rules fire, and what differs is rare.
    expect(total.taken / total.written).toBeGreaterThan(0.8)
    expect(total.cases).toBeGreaterThan(0.9 * factsOfEachSet * sets)
    expect(total.fired).toBeGreaterThan(0.5 * total.cases)
    expect(total.listed).toBeLessThan(0.03 * total.cases)
  })

  it('decide alike by an index, on sets of many rules over few places', async () => {
    const [factsOfEachSet, sets] = [4, 12]
    const total = { cases: 0, fired: 0, written: 0, taken: 0 }
    for (let seed = 1; seed <= sets; seed += 1) {
      const compared = await compareEvaluators({ seed, factsCount: factsOfEachSet, isLarge: true })
      expect(compared.differences).toEqual([])
      total.cases += compared.cases
      total.fired += compared.fired
      total.written += compared.rulesWritten
      total.taken += compared.rulesTaken
    }
    expect(total.taken / sets).toBeGreaterThan(50)
    expect(total.taken / total.written).toBeGreaterThan(0.95)
    // Many rules fire on the same facts, and many do not.
    expect(total.fired / total.cases).toBeGreaterThan(5)
    expect(total.fired / total.cases).toBeLessThan(0.5 * (total.taken / sets))
  })

  it('are compared on every operator, decorator and kind of condition', () => {
    const text = JSON.stringify(
      Array.from({ length: 400 }, (_, seed) => randomRuleSet(chanceOf(seed))),
    )
    const unseen = [
      ...operatorsCompared.map((name) => `${name}"`),
      ...decoratorNames.map((name) => `${name}:`),
      ...['any', 'all', 'not', 'condition', 'priority', 'params', 'path'].map((key) => `"${key}":`),
      '"value":{"fact"',
    ].filter((one) => !text.includes(one))
    expect(unseen).toEqual([])
  })

  it('are found to differ where they do', async () => {
    // The random facts hold texts where numbers should be, on which the two do differ.
    let listed = 0
    for (let seed = 1; seed <= 20; seed += 1) {
      const compared = await compareEvaluators({ seed, factsCount: 40, isLarge: false })
      listed += compared.listed.order + compared.listed.position
    }
    expect(listed).toBeGreaterThan(0)
  })
})

// Those with a number in their name stand in the random rule sets with other numbers too.
const operatorsCompared = [
  ...Object.keys(operators).filter((name) => !name.includes('within') && !name.endsWith('days')),
  'within-5-percent',
  'within-0.5-amount',
  'later-than-0-business-days',
  'earlier-than-1-business-days',
]

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
    ['a text has no members by position', onInvoice('$.chargeCodes[0]', 'equal', 'F'), null],
  ])('%s', async (_, json, discrepancy) => {
    const given = { discrepancy, invoice: { invoiceDate: '31.12.2025', chargeCodes: 'FC' } }
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
