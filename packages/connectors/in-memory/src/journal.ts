import type { AggregateReference, Envelope, OutwardIntent } from '@counterfoil/core'

/** Something the stand-in was asked to do and did: once for each key. */
export type CarriedOut = {
  readonly tenant: string
  readonly aggregate: AggregateReference
  readonly intent: OutwardIntent
  readonly idempotencyKey: string
  /** What the stand-in calls it: `stand-in/erp/7`. */
  readonly reference: string | null
}

/** A record of a system at the version its owner gave it. */
export type OwnedRecord = {
  readonly tenant: string
  readonly system: 'erp' | 'wms' | 'finance' | 'planning'
  readonly record: string
  readonly version: number
}

/** One thing that happened to the stand-in. Plain JSON. */
export type JournalEntry =
  | { readonly kind: 'delivered'; readonly envelope: Envelope }
  | { readonly kind: 'amended'; readonly record: OwnedRecord }
  | { readonly kind: 'carried-out'; readonly carriedOut: CarriedOut }

/** Where the stand-in writes down what happens to it, so that it goes on after a restart as if there had been none. */
export type Journal = {
  /** Everything appended so far, oldest first. Asked once, at the first call. */
  readonly read: () => readonly JournalEntry[]
  /** Must be durable when it returns: only then is the caller told that something was carried out. */
  readonly append: (entry: JournalEntry) => void
}
