import { describe, expect, it } from 'vitest'
import { evaluateRuleSet } from '../evaluate/evaluate-rule-set.ts'
import { evaluateWithJsonRulesEngine } from '../json-rules-engine/evaluate-with-json-rules-engine.ts'
import { checkRuleSet } from '../rule-set/load-rule-set.ts'
import {
  aCheckEvent,
  aLoadedRuleSet,
  aRule,
  aRuleSet,
  aTable,
  aToleranceEvent,
  type ExampleJson,
  onOverShipment,
} from '../rule-set/rule-set.examples.ts'

const withTable = (table: ExampleJson = {}, more: ExampleJson = {}): ExampleJson =>
  aRuleSet({ rules: [], tables: [aTable(table)], ...more })

const findingsIn = (ruleSet: unknown): readonly string[] =>
  checkRuleSet(ruleSet).map(({ pointer, sentence }) => `${pointer}: ${sentence}`)

const over = (percent: string) => ({ discrepancy: { kind: 'over-shipment', percent } })

/** What the set answers, the same from both evaluators. */
const decide = async (ruleSet: ExampleJson, facts: ExampleJson) => {
  const loaded = aLoadedRuleSet(ruleSet)
  const evaluation = evaluateRuleSet(loaded, facts)
  expect(await evaluateWithJsonRulesEngine(loaded, facts)).toEqual(evaluation)
  return evaluation
}

