import { describe, expect, it } from 'vitest'
import * as z from 'zod'
import { checkRuleSet, loadRuleSet } from '../rule-set/load-rule-set.ts'
import {
  aLoadedRuleSet,
  aRule,
  aRuleSet,
  aTable,
  aToleranceEvent,
  onOverShipment,
} from '../rule-set/rule-set.examples.ts'
import { compileRules } from './compile-rules.ts'

const findingsIn = (json: unknown, options: Parameters<typeof checkRuleSet>[1] = {}) =>
  checkRuleSet(json, options).map(({ pointer, sentence }) => `${pointer}: ${sentence}`)

const always = { all: [{ fact: 'order', operator: 'is-present', value: true }] }
const sixPercent = aToleranceEvent({ upper: { abs: null, pct: '6' } })

describe('a rule set with tables', () => {
  it('has its rules first and then the rows, each with its table', () => {
    const loaded = aLoadedRuleSet({ rules: [aRule({ priority: 9 })], tables: [aTable()] })
    expect(loaded.rules.map(({ name, table, row }) => [name, table, row])).toEqual([
      ['over-within-5-percent', null, null],
      ['limits/1', 'limits', 0],
      ['limits/2', 'limits', 1],
      ['limits/3', 'limits', 2],
    ])
    expect(loaded.tables).toEqual([
      { table: expect.objectContaining({ name: 'limits' }), from: 'receiving-tolerance@1.0.0' },
    ])
  })

  it('hears of a wrong cell in every table whose form is right', () => {
    const wrong = aTable({ name: 'second', rows: [['split', 5, '5', 'x']] })
    const cell =
      'in the column `discrepancy.percent decimal-at-most`, `5` is not a decimal: write it as text, as in "12.40"'
    const tables = [aTable(), wrong, { ...wrong, name: 'third', priority: 'x' }]
    expect(findingsIn(aRuleSet({ rules: [], tables }))).toEqual([
      '/tables/2/priority: `"x"` is of the wrong kind: write a number without quotes',
      `/tables/1/rows/0/1: ${cell}`,
    ])
    const eleven = Array.from({ length: 11 }, (_, index) =>
      aTable({ name: `t${index}`, priority: index + 1 }),
    )
    const last = eleven.with(1, { ...wrong, priority: 'x' }).with(10, { ...wrong, name: 'last' })
    expect(findingsIn(aRuleSet({ rules: [], tables: last }))).toEqual([
      '/tables/1/priority: `"x"` is of the wrong kind: write a number without quotes',
      `/tables/10/rows/0/1: ${cell}`,
    ])
  })

  it('has no table looked at where there are more than a set may have', () => {
    const tables = Array.from({ length: 101 }, () => aTable({ rows: [['split', 5, '5', 'x']] }))
    const findings = findingsIn(aRuleSet({ rules: [], tables }))
    expect(findings).toContain(
      `/tables: \`${JSON.stringify(tables).slice(0, 60)}…\` is too large or too long: the most is 100`,
    )
    expect(findings.filter((one) => one.includes('/rows'))).toEqual([])
  })

  it('has no table looked at where anything in it is no plain JSON', () => {
    const table = aTable({ rows: [['split', 5, '5', 'x']] })
    expect(findingsIn({ ...aRuleSet({ rules: [], tables: [table] }), title: 1n })).toEqual([
      '/title: `bigint` is not JSON: write text, numbers, lists and objects only',
      '/title: `bigint` is of the wrong kind: write text in quotes',
    ])
  })

  it('has no table looked at where nobody knows the kind of the set', () => {
    const json = aRuleSet({ kind: 'x', tables: [aTable({ rows: [['split', 5, '5', 'x']] })] })
    expect(findingsIn(json)).toEqual([
      '/kind: `"x"` is not known here: use one of `"tolerance"`, `"matching"`, `"routing"`, `"approval"`',
    ])
  })

  it('is refused at the priority of the table where a row ties with a rule', () => {
    const tables = [
      aTable({ name: 'first', priority: 5 }),
      aTable({
        rows: [
          ['split', null, '6', 'x'],
          ['over-shipment', null, '6', 'x'],
        ],
      }),
    ]
    const finding =
      '/tables/1/priority: `over-within-5-percent` and `limits/2` may both fire at priority 1'
    expect(findingsIn(aRuleSet({ tables }))).toEqual([expect.stringContaining(finding)])
  })

  it('is refused at the row where its rules are to exclude each other and do not', () => {
    const tables = [
      aTable({ name: 'first', rows: [['split', null, '6', 'x']] }),
      aTable({
        rows: [
          ['backorder', null, '6', 'x'],
          ['over-shipment', null, '6', 'x'],
        ],
      }),
    ]
    const finding = '/tables/1/rows/1: `over-within-5-percent` and `limits/2` are not shown to'
    expect(findingsIn(aRuleSet({ hitPolicy: 'unique', tables }))).toEqual([
      expect.stringContaining(finding),
    ])
  })

  it('lets the rows of one table overlap, since their order decides', () => {
    const rows = [
      ['over-shipment', '2', '2', 'x'],
      ['over-shipment', null, '6', 'x'],
    ]
    expect(findingsIn(aRuleSet({ rules: [], tables: [aTable({ rows })] }))).toEqual([])
    const two = [
      aTable({ rows }),
      aTable({ name: 'more', rows: rows.slice(1).map((row) => row.with(2, '7')) }),
    ]
    expect(findingsIn(aRuleSet({ rules: [], tables: two })).map((one) => one.slice(0, 60))).toEqual(
      [
        '/tables/1/priority: `limits/1` and `more/1` may both fire at',
        '/tables/1/priority: `limits/2` and `more/1` may both fire at',
      ],
    )
  })
})

