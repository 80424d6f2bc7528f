import type { Money } from '@counterfoil/core'
import { headOffice } from '../distributor.ts'

/** A heading with a line under it. */
export function heading(text: string): string {
  return `\n${text}\n${'-'.repeat(text.length)}`
}

/** Rows in columns as wide as their longest cell; the last column is as long as it likes. */
export function table(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, column) =>
    Math.max(...rows.map((row) => row[column]?.length ?? 0)),
  )
  return rows
    .map((row) =>
      row
        .map((cell, column) =>
          column === row.length - 1 ? cell : cell.padEnd(widths[column] ?? 0),
        )
        .join('  '),
    )
    .join('\n')
}

/** An instant on the head office's clock, to the minute. */
export function localTime(moment: string): string {
  return format.format(Date.parse(moment))
}

/** An amount with its currency, or `nothing`. */
export function moneyText(money: Money | null): string {
  return money === null ? 'nothing' : `${money.amount} ${money.currency}`
}

const format = new Intl.DateTimeFormat('sv-SE', {
  timeZone: headOffice.timeZone,
  dateStyle: 'short',
  timeStyle: 'short',
})

/** Every row of a query that answers in pages. */
export async function allRows<Row>(
  page: (cursor: string | undefined) => Promise<{
    readonly rows: readonly Row[]
    readonly cursor: string | null
  }>,
): Promise<readonly Row[]> {
  const rows: Row[] = []
  for (let cursor: string | undefined, isMore = true; isMore;) {
    const next = await page(cursor)
    rows.push(...next.rows)
    cursor = next.cursor ?? undefined
    isMore = next.cursor !== null
  }
  return rows
}
