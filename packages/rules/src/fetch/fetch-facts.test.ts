import { CalendarDate, CounterfoilError, Decimal } from '@counterfoil/core'
import { describe, expect, it } from 'vitest'
import * as z from 'zod'
import { evaluateRuleSet } from '../evaluate/evaluate-rule-set.ts'
import { createPolicySource } from '../policy/create-policy-source.ts'
import { createPolicy } from '../policy/create-policy.ts'
import { checkRuleSet, loadRuleSet } from '../rule-set/load-rule-set.ts'
import type { LoadedRuleSet } from '../rule-set/loaded-rule-set.ts'
import {
  aRule,
  aRuleSet,
  aToleranceEvent,
  type ExampleJson,
} from '../rule-set/rule-set.examples.ts'
import { fetchFacts, type FactSource } from './fetch-facts.ts'
import type { FetchedFacts } from './fetched-facts.ts'

const fetched: FetchedFacts = {
  creditRating: {
    value: z.object({ grade: z.enum(['A', 'B', 'C']), limit: Decimal.nullable() }),
    params: z.strictObject({ agency: z.string() }),
  },
  isHoliday: { value: z.boolean(), params: z.strictObject({}) },
}

const grade = (agency: string, value: string, more: ExampleJson = {}): ExampleJson => ({
  fact: 'creditRating',
  params: { agency },
  path: '$.grade',
  operator: 'equal',
  value,
  ...more,
})

const aSetWith = (...all: ExampleJson[]): ExampleJson =>
  aRuleSet({ rules: [aRule({ conditions: { all } })] })

const load = (...all: ExampleJson[]): LoadedRuleSet => loadRuleSet(aSetWith(...all), { fetched })

const findings = (json: ExampleJson, declared: FetchedFacts = fetched): readonly string[] =>
  checkRuleSet(json, { fetched: declared }).map(
    ({ pointer, sentence }) => `${pointer}: ${sentence}`,
  )

const facts = { supplier: { id: 'S1' } }
const ratingOfA = { creditRating: () => ({ grade: 'A', limit: null }) }