describe('a decision table', () => {
  it('answers with the first row that fires, whose name is that of the table and its number', async () => {
    const { fired, answers } = await decide(withTable(), over('1.5'))
    expect(fired).toEqual(['limits/1', 'limits/2'])
    expect(answers).toEqual([
      {
        rule: 'limits/1',
        event: aToleranceEvent({ upper: { abs: null, pct: '2' }, because: 'two percent over' }),
      },
    ])
    expect((await decide(withTable(), over('4'))).fired).toEqual(['limits/2'])
    expect((await decide(withTable(), over('5.01'))).fired).toEqual([])
  })

  it('takes null and a hyphen in a column for any value, and null in an output for itself', async () => {
    const rows = [[null, '-', null, 'anything goes']]
    const { fired, answers } = await decide(withTable({ rows }), {})
    expect(fired).toEqual(['limits/1'])
    expect(answers[0]?.event.params).toMatchObject({ upper: { abs: null, pct: null } })
  })

  it('names its rows where an output is the name', async () => {
    const outputs = ['name', '/upper/pct']
    const rows = [['over-shipment', null, 'over', '5']]
    const { answers } = await decide(withTable({ outputs, rows }), over('9'))
    expect(answers[0]).toMatchObject({ rule: 'limits/over', event: { type: 'tolerance' } })
  })

  it('leaves a place out of the answer where an output is a hyphen', async () => {
    const table = {
      columns: [{ fact: 'approval', path: '$.exposure.amount', operator: 'decimal-at-most' }],
      outputs: ['/outcome', '/fourEyes', '/steps'],
      event: { type: 'approval', params: { because: 'by amount' } },
      rows: [
        ['500', 'not-needed', '-', '-'],
        ['9000', 'needed', true, [aStep('buyer-lead')]],
        [null, 'refused', '-', '-'],
      ],
    }
    const ruleSet = withTable(table, { kind: 'approval' })
    const ask = async (amount: string) =>
      (await decide(ruleSet, { approval: { exposure: { amount } } })).answers[0]?.event.params
    expect(await ask('500')).toEqual({ outcome: 'not-needed', because: 'by amount' })
    expect(await ask('501')).toEqual({
      outcome: 'needed',
      fourEyes: true,
      steps: [aStep('buyer-lead')],
      because: 'by amount',
    })
    expect(await ask('9001')).toEqual({ outcome: 'refused', because: 'by amount' })
  })

  it('fills a position of a list its answer has', async () => {
    const table = {
      columns: [{ fact: 'order', path: '$.currency', operator: 'in' }],
      outputs: ['/steps/0/roles/0'],
      event: {
        type: 'approval',
        params: {
          outcome: 'needed',
          fourEyes: false,
          steps: [aStep('nobody')],
          because: 'by currency',
        },
      },
      rows: [[['EUR', 'CHF'], 'treasury']],
    }
    const facts = { order: { currency: 'CHF' } }
    const { answers } = await decide(withTable(table, { kind: 'approval' }), facts)
    expect(answers[0]?.event.params).toMatchObject({ steps: [{ roles: ['treasury'] }] })
  })

  it('plans the checks of all rows that fire where checks add up', async () => {
    const table = {
      columns: [{ fact: 'order', path: '$.currency', operator: 'equal' }],
      outputs: ['/name', '/holdCode'],
      event: aCheckEvent(),
      rows: [
        ['EUR', 'price', 'PRICE'],
        [null, 'price', 'OTHER'],
        [null, 'quantity', 'QTY'],
      ],
    }
    const facts = { order: { currency: 'EUR' } }
    const ask = async (more: ExampleJson) =>
      (await decide(withTable(table, { kind: 'matching', ...more }), facts)).answers.map(
        ({ rule }) => rule,
      )
    expect(await ask({})).toEqual(['limits/1', 'limits/3'])
    expect(await ask({ hitPolicy: 'collect' })).toEqual(['limits/1', 'limits/3'])
    expect(await ask({ hitPolicy: 'first' })).toEqual(['limits/1'])
  })

  it('stands among rules by its priority', async () => {
    const rules = [aRule({ name: 'low' }), aRule({ name: 'high', priority: 3 })]
    const ruleSet = withTable({ priority: 2 }, { rules })
    expect((await decide(ruleSet, over('1'))).fired).toEqual([
      'high',
      'limits/1',
      'limits/2',
      'low',
    ])
  })

  it('is replaced, switched off or kept as a whole by a set that extends it (R-108)', () => {
    const base = aLoadedRuleSet(withTable())
    const north = (more: ExampleJson) =>
      aLoadedRuleSet(
        { id: 'north', extends: 'receiving-tolerance@1.0.0', rules: [], ...more },
        { bases: [base] },
      )
    const rowsOf = (more: ExampleJson) => north(more).rules.map(({ name, from }) => [name, from])
    const rows = [['over-shipment', null, '9', 'nine percent over']]
    const kept = { replaced: [], added: [], switchedOff: [], inherited: [] }
    expect(rowsOf({})).toHaveLength(3)
    expect(north({}).overrides.tables).toEqual({ ...kept, inherited: ['limits'] })
    expect(rowsOf({ tables: [aTable({ rows })] })).toEqual([['limits/1', 'north@1.0.0']])
    expect(north({ tables: [aTable({ rows })] }).overrides.tables).toEqual({
      ...kept,
      replaced: ['limits'],
    })
    expect(rowsOf({ switchedOff: ['limits'] })).toEqual([])
    expect(north({ switchedOff: ['limits'] }).overrides).toMatchObject({
      switchedOff: [],
      tables: { ...kept, switchedOff: ['limits'] },
    })
    expect(north({ tables: [aTable({ name: 'more', priority: 2 })] }).overrides.tables).toEqual({
      ...kept,
      added: ['more'],
      inherited: ['limits'],
    })
  })

  it('makes equal cells and equal answers once', () => {
    const [first, second] = aLoadedRuleSet(
      withTable({ rows: Array.from({ length: 2 }, () => ['split', '5', '5', 'same']) }),
    ).rules
    expect(first?.event).toBe(second?.event)
    expect(first?.condition).toMatchObject({ kind: 'all', conditions: [{}, {}] })
    expect(first?.condition).toEqual(second?.condition)
  })

  it('loads at the size of a large distributor', () => {
    const rows = Array.from({ length: 30_000 }, (_, index) => [
      `C${Math.floor(index / 100)}`,
      `K${index % 100}`,
      'EUR',
      '100',
      String(index % 9),
      `row ${index % 9}`,
    ])
    const columns = [
      { fact: 'supplier', path: '$.id', operator: 'equal' },
      { fact: 'item', path: '$.buyerItem', operator: 'equal' },
      { fact: 'order', path: '$.currency', operator: 'equal' },
      { fact: 'discrepancy', path: '$.percent', operator: 'decimal-at-most' },
    ]
    const rules = [aRule({ name: 'otherwise', conditions: onOverShipment, priority: 1 })]
    const loaded = aLoadedRuleSet(withTable({ columns, rows, priority: 2 }, { rules }))
    expect(loaded.rules).toHaveLength(30_001)
    expect(loaded.rules[30_000]).toMatchObject({
      name: 'limits/30000',
      table: 'limits',
      row: 29_999,
    })
  })
})

