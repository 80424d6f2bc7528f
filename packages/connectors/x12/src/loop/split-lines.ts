import { note, type SetReading } from '../set/set-reading.ts'
import type { Segment } from '../syntax/segment.ts'

/** A set cut at its lines: what stands before the first, each line with what belongs to it, and the totals. */
export type SetSections = {
  readonly header: readonly Segment[]
  readonly lines: readonly SetLine[]
  readonly summary: readonly Segment[]
}

/** One line: its PO1 or IT1, and the segments below it. */
export type SetLine = {
  readonly start: Segment
  readonly below: readonly Segment[]
  /** True for a line that comes after the totals have begun, where the standard has none. */
  readonly isLate: boolean
}

/** Cuts a set at its line segments; a summary segment starts the totals. ST and SE are left out. */
export const splitLines = (
  segments: readonly Segment[],
  { lineId, summaryIds }: { readonly lineId: string; readonly summaryIds: ReadonlySet<string> },
): SetSections => {
  const header: Segment[] = []
  const lines: (SetLine & { readonly below: Segment[] })[] = []
  const summary: Segment[] = []
  let current: Segment[] = header
  for (const segment of segments) {
    if (segment.id === 'ST' || segment.id === 'SE') continue
    if (segment.id === lineId) {
      current = []
      lines.push({ start: segment, below: current, isLate: summary.length > 0 })
      continue
    }
    if (summaryIds.has(segment.id)) current = summary
    current.push(segment)
  }
  return { header, lines, summary }
}

/** The most lines a canonical document may have. */
export const linesMax = 5000

/** True, with an error, for a set of more lines than a document may have. Lines after the totals are named. */
export const hasTooManyLines = (reading: SetReading, lines: readonly SetLine[]): boolean => {
  const late = lines.find(({ isLate }) => isLate)
  if (late !== undefined) {
    note(
      reading,
      'x12-line-late',
      { segment: late.start },
      {
        severity: 'warning',
        sentence:
          'a line follows the totals: it is read with the others, but two documents may have run together here',
      },
    )
  }
  const first = lines[linesMax]
  if (first === undefined) return false
  note(
    reading,
    'x12-lines-too-many',
    { segment: first.start },
    {
      severity: 'error',
      sentence: `the document has ${lines.length} lines and at most ${linesMax} can be taken: ask the sender to split it`,
    },
  )
  return true
}
