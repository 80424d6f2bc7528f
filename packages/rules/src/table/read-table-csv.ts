import * as z from 'zod'
import { checkPlace } from '../check/check-place.ts'
import { shown } from '../check/condition-check.ts'
import { wantedValue } from '../check/wanted-value.ts'
import { factTypesOfKind } from '../facts/facts-of-kind.ts'
import { readOperator } from '../operators/operator-text.ts'
import type { RuleSetFinding } from '../rule-set/rule-set-finding.ts'
import type { RuleSetKind } from '../rule-set/rule-set-kind.ts'
import { eventOfKind } from '../rule-set/rule-set.ts'
import { type CsvCell, readCsv } from './csv-text.ts'
import { leftOut, readOutput } from './read-output.ts'
import type { RuleTable, TableCell, TableColumn, TableEvent } from './rule-table.ts'

/** What a CSV file does not say of its table. */
export type TableCsvOptions = Pick<RuleTable, 'name' | 'title' | 'priority' | 'event'> & {
  readonly kind: RuleSetKind
}

/** What is wrong in a CSV file: lines count from 1, columns are the cells of a row, from 1. */
export type TableCsvFinding = {
  readonly line: number
  readonly column: number
  readonly sentence: string
}

/** The table, or null and what to mend. */
export type TableCsv = {
  readonly table: RuleTable | null
  readonly findings: readonly TableCsvFinding[]
}

type ReadCell = (text: string) => { readonly value: TableCell } | { readonly sentence: string }
type Head = { readonly column?: TableColumn; readonly output?: string; readonly read: ReadCell }

/**
 * Reads a decision table from CSV. The first row is the head: columns as `supplier.class equal`, then outputs as
 * `-> /upper/pct` or `-> name`. Cells become what their place holds; `-` or nothing is any value, and in an output
 * nothing leaves the place out. The table is then checked with its rule set (`checkRuleSet`).
 */
export const readTableCsv = (csv: string, options: TableCsvOptions): TableCsv => {
  const { kind, ...table } = options
  const { rows, unterminated } = readCsv(csv)
  if (unterminated !== null) {
    return refused(unterminated, 'a quote begins here and does not end: close it with `"`')
  }
  const [first, ...body] = rows
  if (first === undefined) {
    const start = { text: '', line: 1, column: 1 }
    return refused(start, 'there is no head: write columns as `supplier.class equal`')
  }
  const findings: TableCsvFinding[] = []
  const complain = ({ line, column }: CsvCell, sentence: string) => {
    findings.push({ line, column, sentence })
  }
  const heads = first.flatMap((cell, at): readonly Head[] => {
    const isLate = at > 0 && !isOutput(cell.text) && isOutput(first[at - 1]?.text ?? '')
    const head = isLate
      ? 'a column after an output: move it before the outputs'
      : readHead(cell.text, kind, table.event)
    if (typeof head !== 'string') return [head]
    complain(cell, head)
    return []
  })
  if (findings.length > 0) return { table: null, findings }
  const read = body.map((row) => {
    const [start] = row
    if (row.length !== heads.length && start !== undefined) {
      complain(start, `a row of ${row.length} cells: write ${heads.length}, as in the head`)
      return []
    }
    return row.flatMap((cell, at): readonly TableCell[] => {
      const one = heads[at]?.read(cell.text)
      if (one !== undefined && 'value' in one) return [one.value]
      complain(cell, one?.sentence ?? '')
      return []
    })
  })
  if (findings.length > 0) return { table: null, findings }
  const columns = heads.flatMap(({ column }) => (column === undefined ? [] : [column]))
  const outputs = heads.flatMap(({ output }) => (output === undefined ? [] : [output]))
  return { table: { ...table, columns, outputs, rows: read }, findings }
}

const refused = ({ line, column }: CsvCell, sentence: string): TableCsv => ({
  table: null,
  findings: [{ line, column, sentence }],
})

const outputHead = /^'?-> */
const isOutput = (text: string): boolean => outputHead.test(text)

const readHead = (text: string, kind: RuleSetKind, event: TableEvent): Head | string => {
  if (!isOutput(text)) return readColumn(text, kind)
  const output = text.replace(outputHead, '').trim()
  const steps = readOutput(output)
  if (steps === null) return `${shown(text)} is no output: write \`-> /upper/pct\` or \`-> name\``
  const forms = steps.reduce(
    stepInto,
    [eventOfKind[kind]].flatMap(formsOf).filter(isOf(event)).flatMap(paramsOf),
  )
  return { output, read: steps.length === 0 ? readText : readOutputCell(forms) }
}