function aStep(role: string): ExampleJson {
  return { roles: [role], mode: 'any', dueBusinessHours: 8, escalateToRole: null }
}

const row = (...cells: readonly unknown[]): ExampleJson => ({ rows: [cells] })

describe('a decision table with a mistake', () => {
  it.each([
    [
      'a decimal written as a number',
      row('over-shipment', 5, '5', 'x'),
      '/tables/0/rows/0/1: in the column `discrepancy.percent decimal-at-most`, `5` is not a decimal: write it as text, as in "12.40"',
    ],
    [
      'a word the facts never have',
      row('over-shipped', '5', '5', 'x'),
      '/tables/0/rows/0/0: in the column `discrepancy.kind equal`, never `over-shipped`: use one of ',
    ],
    [
      'another fact in a cell',
      row({ fact: 'order', path: '$.type' }, '5', '5', 'x'),
      '/tables/0/rows/0/0: in the column `discrepancy.kind equal`, ',
    ],
    [
      'a row that is too short',
      row('over-shipment', '5', '5'),
      '/tables/0/rows/0: a row of 3 where the table has 2 columns and 2 outputs: write 4 values',
    ],
    [
      'a limit that is no decimal',
      row('over-shipment', '5', '5 %', 'x'),
      '/tables/0/rows/0/2: in the output `/upper/pct`, `"5 %"` is ',
    ],
    [
      'an output left out that the answer needs',
      row('over-shipment', '5', '-', 'x'),
      '/tables/0/rows/0/2: in the output `/upper/pct`, `pct` is missing: a tolerance gives every limit',
    ],
    [
      'an unknown fact',
      { columns: [{ fact: 'discrepency', operator: 'equal' }], rows: [['x', '5', 'x']] },
      '/tables/0/columns/0/fact: no fact `"discrepency"` here: use one of ',
    ],
    [
      'an unknown field',
      {
        columns: [{ fact: 'discrepancy', path: '$.percentage', operator: 'equal' }],
        rows: [['5', '5', 'x']],
      },
      '/tables/0/columns/0/path: `discrepancy` has no field `percentage`: use one of ',
    ],
    [
      'an unknown operator',
      {
        columns: [{ fact: 'discrepancy', path: '$.kind', operator: 'is' }],
        rows: [['split', '5', 'x']],
      },
      '/tables/0/columns/0/operator: no operator `"is"`: use one of ',
    ],
    [
      'an operator that takes text for decimals',
      {
        columns: [{ fact: 'discrepancy', path: '$.percent', operator: 'greaterThan' }],
        rows: [['5', '5', 'x']],
      },
      '/tables/0/columns/0/operator: `discrepancy.percent` is a decimal kept as text, where ',
    ],
    [
      'an output that is no pointer',
      { outputs: ['upper.pct', '/because'] },
      '/tables/0/outputs/0: `"upper.pct"` is not a place of the answer: write a pointer as `/upper/pct`, or `name`',
    ],
    [
      'an output into every object',
      { outputs: ['/__proto__/pct', '/because'] },
      '/tables/0/outputs/0: `"/__proto__/pct"` is not a place of the answer',
    ],
    [
      'an output to a field nobody knows',
      { outputs: ['/upper/percent', '/because'] },
      '/tables/0/rows/0/2: in the output `/upper/percent`, `percent` is not a field here',
    ],
    [
      'two outputs to one place',
      { outputs: ['/upper/pct', '/upper/pct'] },
      '/tables/0/outputs/1: `/upper/pct` and `/upper/pct` fill the same place: keep one',
    ],
    [
      'an output inside another',
      { outputs: ['/upper/pct', '/upper'] },
      '/tables/0/outputs/1: `/upper` and `/upper/pct` fill the same place: keep one',
    ],
    [
      'an answer that lacks something no output fills',
      { event: { type: 'tolerance', params: { upper: { abs: null } } } },
      '/tables/0/event/params/lower: `lower` is missing: a tolerance gives every limit',
    ],
    [
      'an answer with a field nobody knows',
      { event: { type: 'tolerance', params: { uper: {} } } },
      '/tables/0/event/params/uper: `uper` is not a field here: correct its spelling or remove it',
    ],
    [
      'an answer of another kind',
      { event: { type: 'route', params: {} } },
      '/tables/0/event/type: `"route"` is not known here: use one of `"tolerance"`',
    ],
    [
      'two rows of one name',
      {
        outputs: ['name', '/because'],
        rows: [
          ['split', null, 'a', 'x'],
          ['backorder', null, 'a', 'x'],
        ],
      },
      '/tables/0/rows/1/2: a row before this one is also named `a`: give each its own name',
    ],
    [
      'a row whose name has a slash',
      { outputs: ['name', '/because'], rows: [['split', null, 'a/b', 'x']] },
      '/tables/0/rows/0/2: `"a/b"` is not a name of a row',
    ],
    ['a table without rows', { rows: [] }, '/tables/0/rows: `[]` is too small or too short'],
    ['a name with a slash', { name: 'a/b' }, '/tables/0/name: `"a/b"` is not a name of a table'],
    ['a misspelled key', { row: [] }, '/tables/0/row: `row` is not a field here'],
    [
      'a value that may be missing where nothing says so',
      {
        columns: [{ fact: 'discrepancy', path: '$.kind', operator: 'notEqual' }],
        rows: [['split', '5', 'x']],
      },
      '/tables/0/columns/0: `discrepancy` may be missing, and `notEqual` would hold then',
    ],
  ])('is refused: %s', (_, table, finding) => {
    const findings = findingsIn(withTable(table))
    expect(findings.filter((one) => one.startsWith(finding))).toHaveLength(1)
  })

  it('names a hundred wrong cells and then says that there are more', () => {
    const rows = Array.from({ length: 500 }, () => ['split', 5, '5', 'x'])
    const findings = findingsIn(withTable({ rows }))
    expect(findings).toHaveLength(101)
    expect(findings.at(-1)).toBe('/tables/0/rows: more rows are wrong: mend these first')
  })

  it.each([
    [
      'two tables of one name',
      { tables: [aTable(), aTable()] },
      '/tables/1/name: a table before this one is also named `limits`: give each its own name',
    ],
    [
      'a rule with the name of a row',
      { rules: [aRule({ name: 'limits/1', priority: 9 })], tables: [aTable()] },
      '/rules/0/name: `"limits/1"` could be taken for the table `"limits"` or a row of it: choose another name',
    ],
    [
      'too many rows in all tables',
      {
        tables: [1, 2].map((n) =>
          aTable({
            name: `t${n}`,
            priority: n,
            columns: [{ fact: 'order', operator: 'is-present' }],
            outputs: ['/because'],
            rows: Array.from({ length: 25_001 }, () => [true, 'x']),
          }),
        ),
      },
      '/tables: the tables have 50002 rows together, the most is 50000: split the set by scope',
    ],
    [
      'a row and a rule of one priority that say different things',
      { rules: [aRule()], tables: [aTable()] },
      '/tables/0/priority: `over-within-5-percent` and `limits/1` may both fire at priority 1 and say different things',
    ],
    [
      'rows of two tables of one priority that say different things',
      {
        tables: [
          aTable(),
          aTable({
            name: 'more',
            rows: [
              ['split', null, '1', 'x'],
              ['over-shipment', '3', '7', 'y'],
            ],
          }),
        ],
      },
      '/tables/1/priority: `limits/1` and `more/2` may both fire at priority 1 and say different things',
    ],
  ])('makes the set refused: %s', (_, more, finding) => {
    const findings = findingsIn(aRuleSet({ rules: [], ...more }))
    expect(findings.filter((one) => one.startsWith(finding))).toHaveLength(1)
  })
})
