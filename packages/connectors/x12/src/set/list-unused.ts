import { quoted } from '../finding/finding-log.ts'
import { elementText, type Segment } from '../syntax/segment.ts'
import { isKnownSegment } from './segment-lists.ts'
import { note, type SetReading } from './set-reading.ts'

/** Segments that mean something else under each qualifier in their first element. */
const qualified: ReadonlySet<string> = new Set(
  'AMT CTP DTM MAN MEA N1 N9 PER PWK QTY REF SAC TXI YNQ'.split(' '),
)

/**
 * Reports, once for each kind, the segments whose content did not go into the document, so that nothing is
 * dropped in silence; a name the standard does not have in this set is a warning.
 */
export const listUnused = (reading: SetReading, used: ReadonlySet<Segment>): void => {
  const counts = new Map<string, { readonly first: Segment; count: number }>()
  for (const segment of reading.set.segments) {
    if (segment.id === 'ST' || segment.id === 'SE' || used.has(segment)) continue
    const name = nameOf(segment)
    const known = counts.get(name)
    if (known === undefined) counts.set(name, { first: segment, count: 1 })
    else known.count += 1
  }
  for (const [name, { first, count }] of counts) noteUnused(reading, first, { name, count })
}

const nameOf = (segment: Segment): string => {
  const qualifier = qualified.has(segment.id) ? elementText(segment, 1) : ''
  return qualifier === '' ? segment.id : `${segment.id} ${qualifier}`
}

const noteUnused = (
  reading: SetReading,
  segment: Segment,
  { name, count }: { readonly name: string; readonly count: number },
): void => {
  const times = count === 1 ? 'once' : `${count} times, first here`
  const isKnown = isKnownSegment(reading.set.setType, segment.id)
  note(
    reading,
    isKnown ? 'x12-segment-unused' : 'x12-segment-unknown',
    { segment },
    {
      severity: isKnown ? 'info' : 'warning',
      sentence: isKnown
        ? `${quoted(name)} (${times}) is not carried into the document, which has no field for it`
        : `${quoted(name)} (${times}) is no segment of an ${reading.set.setType}: it is not read`,
    },
  )
}