const readColumn = (text: string, kind: RuleSetKind): Head | string => {
  const [, fact = '', rest = '', operator = ''] = /^\s*([^\s.[]+)(\S*)\s+(\S+)\s*$/.exec(text) ?? []
  if (fact === '') return `${shown(text)} is no column: write it as \`supplier.class equal\``
  const column = rest === '' ? { fact, operator } : { fact, path: `$${rest}`, operator }
  const findings: RuleSetFinding[] = []
  const check = { facts: factTypesOfKind[kind], fetched: new Map(), findings }
  const place = checkPlace(column, '', check)
  if (place === null) return findings[0]?.sentence ?? ''
  const written = readOperator(operator)
  const wanted = typeof written === 'string' ? written : wantedValue(place, written)
  if (typeof wanted === 'string') return wanted
  const { type, isList } = wanted
  const readOne: ReadCell = (one) =>
    type.kind === 'number' || type.kind === 'boolean' ? readJson(one, type.kind) : { value: one }
  const read: ReadCell = (cell) => {
    if (cell === '' || cell === '-') return { value: null }
    const bare = unguarded(cell)
    if (!isList) return readOne(bare)
    const ones = splitList(bare).map(readOne)
    const wrong = ones.find((one) => 'sentence' in one)
    return wrong ?? { value: ones.flatMap((one) => ('value' in one ? [one.value] : [])) }
  }
  return { column, read }
}

const unguarded = (text: string): string => (text.startsWith("'") ? text.slice(1) : text)

const splitList = (text: string): readonly string[] =>
  (`|${text}`.match(/\|(?:\\[\s\S]?|[^\\|])*/g) ?? []).map((one) =>
    one.slice(1).replaceAll(/\\([\s\S])/g, '$1'),
  )

const readJson = (text: string, kind: 'number' | 'boolean'): ReturnType<ReadCell> => {
  const value = parsed(text)
  if (kind === 'number' && typeof value === 'number') return { value }
  if (kind === 'boolean' && (value === true || /^true$/i.test(text))) return { value: true }
  if (kind === 'boolean' && (value === false || /^false$/i.test(text))) return { value: false }
  const way = kind === 'number' ? 'write a number with a point' : 'write `true` or `false`'
  return { sentence: `${shown(text)} does not fit here: ${way}` }
}

const parsed = (text: string): TableCell | undefined => {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

const readText: ReadCell = (text) => ({ value: unguarded(text) })

/** Text where the answer takes it, else a number, true or false, a list or an object as in JSON. */
const readOutputCell =
  (forms: readonly z.ZodType[]): ReadCell =>
  (text) => {
    if (text === '' || text === '-') return { value: leftOut }
    if (text === 'null') return { value: null }
    const bare = unguarded(text)
    const fits = (value: unknown) => forms.some((form) => form.safeParse(value).success)
    const value = parsed(/^(?:true|false)$/i.test(bare) ? bare.toLowerCase() : bare)
    return { value: value !== undefined && !fits(bare) && fits(value) ? value : bare }
  }

const formsOf = (schema: unknown): readonly z.ZodType[] => {
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodNullable) {
    return formsOf(schema.unwrap())
  }
  if (schema instanceof z.ZodUnion) return schema.options.flatMap(formsOf)
  return schema instanceof z.ZodType ? [schema] : []
}

const isOf =
  ({ type }: TableEvent) =>
  (form: z.ZodType): boolean =>
    form instanceof z.ZodObject && z.safeParse(form.shape['type'], type).success

const paramsOf = (form: z.ZodType): readonly z.ZodType[] =>
  form instanceof z.ZodObject ? formsOf(form.shape['params']) : []

const stepInto = (forms: readonly z.ZodType[], step: string): readonly z.ZodType[] =>
  forms.flatMap((form) => {
    if (form instanceof z.ZodObject) return formsOf(form.shape[step])
    if (form instanceof z.ZodArray) return formsOf(form.element)
    return form instanceof z.ZodRecord ? formsOf(form.valueType) : []
  })
