import { cellFindingsMax } from '../check/budgets.ts'
import { checkEvent } from '../check/check-envelope.ts'
import { checkComparison } from '../check/check-comparison.ts'
import { type ConditionCheck, quoted, shown } from '../check/condition-check.ts'
import type { CheckedComparison, CheckedRule } from '../evaluate/checked-rule.ts'
import { factTypesOfKind } from '../facts/facts-of-kind.ts'
import type { ComparisonCondition } from '../rule-set/rule-condition.ts'
import type { RuleEvent } from '../rule-set/rule-event.ts'
import { pointerTo, type RuleSetFinding } from '../rule-set/rule-set-finding.ts'
import type { RuleSetKind } from '../rule-set/rule-set-kind.ts'
import { eventOfKind } from '../rule-set/rule-set.ts'
import { checkOutputs, columnTitle } from './check-table.ts'
import { putAt, readOutput } from './read-output.ts'
import {
  isAnyCell,
  nameOutput,
  type RuleTable,
  type TableColumn,
  type TableRow,
} from './rule-table.ts'

/** What compiling a table needs to know about where it stands. */
export type TablePlace = {
  readonly kind: RuleSetKind
  /** The version of the set that writes it. */
  readonly from: string
  /** Where it stands in the rule set: `/tables/0`; empty for a table by itself. */
  readonly pointer: string
}

/** The rules of a table, one a row, and what is wrong with it. */
export type CompiledTable = {
  readonly table: RuleTable
  readonly rules: readonly CheckedRule[]
  readonly findings: readonly RuleSetFinding[]
}

/**
 * Makes a rule of every row: its cells joined by `all`, its outputs put into the table's answer. Each is an
 * ordinary json-rules-engine rule, so both evaluators run it. Equal cells and equal answers are made once, so that
 * a table of many rows stays small.
 */
export const compileTable = (table: RuleTable, place: TablePlace): CompiledTable => {
  const outputFindings = checkOutputs(table, place.pointer)
  const columns = table.columns.map((column, index) => makeColumn(column, index, place))
  const columnFindings = columns.flatMap(({ findings }) => findings)
  const headFindings = [...outputFindings, ...columnFindings]
  if (headFindings.length > 0) return { table, rules: [], findings: headFindings }
  const answers = makeAnswers(table, place)
  const names = new Set<string>()
  const findings: RuleSetFinding[] = []
  const rules = table.rows.flatMap((row, index): readonly CheckedRule[] => {
    if (findings.length > cellFindingsMax) return []
    const pointer = `${place.pointer}/rows/${index}`
    const found = [
      ...widthFindings(table, row, pointer),
      ...nameFindings(table, row, pointer, names),
    ]
    findings.push(...found)
    if (found.length > 0) return []
    const cells = columns.map((column, at) => column.read(row[at], `${pointer}/${at}`))
    const answer = answers(row, pointer)
    findings.push(...cells.flatMap((cell) => cell.findings), ...answer.findings)
    const event = answer.event
    if (event === null) return []
    const given = cells.flatMap(({ cell }) => (cell === null ? [] : [cell]))
    const name = `${table.name}/${rowName(table, row, index)}`
    const { priority = 1 } = table
    return [
      {
        name,
        priority,
        event,
        condition: { kind: 'all', conditions: given.map(({ checked }) => checked) },
        json: { name, priority, conditions: { all: given.map(({ json }) => json) }, event },
        from: place.from,
        table: table.name,
        row: index,
      },
    ]
  })
  return { table, rules, findings: shortened(findings, place.pointer) }
}

/** Each finding once, and only so many: a wrong output is wrong in every row. */
const shortened = (all: readonly RuleSetFinding[], pointer: string): readonly RuleSetFinding[] => {
  const findings = [
    ...new Map(all.map((one) => [`${one.pointer} ${one.sentence}`, one] as const)).values(),
  ]
  if (all.length <= cellFindingsMax) return findings
  const more = { pointer: `${pointer}/rows`, sentence: 'more rows are wrong: mend these first' }
  return [...findings.slice(0, cellFindingsMax), more]
}

const widthFindings = (
  { columns, outputs }: RuleTable,
  row: TableRow,
  pointer: string,
): readonly RuleSetFinding[] => {
  const width = columns.length + outputs.length
  if (row.length === width) return []
  const sentence = `a row of ${row.length} where the table has ${columns.length} columns and ${outputs.length} outputs: write ${width} values`
  return [{ pointer, sentence }]
}

const nameFindings = (
  { columns, outputs }: RuleTable,
  row: TableRow,
  rowPointer: string,
  names: Set<string>,
): readonly RuleSetFinding[] => {
  const index = outputs.indexOf(nameOutput)
  if (index < 0) return []
  const at = columns.length + index
  const name = row[at]
  const pointer = `${rowPointer}/${at}`
  if (typeof name !== 'string' || !/^[^/\s](?:[^/]{0,37}[^/\s])?$/.test(name) || name === '-') {
    const sentence = `${shown(name)} is not a name of a row: write text of 1 to 39 characters without a slash`
    return [{ pointer, sentence }]
  }
  if (names.has(name)) {
    const sentence = `a row before this one is also named ${quoted(name)}: give each its own name`
    return [{ pointer, sentence }]
  }
  names.add(name)
  return []
}

