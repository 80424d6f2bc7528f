import { type FindingNote, quoted } from '../finding/finding-log.ts'
import { elementText, type Segment } from '../syntax/segment.ts'
import { sameCount, sameNumber } from './control-numbers.ts'
import type { FunctionalGroup, TransactionSet } from './interchange.ts'

/** GS01 for each set type: a group may hold one kind only. */
const functionalIds: ReadonlyMap<string, string> = new Map([
  ['850', 'PO'],
  ['855', 'PR'],
  ['860', 'PC'],
  ['865', 'CA'],
  ['856', 'SH'],
  ['861', 'RC'],
  ['810', 'IN'],
  ['997', 'FA'],
  ['999', 'FA'],
])

/** Compares a group's GS with its GE, and the sets in it with what GS01 announces. */
export const checkGroup = (group: FunctionalGroup, path: string): readonly FindingNote[] => {
  const first = group.header ?? group.sets[0]?.segments[0]
  if (first === undefined) return []
  if (group.header === null) return [missingHeader(first, path)]
  const announced = checkFunctionalId(group, group.header, path)
  if (group.trailer === null) return [...announced, missingTrailer(group.header, path)]
  return [...announced, ...checkTrailer(group, group.trailer, path)]
}

const missingHeader = (segment: Segment, path: string): FindingNote => ({
  rule: 'x12-group-header-missing',
  severity: 'info',
  at: { segment, path: path === '' ? segment.id : `${path}/${segment.id}` },
  sentence:
    'the set stands outside a functional group: it is read, but without GS nobody says which release it was written in',
})

const missingTrailer = (segment: Segment, path: string): FindingNote => ({
  rule: 'x12-group-trailer-missing',
  severity: 'warning',
  at: { segment, path },
  sentence:
    'the group has no GE at its end: sets may be missing, ask the sender how many were sent',
})

const checkFunctionalId = (
  group: FunctionalGroup,
  header: Segment,
  path: string,
): readonly FindingNote[] => {
  const misplaced = group.sets.find((set) => isMisplaced(set, group.functionalId))
  if (misplaced === undefined) return []
  return [
    {
      rule: 'x12-group-type',
      severity: 'info',
      at: { segment: header, element: 1, path: `${path}/01` },
      sentence: `the group is announced as ${quoted(group.functionalId)} and holds a ${quoted(misplaced.setType)}, which belongs in ${quoted(functionalIds.get(misplaced.setType) ?? '')}: it is read as what it is`,
    },
  ]
}

const isMisplaced = (set: TransactionSet, functionalId: string): boolean => {
  const expected = functionalIds.get(set.setType)
  return expected !== undefined && expected !== functionalId
}

const checkTrailer = (
  group: FunctionalGroup,
  trailer: Segment,
  path: string,
): readonly FindingNote[] => {
  const notes: FindingNote[] = []
  if (!sameCount(elementText(trailer, 1), group.sets.length)) {
    notes.push({
      rule: 'x12-set-count',
      severity: 'warning',
      at: { segment: trailer, element: 1, path: `${path}/GE[1]/01` },
      sentence: `GE counts ${quoted(elementText(trailer, 1))} sets where ${group.sets.length} arrived: ask the sender whether one was lost`,
    })
  }
  if (!sameNumber(elementText(trailer, 2), group.controlNumber)) {
    notes.push({
      rule: 'x12-control-number',
      severity: 'warning',
      at: { segment: trailer, element: 2, path: `${path}/GE[1]/02` },
      sentence: `GE ends group ${quoted(elementText(trailer, 2))} where GS began ${quoted(group.controlNumber)}: the two must be the same number`,
    })
  }
  return notes
}
