import type { TradeDocument } from '../document/document.ts'
import type { Channel } from '../document/document-header.ts'
import type { Finding } from '../finding/finding.ts'

/** What a reader must be told that the document itself does not carry. */
export type ReadContext = {
  readonly tenant: string
  readonly buyerOrganisation: string
  /** The supplier when the connection belongs to one; else the reader takes the sender named in the document. */
  readonly supplier?: string
  readonly connection: string
  /** IANA zone in which days and times without an offset are meant. */
  readonly timeZone: string
  readonly currency?: string
}

/**
 * One document of a delivery: read (`document` set; findings may warn) or unreadable (`document` null, at least one
 * finding of severity `error`). `raw` is the untouched text of just this document, so that it can be quarantined,
 * repaired and sent again alone.
 */
export type ReadDocument = {
  readonly document: TradeDocument | null
  readonly findings: readonly Finding[]
  readonly raw: string
  /** Connection and control numbers of this document, else its content hash. */
  readonly deliveryKey: string
}

/** Reads one format into canonical documents. Never throws on bad input: what is wrong comes back as findings. */
export type DocumentReader = {
  readonly format: Channel
  /** Whether this text looks like the format, from its first kilobytes. */
  readonly recognises: (text: string) => boolean
  /** Every document of the delivery in its order; an unreadable delivery gives one entry with a null document. */
  readonly read: (text: string, context: ReadContext) => readonly ReadDocument[]
}
