import type { AggregateReference, AggregateState, Message } from '@counterfoil/core'
import type { DeadLetter } from '../dispatch/dead-letter.ts'
import type { QuarantinedDocument } from '../receive/quarantine.ts'
import type { OriginalText } from './people-ledger.ts'
import type {
  AggregateLink,
  AnsweredCommand,
  AnsweredDelivery,
  ConnectorCursor,
  Effect,
  EffectResult,
  KnownDocument,
  NewEvent,
  RegisterEntry,
  RowSubject,
  SettledMessage,
  StoredAuditEntry,
  Timer,
  TimerReference,
  TracedMessage,
  ViewRow,
} from './stored-records.ts'

/** An aggregate's new state. Refused when the stored version is no longer `versionBefore`. */
export type AggregateChange = {
  readonly tenant: string
  readonly reference: AggregateReference
  /** `state.sequence` of the state decided upon; 0 for an aggregate that did not exist. */
  readonly versionBefore: number
  readonly state: AggregateState
}

/**
 * Takes an aggregate out of the books and leaves its tombstone as its state. Its events, audit entries, effects, links and
 * settled messages go, with the rows, dead letters and original texts named here; what deliveries, documents, commands and
 * the register of invoices are known by stays. Carried out after everything else of the commit. Refused like any change of an
 * overtaken version, while anything about the aggregate is `Unfinished`, and where a dead letter is not as it was archived.
 */
export type PurgedAggregate = AggregateChange & {
  /** Sources of rows in work queues, its own among them. */
  readonly sources: readonly string[]
  readonly deadLetters: readonly ArchivedLetter[]
  readonly deliveryKeys: readonly string[]
}

/** A dead letter as it was archived. */
export type ArchivedLetter = {
  readonly deadLetterId: string
  /** `hashOf` the whole record. */
  readonly contentHash: string
}

/**
 * What a decision about an aggregate looked at. Refused when the aggregate has another version by now, or other parked
 * messages: else a message could be parked for what has just come, and wait for ever.
 */
export type DecisionBasis = {
  readonly tenant: string
  readonly reference: AggregateReference
  /** 0 for an aggregate that did not exist. */
  readonly version: number
  /** Ids of the messages that were parked, in no order. */
  readonly parked: readonly string[]
}

/** What the work queues show because of `source` from now on: replaces all it showed before. */
export type RowsChange = {
  readonly tenant: string
  /** The aggregate as `kind:key`, `dead-letter:id` or `quarantine:id`. */
  readonly source: string
  /** What the rows are about. */
  readonly aggregate: RowSubject
  readonly rows: readonly ViewRow[]
}

/** Everything one step makes true. All of it is stored at once, or nothing. Empty lists may be left out. */
export type Commit = {
  readonly basis?: readonly DecisionBasis[]
  readonly aggregates?: readonly AggregateChange[]
  readonly purged?: readonly PurgedAggregate[]
  readonly rows?: readonly RowsChange[]
  readonly events?: readonly NewEvent[]
  readonly audit?: readonly StoredAuditEntry[]
  /** Queued behind what is queued already, in this order. A message whose id its aggregate knows is left out. */
  readonly queue?: readonly TracedMessage[]
  /** Dead messages put back behind the queue. One that is not dead is left out. */
  readonly requeue?: readonly Message[]
  readonly settled?: readonly SettledMessage[]
  readonly effects?: readonly Effect[]
  /** What an attempt came to counts only while the effect waits; a person settles one that waits or is dead. */
  readonly effectResults?: readonly EffectResult[]
  /** Carried out before `timersArmed`. */
  readonly timersCancelled?: readonly TimerReference[]
  readonly timersArmed?: readonly Timer[]
  readonly links?: readonly AggregateLink[]
  readonly deliveries?: readonly AnsweredDelivery[]
  readonly documents?: readonly KnownDocument[]
  readonly commands?: readonly AnsweredCommand[]
  /** New, or replaced by the same `quarantineId`. Refused where it settles what is settled already. */
  readonly quarantined?: readonly QuarantinedDocument[]
  /** New, or replaced by the same `deadLetterId`. Refused where it settles what is settled already. */
  readonly deadLetters?: readonly DeadLetter[]
  /** New, or replaced by the same `invoiceKey`; a replaced entry keeps its place in the register. */
  readonly register?: readonly RegisterEntry[]
  readonly cursors?: readonly ConnectorCursor[]
  /** New, or replaced by the same `deliveryKey`. */
  readonly originals?: readonly OriginalText[]
}

/** `conflict`: another writer was faster on the named thing; nothing was stored. Load, decide and commit again. */
export type CommitAnswer =
  | { readonly kind: 'committed' }
  | {
      readonly kind: 'conflict'
      readonly on: 'aggregate' | 'delivery' | 'document' | 'command' | 'quarantine' | 'dead-letter'
      readonly key: string
    }
