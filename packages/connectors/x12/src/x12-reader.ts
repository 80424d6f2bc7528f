import type { DocumentReader, Finding, ReadContext, ReadDocument } from '@counterfoil/core'
import type { Interchange } from './envelope/interchange.ts'
import { readEnvelope } from './envelope/read-envelope.ts'
import { type FindingSource, makeFinding } from './finding/finding-log.ts'
import { contentKey, deliveryKeyOf, startKeyRing } from './set/delivery-key.ts'
import { type DeliveryFrame, readSet } from './set/read-set.ts'
import { type EnvelopedSet, wrapSet } from './set/set-text.ts'
import { detectSeparators } from './syntax/detect-separators.ts'
import { guessSeparators } from './syntax/guess-separators.ts'
import type { Segment, Separators } from './syntax/segment.ts'
import { lineFinder } from './syntax/text-position.ts'
import { tokenise, type TokenisedText } from './syntax/tokenise.ts'
import {
  readX12Settings,
  severityOf,
  type X12Settings,
  type X12SettingsInput,
} from './x12-settings.ts'

/**
 * A reader of X12 purchase orders (850), acknowledgments (855), ship notices (856) and invoices (810).
 * Every set of a delivery gives one document, or its reasons for not being one; a broken set never takes
 * the others with it. Throws `SETTINGS_INVALID` for settings that cannot be used, and nothing while reading.
 */
export const createX12Reader = (settings: X12SettingsInput = {}): DocumentReader => {
  const filled = readX12Settings(settings)
  return {
    format: 'x12',
    recognises,
    read: (text, context) => readDelivery(text, context, filled),
  }
}

/** How much of a text is looked at to tell its format. */
const recognisedCharacters = 4_000

const recognises = (text: string): boolean => {
  const window = text.slice(0, recognisedCharacters)
  const start = window.search(/\S/)
  if (start < 0) return false
  if (guessSeparators(window, start) !== null) return true
  for (let at = window.indexOf('ISA'); at >= 0; at = window.indexOf('ISA', at + 3)) {
    if (detectSeparators(window, at) !== null) return true
  }
  return false
}

const readDelivery = (
  text: string,
  context: ReadContext,
  settings: X12Settings,
): readonly ReadDocument[] => {
  const tokenised = tokenise(text, settings)
  const source = { text, findLine: lineFinder(text), severityOf: severityOf(settings) }
  const around = textFindings(tokenised, source)
  const keyRing = startKeyRing()
  let interchangeCount = 0
  const documents = tokenised.runs.flatMap((run) => {
    const ownSource = { ...source, separators: run.separators }
    if (run.hasInterchangeHeader) interchangeCount += 1
    const interchange = readEnvelope(run, { source: ownSource, ordinal: interchangeCount })
    const frame = { source: ownSource, context, settings }
    const isOnly = tokenised.runs.length === 1
    return readInterchange(interchange, { frame, keyRing, isOnly, segments: run.segments })
  })
  const [first, ...others] = documents
  if (first === undefined) return [unreadable(text, context, around)]
  return [{ ...first, findings: [...around, ...first.findings] }, ...others]
}

const readInterchange = (
  interchange: Interchange,
  {
    frame,
    keyRing,
    isOnly,
    segments,
  }: {
    readonly frame: DeliveryFrame
    readonly keyRing: (key: string) => string
    readonly isOnly: boolean
    readonly segments: readonly Segment[]
  },
): readonly ReadDocument[] => {
  const { text } = frame.source
  const sets: EnvelopedSet[] = interchange.groups.flatMap((group) =>
    group.sets.map((set) => ({ interchange, group, set })),
  )
  if (sets.length === 0) {
    const raw = isOnly ? text : text.slice(segments[0]?.offset, segments.at(-1)?.end)
    const deliveryKey = keyRing(contentKey(frame.context.connection, raw))
    return [{ ...emptyInterchange(interchange, frame, segments), raw, deliveryKey }]
  }
  return sets.map((enveloped, index) => {
    const raw = isOnly && sets.length === 1 ? text : wrapSet(text, enveloped)
    const deliveryKey = keyRing(deliveryKeyOf(frame.context.connection, enveloped, raw))
    // A fault of the whole interchange is said once, unless it forbids using any of it.
    const findingsAround = interchange.findings.filter(
      (finding) => index === 0 || finding.severity === 'error',
    )
    return readSet({ ...enveloped, raw, deliveryKey, findingsAround }, frame)
  })
}

/** An interchange that holds no set, such as one with acknowledgments of interchanges only. */
const emptyInterchange = (
  { findings }: Interchange,
  { source }: DeliveryFrame,
  [segment = nothing]: readonly Segment[],
): Pick<ReadDocument, 'document' | 'findings'> => {
  const finding = makeFinding(alwaysError(source), {
    rule: 'x12-set-missing',
    severity: 'error',
    at: { segment },
    sentence: 'the interchange holds no transaction set: there is nothing to read in it',
  })
  return { document: null, findings: [...findings, finding] }
}

type TextSource = Omit<FindingSource, 'separators'>

/** What lies around the interchanges, or beyond what is read. */
const textFindings = ({ stray, isCutOff, runs }: TokenisedText, source: TextSource): Finding[] => {
  const own = { ...source, separators: noSeparators }
  const findings = stray.slice(0, strayMax).map(({ offset, end }) =>
    makeFinding(runs.length === 0 ? alwaysError(own) : own, {
      rule: runs.length === 0 ? 'x12-not-recognised' : 'x12-text-outside',
      severity: runs.length === 0 ? 'error' : 'warning',
      at: { segment: { ...nothing, offset, end }, path: 'outside' },
      sentence:
        runs.length === 0
          ? 'the text holds neither an ISA with sixteen elements nor a transaction set: it is not X12, or its beginning is missing'
          : 'text stands outside the interchange and is not read: check that it is not part of a broken one',
    }),
  )
  if (!isCutOff) return findings
  const last = runs.at(-1)?.segments.at(-1) ?? nothing
  const cutOff = makeFinding(own, {
    rule: 'x12-segments-too-many',
    severity: 'warning',
    at: { segment: last, path: 'outside' },
    sentence:
      'the delivery has more segments than are read at once: the rest was not read, ask the sender to split it',
  })
  return [...findings, cutOff]
}

const strayMax = 20

const unreadable = (
  text: string,
  { connection }: ReadContext,
  findings: readonly Finding[],
): ReadDocument => ({
  document: null,
  findings: findings.length > 0 ? findings : [emptyText],
  raw: text,
  deliveryKey: contentKey(connection, text),
})

const emptyText: Finding = {
  rule: 'x12-not-recognised',
  severity: 'error',
  position: { offset: 0, line: 1, column: 1, path: 'outside' },
  excerpt: '',
  sentence: 'the text is empty: there is nothing to read',
}

const alwaysError = <Source extends TextSource>(source: Source): Source => ({
  ...source,
  severityOf: (_rule: string, severity: Finding['severity']) => severity,
})

const noSeparators: Separators = {
  element: '*',
  component: null,
  repetition: null,
  terminator: '~',
}
const nothing: Segment = { id: '', elements: [''], offset: 0, end: 0, piecesRejoined: 0 }
