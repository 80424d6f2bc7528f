import type { Finding } from '@counterfoil/core'
import type { Segment, Separators } from '../syntax/segment.ts'

/** One document of an interchange: the segments from ST to SE. */
export type TransactionSet = {
  /** ST01: `850`, `855`, `856`, `810`. */
  readonly setType: string
  /** ST02, as sent: leading zeros count. */
  readonly controlNumber: string
  /** From ST to SE, both included; without SE where the sender forgot it or the text was cut off. */
  readonly segments: readonly Segment[]
  /** The SE; null where it is missing. */
  readonly trailer: Segment | null
  /** `ISA[1]/GS[1]/ST[2]`: the start of every path inside it. */
  readonly path: string
  /** What is wrong with its own header and trailer. */
  readonly findings: readonly Finding[]
}

/** Transaction sets of one kind between GS and GE. */
export type FunctionalGroup = {
  /** The GS; null for sets that came without one. */
  readonly header: Segment | null
  readonly trailer: Segment | null
  readonly sets: readonly TransactionSet[]
  /** GS01: `PO` for orders, `PR` acknowledgments, `SH` ship notices, `IN` invoices. */
  readonly functionalId: string
  /** GS02 and GS03, without padding. */
  readonly sender: string
  readonly receiver: string
  /** GS06, as sent. */
  readonly controlNumber: string
  /** GS08: `004010`, `004010VICS`, `005010`. Empty where unknown. Read by its beginning, never compared whole. */
  readonly release: string
}

/** Everything between ISA and IEA. */
export type Interchange = {
  readonly separators: Separators
  /** The ISA; null for a group or set that came without one. */
  readonly header: Segment | null
  readonly trailer: Segment | null
  readonly groups: readonly FunctionalGroup[]
  /** Interchange acknowledgments (TA1) and other service segments outside the groups. */
  readonly serviceSegments: readonly Segment[]
  /** ISA05/06 and ISA07/08, without padding. */
  readonly senderQualifier: string
  readonly sender: string
  readonly receiverQualifier: string
  readonly receiver: string
  /** ISA13, as sent: nine digits, padded with zeros. */
  readonly controlNumber: string
  /** True where ISA14 asks for a TA1. */
  readonly wantsAcknowledgment: boolean
  /** ISA15: `T` is a test and must never be posted. */
  readonly usage: 'production' | 'test' | 'information' | 'unknown'
  /** What is wrong with the interchange and its groups, and belongs to no set alone. */
  readonly findings: readonly Finding[]
}
