import { type FindingNote, quoted } from '../finding/finding-log.ts'
import { elementText, type Segment } from '../syntax/segment.ts'
import type { SegmentRun } from '../syntax/tokenise.ts'
import { sameCount, sameNumber } from './control-numbers.ts'
import type { FunctionalGroup } from './interchange.ts'
import type { RawInterchange } from './read-envelope.ts'

/** The widths the standard gives ISA01 to ISA16. */
const isaWidths = [2, 10, 2, 10, 2, 15, 2, 15, 6, 4, 1, 5, 9, 1, 1, 1]

/** Compares an interchange's ISA with its IEA and with the standard's widths, and names what stands outside. */
export const checkInterchange = (
  raw: RawInterchange,
  {
    run,
    groups,
    path,
  }: {
    readonly run: SegmentRun
    readonly groups: readonly FunctionalGroup[]
    readonly path: string
  },
): readonly FindingNote[] => {
  const first = run.segments[0]
  if (first === undefined) return []
  return [
    ...(raw.header === null ? [missingHeader(first)] : checkHeader(raw.header, path)),
    ...(raw.header === null ? [] : checkTrailer(raw, raw.header, { groups, path })),
    ...(run.isTerminated ? [] : [missingTerminator(run.segments.at(-1) ?? first)]),
    ...raw.strays.slice(0, straysMax).map((segment) => strayNote(segment, path)),
  ]
}

/** Garbage gives many strays; the first few show what it is. */
const straysMax = 20

const missingHeader = (segment: Segment): FindingNote => ({
  rule: 'x12-bare-set',
  severity: 'info',
  at: { segment, path: segment.id },
  sentence: `the text begins with ${quoted(segment.id)} and has no ISA: separators are guessed, and nobody can tell sender, receiver or a repeated delivery from it`,
})

const checkHeader = (header: Segment, path: string): readonly FindingNote[] => {
  const wrong = isaWidths
    .map((width, index) => ({ width, element: index + 1 }))
    .find(({ width, element }) => (header.elements[element] ?? '').length !== width)
  if (wrong === undefined) return []
  const found = (header.elements[wrong.element] ?? '').length
  const name = `ISA${String(wrong.element).padStart(2, '0')}`
  return [
    {
      rule: 'x12-isa-width',
      severity: 'info',
      at: {
        segment: header,
        element: wrong.element,
        path: `${path}/${name.slice(3)}`,
      },
      sentence: `${name} has ${found} characters where the standard has ${wrong.width}: the ISA is read by its separators instead of by its widths`,
    },
  ]
}

const checkTrailer = (
  raw: RawInterchange,
  header: Segment,
  { groups, path }: { readonly groups: readonly FunctionalGroup[]; readonly path: string },
): readonly FindingNote[] => {
  const { trailer } = raw
  if (trailer === null) return [missingTrailer(header, path)]
  const notes: FindingNote[] = []
  const groupsFound = groups.filter((group) => group.header !== null).length
  if (!sameCount(elementText(trailer, 1), groupsFound)) {
    notes.push({
      rule: 'x12-group-count',
      severity: 'warning',
      at: { segment: trailer, element: 1, path: `${path}/IEA[1]/01` },
      sentence: `IEA counts ${quoted(elementText(trailer, 1))} groups where ${groupsFound} arrived: ask the sender whether one was lost`,
    })
  }
  if (!sameNumber(elementText(trailer, 2), elementText(header, 13))) {
    notes.push({
      rule: 'x12-control-number',
      severity: 'warning',
      at: { segment: trailer, element: 2, path: `${path}/IEA[1]/02` },
      sentence: `IEA ends interchange ${quoted(elementText(trailer, 2))} where ISA began ${quoted(elementText(header, 13))}: the two must be the same number`,
    })
  }
  return notes
}

const missingTrailer = (segment: Segment, path: string): FindingNote => ({
  rule: 'x12-interchange-trailer-missing',
  severity: 'warning',
  at: { segment, path },
  sentence:
    'the interchange has no IEA at its end: the transmission may have broken off, ask the sender how many groups were sent',
})

const missingTerminator = (segment: Segment): FindingNote => ({
  rule: 'x12-terminator-missing',
  severity: 'info',
  at: { segment, path: segment.id },
  sentence: `the last segment ${quoted(segment.id)} has no terminator: it is read up to the end of the text`,
})

const strayNote = (segment: Segment, path: string): FindingNote => ({
  rule: 'x12-segment-stray',
  severity: 'warning',
  at: { segment, path: path === '' ? 'outside' : `${path}/outside` },
  sentence: `the segment stands outside every transaction set and is not read: check that no ST or SE was lost before it`,
})
