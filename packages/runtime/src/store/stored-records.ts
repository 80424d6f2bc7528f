import type {
  AggregateReference,
  AggregateState,
  AuditEntry,
  DomainEvent,
  Instant,
  MachineStamp,
  Message,
  OutwardIntent,
  RegisteredInvoice,
} from '@counterfoil/core'
import type { CommandAnswer } from '../act/command.ts'
import type { DocumentAnswer } from '../receive/document-answer.ts'

/** One aggregate as stored, with what a decision about it must know. */
export type LoadedAggregate = {
  readonly reference: AggregateReference
  /** Null for an aggregate nothing has happened to yet; its version is then 0. */
  readonly state: AggregateState | null
  /** Of the message ids asked about, those the aggregate knows. In no order. */
  readonly known: readonly KnownMessage[]
  /** Messages waiting for something, in the order in which they were first parked. */
  readonly parked: readonly ParkedMessage[]
  /** Timers that are armed, earliest due time first, then by id. */
  readonly timers: readonly Timer[]
}

/** The state of one aggregate of one tenant. */
export type StoredState = {
  readonly tenant: string
  readonly reference: AggregateReference
  readonly state: AggregateState
}

/** How many states of a kind one machine made. */
export type MachineCount = {
  readonly kind: AggregateReference['kind']
  /** Name, version and shape; null for all states without a shape, whichever machine made them. */
  readonly machine: MachineStamp | null
  readonly count: number
}

/** A message id an aggregate has seen, and where the message is now. */
export type KnownMessage = {
  readonly messageId: string
  readonly status: 'applied' | 'queued' | 'parked' | 'dead'
}

/** A message with the trace of the work it follows from, as W3C Trace Context writes it. */
export type TracedMessage = Message & { readonly traceparent?: string | undefined }

/** A message waiting for its aggregate, in the order in which it must be told. */
export type QueuedMessage = {
  /** Grows with every message that is queued; smaller is told first. */
  readonly position: number
  readonly message: TracedMessage
}

/** A message nothing can be done with yet. */
export type ParkedMessage = {
  readonly message: Message
  readonly reason: string
  readonly sentence: string
  /** When it was first parked. */
  readonly parkedAt: string
}

/** What became of a message. `applied` and `duplicate` need no keeping: the events tell. `dead` waits for a person. */
export type MessageOutcome =
  | { readonly kind: 'applied' }
  | { readonly kind: 'duplicate' }
  | { readonly kind: 'parked'; readonly reason: string; readonly sentence: string }
  | { readonly kind: 'dead' }

/** A message and what became of it, as it is committed. */
export type SettledMessage = {
  readonly message: Message
  readonly outcome: MessageOutcome
  readonly at: string
}

/** Something to be carried out outside. */
export type Effect = {
  readonly tenant: string
  /** `<event id>/<ordinal>`: the idempotency key, unique in its tenant and the same for every attempt. */
  readonly key: string
  readonly aggregate: AggregateReference
  /** `people`, `supplier`, `erp` ...: effects of one aggregate reach one destination in the order of their decisions. */
  readonly destination: string
  readonly intent: OutwardIntent
  /** When the decision was taken. */
  readonly decidedAt: string
  /** The trace of the decision, as W3C Trace Context writes it; absent where nobody recorded it. */
  readonly traceparent?: string | undefined
}

/** An effect taken for delivery. */
export type ClaimedEffect = Effect & {
  /** The number of this attempt; no two attempts at an effect ever have the same. */
  readonly attempts: number
  /** Attempts before it that came to an answer, or ran out of time without one. */
  readonly attemptsFailed: number
  /** Leases before it that ran out one after another, each because its process ended before there was an answer. */
  readonly leasesLost: number
}

/** What a delivery attempt came to, or what a person decided about a dead one. */
export type EffectResult = {
  readonly tenant: string
  readonly key: string
  readonly at: string
} & (
  | {
      readonly kind: 'delivered'
      readonly connector: string
      /** What the other side calls what it made of it. */
      readonly reference: string | null
    }
  | {
      readonly kind: 'retry'
      /** The attempt that failed. It says nothing about a later one, which may be under way. */
      readonly attempt: number
      /** Not claimed again before. */
      readonly notBefore: string
      readonly sentence: string
    }
  | {
      /** Ends the lease of an attempt that nobody waited for. It counts neither as failed nor as lost. */
      readonly kind: 'given-back'
      readonly attempt: number
      /** Not claimed again before. */
      readonly notBefore: string
    }
  | { readonly kind: 'dead'; readonly sentence: string }
  | { readonly kind: 'discarded'; readonly sentence: string }
  /** Waits again, with failed attempts and lost leases counted from 0. */
  | { readonly kind: 'redrive' }
)

