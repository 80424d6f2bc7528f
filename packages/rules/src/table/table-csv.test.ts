import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { checkRuleSet } from '../rule-set/load-rule-set.ts'
import { aRuleSet, aToleranceEvent } from '../rule-set/rule-set.examples.ts'
import { tableOfKind } from '../rule-set/rule-set.ts'
import { readTableCsv } from './read-table-csv.ts'
import type { RuleTable } from './rule-table.ts'
import { writeTableCsv } from './write-table-csv.ts'

const columns = [
  { fact: 'discrepancy', path: '$.kind', operator: 'in' },
  { fact: 'order', path: '$.currency', operator: 'equal' },
  { fact: 'discrepancy', path: '$.percent', operator: 'decimal-at-most' },
  { fact: 'item', path: '$.stocked', operator: 'equal' },
]
const outputs = ['name', '/upper/pct', '/because']
const table = (rows: unknown): RuleTable =>
  tableOfKind.tolerance.parse({ name: 'limits', columns, outputs, event: aToleranceEvent(), rows })
const { name, event } = table([['-', '-', '-', '-', 'a', '1', 'b']])
const read = (csv: string) => readTableCsv(csv, { kind: 'tolerance', name, event })

const text = fc
  .oneof(
    fc.string(),
    fc.string({
      unit: fc.constantFrom(
        "'",
        '=',
        '+',
        '-',
        '@',
        '\t',
        '\r',
        '\n',
        '"',
        ',',
        '|',
        '\\',
        'n',
        '5',
      ),
    }),
    fc.constant('null'),
  )
  .filter((one) => one !== '-')
const orNull = <One>(one: fc.Arbitrary<One>) => fc.option(one, { nil: null })
const row = fc.tuple(
  orNull(fc.array(text, { minLength: 1, maxLength: 3 })),
  orNull(text),
  orNull(fc.constantFrom('5', '-5.00')),
  orNull(fc.boolean()),
  text,
  fc.oneof(orNull(fc.constantFrom('5', '0.50')), fc.constant('-')),
  fc.oneof(text, fc.constant('-'), fc.constant(null)),
)

const head = 'discrepancy.kind in,item.stocked equal,-> /upper/pct\n'

describe('a decision table as CSV', () => {
  it('reads back as the table it was written from', () => {
    fc.assert(
      fc.property(fc.array(row, { minLength: 1, maxLength: 4 }), (rows) => {
        const one = table(rows)
        expect(read(writeTableCsv(one))).toEqual({ table: one, findings: [] })
      }),
      { numRuns: 300 },
    )
  })

  it('reads what a spreadsheet writes: a mark at the start, line ends, quotes and TRUE', () => {
    const csv = `\uFEFF${head.trim()},-> /because\r\n"split|backorder",TRUE,5,"one, ""two""\nthree"\r\n`
    expect(read(csv).table?.rows).toEqual([
      [['split', 'backorder'], true, '5', 'one, "two"\nthree'],
    ])
  })

  it('takes an empty cell for any value, and in an output for nothing', () => {
    expect(read(`${head},-,\n,,null`).table?.rows).toEqual([
      [null, null, '-'],
      [null, null, null],
    ])
  })

  it('is in the README what its JSON there says, and loads', () => {
    const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8')
    const [, json = '', csv = ''] =
      /## Decision tables[\s\S]*?```json\n([\s\S]*?)```\n\n```csv\n([\s\S]*?)```/.exec(readme) ?? []
    const shown = tableOfKind.tolerance.parse(JSON.parse(json))
    const options = { kind: 'tolerance', name: shown.name, event: shown.event } as const
    expect(readTableCsv(csv, options)).toEqual({ table: shown, findings: [] })
    expect(checkRuleSet(aRuleSet({ rules: [], tables: [shown] }))).toEqual([])
  })

  it('keeps a spreadsheet from running what a cell says', () => {
    const csv = writeTableCsv(table([[null, '=1+1', '-5', null, '@a', '5', '+b']]))
    expect(csv.split('\r\n')[1]).toBe(`-,'=1+1,-5,-,'@a,5,'+b`)
  })

  it.each([
    ['', 1, 1, 'there is no head'],
    ['colour equal', 1, 1, 'no fact'],
    ['item.stocked equal,item.colour equal', 1, 2, 'has no field'],
    ['item.stocked', 1, 1, 'is no column'],
    ['item.stocked equal,-> upper', 1, 2, 'is no output'],
    ['-> name,item.stocked equal', 1, 2, 'a column after an output'],
    [`${head}split,true`, 2, 1, 'a row of 2 cells: write 3'],
    [`${head}"a\nb",true,5\nsplit,maybe,5`, 4, 2, 'write `true` or `false`'],
    [`${head}split,"true,5`, 2, 2, 'a quote begins here and does not end'],
  ])('says where it is wrong: %j', (csv, line, column, sentence) => {
    expect(read(csv)).toEqual({
      table: null,
      findings: [{ line, column, sentence: expect.stringContaining(sentence) }],
    })
  })
})