describe('a rule set on another whose facts are not fetched for it', () => {
  const fetched = { rating: { value: z.string(), params: z.strictObject({}) } }
  const rated = { all: [{ fact: 'rating', params: {}, operator: 'equal', value: 'A' }] }
  const over = { ...aRuleSet({ id: 'north', extends: 'base@1.0.0', rules: [] }) }

  it('is refused at `extends` for the rules it takes over', () => {
    const base = aLoadedRuleSet({ id: 'base', rules: [aRule({ conditions: rated })] }, { fetched })
    expect(findingsIn(over, { bases: [base], fetched })).toEqual([])
    expect(findingsIn(over, { bases: [base] })).toEqual([
      expect.stringContaining('/extends/all/0/fact: no fact `"rating"` here: use one of `order`'),
    ])
  })

  it('is refused at `extends` for the conditions it takes over, once', () => {
    const base = aLoadedRuleSet({ id: 'base', conditions: { rated } }, { fetched })
    expect(findingsIn(over, { bases: [base] })).toEqual([
      expect.stringContaining('/extends/all/0/fact: no fact `"rating"` here: use one of `order`'),
    ])
  })

  it('compiles the rules that are right beside those that are not', () => {
    const { rules } = aLoadedRuleSet(
      { rules: [aRule(), aRule({ name: 'rated', conditions: rated, priority: 2 })] },
      { fetched },
    )
    const merged = rules.map(({ json }) => ({ rule: json, from: 'north@1.0.0', ownIndex: null }))
    const compiled = compileRules(merged, 'tolerance', new Map(), {})
    expect(compiled.rules.map(({ name }) => name)).toEqual(['over-within-5-percent'])
    expect(compiled.findings.map(({ pointer }) => pointer)).toEqual(['/extends/all/0/fact'])
  })

  it('is told at both where its own and the inherited rules tie', () => {
    const rules = [
      aRule({ conditions: always }),
      aRule({ name: 'b', conditions: onOverShipment, priority: 2, event: sixPercent }),
    ]
    const base = aLoadedRuleSet({ id: 'base', rules })
    const first = { ...over, hitPolicy: 'unique' }
    expect(findingsIn(first, { bases: [base] })).toEqual([
      expect.stringContaining(
        '/extends: `over-within-5-percent` and `b` are not shown to exclude each other',
      ),
    ])
  })
})

describe('a foreign value taken for a rule set', () => {
  it('is refused and not thrown at where JSON cannot hold what is in it', () => {
    const endless: unknown[] = []
    endless.push(endless)
    expect(findingsIn({ ...aRuleSet(), owner: { since: 1n } })).toEqual([
      '/owner/since: `bigint` is not JSON: write text, numbers, lists and objects only',
      '/owner: `object` is of the wrong kind: write text in quotes',
    ])
    expect(findingsIn({ ...aRuleSet(), rules: endless })).toEqual([
      ': it is nested more than 48 deep: use named conditions',
    ])
  })
})

describe('an error about a rule set', () => {
  it('names it by the first eighty characters of its id', () => {
    const id = `${'a'.repeat(80)}b`
    expect(() => loadRuleSet(aRuleSet({ id, owner: 5 }))).toThrow(
      `cannot load rule set \`${'a'.repeat(80)}\`, at`,
    )
    expect(() => loadRuleSet(aRuleSet({ id: 5 }))).toThrow('cannot load rule set `without a name`')
  })
})

describe('a loaded rule set', () => {
  it('cannot be changed at any depth', () => {
    const loaded = aLoadedRuleSet({ scope: { supplier: 'S1' }, tables: [aTable({ priority: 9 })] })
    const open: string[] = []
    const look = (value: unknown, place: string): void => {
      if (typeof value !== 'object' || value === null) return
      if (!Object.isFrozen(value)) open.push(place)
      for (const [key, member] of Object.entries(value)) look(member, `${place}/${key}`)
    }
    look(loaded, '')
    expect(open).toEqual([])
  })
})
