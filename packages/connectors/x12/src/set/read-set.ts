import {
  CounterfoilError,
  type Finding,
  type ReadContext,
  type ReadDocument,
  TradeDocument,
} from '@counterfoil/core'
import type * as z from 'zod'
import { mapAcknowledgment } from '../acknowledgment/map-855-acknowledgment.ts'
import { type FindingSource, makeFinding, quoted, startFindingLog } from '../finding/finding-log.ts'
import { mapInvoice } from '../invoice/map-810-invoice.ts'
import { mapPurchaseOrder } from '../purchase-order/map-850-purchase-order.ts'
import { mapShipNotice } from '../ship-notice/map-856-ship-notice.ts'
import type { Segment } from '../syntax/segment.ts'
import type { X12Settings } from '../x12-settings.ts'
import { listUnused } from './list-unused.ts'
import { note, type SetReading } from './set-reading.ts'
import type { EnvelopedSet } from './set-text.ts'

/** A set ready to be read, with what identifies it. */
export type SetDelivery = EnvelopedSet & {
  readonly raw: string
  readonly deliveryKey: string
  /** What is wrong around the set and should be said with it. */
  readonly findingsAround: readonly Finding[]
}

/** The surroundings that all sets of a delivery share. */
export type DeliveryFrame = {
  readonly source: FindingSource
  readonly context: ReadContext
  readonly settings: X12Settings
}

type DocumentDraft = z.input<typeof TradeDocument>

/** The sets this reader maps, by ST01. */
const mappings = new Map<string, (reading: SetReading) => DocumentDraft | null>([
  ['850', mapPurchaseOrder],
  ['855', mapAcknowledgment],
  ['856', mapShipNotice],
  ['810', mapInvoice],
])

/** Reads one set into a document, or explains why it cannot be one. Never throws, whatever the set holds. */
export const readSet = (delivery: SetDelivery, frame: DeliveryFrame): ReadDocument => {
  const used = new Set<Segment>()
  const lineSegments: Segment[] = []
  const reading = startReading(delivery, frame, { used, lineSegments })
  noteSurroundings(reading)
  const draft = mapSafely(reading)
  const parsed = draft === null ? null : TradeDocument.safeParse(draft)
  if (parsed?.success === false) noteIssues(reading, parsed.error.issues, lineSegments)
  if (draft !== null) listUnused(reading, used)
  const findings = [...delivery.findingsAround, ...delivery.set.findings, ...reading.log.findings()]
  const hasError = findings.some((one) => one.severity === 'error')
  const document = parsed?.success === true && !hasError ? parsed.data : null
  const { raw, deliveryKey } = delivery
  if (document !== null || hasError) return { document, findings, raw, deliveryKey }
  return { document, findings: [...findings, unexplained(reading, frame)], raw, deliveryKey }
}

const startReading = (
  { set, group, interchange, raw, deliveryKey }: SetDelivery,
  { source, context, settings }: DeliveryFrame,
  { used, lineSegments }: { readonly used: Set<Segment>; readonly lineSegments: Segment[] },
): SetReading => ({
  set,
  group,
  interchange,
  context,
  settings,
  raw,
  deliveryKey,
  log: startFindingLog(source, set),
  use: (segment) => used.add(segment),
  traceLine: (segment) => lineSegments.push(segment),
})

/** What the envelope says about this set, and segments that free text broke. */
const noteSurroundings = (reading: SetReading): void => {
  const { header, usage } = reading.interchange
  if (header !== null && (usage === 'test' || usage === 'information')) {
    const path = `${reading.set.path.split('/')[0] ?? 'ISA'}/15`
    reading.log.note({
      rule: 'x12-test-indicator',
      severity: usage === 'test' ? 'info' : 'warning',
      at: { segment: header, element: 15, path },
      sentence: `the sender marked the interchange as ${usage === 'test' ? 'a test: its documents must never be posted' : 'information only: check whether it is to be acted on at all'}`,
    })
  }
  for (const segment of reading.set.segments) {
    if (segment.piecesRejoined === 0) continue
    note(
      reading,
      'x12-terminator-in-text',
      { segment },
      {
        severity: 'warning',
        sentence: `the text of ${quoted(segment.id)} holds the segment terminator and was broken by it; the pieces without a segment's name were put back together`,
      },
    )
  }
}

/** A fault while mapping loses this set only: the others of the delivery go on. */
const mapSafely = (reading: SetReading): DocumentDraft | null => {
  const map = mappings.get(reading.set.setType)
  const [segment] = reading.set.segments
  if (segment === undefined) return null
  if (map === undefined) {
    note(
      reading,
      'x12-set-type-unsupported',
      { segment, element: 1 },
      {
        severity: 'error',
        sentence: `the set is an ${quoted(reading.set.setType)}: 850, 855, 856 and 810 are read`,
      },
    )
    return null
  }
  try {
    return map(reading)
  } catch (error) {
    const why = CounterfoilError.is(error) ? error.message : 'the reader failed on it'
    note(
      reading,
      'x12-set-unreadable',
      { segment },
      {
        severity: 'error',
        sentence: `the set cannot be read: ${why}`,
      },
    )
    return null
  }
}

/** What the document's schema objects to, at the segment of the line it is about. */
const noteIssues = (
  reading: SetReading,
  issues: readonly z.core.$ZodIssue[],
  lineSegments: readonly Segment[],
): void => {
  const [, begin] = reading.set.segments
  const hasError = reading.log.findings().some(({ severity }) => severity === 'error')
  for (const { path, message } of issues.slice(0, issuesMax)) {
    const [field, index] = path
    // That no line is left is no news where it was said why each one was lost.
    if (hasError && field === 'lines' && index === undefined) continue
    const line = field === 'lines' && typeof index === 'number' ? lineSegments[index] : undefined
    const segment = line ?? begin
    if (segment === undefined) continue
    note(
      reading,
      'x12-document-invalid',
      { segment },
      {
        severity: 'error',
        sentence: `the document cannot be used: ${quoted(path.join('.'))}: ${message}`,
      },
    )
  }
}

const issuesMax = 50

/** Settings may turn an error down; a document that does not exist is one all the same. */
const unexplained = (reading: SetReading, { source }: DeliveryFrame): Finding => {
  const segment = reading.set.segments[0] ?? nowhere
  return makeFinding(
    { ...source, severityOf: (_, severity) => severity },
    {
      rule: 'x12-set-unreadable',
      severity: 'error',
      at: { segment, path: reading.set.path || segment.id },
      sentence: 'the set could not be made a document, for the reasons given before',
    },
  )
}

const nowhere: Segment = { id: 'ST', elements: ['ST'], offset: 0, end: 0, piecesRejoined: 0 }
