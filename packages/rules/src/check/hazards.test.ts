import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import * as z from 'zod'
import { evaluateRuleSet } from '../evaluate/evaluate-rule-set.ts'
import { fetchFacts } from '../fetch/fetch-facts.ts'
import { bareEngine, firesUnchecked } from '../json-rules-engine/bare-engine.examples.ts'
import { runWithJsonRulesEngine } from '../json-rules-engine/run-with-json-rules-engine.ts'
import { checkRuleSet, loadRuleSet } from '../rule-set/load-rule-set.ts'
import {
  aLoadedRuleSet,
  aRule,
  aRuleSet,
  type ExampleJson,
  onOverShipment,
} from '../rule-set/rule-set.examples.ts'

const over = { discrepancy: { kind: 'over-shipment' } }

const comparison = (json: ExampleJson = {}): ExampleJson => ({
  fact: 'discrepancy',
  path: '$.kind',
  operator: 'equal',
  value: 'over-shipment',
  ...json,
})

const withConditions = (conditions: unknown, more: ExampleJson = {}): ExampleJson =>
  aRuleSet({ rules: [aRule({ conditions })], ...more })

const expectRefused = (ruleSet: unknown, pointer: string, sentence: string): void => {
  const finding = { pointer, sentence: expect.stringContaining(sentence) }
  expect(checkRuleSet(ruleSet)).toContainEqual(finding)
}

const firesHere = (conditions: unknown, facts: ExampleJson): boolean =>
  evaluateRuleSet(loadRuleSet(withConditions(conditions)), facts).fired.length > 0

/** A fact that has no value before it is let go. */
const heldBack = () => {
  const { promise, resolve } = Promise.withResolvers<number>()
  return { fact: () => promise, letGo: () => resolve(1) }
}

const highAndLow = [
  { name: 'high', priority: 9 },
  { name: 'low', priority: 1 },
]
const isOne = (fact: string): ExampleJson => ({ all: [{ fact, operator: 'equal', value: 1 }] })
const namesOf = (results: readonly { readonly name?: unknown }[]) => results.map(({ name }) => name)
const loadHighAndLow = () => aLoadedRuleSet({ rules: highAndLow.map((rule) => aRule(rule)) })