describe('a fact that is fetched', () => {
  it('is asked for once for each of the params that rules name, and rules then see its value', async () => {
    const asked: unknown[] = []
    const creditRating: FactSource = async (params, { facts: given }) => {
      asked.push([params, given])
      return { grade: JSON.stringify(params) === '{"agency":"D&B"}' ? 'B' : 'A', limit: '5.00' }
    }
    const loaded = load(
      grade('D&B', 'B'),
      grade('D&B', 'C', { operator: 'notEqual' }),
      { any: [grade('Creditreform', 'A'), grade('Creditreform', 'C')] },
      grade('D&B', '5', { path: '$.limit', operator: 'decimal-at-most' }),
    )
    const gathered = await fetchFacts(loaded, facts, { creditRating })
    expect(asked).toEqual([
      [{ agency: 'Creditreform' }, facts],
      [{ agency: 'D&B' }, facts],
    ])
    expect(gathered).toEqual({
      supplier: { id: 'S1' },
      'creditRating({"agency":"Creditreform"})': { grade: 'A', limit: '5.00' },
      'creditRating({"agency":"D&B"})': { grade: 'B', limit: '5.00' },
    })
    expect(evaluateRuleSet(loaded, gathered).fired).toEqual(['over-within-5-percent'])
  })

  it('is asked for at the same time as the others', async () => {
    const open: (() => void)[] = []
    const creditRating: FactSource = () =>
      new Promise((resolve) => {
        open.push(() => resolve({ grade: 'A', limit: null }))
        if (open.length === 2) for (const answer of open) answer()
      })
    const loaded = load(grade('one', 'A'), grade('two', 'A'))
    await expect(fetchFacts(loaded, facts, { creditRating })).resolves.toMatchObject(facts)
  })

  it('is asked for once where several sets look at it', async () => {
    let count = 0
    const sources = { creditRating: () => ((count += 1), { grade: 'A', limit: null }) }
    await fetchFacts([load(grade('one', 'A')), load(grade('one', 'B'))], facts, sources)
    expect(count).toBe(1)
  })

  it('is never mixed up with one of other params', async () => {
    // json-rules-engine keeps both suppliers under one number, and gives the second the value of the first.
    const ids = ['YdHaUr1q', 'YdHaU03q']
    const declared: FetchedFacts = {
      name: { value: z.string(), params: z.strictObject({ supplierId: z.string() }) },
    }
    const conditions = ids.map((supplierId) => ({
      fact: 'name',
      params: { supplierId },
      operator: 'equal',
      value: supplierId,
    }))
    const loaded = loadRuleSet(aSetWith(...conditions), { fetched: declared })
    const name: FactSource = (params) =>
      z.object({ supplierId: z.string() }).parse(params).supplierId
    const gathered = await fetchFacts(loaded, {}, { name })
    expect(evaluateRuleSet(loaded, gathered).fired).toEqual(['over-within-5-percent'])
  })

  it('is one fact however the params are ordered', () => {
    const declared: FetchedFacts = {
      name: { value: z.string(), params: z.strictObject({ a: z.int(), b: z.int() }) },
    }
    const written = [
      { a: 1, b: 2 },
      { b: 2, a: 1 },
    ]
    const conditions = written.map((params) => ({
      fact: 'name',
      params,
      operator: 'equal',
      value: 'x',
    }))
    const { fetches } = loadRuleSet(aSetWith(...conditions), { fetched: declared })
    expect(fetches.map(({ name }) => name)).toEqual(['name({"a":1,"b":2})'])
  })

  it('stands in the decision, so that replaying it fetches nothing', async () => {
    const loaded = load(grade('D&B', 'A'))
    const gathered = await fetchFacts(loaded, facts, ratingOfA)
    const policy = createPolicy({ ruleSets: [loaded], fetched: gathered })
    const { decision } = policy.tolerance({ discrepancy: { kind: 'over-shipment' } })
    expect(decision.facts).toEqual({ 'creditRating({"agency":"D&B"}).grade': 'A' })
    expect(decision.firedRules).toEqual(['over-within-5-percent'])
  })

  it('may be compared with, and may compare with a given one', async () => {
    const loaded = load({
      fact: 'line',
      path: '$.amount',
      operator: 'decimal-at-most',
      value: { fact: 'creditRating', params: { agency: 'D&B' }, path: '$.limit' },
    })
    const sources = { creditRating: () => ({ grade: 'A', limit: '10' }) }
    const given = { line: { amount: '9.50' } }
    const gathered = await fetchFacts(loaded, given, sources)
    expect(evaluateRuleSet(loaded, gathered).fired).toHaveLength(1)
  })

  it('cannot be left out of an evaluation', () => {
    const loaded = load(grade('D&B', 'A'))
    const expected = expect.objectContaining({
      code: 'FACT_UNAVAILABLE',
      message:
        'cannot evaluate `receiving-tolerance@1.0.0` without the fact `creditRating({"agency":"D&B"})`: fetch the facts first',
    })
    expect(() => evaluateRuleSet(loaded, facts)).toThrow(expected)
    expect(() => createPolicy({ ruleSets: [loaded] })).toThrow(expected)
  })

  it('keeps only what its schema knows', async () => {
    const sources = { creditRating: () => ({ grade: 'A', limit: null, secret: 'x' }) }
    const gathered = await fetchFacts(load(grade('D&B', 'A')), {}, sources)
    expect(gathered).toEqual({ 'creditRating({"agency":"D&B"})': { grade: 'A', limit: null } })
  })

  it.each<[string, Record<string, FactSource>, string, boolean]>([
    [
      'its source fails',
      { creditRating: () => Promise.reject(new Error('no route to host')) },
      'cannot fetch the fact `creditRating({"agency":"D&B"})`, its source failed (no route to host): try again, or mend the source',
      true,
    ],
    [
      'its source fails for good',
      {
        creditRating: () => {
          throw new CounterfoilError('CONNECTOR_NOT_CAPABLE', 'never')
        },
      },
      'its source failed (never)',
      false,
    ],
    ['there is no source', {}, 'nothing fetches it: give a source for it', false],
    [
      'its source returns something else',
      { creditRating: () => ({ grade: 'D', limit: null }) },
      'its source returned something else than was declared (grade: ',
      false,
    ],
    [
      'its source returns nothing',
      { creditRating: () => undefined },
      'returned something else',
      false,
    ],
  ])('is an error that names it where %s', async (_, sources, message, retryable) => {
    await expect(fetchFacts(load(grade('D&B', 'A')), facts, sources)).rejects.toMatchObject({
      code: 'FACT_UNAVAILABLE',
      message: expect.stringContaining(message),
      retryable,
      details: { fact: 'creditRating', params: { agency: 'D&B' } },
    })
  })

  it('lets the others know where one fails', async () => {
    const stopped: unknown[] = []
    const creditRating: FactSource = (params, { signal }) => {
      if (JSON.stringify(params).includes('broken')) throw new Error('down')
      return new Promise((_, reject) => {
        signal.addEventListener('abort', () => {
          stopped.push(params)
          reject(signal.reason)
        })
      })
    }
    const loaded = load(grade('broken', 'A'), grade('slow', 'A'))
    await expect(fetchFacts(loaded, facts, { creditRating })).rejects.toThrow('down')
    expect(stopped).toEqual([{ agency: 'slow' }])
  })

  it('is not waited for after it was called off, even by a source that does not listen', async () => {
    const controller = new AbortController()
    const creditRating: FactSource = () => {
      controller.abort(new Error('enough'))
      return new Promise(() => {})
    }
    const loaded = load(grade('D&B', 'A'))
    const { signal } = controller
    await expect(fetchFacts(loaded, facts, { creditRating }, { signal })).rejects.toThrow('enough')
    await expect(fetchFacts(loaded, facts, ratingOfA, { signal })).rejects.toThrow('enough')
  })

  it('is asked by params that the source cannot change for the next', async () => {
    const creditRating: FactSource = (params) => {
      expect(Object.isFrozen(params)).toBe(false)
      Object.assign(Object(params), { agency: 'changed' })
      return { grade: 'A', limit: null }
    }
    const loaded = load(grade('D&B', 'A'))
    await fetchFacts(loaded, facts, { creditRating })
    expect(loaded.fetches[0]?.params).toEqual({ agency: 'D&B' })
  })
})