/** Rows count from 1, as people do. */
const rowName = ({ columns, outputs }: RuleTable, row: TableRow, index: number): string => {
  const at = outputs.indexOf(nameOutput)
  const name = row[columns.length + at]
  return at >= 0 && typeof name === 'string' ? name : String(index + 1)
}

type Cell = { readonly json: ComparisonCondition; readonly checked: CheckedComparison }
type ReadCell = { readonly cell: Cell | null; readonly findings: readonly RuleSetFinding[] }

// A column looks at given facts only: what is fetched has parameters, which a column has no room for.
const nothingFetched: ConditionCheck['fetched'] = new Map()

const anyCell: ReadCell = { cell: null, findings: [] }

const makeColumn = (column: TableColumn, index: number, { kind, pointer }: TablePlace) => {
  const columnPointer = `${pointer}/columns/${index}`
  const known = new Map<string, ReadCell>()
  const compare = (value: unknown) => {
    const findings: RuleSetFinding[] = []
    const check = { facts: factTypesOfKind[kind], fetched: nothingFetched, findings }
    const checked = checkComparison({ ...column, value }, columnPointer, check)
    return { checked, findings }
  }
  // Whatever is wrong without looking at the value is the column's own mistake.
  const valuePointer = pointerTo(columnPointer, 'value')
  const findings = compare(true).findings.filter((one) => !one.pointer.startsWith(valuePointer))
  const readNew = (value: unknown, cellPointer: string): ReadCell => {
    const found = compare(value)
    if (found.checked !== null && found.checked.right.kind === 'constant') {
      const constant = found.checked.right.value
      const written = typeof constant === 'object' ? [...constant] : constant
      return { cell: { json: { ...column, value: written }, checked: found.checked }, findings: [] }
    }
    const sentences =
      found.checked === null
        ? found.findings
        : [
            {
              pointer: valuePointer,
              sentence: 'a cell holds a value: write a rule to compare two facts',
            },
          ]
    return {
      cell: null,
      findings: sentences.map((one) => ({
        pointer: cellPointer + one.pointer.slice(valuePointer.length),
        sentence: `in the column ${quoted(columnTitle(column))}, ${one.sentence}`,
      })),
    }
  }
  const read = (value: unknown, cellPointer: string): ReadCell => {
    if (isAnyCell(value)) return anyCell
    const key = typeof value === 'string' ? `"${value}` : JSON.stringify([value])
    const before = known.get(key)
    if (before !== undefined) return before
    const cell = readNew(value, cellPointer)
    if (cell.cell !== null) known.set(key, cell)
    return cell
  }
  return { findings, read }
}

type Answer = { readonly event: RuleEvent | null; readonly findings: readonly RuleSetFinding[] }

const makeAnswers = (table: RuleTable, { kind, pointer }: TablePlace) => {
  const schema = eventOfKind[kind]
  const known = new Map<string, RuleEvent>()
  const steps = table.outputs.map((output) => readOutput(output) ?? [])
  return (row: TableRow, rowPointer: string): Answer => {
    const cells = steps.map((one, index) =>
      one.length === 0 ? null : row[table.columns.length + index],
    )
    const key = JSON.stringify(cells)
    const before = known.get(key)
    if (before !== undefined) return { event: before, findings: [] }
    const params = steps.reduce<unknown>(
      (answer, one, index) => (one.length === 0 ? answer : putAt(answer, one, cells[index])),
      table.event.params,
    )
    const written = { type: table.event.type, params }
    const findings = checkEvent(written, schema)
    if (findings.length === 0) {
      const event = schema.parse(written)
      known.set(key, event)
      return { event, findings: [] }
    }
    return {
      event: null,
      findings: findings.map((one) => answerFinding(one, table, { pointer, rowPointer })),
    }
  }
}

/** What is wrong in an answer is said at the cell that put it there, or else at the table's own answer. */
const answerFinding = (
  { pointer: inAnswer, sentence }: RuleSetFinding,
  { outputs, columns }: RuleTable,
  { pointer, rowPointer }: { readonly pointer: string; readonly rowPointer: string },
): RuleSetFinding => {
  const index = outputs.findIndex((output) => `${inAnswer}/`.startsWith(`/params${output}/`))
  const output = outputs[index]
  if (output === undefined) return { pointer: `${pointer}/event${inAnswer}`, sentence }
  return {
    pointer: `${rowPointer}/${columns.length + index}${inAnswer.slice(`/params${output}`.length)}`,
    sentence: `in the output ${quoted(output)}, ${sentence}`,
  }
}
