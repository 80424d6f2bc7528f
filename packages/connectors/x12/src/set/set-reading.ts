import type { Finding, ReadContext } from '@counterfoil/core'
import type { FunctionalGroup, Interchange, TransactionSet } from '../envelope/interchange.ts'
import type { FindingLog } from '../finding/finding-log.ts'
import { elementText, hasElement, type Segment } from '../syntax/segment.ts'
import type { X12Settings } from '../x12-settings.ts'

/** All that a mapping needs while it reads one set, and where it writes down what it noticed. */
export type SetReading = {
  readonly set: TransactionSet
  readonly group: FunctionalGroup
  readonly interchange: Interchange
  readonly context: ReadContext
  readonly settings: X12Settings
  readonly log: FindingLog
  /** The set with just enough envelope to be read again alone. */
  readonly raw: string
  readonly deliveryKey: string
  /** Notes that a segment's content went into the document; the others are listed at the end. */
  readonly use: (segment: Segment) => void
  /** Notes which segment a line of the document came from, in the order of its lines. */
  readonly traceLine: (segment: Segment) => void
}

/** One element of a segment. */
export type ElementAt = { readonly segment: Segment; readonly element: number }

/** Writes a finding about one element, or about a whole segment. */
export const note = (
  reading: SetReading,
  rule: string,
  at: { readonly segment: Segment; readonly element?: number },
  what: { readonly severity: Finding['severity']; readonly sentence: string },
): void => reading.log.note({ rule, at, severity: what.severity, sentence: what.sentence })

/** The segments of one name that pass a test, in their order; each counts as used. */
export const takeAll = (
  reading: SetReading,
  segments: readonly Segment[],
  id: string,
  test: (segment: Segment) => boolean = () => true,
): readonly Segment[] => {
  const found = segments.filter((segment) => segment.id === id && test(segment))
  for (const segment of found) reading.use(segment)
  return found
}

/** The first segment of one name that passes a test, which counts as used; null where there is none. */
export const takeFirst = (
  reading: SetReading,
  segments: readonly Segment[],
  id: string,
  test: (segment: Segment) => boolean = () => true,
): Segment | null => {
  const found = segments.find((segment) => segment.id === id && test(segment)) ?? null
  if (found !== null) reading.use(found)
  return found
}

/** A REF or N9 by qualifier: the identification, or null. The qualifiers are tried in their order. */
export const takeReference = (
  reading: SetReading,
  segments: readonly Segment[],
  qualifiers: readonly string[],
): string | null => {
  for (const qualifier of qualifiers) {
    const found = segments.find(
      (one) =>
        (one.id === 'REF' || one.id === 'N9') &&
        elementText(one, 1) === qualifier &&
        hasElement(one, 2),
    )
    if (found === undefined) continue
    reading.use(found)
    return elementText(found, 2)
  }
  return null
}