/** Each hazard of json-rules-engine by the sentence that the README cites: first there, then here. */
const hazards: Readonly<Record<string, () => Promise<void> | void>> = {
  'two runs at once drop no rule': async () => {
    const engine = bareEngine(highAndLow.map((rule) => ({ ...rule, conditions: isOne('wait') })))
    const slow = heldBack()
    const first = engine.run({ wait: slow.fact })
    expect(namesOf((await engine.run({ wait: 1 })).results)).toEqual(['high', 'low'])
    slow.letGo()
    expect(namesOf((await first).results)).toEqual(['high'])

    const loaded = loadHighAndLow()
    const runs = await Promise.all(
      Array.from({ length: 5 }, () => runWithJsonRulesEngine(loaded, over)),
    )
    for (const fired of runs) expect(fired.map(({ rule }) => rule)).toEqual(['high', 'low'])
    expect(evaluateRuleSet(loaded, over).fired).toEqual(['high', 'low'])
  },

  'stop() in one run leaves the other runs alone': async () => {
    const engine = bareEngine([
      { name: 'stopping', priority: 9, conditions: isOne('stops'), event: { type: 'stop' } },
      ...highAndLow.map((rule) => ({ ...rule, conditions: isOne('wait') })),
    ])
    const [waiting, stopping] = [heldBack(), heldBack()]
    const other = engine.run({ stops: 0, wait: waiting.fact })
    const stopped = new Promise<void>((resolve) => {
      engine.on('stop', () => {
        engine.stop()
        resolve()
      })
    })
    const own = engine.run({ stops: 1, wait: stopping.fact })
    await stopped
    waiting.letGo()
    expect(namesOf((await other).results)).toEqual(['high'])
    stopping.letGo()
    await own

    const loaded = loadHighAndLow()
    const [mine, others] = await Promise.all([
      runWithJsonRulesEngine(loaded, over, {
        prepare: (own) => {
          own.on('tolerance', () => {
            own.stop()
          })
        },
      }),
      runWithJsonRulesEngine(loaded, over),
    ])
    expect(mine.map(({ rule }) => rule)).toEqual(['high'])
    expect(others.map(({ rule }) => rule)).toEqual(['high', 'low'])
  },

  'two fetched facts are never taken for one': async () => {
    const params = z.strictObject({ supplierId: z.string() })
    const name = (given: unknown): string => params.parse(given).supplierId
    const conditions = {
      all: ['YdHaUr1q', 'YdHaU03q'].map((supplierId) => ({
        fact: 'name',
        params: { supplierId },
        operator: 'equal',
        value: supplierId,
      })),
    }
    const engine = bareEngine([{ conditions }])
    engine.addFact('name', name)
    expect((await engine.run()).events).toEqual([])

    const loaded = loadRuleSet(withConditions(conditions), {
      fetched: { name: { value: z.string(), params } },
    })
    const facts = await fetchFacts(loaded, {}, { name })
    expect(evaluateRuleSet(loaded, facts).fired).toHaveLength(1)
  },

  'a named condition that is only itself is refused': async () => {
    const conditions = { loop: { all: [{ condition: 'loop' }] } }
    const fires = firesUnchecked({ all: [{ condition: 'loop' }] }, {}, conditions)
    await expect(fires).rejects.toThrow(RangeError)
    expectRefused(
      withConditions({ condition: 'loop' }, { conditions }),
      '/conditions/loop/all/0/condition',
      'the condition `loop` refers to itself: break the circle',
    )
  },

  // json-rules-engine runs out of memory on this one and on the next.
  'a named condition that has itself twice is refused': () => {
    const conditions = { loop: { all: [{ condition: 'loop' }, { condition: 'loop' }] } }
    expectRefused(
      withConditions({ condition: 'loop' }, { conditions }),
      '/conditions/loop/all/0/condition',
      'the condition `loop` refers to itself: break the circle',
    )
  },

  'twenty named conditions that double are refused': () => {
    const twice = (index: number) => [{ condition: `c${index}` }, { condition: `c${index}` }]
    const conditions = Object.fromEntries(
      Array.from({ length: 21 }, (_, index) => [
        `c${index}`,
        index === 0 ? onOverShipment : { all: twice(index - 1) },
      ]),
    )
    expectRefused(
      withConditions({ condition: 'c20' }, { conditions }),
      '/rules',
      'the rules come to more than 20000 comparisons: name fewer conditions in others',
    )
  },

  'a regular expression in a path is refused': () => expectPathRefused('$[?(@.match(/^(o+)+v/))]'),
  'a filter that calls a method in a path is refused': () =>
    expectPathRefused('$[?(@.repeat(2).length > 4)]'),
  'a script in a path is refused': () => expectPathRefused('$[("ki" + "nd")]'),

  'a key that sets the prototype is refused': async () => {
    const conditions = { all: [withProto(comparison())] }
    await expect(firesUnchecked(conditions, over)).rejects.toThrow('is not a function')
    expectRefused(
      withConditions(conditions),
      '/rules/0/conditions/all/0/__proto__',
      '`__proto__` cannot be a name here: choose another',
    )
  },

  'an unknown operator is refused': async () => {
    const conditions = { all: [comparison({ operator: 'equals' })] }
    const engine = bareEngine([{ conditions }])
    await expect(engine.run(over)).rejects.toThrow('Unknown operator')
    const sentence = 'no operator `"equals"`: use one of `equal`, '
    expectRefused(withConditions(conditions), '/rules/0/conditions/all/0/operator', sentence)
  },

  'an unknown operator behind a priority is refused': async () => {
    const unknown = comparison({ operator: 'equals', priority: 1 })
    const conditions = { any: [comparison({ priority: 9 }), unknown] }
    expect(await firesUnchecked(conditions, over)).toBe(true)
    const sentence = 'no operator `"equals"`: use one of `equal`, '
    expectRefused(withConditions(conditions), '/rules/0/conditions/any/1/operator', sentence)
  },

  'all and any side by side are refused': async () => {
    const conditions = { all: [comparison({ value: 'split' })], any: [comparison()] }
    expect(await firesUnchecked(conditions, over)).toBe(true)
    expectRefused(
      withConditions(conditions),
      '/rules/0/conditions',
      '`all` and `any` stand side by side and one would be ignored: nest them',
    )
  },

  'a misspelled key is refused': async () => {
    const rule = aRule({ pirority: 3 })
    const { results } = await bareEngine([rule]).run(over)
    expect(results.map(({ priority }) => priority)).toEqual([1])
    expectRefused(
      aRuleSet({ rules: [rule] }),
      '/rules/0/pirority',
      '`pirority` is not a field here: correct its spelling or remove it',
    )
  },

  'any without conditions is refused': () => expectEmptyRefused('any'),
  'all without conditions is refused': () => expectEmptyRefused('all'),

  'two rules of one name are refused': async () => {
    const rules = [aRule(), aRule({ priority: 2 })]
    expect(new Set(namesOf((await bareEngine(rules).run(over)).results)).size).toBe(1)
    const sentence = 'is also named `over-within-5-percent`: give each its own name'
    expectRefused(aRuleSet({ rules }), '/rules/1/name', sentence)
  },

  'a priority that is not a number is refused': async () => {
    const rules = [aRule({ priority: 'abc' })]
    const { results } = await bareEngine(rules).run(over)
    expect(results.map(({ priority }) => priority)).toEqual([Number.NaN])
    const sentence = '`"abc"` is of the wrong kind: write a number without quotes'
    expectRefused(aRuleSet({ rules }), '/rules/0/priority', sentence)
  },

  'an event named success is refused': () => expectEventRefused('success', 2),
  'an event named failure is refused': () => expectEventRefused('failure', 1),

  'notEqual on a value that may be missing is refused': async () => {
    const category = { fact: 'item', path: '$.category', operator: 'notEqual', value: 'fresh' }
    expect(await firesUnchecked({ all: [category] }, { item: {} })).toBe(true)
    expectRefused(
      withConditions({ all: [category] }),
      '/rules/0/conditions/all/0',
      '`item` may be missing, and `notEqual` would hold then: add `is-present`',
    )
  },

  'decimals compared as text are refused': async () => {
    const facts = { discrepancy: { percent: '9.50' } }
    const above = (operator: string) => ({
      all: [{ fact: 'discrepancy', path: '$.percent', operator, value: '10.00' }],
    })
    expect(await firesUnchecked(above('greaterThan'), facts)).toBe(true)
    expectRefused(
      withConditions(above('greaterThan')),
      '/rules/0/conditions/all/0/operator',
      'takes "9.50" for more than "10.00": use `decimal-above`, ',
    )
    expect(firesHere(above('decimal-above'), facts)).toBe(false)
  },

  'a list is never taken for the number in it': async () => {
    const days = { fact: 'discrepancy', path: '$.differenceDays' }
    const conditions = { all: [{ ...days, operator: 'greaterThan', value: 5 }] }
    const facts = { discrepancy: { differenceDays: [7] } }
    expect(await firesUnchecked(conditions, facts)).toBe(true)
    expect(firesHere(conditions, facts)).toBe(false)
    expect(firesHere(conditions, { discrepancy: { differenceDays: 7 } })).toBe(true)
  },

  'days are compared as days, and a Date in a rule is refused': async () => {
    const day = (value: unknown) => ({
      all: [{ fact: 'invoice', path: '$.invoiceDate', operator: 'greaterThan', value }],
    })
    const dates = { all: [{ fact: 'a', operator: 'greaterThan', value: { fact: 'b' } }] }
    const [a, b] = [new Date('2026-02-01'), new Date('2026-01-01')]
    expect(await firesUnchecked(dates, { a, b })).toBe(false)
    expect(firesHere(day('2026-01-01'), { invoice: { invoiceDate: '2026-02-01' } })).toBe(true)
    expectRefused(
      withConditions(day(b)),
      '/rules/0/conditions/all/0/value',
      'not plain JSON: write text, numbers, lists and objects only',
    )
  },

  'not around lessThan on a number that may be missing is refused': async () => {
    const days = { fact: 'discrepancy', path: '$.differenceDays', operator: 'lessThan', value: 3 }
    const facts = { discrepancy: { differenceDays: null } }
    expect(await firesUnchecked({ not: days }, facts)).toBe(true)
    expectRefused(
      withConditions({ not: days }),
      '/rules/0/conditions/not',
      'may be missing, and `not` around `lessThan` would hold then',
    )
  },

  'text looked for inside text is refused': async () => {
    const supplier = { fact: 'supplier', path: '$.class', operator: 'in', value: 'GOLD,SILVER' }
    const conditions = { all: [supplier] }
    expect(await firesUnchecked(conditions, { supplier: { class: 'OLD' } })).toBe(true)
    expectRefused(
      withConditions(conditions),
      '/rules/0/conditions/all/0/value',
      '`in` looks through a list: write `["a", "b"]`, not empty',
    )
  },
}

