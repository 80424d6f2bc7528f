/** One cell of a CSV file; lines count from 1, columns are cells of their row, from 1. */
export type CsvCell = { readonly text: string; readonly line: number; readonly column: number }

/** The rows of a CSV file, and the cell whose quote does not end; null where all do. */
export type CsvRows = {
  readonly rows: readonly (readonly CsvCell[])[]
  readonly unterminated: CsvCell | null
}

// A quoted or a plain cell, and what ends it. A quote that does not end is taken to the end of the file.
const cellPattern = /(?:"((?:[^"]|"")*)("|$)([^,\r\n]*)|([^,\r\n]*))(,|\r\n|\n|\r|$)/y

/** Takes CSV (RFC 4180) apart: commas, quotes and line breaks in quotes, any line ends; blank lines are left out. */
export const readCsv = (csv: string): CsvRows => {
  const text = csv.startsWith('\uFEFF') ? csv.slice(1) : csv
  const rows: CsvCell[][] = []
  let row: CsvCell[] = []
  let line = 1
  cellPattern.lastIndex = 0
  while (cellPattern.lastIndex < text.length || row.length > 0) {
    const [whole = '', quoted, close, rest = '', plain = '', end = ''] =
      cellPattern.exec(text) ?? []
    const content = quoted === undefined ? plain : quoted.replaceAll('""', '"') + rest
    const cell = { text: content, line, column: row.length + 1 }
    if (close === '') return { rows, unterminated: cell }
    row.push(cell)
    line += whole.match(/\r\n|\n|\r/g)?.length ?? 0
    if (end === ',') continue
    if (row.length > 1 || whole !== end) rows.push(row)
    row = []
  }
  return { rows, unterminated: null }
}

/** Puts cells together to a row, in quotes where it needs them. */
export const writeCsvRow = (cells: readonly string[]): string =>
  `${cells.map((cell) => (/[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)).join(',')}\r\n`
