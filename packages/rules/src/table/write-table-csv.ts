import { columnTitle } from './check-table.ts'
import { writeCsvRow } from './csv-text.ts'
import { leftOut } from './read-output.ts'
import { isAnyCell, type RuleTable, type TableCell } from './rule-table.ts'

/**
 * Writes the columns, outputs and rows of a table as CSV for a spreadsheet. What a spreadsheet would run as a
 * formula gets an apostrophe before it, which `readTableCsv` takes off. The name, the priority and the answer of the
 * table are not in the file.
 */
export const writeTableCsv = ({ columns, outputs, rows }: RuleTable): string => {
  // `->` is no formula in any spreadsheet: nothing may follow the minus there.
  const head = [...columns.map(columnTitle), ...outputs.map((output) => `-> ${output}`)]
  const body = rows.map((row) =>
    row.map((cell, at) => (at < columns.length ? writeColumnCell(cell) : writeOutputCell(cell))),
  )
  return [head, ...body].map(writeCsvRow).join('')
}

const writeColumnCell = (cell: TableCell): string => {
  if (isAnyCell(cell)) return '-'
  return guarded(Array.isArray(cell) ? cell.map(escaped).join('|') : plain(cell))
}

const escaped = (value: unknown): string => plain(value).replaceAll(/[\\|]/g, String.raw`\$&`)

const writeOutputCell = (cell: TableCell): string => {
  if (cell === leftOut) return ''
  if (cell === null) return 'null'
  const text = plain(cell)
  return text === 'null' ? "'null" : guarded(text)
}

const plain = (value: unknown): string =>
  typeof value === 'string' ? value : JSON.stringify(value)

// An apostrophe says that text follows, also that it is empty or begins with one.
const guarded = (text: string): string =>
  text === '' || (/^['=+\-@\t\r]/.test(text) && !/^-\d+(?:\.\d+)?$/.test(text)) ? `'${text}` : text
