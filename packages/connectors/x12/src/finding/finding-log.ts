import type { Finding } from '@counterfoil/core'
import { elementOffset, type Segment, type Separators } from '../syntax/segment.ts'
import type { LineAndColumn } from '../syntax/text-position.ts'

/** Where something was noticed: a segment, or one element of it (0 is the segment's name). */
type FindingPlace = {
  readonly segment: Segment
  readonly element?: number
  /** Where the place stands in the standard's words, when it is not inside the log's own set. */
  readonly path?: string
}

/** One thing to say about a document. */
export type FindingNote = {
  readonly rule: string
  readonly severity: Finding['severity']
  readonly at: FindingPlace
  readonly sentence: string
}

/** Collects what a reader notices, with the place in the text, until the document is done. */
export type FindingLog = {
  readonly note: (note: FindingNote) => void
  /** What was noticed so far, in that order. */
  readonly findings: () => readonly Finding[]
}

/** The text under examination and how to name places in it. */
export type FindingSource = {
  readonly text: string
  readonly findLine: (offset: number) => LineAndColumn
  readonly separators: Separators
  /** Gives a rule the severity that the settings want for it. */
  readonly severityOf: (rule: string, severity: Finding['severity']) => Finding['severity']
}

/** One document gives at most this many findings; a file of garbage would give one a segment. */
const findingsMax = 500
const excerptCharactersMax = 200
const sentenceCharactersMax = 600
const pathCharactersMax = 300

/** Starts a log for a set, whose segments are named by their order among those of one name: `PO1[3]`. */
export const startFindingLog = (
  source: FindingSource,
  set: { readonly path: string; readonly segments: readonly Segment[] },
): FindingLog => {
  const findings: Finding[] = []
  return {
    note: (note) => {
      if (findings.length >= findingsMax && note.severity !== 'error') return
      const at = note.at.path === undefined ? { ...note.at, path: pathIn(set, note.at) } : note.at
      findings.push(makeFinding(source, { ...note, at }))
    },
    findings: () => findings,
  }
}

/** A finding with its position, path and excerpt. */
export const makeFinding = (source: FindingSource, note: FindingNote): Finding => {
  const { text, separators, findLine, severityOf } = source
  const { segment, element, path = segment.id } = note.at
  const offset =
    element === undefined ? segment.offset : elementOffset(text, { segment, element, separators })
  return {
    rule: note.rule,
    severity: severityOf(note.rule, note.severity),
    position: { offset, ...findLine(offset), path: path.slice(0, pathCharactersMax) },
    excerpt: excerptOf(source, segment, element),
    sentence: cutText(note.sentence, sentenceCharactersMax),
  }
}

const excerptOf = (
  { text }: FindingSource,
  segment: Segment,
  element: number | undefined,
): string => {
  const whole = text.slice(segment.offset, segment.end).trimEnd()
  const shown = element === undefined ? whole : (segment.elements[element] ?? '')
  return cutText(shown === '' ? whole : shown, excerptCharactersMax)
}

const pathIn = (
  set: { readonly path: string; readonly segments: readonly Segment[] },
  { segment, element }: FindingPlace,
): string => {
  let count = 0
  for (const one of set.segments) {
    if (one.id === segment.id) count += 1
    if (one === segment) break
  }
  const head = set.path === '' ? '' : `${set.path}/`
  const tail = element === undefined || element === 0 ? '' : `/${String(element).padStart(2, '0')}`
  // ST and SE are the set itself and its end: there is one of each.
  return segment.id === 'ST' && set.path !== ''
    ? `${set.path}${tail}`
    : `${head}${segment.id}[${Math.max(count, 1)}]${tail}`
}

/** Cuts a text so that it fits, on a whole character, with an ellipsis where something is missing. */
export const cutText = (text: string, charactersMax: number): string => {
  if (text.length <= charactersMax) return text
  const kept = text.slice(0, charactersMax - 1)
  return `${/[\uD800-\uDBFF]$/.test(kept) ? kept.slice(0, -1) : kept}…`
}

/** A value from the document in backticks, cut to a readable length. */
export const quoted = (value: string): string => `\`${cutText(value, 60)}\``