/** An effect with its fate, for those who look. */
export type EffectRecord = Effect & {
  readonly state: 'waiting' | 'delivered' | 'dead' | 'discarded'
  /** How often it was taken for delivery. */
  readonly attempts: number
  /** How many of these failed, since it was decided or sent again: by an answer, or by none in time. */
  readonly attemptsFailed: number
  /** How many leases in a row ran out because their process ended, by the last time it was taken. */
  readonly leasesLost: number
  readonly settledAt: string | null
  readonly connector: string | null
  readonly reference: string | null
  /** Why the last attempt failed. */
  readonly sentence: string | null
}

/** A timer of an aggregate. Arming the same `timerId` again replaces it. */
export type Timer = {
  readonly tenant: string
  readonly aggregate: AggregateReference
  readonly timerId: string
  /** The aggregate's version when it was armed; part of the id of the message it becomes. */
  readonly armedVersion: number
  readonly dueAt: Instant
  readonly type: string
  readonly data: Message['data']
  /** Id of the event that armed it. */
  readonly causedBy: string
}

/** Names one timer as it was armed; one that was armed anew since is another. */
export type TimerReference = Pick<Timer, 'tenant' | 'aggregate' | 'timerId' | 'armedVersion'>

/** A delivery that was answered, by its delivery key. */
export type AnsweredDelivery = {
  readonly tenant: string
  readonly deliveryKey: string
  /** sha-256 of the document's text as it arrived. */
  readonly contentHash: string
  readonly receivedAt: string
  readonly answer: DocumentAnswer
}

/** A canonical document that was taken in: business number and revision on one side, content on the other. */
export type KnownDocument = {
  readonly tenant: string
  /** Buyer, kind, supplier and number. */
  readonly documentKey: string
  readonly revision: number
  /** sha-256 of the canonical document without its origin. */
  readonly contentHash: string
  /** The delivery it came in by; the answer to it says which aggregates were told. */
  readonly deliveryKey: string
  readonly receivedAt: string
  /** When its sender issued it. Absent in records of before; then it counts as issued when it was received. */
  readonly issuedAt?: Instant
  /** The trace in which it was taken in, as W3C Trace Context writes it; absent where nobody recorded it. */
  readonly traceparent?: string | undefined
}

/** A command that was answered, by its idempotency key. */
export type AnsweredCommand = {
  readonly tenant: string
  readonly idempotencyKey: string
  /** sha-256 of the canonical command: the same key with another command is not a repeat. */
  readonly contentHash: string
  readonly at: string
  readonly answer: CommandAnswer
}

/** Which list a row belongs to. */
export type View =
  | 'order'
  | 'shipment'
  | 'invoice'
  | 'agreement'
  | 'exception'
  | 'hold'
  | 'task'
  | 'dispute'
  | 'drift'

/** One row of a work queue: a few columns to select and sort by, and what is shown. */
export type ViewRow = {
  readonly view: View
  /** Unique in its tenant and view. */
  readonly id: string
  readonly buyerOrganisation: string
  readonly supplier: string | null
  readonly state: string
  /** Still wants attention; closed rows stay for the record. */
  readonly open: boolean
  readonly ownerRole: string | null
  readonly openedAt: string | null
  readonly dueAt: string | null
  /** Plain JSON. */
  readonly body: { readonly [name: string]: unknown }
}

/**
 * Why an aggregate may not be purged: a row of a work queue about it is `open`; a `message` for it is queued or parked; a
 * `timer` is armed; an `effect` waits or is dead; it has entries that no `head` speaks of.
 */
export type Unfinished = 'open' | 'message' | 'timer' | 'effect' | 'head'

/** What a row is about: an aggregate, or a document that belongs to none yet. */
export type RowSubject = {
  readonly kind: AggregateReference['kind'] | 'document'
  readonly key: string
}

/** A row and what it is about. */
export type StoredViewRow = ViewRow & { readonly aggregate: RowSubject }

/** Two aggregates that talk to each other: an invoice and the orders it bills. Has no direction. */
export type AggregateLink = {
  readonly tenant: string
  readonly from: AggregateReference
  readonly to: AggregateReference
}

/** An entry of the register of suppliers' invoice numbers. */
export type RegisterEntry = {
  readonly tenant: string
  readonly buyerOrganisation: string
  readonly invoiceKey: string
  readonly invoice: RegisteredInvoice
}

/** Where reading a connector goes on. */
export type ConnectorCursor = { readonly connector: string; readonly cursor: string }

/** An event to be stored; `messageId` names the message it is, and is null for an event derived from it. */
export type NewEvent = { readonly event: DomainEvent; readonly messageId: string | null }

/** Whose an audit chain is: an aggregate's, or that of a purge, which names what it took out of the books. */
export type ChainOwner = AggregateReference | { readonly kind: 'retention'; readonly key: string }

/** An audit entry and whose chain it belongs to. */
export type StoredAuditEntry = {
  readonly tenant: string
  readonly reference: ChainOwner
  readonly entry: AuditEntry
}
