import type { FindingNote } from '../finding/finding-log.ts'
import { type FindingSource, makeFinding } from '../finding/finding-log.ts'
import { elementText, type Segment } from '../syntax/segment.ts'
import type { SegmentRun } from '../syntax/tokenise.ts'
import { checkGroup } from './check-group.ts'
import { checkInterchange } from './check-interchange.ts'
import { checkSet } from './check-set.ts'
import type { FunctionalGroup, Interchange, TransactionSet } from './interchange.ts'

/**
 * Sorts the segments of one interchange into groups and transaction sets, and compares every control
 * number and count with what is there. A set without its SE ends where the next one starts, so that only
 * it is lost.
 */
export const readEnvelope = (
  run: SegmentRun,
  { source, ordinal }: { readonly source: FindingSource; readonly ordinal: number },
): Interchange => {
  const raw = sortSegments(run.segments)
  const isaPath = raw.header === null ? '' : `ISA[${ordinal}]`
  const checked = raw.groups.map((group, index) =>
    closeGroup(group, {
      source,
      path: joinPath(isaPath, group.header === null ? '' : `GS[${index + 1}]`),
    }),
  )
  const groups = checked.map(({ group }) => group)
  const notes = [
    ...checkInterchange(raw, { run, groups, path: isaPath }),
    ...checked.flatMap(({ notes: groupNotes }) => groupNotes),
  ]
  return {
    ...describeHeader(raw.header),
    separators: run.separators,
    header: raw.header,
    trailer: raw.trailer,
    groups,
    serviceSegments: raw.serviceSegments,
    findings: notes.map((note) => makeFinding(source, note)),
  }
}

/** An interchange as its segments lie, before anything is checked. */
export type RawInterchange = {
  header: Segment | null
  trailer: Segment | null
  readonly groups: RawGroup[]
  readonly serviceSegments: Segment[]
  /** Segments outside every set that are no service segments either. */
  readonly strays: Segment[]
}

/** A group as its segments lie. */
type RawGroup = {
  readonly header: Segment | null
  trailer: Segment | null
  readonly sets: RawSet[]
}

/** A set as its segments lie. */
type RawSet = { readonly segments: Segment[]; trailer: Segment | null }

const serviceIds: ReadonlySet<string> = new Set(['TA1', 'TA3', 'ISB', 'ISE'])

const sortSegments = (segments: readonly Segment[]): RawInterchange => {
  const raw: RawInterchange = {
    header: null,
    trailer: null,
    groups: [],
    serviceSegments: [],
    strays: [],
  }
  let group: RawGroup | null = null
  let set: RawSet | null = null
  for (const segment of segments) {
    switch (segment.id) {
      case 'ISA':
        raw.header = segment
        break
      case 'IEA':
        if (raw.trailer === null) raw.trailer = segment
        else raw.strays.push(segment)
        group = null
        set = null
        break
      case 'GS':
        group = { header: segment, trailer: null, sets: [] }
        raw.groups.push(group)
        set = null
        break
      case 'GE':
        if (group === null || group.trailer !== null) raw.strays.push(segment)
        else group.trailer = segment
        group = null
        set = null
        break
      case 'ST':
        if (group === null) raw.groups.push((group = { header: null, trailer: null, sets: [] }))
        set = { segments: [segment], trailer: null }
        group.sets.push(set)
        break
      case 'SE':
        if (set === null) raw.strays.push(segment)
        else {
          set.segments.push(segment)
          set.trailer = segment
        }
        set = null
        break
      default:
        if (set !== null) set.segments.push(segment)
        else if (serviceIds.has(segment.id)) raw.serviceSegments.push(segment)
        else raw.strays.push(segment)
    }
  }
  return raw
}

const closeGroup = (
  raw: RawGroup,
  { source, path }: { readonly source: FindingSource; readonly path: string },
): { readonly group: FunctionalGroup; readonly notes: readonly FindingNote[] } => {
  const seen = new Set<string>()
  const sets = raw.sets.map((set, index) => {
    const controlNumber = textOf(set.segments[0] ?? null, 2)
    const isRepeated = seen.has(controlNumber)
    seen.add(controlNumber)
    return closeSet(set, { source, path: joinPath(path, `ST[${index + 1}]`), isRepeated })
  })
  const group: FunctionalGroup = {
    header: raw.header,
    trailer: raw.trailer,
    sets,
    functionalId: textOf(raw.header, 1),
    sender: textOf(raw.header, 2),
    receiver: textOf(raw.header, 3),
    controlNumber: textOf(raw.header, 6),
    release: textOf(raw.header, 8),
  }
  return { group, notes: checkGroup(group, path) }
}

const closeSet = (
  raw: RawSet,
  {
    source,
    path,
    isRepeated,
  }: { readonly source: FindingSource; readonly path: string; readonly isRepeated: boolean },
): TransactionSet => {
  const header = raw.segments[0] ?? null
  const set = {
    setType: textOf(header, 1),
    controlNumber: textOf(header, 2),
    segments: raw.segments,
    trailer: raw.trailer,
    path,
  }
  const notes = header === null ? [] : checkSet(set, { header, isRepeated })
  return { ...set, findings: notes.map((note) => makeFinding(source, note)) }
}

const describeHeader = (
  header: Segment | null,
): Pick<
  Interchange,
  | 'senderQualifier'
  | 'sender'
  | 'receiverQualifier'
  | 'receiver'
  | 'controlNumber'
  | 'wantsAcknowledgment'
  | 'usage'
> => ({
  senderQualifier: textOf(header, 5),
  sender: textOf(header, 6),
  receiverQualifier: textOf(header, 7),
  receiver: textOf(header, 8),
  controlNumber: textOf(header, 13),
  wantsAcknowledgment: textOf(header, 14) === '1',
  usage: usages.get(textOf(header, 15)) ?? 'unknown',
})

const usages: ReadonlyMap<string, Interchange['usage']> = new Map([
  ['P', 'production'],
  ['T', 'test'],
  ['I', 'information'],
])

const textOf = (segment: Segment | null, element: number): string =>
  segment === null ? '' : elementText(segment, element)

const joinPath = (...parts: readonly string[]): string =>
  parts.filter((part) => part !== '').join('/')
