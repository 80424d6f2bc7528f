import type { Counts } from '@counterfoil/rules/replay'

/** What moved for a supplier, with how many things it moved in. */
export type SupplierRow = {
  readonly supplier: string
  readonly currency: string
  readonly count: number
  readonly newlyHeld: string
  readonly newlyReleased: string
}

/** The value that moves, a row for each supplier and currency, the first of them. */
export function supplierRows(
  rows: readonly SupplierRow[],
  what: string,
  first: number,
): readonly string[] {
  if (rows.length === 0) return []
  const shown = rows
    .slice(0, first)
    .map(({ supplier, count, newlyHeld, newlyReleased, currency }) =>
      row([supplier, String(count), newlyHeld, newlyReleased, currency]),
    )
  const left = rows.length - first
  return [
    '',
    row(['supplier', what, 'newly held', 'newly released', '']),
    ...shown,
    ...(left > 0 ? [`and ${left} more suppliers`] : []),
  ]
}

/** The counts that are not what they were. */
export function countsThatDiffer(
  title: string,
  counts: Readonly<Record<string, Counts>>,
): readonly string[] {
  const rows = Object.entries(counts)
    .filter(([, { before, after }]) => before !== after)
    .map(([name, { before, after }]) => `  ${name.padEnd(28)} ${before} → ${after}`)
  return rows.length === 0 ? [] : [`${title}:`, ...rows]
}

/** A number with its noun. */
export function counted(count: number, noun: string, plural = 's'): string {
  return `${count} ${noun}${count === 1 ? '' : plural}`
}

const nameWidth = 44

function row([name = '', ...cells]: readonly string[]): string {
  const currency = cells.pop() ?? ''
  return `${name.padEnd(nameWidth)} ${cells.map((cell) => cell.padStart(16)).join(' ')} ${currency}`.trimEnd()
}
