import type { Actor, AggregateReference, MessageData } from '@counterfoil/core'
import type { DocumentAnswer } from '../receive/document-answer.ts'

/** What every command says: who asks, and the key by which a repeat is known. */
export type CommandHeader = {
  readonly tenant: string
  readonly actor: Actor
  /** Chosen by the caller; a repeat gets the first answer and has no effect. */
  readonly idempotencyKey: string
}

/** Something a person or program decides about an order, shipment, invoice or agreement. */
export type AggregateCommand = CommandHeader & {
  readonly aggregate: AggregateReference
  /** `exception.resolved`, `hold.released`, ... */
  readonly type: string
  readonly data: MessageData
  /** The version the actor saw; null to decide whatever the version is. */
  readonly expectedVersion: number | null
}

/** Send a quarantined document again with a mended text. */
export type RepairQuarantined = CommandHeader & {
  readonly type: 'quarantine.repaired'
  readonly quarantineId: string
  readonly body: string
  readonly note: string
}

/** Give up a quarantined document. */
export type DiscardQuarantined = CommandHeader & {
  readonly type: 'quarantine.discarded'
  readonly quarantineId: string
  readonly note: string
}

/** Try a dead letter again, under its old key. */
export type RedriveDeadLetter = CommandHeader & {
  readonly type: 'dead-letter.redriven'
  readonly deadLetterId: string
  readonly note: string
}

/** Give up a dead letter. */
export type DiscardDeadLetter = CommandHeader & {
  readonly type: 'dead-letter.discarded'
  readonly deadLetterId: string
  readonly note: string
}

/** Everything `act` takes. */
export type Command =
  | AggregateCommand
  | RepairQuarantined
  | DiscardQuarantined
  | RedriveDeadLetter
  | DiscardDeadLetter

/** What became of a command. Only `version-conflict` may be asked again under the same key. */
export type CommandAnswer =
  | {
      readonly outcome: 'applied'
      /** The aggregate's version afterwards; null for a command about the runtime itself. */
      readonly version: number | null
      /** Ids of the events, the command first. */
      readonly eventIds: readonly string[]
      /** What a repaired document became. */
      readonly documents: readonly DocumentAnswer[]
    }
  | { readonly outcome: 'parked'; readonly reason: string; readonly sentence: string }
  | { readonly outcome: 'duplicate'; readonly sentence: string }
  | { readonly outcome: 'refused'; readonly reason: string; readonly sentence: string }
  | {
      readonly outcome: 'version-conflict'
      readonly code: 'VERSION_CONFLICT'
      readonly expectedVersion: number
      readonly currentVersion: number
      readonly sentence: string
    }
