import { BusinessCalendar } from '@counterfoil/core'
import { describe, expect, it } from 'vitest'
import { chanceOf } from '../json-rules-engine/chance.examples.ts'
import {
  randomFacts,
  randomFetched,
  randomRuleSet,
} from '../json-rules-engine/random-rule-set.examples.ts'
import { checkRuleSet, loadRuleSet } from '../rule-set/load-rule-set.ts'
import { aLoadedRuleSet, aRule, aTable, aToleranceEvent } from '../rule-set/rule-set.examples.ts'
import { evaluateRuleSet } from './evaluate-rule-set.ts'
import { readEvaluableRuleSet } from './read-evaluable-rule-set.ts'
import { writeEvaluableRuleSet } from './write-evaluable-rule-set.ts'

const kindIs = (value: string) => ({
  all: [{ fact: 'discrepancy', path: '$.kind', operator: 'equal', value }],
})

describe('a rule set shipped to be evaluated', () => {
  it('decides random facts as the set it was written from', () => {
    const total = { cases: 0, fired: 0, fetches: 0 }
    for (let seed = 1; seed <= 60; seed += 1) {
      const chance = chanceOf(seed)
      const json = randomRuleSet(chance)
      if (checkRuleSet(json, { fetched: randomFetched }).length > 0) continue
      const loaded = loadRuleSet(json, { fetched: randomFetched })
      const shipped = readEvaluableRuleSet(writeEvaluableRuleSet(loaded))
      const names = loaded.fetches.map(({ name }) => name)
      for (let index = 0; index < 20; index += 1) {
        const facts = randomFacts(chance, names)
        const expected = evaluateRuleSet(loaded, facts)
        expect(evaluateRuleSet(shipped, facts)).toEqual(expected)
        total.cases += 1
        total.fired += expected.fired.length
        total.fetches += names.length
      }
    }
    expect(total.cases).toBeGreaterThan(400)
    expect(total.fired).toBeGreaterThan(300)
    expect(total.fetches).toBeGreaterThan(0)
  })

  it('asks for the facts that have to be fetched, by the names they need', () => {
    const seed = Array.from({ length: 200 }, (_, one) => one).find((one) => {
      const json = randomRuleSet(chanceOf(one))
      const findings = checkRuleSet(json, { fetched: randomFetched })
      return (
        findings.length === 0 && loadRuleSet(json, { fetched: randomFetched }).fetches.length > 0
      )
    })
    const loaded = loadRuleSet(randomRuleSet(chanceOf(seed ?? 0)), { fetched: randomFetched })
    const shipped = readEvaluableRuleSet(writeEvaluableRuleSet(loaded))
    expect(shipped.fetches).toEqual(
      loaded.fetches.map(({ name, fact, params }) => ({ name, fact, params })),
    )
    expect(() => evaluateRuleSet(shipped, {})).toThrow(
      expect.objectContaining({ code: 'FACT_UNAVAILABLE' }),
    )
  })

  it('keeps the order and the hit policy of tables', () => {
    const loaded = aLoadedRuleSet({ rules: [], tables: [aTable()] })
    const shipped = readEvaluableRuleSet(writeEvaluableRuleSet(loaded))
    expect(shipped.hitPolicy).toBe(loaded.hitPolicy)
    expect(shipped.rules.map(({ name, table }) => [name, table])).toEqual(
      loaded.rules.map(({ name, table }) => [name, table]),
    )
  })

  it('holds a condition that stands in others many times over only once', () => {
    const names = Array.from({ length: 12 }, (_, index) => `step-${index}`)
    const loaded = aLoadedRuleSet({
      conditions: Object.fromEntries(
        names.map((name, index) => [
          name,
          index === 0
            ? kindIs('over-shipment')
            : { all: [{ condition: names[index - 1] }, { condition: names[index - 1] }] },
        ]),
      ),
      rules: [aRule({ name: 'deep', conditions: { all: [{ condition: 'step-11' }] } })],
    })
    const text = writeEvaluableRuleSet(loaded)
    expect(text.length).toBeLessThan(3_000)
    const facts = { discrepancy: { kind: 'over-shipment' } }
    expect(evaluateRuleSet(readEvaluableRuleSet(text), facts).fired).toEqual(['deep'])
  })

  it('carries the calendar its business days are counted on', () => {
    const oslo = BusinessCalendar.parse({
      id: 'oslo-2026',
      timeZone: 'Europe/Oslo',
      workingDays: [1, 2, 3, 4, 5],
      opens: '07:00',
      closes: '16:00',
      holidays: ['2026-12-24', '2026-12-25'],
    })
    const late = {
      fact: 'invoice',
      path: '$.dueDate',
      operator: 'later-than-2-business-days',
      value: '2026-12-22',
    }
    const loaded = aLoadedRuleSet(
      { calendar: 'oslo-2026', rules: [aRule({ conditions: { all: [late] } })] },
      { calendars: [oslo] },
    )
    const text = writeEvaluableRuleSet(loaded)
    const days = ['2026-12-24', '2026-12-28', '2026-12-29', '2026-12-30']
    const fired = days.map((dueDate) => {
      const facts = { invoice: { dueDate } }
      const { length } = evaluateRuleSet(readEvaluableRuleSet(text), facts).fired
      expect(length).toBe(evaluateRuleSet(loaded, facts).fired.length)
      return length > 0
    })
    expect(fired).toEqual([false, false, true, true])
    expect(JSON.parse(text).conditions[0].calendar).toEqual({ ...oslo })
    for (const wrong of [{ workingDays: [] }, { holidays: 'Christmas' }]) {
      const json = JSON.parse(text)
      Object.assign(json.conditions[0].calendar, wrong)
      expect(() => readEvaluableRuleSet(JSON.stringify(json))).toThrow(/cannot read a rule set/)
    }
  })

  it('lists each place and each answer once, and gives every rule its own', () => {
    const aTolerance = (because: string) => aToleranceEvent({ because })
    const loaded = aLoadedRuleSet({
      rules: [
        aRule({ name: 'one', event: aTolerance('agreed') }),
        aRule({ name: 'two', priority: 2, event: aTolerance('agreed') }),
        aRule({ name: 'three', priority: 3, event: aTolerance('agreed by telephone') }),
      ],
    })
    const text = writeEvaluableRuleSet(loaded)
    const { places, events, conditions } = JSON.parse(text)
    expect([places.length, events.length]).toEqual([1, 2])
    expect(new Set(conditions.map((one: object) => JSON.stringify(one))).size).toBe(
      conditions.length,
    )
    const shipped = readEvaluableRuleSet(text)
    expect(shipped.rules.map(({ event }) => event)).toEqual(loaded.rules.map(({ event }) => event))
    expect(places[0].type).toEqual({ kind: 'text' })
  })

  it('cannot be changed by those who evaluate it', () => {
    const shipped = readEvaluableRuleSet(writeEvaluableRuleSet(aLoadedRuleSet()))
    expect(Object.isFrozen(shipped)).toBe(true)
    for (const { event } of shipped.rules) expect(Object.isFrozen(event.params)).toBe(true)
  })
})

