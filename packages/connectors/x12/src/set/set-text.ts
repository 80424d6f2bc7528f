import type { FunctionalGroup, Interchange, TransactionSet } from '../envelope/interchange.ts'
import type { Segment } from '../syntax/segment.ts'

/** A set with the envelope it came in. */
export type EnvelopedSet = {
  readonly interchange: Interchange
  readonly group: FunctionalGroup
  readonly set: TransactionSet
}

/**
 * The untouched text of one set, between its own ISA and GS and trailers that count just this set, so that
 * it can be kept, repaired and read again alone.
 */
export const wrapSet = (text: string, { interchange, group, set }: EnvelopedSet): string => {
  const { terminator, element } = interchange.separators
  const lineEnd = lineEndAfter(text, interchange.header ?? group.header, terminator)
  const close = terminator + lineEnd
  const first = set.segments[0]
  const last = set.segments.at(-1)
  const body = first === undefined || last === undefined ? '' : text.slice(first.offset, last.end)
  const before = [interchange.header, group.header]
    .filter((segment) => segment !== null)
    .map((segment) => text.slice(segment.offset, segment.end) + close)
  const groupEnd = group.header === null ? [] : [['GE', '1', group.controlNumber]]
  const interchangeEnd =
    interchange.header === null ? [] : [['IEA', '1', interchange.controlNumber]]
  const after = [...groupEnd, ...interchangeEnd].map((elements) => elements.join(element) + close)
  return [...before, body + close, ...after].join('')
}

/** The line end the sender puts after each segment, if any. */
const lineEndAfter = (text: string, segment: Segment | null, terminator: string): string => {
  if (segment === null) return ''
  const start = segment.end + terminator.length
  return /^(?:\r\n|\n|\r)/.exec(text.slice(start, start + 2))?.[0] ?? ''
}
