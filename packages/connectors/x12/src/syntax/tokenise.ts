import { type DetectedSeparators, detectSeparators } from './detect-separators.ts'
import { guessSeparators } from './guess-separators.ts'
import type { Segment, Separators } from './segment.ts'

/** The segments of one interchange, or of a part of one, all cut with the same separators. */
export type SegmentRun = {
  readonly separators: Separators
  readonly segments: readonly Segment[]
  /** False for a group or a transaction set that came without an ISA; the separators are then guessed. */
  readonly hasInterchangeHeader: boolean
  /** False where the text ends inside the last segment, with no terminator after it. */
  readonly isTerminated: boolean
}

/** Text that belongs to no segment, such as a mail header before the ISA. */
type StrayText = { readonly offset: number; readonly end: number }

/** A received text cut into segments. */
export type TokenisedText = {
  readonly runs: readonly SegmentRun[]
  readonly stray: readonly StrayText[]
  /** True where the text holds more segments than `segmentsMax`; what comes after was not read. */
  readonly isCutOff: boolean
}

/** The most segments of one text that are read unless said: ten times a large day's orders. */
export const segmentsMaxDefault = 2_000_000

/** A terminator inside free text breaks a segment into a few pieces; more is garbage, not text. */
const piecesMax = 20

const envelopeIds: ReadonlySet<string> = new Set(['ISA', 'GS', 'ST', 'SE', 'GE', 'IEA', 'TA1'])
const segmentId = /^[A-Z][A-Z0-9]{1,2}$/
/** Line ends, indentation, a byte-order mark, and what old file systems put after the end of a text. */
// oxlint-disable-next-line no-control-regex
const padding = /[\s\u0000\u001A\uFEFF]/

/**
 * Cuts a text into the segments of its interchanges. Separators are taken from each ISA; byte-order marks,
 * line ends, indentation and trailing NUL or Ctrl-Z are skipped; a missing last terminator does not lose
 * the last segment. Never throws: what is not a segment comes back as stray text.
 */
export const tokenise = (
  text: string,
  { segmentsMax = segmentsMaxDefault }: { readonly segmentsMax?: number } = {},
): TokenisedText => {
  const runs: SegmentRun[] = []
  const stray: StrayText[] = []
  let segmentsLeft = segmentsMax
  let offset = 0
  while (offset < text.length && segmentsLeft > 0) {
    const header = findHeader(text, offset)
    const start = header?.start ?? text.length
    if (!isBlank(text, offset, start)) stray.push({ offset: skipPadding(text, offset), end: start })
    if (header === null) break
    const run = readRun(text, header, segmentsLeft)
    runs.push(run.run)
    segmentsLeft -= run.run.segments.length
    offset = run.next
  }
  return { runs, stray, isCutOff: segmentsLeft <= 0 && !isBlank(text, offset, text.length) }
}

type Header = {
  readonly start: number
  readonly separators: Separators
  readonly detected: DetectedSeparators | null
}

/**
 * The next ISA from `offset`, unless a group or transaction set without one stands right there. Null where
 * neither follows.
 */
const findHeader = (text: string, offset: number): Header | null => {
  const first = skipPadding(text, offset)
  const separators = guessSeparators(text, first)
  if (separators !== null) return { start: first, separators, detected: null }
  for (let start = text.indexOf('ISA', first); start >= 0; start = text.indexOf('ISA', start + 3)) {
    const detected = detectSeparators(text, start)
    if (detected !== null) return { start, separators: detected.separators, detected }
  }
  return null
}

const readRun = (
  text: string,
  header: Header,
  segmentsMax: number,
): { readonly run: SegmentRun; readonly next: number } => {
  const { separators, detected } = header
  const segments: Segment[] = []
  let offset = header.start
  let isTerminated = true
  if (detected !== null) {
    segments.push(cutSegment(text, { separators, offset, end: detected.end, piecesRejoined: 0 }))
    offset = detected.next
  }
  const nextInterchange = findInterchange(text, offset, separators)
  while (segments.length < segmentsMax) {
    offset = skipPadding(text, offset)
    if (offset >= nextInterchange) break
    const found = text.indexOf(separators.terminator, offset)
    isTerminated = found >= 0 && found < nextInterchange
    const end = isTerminated ? found : nextInterchange
    addPiece(text, segments, { separators, offset, end })
    offset = isTerminated ? end + separators.terminator.length : end
  }
  const hasInterchangeHeader = detected !== null
  return { run: { separators, segments, hasInterchangeHeader, isTerminated }, next: offset }
}

/**
 * Where the next interchange starts, or the end of the text. It is looked for at the start of lines too,
 * so that a transmission that broke off inside a segment does not swallow the one behind it.
 */
const findInterchange = (text: string, from: number, { terminator }: Separators): number => {
  for (let at = text.indexOf('ISA', from); at >= 0; at = text.indexOf('ISA', at + 3)) {
    const isAtStart = text.startsWith(terminator, at - terminator.length) || isPadding(text, at - 1)
    if (isAtStart && detectSeparators(text, at) !== null) return at
  }
  return text.length
}

type Piece = { readonly separators: Separators; readonly offset: number; readonly end: number }

/** Adds a segment; a piece without a segment's name is put back on the segment it was broken off. */
const addPiece = (text: string, segments: Segment[], piece: Piece): void => {
  if (piece.end <= piece.offset) return
  const segment = cutSegment(text, { ...piece, piecesRejoined: 0 })
  const before = segments.at(-1)
  if (segmentId.test(segment.id) || before === undefined || !mayHoldText(before)) {
    segments.push(segment)
    return
  }
  const { offset, piecesRejoined } = before
  segments[segments.length - 1] = cutSegment(text, {
    ...piece,
    offset,
    piecesRejoined: piecesRejoined + 1,
  })
}

/** Envelope segments hold no free text, so what follows one of them is not its continuation. */
const mayHoldText = ({ id, piecesRejoined }: Segment): boolean =>
  piecesRejoined < piecesMax && segmentId.test(id) && !envelopeIds.has(id)

const cutSegment = (
  text: string,
  { separators, offset, end, piecesRejoined }: Piece & { readonly piecesRejoined: number },
): Segment => {
  const elements = trimPadding(text.slice(offset, end)).split(separators.element)
  const id = elements[0] ?? ''
  return {
    id,
    elements: id === 'ISA' ? elements : elements.map((one) => dropLastComponents(one, separators)),
    offset,
    end,
    piecesRejoined,
  }
}

const dropLastComponents = (element: string, { component }: Separators): string => {
  if (component === null || !element.endsWith(component)) return element
  let end = element.length
  while (end > 0 && element.startsWith(component, end - component.length)) end -= component.length
  return element.slice(0, Math.max(end, 0))
}

const trimPadding = (text: string): string => {
  let end = text.length
  while (end > 0 && isPadding(text, end - 1)) end -= 1
  return text.slice(0, end)
}

/** Nearly every character is a printable one, for which no pattern is needed. */
const isPadding = (text: string, offset: number): boolean => {
  const code = text.charCodeAt(offset)
  return !(code > 0x20 && code < 0x7f) && padding.test(text.charAt(offset))
}

const skipPadding = (text: string, offset: number): number => {
  let start = offset
  while (start < text.length && isPadding(text, start)) start += 1
  return start
}

const isBlank = (text: string, start: number, end: number): boolean =>
  skipPadding(text, start) >= end