const withProto = (json: ExampleJson): ExampleJson =>
  JSON.parse(`{"__proto__":{},${JSON.stringify(json).slice(1)}`)

const expectPathRefused = async (path: string): Promise<void> => {
  const operator = path.includes('?') ? 'contains' : 'equal'
  const conditions = { all: [comparison({ path, operator })] }
  expect(await firesUnchecked(conditions, over)).toBe(true)
  const sentence = 'is not a path: write field names and positions'
  expectRefused(withConditions(conditions), '/rules/0/conditions/all/0/path', sentence)
}

const expectEmptyRefused = async (key: 'all' | 'any'): Promise<void> => {
  expect(await firesUnchecked({ [key]: [] })).toBe(true)
  const sentence = 'always hold: write at least one'
  expectRefused(withConditions({ [key]: [] }), `/rules/0/conditions/${key}`, sentence)
}

// The rule fires: the engine calls handlers of success once for it, and those of failure never.
const expectEventRefused = async (type: string, heard: number): Promise<void> => {
  const rules = [aRule({ event: { type, params: {} } })]
  const engine = bareEngine(rules)
  let times = 0
  engine.on(type, () => {
    times += 1
  })
  await engine.run(over)
  expect(times).toBe(heard)
  const sentence = `\`"${type}"\` is not known here: use one of \`"tolerance"\``
  expectRefused(aRuleSet({ rules }), '/rules/0/event/type', sentence)
}

describe('a hazard of json-rules-engine', () => {
  it.each(Object.entries(hazards))('%s', async (_, show) => {
    expect.hasAssertions()
    await show()
  })

  it('has a row in the README that names its test', () => {
    const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8')
    const [, section = ''] = readme.split('## What the loader refuses\n')
    const rows = section.split('\n').filter((line) => line.startsWith('| '))
    const named = rows.slice(1).map((row) => row.split('|')[3]?.trim())
    expect(named.filter((name) => !name?.startsWith('---'))).toEqual(Object.keys(hazards))
  })
})
