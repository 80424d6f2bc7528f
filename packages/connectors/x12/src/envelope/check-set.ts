import { type FindingNote, quoted } from '../finding/finding-log.ts'
import { elementText, type Segment } from '../syntax/segment.ts'
import { sameCount, sameNumber } from './control-numbers.ts'
import type { TransactionSet } from './interchange.ts'

/** Compares a set's ST with its SE: the control number and the number of segments, both included. */
export const checkSet = (
  set: Omit<TransactionSet, 'findings'>,
  { header, isRepeated }: { readonly header: Segment; readonly isRepeated: boolean },
): readonly FindingNote[] => {
  const notes: FindingNote[] = []
  if (isRepeated) {
    notes.push({
      rule: 'x12-control-number-twice',
      severity: 'warning',
      at: { segment: header, element: 2, path: `${set.path}/02` },
      sentence: `set control number ${quoted(set.controlNumber)} comes twice in its group; both sets are read, each under a key of its own`,
    })
  }
  notes.push(
    ...(set.trailer === null ? [missingTrailer(set, header)] : checkTrailer(set, set.trailer)),
  )
  return notes
}

const missingTrailer = (set: Omit<TransactionSet, 'findings'>, header: Segment): FindingNote => ({
  rule: 'x12-set-trailer-missing',
  severity: 'error',
  at: { segment: header, path: set.path },
  sentence: `set ${quoted(set.controlNumber)} has no SE at its end, so nobody can tell how much of it is missing: ask the sender to send it again`,
})

const checkTrailer = (
  set: Omit<TransactionSet, 'findings'>,
  trailer: Segment,
): readonly FindingNote[] => {
  const notes: FindingNote[] = []
  const stated = elementText(trailer, 1)
  const path = `${set.path}/SE[1]`
  if (!sameCount(stated, set.segments.length)) {
    notes.push({
      rule: 'x12-segment-count',
      severity: 'warning',
      at: { segment: trailer, element: 1, path: `${path}/01` },
      sentence: `SE counts ${quoted(stated)} segments where ${set.segments.length} arrived: compare with the sender before trusting what is not there`,
    })
  }
  if (!sameNumber(elementText(trailer, 2), set.controlNumber)) {
    notes.push({
      rule: 'x12-control-number',
      severity: 'warning',
      at: { segment: trailer, element: 2, path: `${path}/02` },
      sentence: `SE ends set ${quoted(elementText(trailer, 2))} where ST began ${quoted(set.controlNumber)}: the two must be the same number`,
    })
  }
  return notes
}
