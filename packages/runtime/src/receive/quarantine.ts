import type { Actor, EnvelopeHeader, Finding } from '@counterfoil/core'

/** A document that could not be used, kept whole until a person repairs or discards it. */
export type QuarantinedDocument = {
  readonly tenant: string
  /** Derived from the delivery, so that the same bad delivery is quarantined once. */
  readonly quarantineId: string
  readonly envelope: EnvelopeHeader
  readonly deliveryKey: string
  readonly contentHash: string
  /** The untouched text of just this document. */
  readonly raw: string
  readonly findings: readonly Finding[]
  /** `NOT_RECOGNISED`, `UNREADABLE`, `NOT_ADDRESSABLE`, `REFUSED`, `UNDECIDABLE`. */
  readonly reason: string
  readonly sentence: string
  readonly receivedAt: string
  readonly state: 'quarantined' | 'repaired' | 'discarded'
  /** Set when it was repaired or discarded. */
  readonly settled: {
    readonly at: string
    readonly by: Actor
    readonly note: string
  } | null
}