describe('a source of policies over sets that look at fetched facts', () => {
  const loaded = load(grade('D&B', 'A'))
  const day = CalendarDate.parse('2026-12-24')

  it('answers with what was fetched', async () => {
    const gathered = await fetchFacts(loaded, facts, ratingOfA)
    const policy = createPolicySource([loaded], { fetched: gathered }).pick({ tenant: 'a' }, day)
    expect(policy.tolerance({}).decision.firedRules).toHaveLength(1)
  })

  it('is refused when it is made where something was not fetched', () => {
    expect(() => createPolicySource([loaded])).toThrow(/without the fact `creditRating/)
  })
})

describe('a rule that looks at a fetched fact', () => {
  const at = '/rules/0/conditions/all/0'

  it.each<[string, ExampleJson, string]>([
    [
      'an unknown one',
      grade('x', 'A', { fact: 'creditScore' }),
      `${at}/fact: no fact "creditScore"`,
    ],
    [
      'without params',
      grade('x', 'A', { params: undefined }),
      `${at}: \`creditRating\` is fetched: write`,
    ],
    [
      'with params that are none',
      grade('x', 'A', { params: [] }),
      `${at}/params: \`creditRating\` is`,
    ],
    [
      'with wrong params',
      grade('x', 'A', { params: { agency: 5 } }),
      `${at}/params/agency: \`creditRating\` is not asked by that, `,
    ],
    [
      'with params too many',
      grade('x', 'A', { params: { agency: 'x', more: 1 } }),
      `${at}/params: \`creditRating\` is not asked by that, `,
    ],
    ['with a value it never has', grade('x', 'D'), `${at}/value: never \`D\`: use one of`],
    [
      'at a field it does not have',
      grade('x', 'A', { path: '$.score' }),
      `${at}/path: \`creditRating({"agency":"x"})\` has no field \`score\``,
    ],
    [
      'at a field that may be missing',
      grade('x', '1', { path: '$.limit', operator: 'not:decimal-above' }),
      `${at}: \`creditRating({"agency":"x"}).limit\` may be missing`,
    ],
  ])('is refused: %s', (_, condition, finding) => {
    const json = JSON.parse(JSON.stringify(aSetWith(condition)))
    expect(findings(json).map((one) => one.replaceAll('`"', '"'))).toEqual([
      expect.stringContaining(finding),
    ])
  })

  it('is refused where the fact is given', () => {
    const json = aSetWith({
      fact: 'discrepancy',
      params: {},
      path: '$.kind',
      operator: 'equal',
      value: 'over-shipment',
    })
    expect(findings(json)).toEqual([
      `${at}/params: \`params\` is for facts that are fetched, and \`discrepancy\` is given: remove it`,
    ])
  })

  it('is refused in a set that extends one whose fetched facts are not declared again', () => {
    const base = load(grade('D&B', 'A'))
    const child = {
      ...aRuleSet({ version: '1.1.0', extends: 'receiving-tolerance@1.0.0', rules: [] }),
      id: 'receiving-tolerance-north',
    }
    expect(checkRuleSet(child, { bases: [base] }).map(({ pointer }) => pointer)).toContain(
      '/extends/all/0/fact',
    )
    expect(checkRuleSet(child, { bases: [base], fetched })).toEqual([])
    expect(loadRuleSet(child, { bases: [base], fetched }).fetches).toHaveLength(1)
  })
})