describe('reading a rule set to evaluate', () => {
  const text = writeEvaluableRuleSet(aLoadedRuleSet())
  const changed = (change: (json: Record<string, unknown>) => object): string =>
    JSON.stringify({ ...JSON.parse(text), ...change(JSON.parse(text)) })
  const not = { kind: 'not' }
  type Json = { readonly [name: string]: unknown }
  const inFirst =
    (list: string, holds: (one: Json) => boolean) => (change: Json) => (json: Json) => {
      const members = json[list] as readonly Json[]
      const first = members.findIndex(holds)
      return {
        [list]: members.map((one, index) => (index === first ? { ...one, ...change } : one)),
      }
    }
  const withPlace = inFirst('places', () => true)
  const withRule = inFirst('rules', () => true)
  const withComparison = inFirst('conditions', ({ kind }) => kind === 'comparison')

  it('takes what was written', () => {
    expect(readEvaluableRuleSet(text).rules).not.toEqual([])
    expect(readEvaluableRuleSet(changed(() => ({}))).rules).not.toEqual([])
  })

  it.each([
    ['text that is no JSON', text.slice(0, -1)],
    ['JSON of something else', '{}'],
    ['null', 'null'],
    ['another form', changed(() => ({ format: 2 }))],
    ['a kind there is none of', changed(() => ({ kind: 'toString' }))],
    ['a hit policy there is none of', changed(() => ({ hitPolicy: 'any' }))],
    ['no hash', changed(() => ({ reference: { ruleSet: 'a', version: '1.0.0' } }))],
    ['an answer of another kind of set', changed(() => ({ kind: 'routing' }))],
    [
      'a condition that is part of itself',
      changed(() => ({ conditions: [{ ...not, condition: 0 }] })),
    ],
    ['a part that is not there', changed(() => ({ conditions: [{ ...not, condition: 7 }] }))],
    ['an unknown kind of condition', changed(() => ({ conditions: [{ kind: 'some' }] }))],
    ['places left out', changed(() => ({ places: [] }))],
    ['events left out', changed(() => ({ events: [] }))],
    ['an operator there is none of', text.replaceAll('"equal"', '"equals"')],
    ['a fetch without a name', changed(() => ({ fetches: [{ fact: 'supplier', params: {} }] }))],
    ['a fetch without a fact', changed(() => ({ fetches: [{ name: 'supplier', params: {} }] }))],
    ['a place of no fact', changed(withPlace({ fact: 7 }))],
    ['a place without its text', changed(withPlace({ text: null }))],
    ['a place with a step that is none', changed(withPlace({ steps: ['kind', true] }))],
    ['a rule without a name', changed(withRule({ name: null }))],
    ['a rule without a priority', changed(withRule({ priority: 'first' }))],
    ['a rule of a table without a name', changed(withRule({ table: 7 }))],
    ['an amount that is no text', changed(withComparison({ amount: 7 }))],
    ['a decorator there is none of', changed(withComparison({ decorators: ['always'] }))],
  ])('refuses %s', (_, other) => {
    expect(other).not.toBe(text)
    expect(() => readEvaluableRuleSet(other)).toThrow(
      expect.objectContaining({
        code: 'RULE_SET_INVALID',
        message: expect.stringContaining('writeEvaluableRuleSet'),
        cause: expect.objectContaining({ message: expect.stringMatching(/./u) }),
      }),
    )
  })

  it('takes places inside lists, amounts, and every hit policy', () => {
    const taken = [
      changed(withPlace({ steps: ['lines', 0, 'kind'] })),
      changed(withComparison({ amount: '2' })),
      changed(withRule({ table: 'limits' })),
      ...['first', 'collect', 'unique'].map((hitPolicy) => changed(() => ({ hitPolicy }))),
    ]
    for (const one of taken) expect(readEvaluableRuleSet(one).rules).not.toEqual([])
  })
})
