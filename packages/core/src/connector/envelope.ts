import type * as z from 'zod'
import type { TradeDocument } from '../document/document.ts'

/** A canonical document as a program writes it, before it is checked: numbers of orders and the like are plain text. */
export type TradeDocumentInput = z.input<typeof TradeDocument>

/** Who hands a delivery over, for whom, on which connection. The same for every kind of content. */
export type EnvelopeHeader = {
  readonly tenant: string
  readonly buyerOrganisation: string
  /** The supplier, when the connection belongs to one; else the document names its sender. */
  readonly supplier?: string | undefined
  /** The configured connection it arrived on: a mailbox, a folder, a partner's channel. */
  readonly connection: string
  /** When it arrived here, as an ISO instant; the clock's time when absent. */
  readonly receivedAt?: string | undefined
  /** IANA zone in which days and times without an offset are meant. */
  readonly timeZone: string
  /** Currency of amounts that name none, as ISO 4217. */
  readonly currency?: string | undefined
}

/** What arrived, as text: X12, UBL, JSON, whatever a reader recognises. May hold several documents. */
export type TextEnvelope = EnvelopeHeader & {
  readonly body: string
  readonly document?: undefined
}

/** What arrived, already canonical: from a portal, a telephone note, an import. It is checked like any other document. */
export type DocumentEnvelope = EnvelopeHeader & {
  readonly document: TradeDocumentInput
  readonly body?: undefined
  /** Recognises the delivery when it is sent twice; the content hash when absent. */
  readonly deliveryKey?: string | undefined
}

/** One delivery: who hands it over, and the text or the document itself. */
export type Envelope = TextEnvelope | DocumentEnvelope
