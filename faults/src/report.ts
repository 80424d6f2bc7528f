/** What came of faults: what was seen, how long it took, and what was wrong, which is to be nothing. */
export type Report = {
  readonly name: string
  readonly rows: readonly Row[]
  /** Sum of everything that was wrong. */
  readonly faults: number
}

type Row = readonly [what: string, found: string, wanted: string]

/** Milliseconds that something took, each time. */
export type Times = { readonly what: string; readonly milliseconds: readonly number[] }

/** Puts a report together. */
export function reportOf({
  name,
  seen,
  times = [],
  faults,
}: {
  readonly name: string
  readonly seen: Readonly<Record<string, number>>
  readonly times?: readonly Times[]
  readonly faults: Readonly<Record<string, number>>
}): Report {
  const rows: readonly Row[] = [
    ...Object.entries(seen).map(([what, found]): Row => [what, String(found), '']),
    ...times.map(({ what, milliseconds }): Row => [what, spread(milliseconds), '']),
    ...Object.entries(faults).map(([what, found]): Row => [what, String(found), '0']),
  ]
  return { name, rows, faults: Object.values(faults).reduce((one, other) => one + other, 0) }
}

/** A report of something that cannot be done here. */
export function skipped(name: string, why: string): Report {
  return { name: `skipped: ${name}: ${why}`, rows: [], faults: 0 }
}

/** A report as text, in columns. */
export function printed({ name, rows, faults }: Report): string {
  if (rows.length === 0) return name
  const width = (column: 0 | 1): number => Math.max(...rows.map((row) => row[column].length))
  const lines = rows.map(([what, found, wanted]) => {
    const isWrong = wanted !== '' && found !== wanted
    const mark = isWrong ? `  must be ${wanted}` : ''
    return `  ${what.padEnd(width(0))}  ${found.padStart(width(1))}${mark}`
  })
  return [`${name}: ${faults === 0 ? 'nothing wrong' : 'WRONG'}`, ...lines].join('\n')
}

function spread(milliseconds: readonly number[]): string {
  if (milliseconds.length === 0) return 'never'
  const sorted = milliseconds.toSorted((a, b) => a - b)
  const at = (part: number): string =>
    String(Math.round(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? 0))
  return `p50 ${at(0.5)}, p99 ${at(0.99)}, max ${at(1)} ms`
}
