import type { ReadContext, ReadDocument, TradeDocument } from '@counterfoil/core'
import { createX12Reader } from './x12-reader.ts'
import type { X12SettingsInput } from './x12-settings.ts'

/** A transaction set of an example: what stands between ST and SE, and what is wrong with them. */
type ExampleSet = {
  readonly segments: readonly string[]
  readonly setType?: string
  readonly controlNumber?: string
  /** SE01 as written; the right count unless given. Null leaves the SE out. */
  readonly segmentCount?: string | null
  /** SE02 as written; the same as ST02 unless given. */
  readonly controlNumberAtEnd?: string
}

/** An interchange of an example; valid in every way that is not given. */
export type ExampleInterchange = {
  readonly sets: readonly ExampleSet[]
  readonly element?: string
  readonly component?: string
  readonly repetition?: string
  /** What ends a segment, with the line end behind it if any. */
  readonly terminator?: string
  readonly usage?: string
  readonly controlNumber?: string
  readonly controlNumberAtEnd?: string
  readonly setCount?: string | null
  readonly groupCount?: string | null
}

const functionalIds = new Map([
  ['850', 'PO'],
  ['855', 'PR'],
  ['856', 'SH'],
  ['810', 'IN'],
])

/** The text of an interchange from the supplier LARKMILL to the buyer BRANFORD; give only what matters. */
export function anInterchange(example: ExampleInterchange): string {
  const {
    sets,
    element = '*',
    component = '>',
    repetition = '^',
    terminator = '~\n',
    usage = 'P',
    controlNumber = '000000042',
    controlNumberAtEnd = controlNumber,
    setCount = String(sets.length),
    groupCount = '1',
  } = example
  const isa = `ISA*00*          *00*          *ZZ*LARKMILL       *ZZ*BRANFORD       *261124*0815*${repetition}*00501*${controlNumber}*0*${usage}*${component}`
  const functionalId = functionalIds.get(sets[0]?.setType ?? '850') ?? 'PO'
  const segments = [
    `GS*${functionalId}*LARKMILL*BRANFORD*20261124*0815*42*X*005010`,
    ...sets.flatMap(segmentsOf),
    ...(setCount === null ? [] : [`GE*${setCount}*42`]),
    ...(groupCount === null ? [] : [`IEA*${groupCount}*${controlNumberAtEnd}`]),
  ]
  return [isa, ...segments].map((segment) => segment.replaceAll('*', element) + terminator).join('')
}

function segmentsOf(set: ExampleSet): readonly string[] {
  const { segments, setType = '850', controlNumber = '0001' } = set
  const { segmentCount = String(segments.length + 2), controlNumberAtEnd = controlNumber } = set
  const end = segmentCount === null ? [] : [`SE*${segmentCount}*${controlNumberAtEnd}`]
  return [`ST*${setType}*${controlNumber}`, ...segments, ...end]
}

/** What the reader of the examples is told beside the text. */
export const exampleContext: ReadContext = {
  tenant: 'branford',
  buyerOrganisation: 'branford-us',
  connection: 'larkmill-edi',
  timeZone: 'America/New_York',
  currency: 'USD',
}

/** Reads a text as the examples' buyer does; every entry must keep the promises of a reader. */
export function readText(
  text: string,
  settings: X12SettingsInput = {},
  context: Partial<ReadContext> = {},
): readonly ReadDocument[] {
  return createX12Reader(settings).read(text, { ...exampleContext, ...context })
}

/** Reads the one set made of these segments. */
export function readSegments(
  setType: string,
  segments: readonly string[],
  settings: X12SettingsInput = {},
): ReadDocument {
  const [read] = readText(anInterchange({ sets: [{ setType, segments }] }), settings)
  if (read === undefined) throw new Error('the reader gave no entry for the set')
  return read
}

/** The document of one kind that was read, or an error that says why there is none. */
export function documentOf<Kind extends TradeDocument['kind']>(
  { document, findings }: ReadDocument,
  kind: Kind,
): Extract<TradeDocument, { kind: Kind }> {
  if (isKind(document, kind)) return document
  const reasons = findings.map(({ rule, sentence }) => `${rule}: ${sentence}`).join('\n')
  throw new Error(`no ${kind} was read:\n${reasons}`)
}

function isKind<Kind extends TradeDocument['kind']>(
  document: TradeDocument | null,
  kind: Kind,
): document is Extract<TradeDocument, { kind: Kind }> {
  return document?.kind === kind
}

/** The rules of the findings that are no mere liberties of the reader, in their order. */
export function troublesOf({ findings }: ReadDocument): readonly string[] {
  return findings.filter(({ severity }) => severity !== 'info').map(({ rule }) => rule)
}