describe('the declaration of fetched facts', () => {
  const params = z.strictObject({})
  it.each<[string, FetchedFacts, string]>([
    [
      'the name of a given one',
      { order: { value: z.string(), params } },
      'the fetched fact `order` is also a given one: name it otherwise',
    ],
    [
      'a name that is none',
      { 'a b': { value: z.string(), params } },
      '`a b` cannot name a fetched fact',
    ],
    [
      'a name that could be one with params',
      { 'a({})': { value: z.string(), params } },
      '`a({})` cannot name',
    ],
    [
      'a forbidden name',
      { constructor: { value: z.string(), params } },
      '`constructor` cannot name',
    ],
    [
      'a schema no rule can be checked against',
      { when: { value: z.date(), params } },
      'the schema of the fetched fact `when` is not one',
    ],
    [
      'a list with gaps',
      { codes: { value: z.array(z.string().nullable()), params } },
      'the schema of the fetched fact `codes` is not one',
    ],
  ])('is refused: %s', (_, declared, sentence) => {
    expect(findings(aRuleSet(), declared)).toEqual([expect.stringContaining(`: ${sentence}`)])
  })

  it('takes a value that may be missing, which rules then have to ask for', async () => {
    const declared: FetchedFacts = { note: { value: z.string().nullable(), params } }
    const note = (operator: string, value: unknown) => ({
      fact: 'note',
      params: {},
      operator,
      value,
    })
    expect(findings(aSetWith(note('notEqual', 'x')), declared)).toEqual([
      expect.stringContaining('`note({})` may be missing'),
    ])
    const loaded = loadRuleSet(aSetWith(note('notEqual', 'x'), note('is-present', true)), {
      fetched: declared,
    })
    const gathered = await fetchFacts(loaded, {}, { note: () => null })
    expect(evaluateRuleSet(loaded, gathered).fired).toEqual([])
  })

  it('leaves rules of the set alone that fetch nothing', async () => {
    const loaded = loadRuleSet(aRuleSet({ rules: [aRule({ event: aToleranceEvent() })] }), {
      fetched,
    })
    expect(loaded.fetches).toEqual([])
    expect(await fetchFacts(loaded, facts, {})).toEqual(facts)
  })
})
