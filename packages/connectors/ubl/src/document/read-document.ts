import {
  CounterfoilError,
  type ReadContext,
  type ReadDocument,
  TradeDocument,
} from '@counterfoil/core'
import type * as z from 'zod'
import { mapOrderResponse } from '../acknowledgment/map-order-response.ts'
import { mapOrderResponseSimple } from '../acknowledgment/map-order-response-simple.ts'
import { ublNamespace } from '../field/find-element.ts'
import { note, type UblReading } from '../field/ubl-reading.ts'
import { quoted } from '../finding/cut-text.ts'
import { type FindingSource, placeFinding, startFindingLog } from '../finding/finding-log.ts'
import { invoiceForms } from '../invoice/invoice-forms.ts'
import { mapInvoice } from '../invoice/map-invoice.ts'
import { mapOrder } from '../purchase-order/map-order.ts'
import { mapOrderChange } from '../purchase-order/map-order-change.ts'
import { mapReceiptAdvice } from '../receipt/map-receipt-advice.ts'
import { mapDespatchAdvice } from '../ship-notice/map-despatch-advice.ts'
import type { UblSettings } from '../ubl-settings.ts'
import { pathOf, type XmlElement } from '../xml/xml-element.ts'
import { listUnused } from './list-unused.ts'

type DocumentDraft = z.input<typeof TradeDocument>

/** The documents this reader maps, by the name of their root. */
const mappings: ReadonlyMap<string, (reading: UblReading) => DocumentDraft> = new Map([
  ['Order', mapOrder],
  ['OrderChange', mapOrderChange],
  ['OrderResponse', mapOrderResponse],
  ['OrderResponseSimple', mapOrderResponseSimple],
  ['DespatchAdvice', mapDespatchAdvice],
  ['ReceiptAdvice', mapReceiptAdvice],
  ...invoiceForms.map((form): [string, (reading: UblReading) => DocumentDraft] => [
    form.root,
    (reading) => mapInvoice(reading, form),
  ]),
])

/** The names of the documents that are read, for a sentence. */
export const readNames = (): string => [...mappings.keys()].map((name) => quoted(name)).join(', ')

/** A document in a delivery, and what it is read with. */
export type DocumentDelivery = {
  readonly root: XmlElement
  readonly raw: string
  readonly deliveryKey: string
  readonly source: FindingSource
  readonly context: ReadContext
  readonly settings: UblSettings
}

/** Reads one document, or explains why it cannot be one. Never throws, whatever the document holds. */
export const readDocument = (delivery: DocumentDelivery): ReadDocument => {
  const { root, raw, deliveryKey, source, context, settings } = delivery
  const log = startFindingLog(source)
  const used = new Set<XmlElement>()
  const places = new Map<string, XmlElement>()
  const reading: UblReading = { root, context, settings, log, raw, deliveryKey, used, places }
  noteRoot(reading)
  const draft = mapSafely(reading)
  const parsed = draft === null ? null : TradeDocument.safeParse(withoutGaps(draft))
  if (parsed?.success === false) noteIssues(reading, parsed.error.issues)
  // What a broken line kept from being read says nothing about the document's fields.
  if (draft !== null && !log.hasError()) listUnused(reading)
  const hasError = log.hasError()
  const document = parsed?.success === true && !hasError ? parsed.data : null
  const findings = log.findings()
  if (document !== null || hasError) return { document, findings, raw, deliveryKey }
  return { document, findings: [...findings, unexplained(delivery)], raw, deliveryKey }
}

/** A field that is not stated is not there: a document is JSON, which knows no undefined. */
const withoutGaps = (draft: DocumentDraft): unknown => JSON.parse(JSON.stringify(draft))

/** The root's name says what a document is; a namespace of another document beside it is somebody's mistake. */
const noteRoot = (reading: UblReading): void => {
  const { name, namespace } = reading.root
  if (namespace === `${ublNamespace}${name}-2`) return
  note(reading, 'ubl-root-namespace', reading.root, {
    severity: 'warning',
    sentence: `the document is called ${quoted(name)} and its namespace is ${quoted(namespace)}: the name is believed, ask the sender which is right`,
  })
}

/** A fault while mapping loses this document only: the others of the delivery go on. */
const mapSafely = (reading: UblReading): DocumentDraft | null => {
  const map = mappings.get(reading.root.name)
  if (map === undefined) {
    note(reading, 'ubl-document-unsupported', reading.root, {
      severity: 'error',
      sentence: `the document is a ${quoted(reading.root.name)}: ${readNames()} are read`,
    })
    return null
  }
  try {
    return map(reading)
  } catch (error) {
    const why = CounterfoilError.is(error) ? error.message : 'the reader failed on it'
    note(reading, 'ubl-document-unreadable', reading.root, {
      severity: 'error',
      sentence: `the document cannot be read: ${why}`,
    })
    return null
  }
}

const issuesMax = 50

/** What the document's schema objects to, at the element it came from. After an error that says why, it would only repeat it. */
const noteIssues = (reading: UblReading, issues: readonly z.core.$ZodIssue[]): void => {
  if (reading.log.hasError()) return
  for (const { path, message } of issues.slice(0, issuesMax)) {
    const steps = path.map(String)
    const place = steps
      .map((_, index) => reading.places.get(steps.slice(0, steps.length - index).join('.')))
      .find((element) => element !== undefined)
    note(reading, 'ubl-document-invalid', place ?? reading.root, {
      severity: 'error',
      sentence: `the document cannot be used: ${quoted(steps.join('.'))}: ${message}`,
    })
  }
}

/** Settings may turn an error down; a document that does not exist is one all the same. */
const unexplained = ({ root, source }: DocumentDelivery): ReturnType<typeof placeFinding> =>
  placeFinding(
    { ...source, severities: {} },
    {
      rule: 'ubl-document-unreadable',
      severity: 'error',
      offset: root.offset,
      path: pathOf(root),
      excerpt: source.text.slice(root.offset, root.end),
      sentence: 'the document could not be made one, for the reasons given before',
    },
  )
