import type {
  AggregateReference,
  AggregateState,
  AuditEntry,
  DomainEvent,
  Message,
  OutwardIntent,
  RegisteredInvoice,
} from '@counterfoil/core'
import type { DeadLetter } from '../dispatch/dead-letter.ts'
import type { DocumentAnswer } from '../receive/document-answer.ts'
import type { QuarantinedDocument } from '../receive/quarantine.ts'
import type { CommandAnswer } from '../act/command.ts'

/** One aggregate as stored. `state` is null for an aggregate nothing has happened to yet; its version is then 0. */
export type LoadedAggregate = {
  readonly reference: AggregateReference
  readonly state: AggregateState | null
}

/** A message waiting for its aggregate, in the order in which it must be told. */
export type QueuedMessage = {
  /** Grows with every message that is queued; smaller is told first. */
  readonly position: number
  readonly message: Message
}

/** A message nothing can be done with yet. */
export type ParkedMessage = {
  readonly message: Message
  readonly reason: string
  readonly sentence: string
  /** When it was first parked. */
  readonly parkedAt: string
}

/** What became of a message. A message with an outcome is never told again, except a parked one. */
export type MessageOutcome =
  | { readonly kind: 'applied' }
  | { readonly kind: 'duplicate'; readonly sentence: string }
  | { readonly kind: 'parked'; readonly reason: string; readonly sentence: string }
  | { readonly kind: 'refused'; readonly reason: string; readonly sentence: string }

/** A message and what became of it, as it is committed. */
export type SettledMessage = {
  readonly message: Message
  readonly outcome: MessageOutcome
}

/** Something to be carried out outside. */
export type Effect = {
  readonly tenant: string
  /** `<event id>/<ordinal>`: the idempotency key, unique in its tenant and the same for every attempt. */
  readonly key: string
  readonly aggregate: AggregateReference
  readonly intent: OutwardIntent
  /** When the decision was taken. */
  readonly decidedAt: string
}

/** An effect taken for delivery. */
export type ClaimedEffect = Effect & {
  /** Attempts made before this one. */
  readonly attempts: number
}

/** What a delivery attempt came to. */
export type EffectResult =
  | {
      readonly kind: 'delivered'
      readonly tenant: string
      readonly key: string
      readonly at: string
      readonly connector: string
      readonly reference: string | null
    }
  | {
      readonly kind: 'retry'
      readonly tenant: string
      readonly key: string
      readonly at: string
      /** Not claimed again before. */
      readonly notBefore: string
      readonly sentence: string
    }
  | {
      readonly kind: 'dead'
      readonly tenant: string
      readonly key: string
      readonly at: string
      readonly sentence: string
    }
  | {
      readonly kind: 'discarded'
      readonly tenant: string
      readonly key: string
      readonly at: string
      readonly sentence: string
    }
  | {
      /** Back to waiting, with its attempts counted from 0. */
      readonly kind: 'redrive'
      readonly tenant: string
      readonly key: string
      readonly at: string
    }

/** An effect with its fate, for those who look. */
export type EffectRecord = Effect & {
  readonly state: 'waiting' | 'delivered' | 'dead' | 'discarded'
  readonly attempts: number
  readonly settledAt: string | null
  readonly connector: string | null
  /** What the other side calls what it made of it. */
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
  readonly dueAt: string
  readonly type: string
  readonly data: Message['data']
  readonly causedBy: string
}

/** Names one timer. */
export type TimerReference = Pick<Timer, 'tenant' | 'aggregate' | 'timerId'>

/** A delivery that was answered, by its delivery key. */
export type AnsweredDelivery = {
  readonly tenant: string
  readonly deliveryKey: string
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
  readonly deliveryKey: string
  readonly receivedAt: string
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

/** An aggregate's new state. Refused when the stored version is no longer `versionBefore`. */
export type AggregateChange = {
  readonly tenant: string
  readonly reference: AggregateReference
  /** `state.sequence` of the state decided upon; 0 for an aggregate that did not exist. */
  readonly versionBefore: number
  readonly state: AggregateState
  /** What the work queues show of it from now on: replaces what was shown of it before. */
  readonly rows: readonly ViewRow[]
}

/** Which list a row belongs to. */
export type View = 'order' | 'shipment' | 'invoice' | 'exception' | 'hold' | 'comparison'

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
  readonly body: { readonly [name: string]: unknown }
}

/** A row and the aggregate it was taken from. */
export type StoredViewRow = ViewRow & { readonly aggregate: AggregateReference }

/** Two aggregates that talk to each other: an invoice and the orders it bills. Has no direction and is stored once. */
export type AggregateLink = {
  readonly tenant: string
  readonly from: AggregateReference
  readonly to: AggregateReference
}

/** An entry of the supplier's invoice-number register. */
export type RegisterEntry = {
  readonly tenant: string
  readonly buyerOrganisation: string
  readonly invoiceKey: string
  readonly invoice: RegisteredInvoice
}

/** Where reading a connector goes on. */
export type ConnectorCursor = { readonly connector: string; readonly cursor: string }

/** Everything that one step makes true at once. All of it is stored, or nothing. Empty lists may be left out. */
export type Commit = {
  readonly aggregates?: readonly AggregateChange[]
  readonly events?: readonly DomainEvent[]
  readonly audit?: readonly (AuditEntry & { readonly tenant: string })[]
  /** Queued behind what is queued already, in this order. A message id its aggregate already knows is left out. */
  readonly queue?: readonly Message[]
  readonly settled?: readonly SettledMessage[]
  readonly effects?: readonly Effect[]
  readonly effectResults?: readonly EffectResult[]
  /** Carried out before `timersArmed`. */
  readonly timersCancelled?: readonly TimerReference[]
  readonly timersArmed?: readonly Timer[]
  readonly links?: readonly AggregateLink[]
  readonly deliveries?: readonly AnsweredDelivery[]
  readonly documents?: readonly KnownDocument[]
  readonly commands?: readonly AnsweredCommand[]
  /** New, or replaced by the same `quarantineId`. */
  readonly quarantined?: readonly QuarantinedDocument[]
  /** New, or replaced by the same `deadLetterId`. */
  readonly deadLetters?: readonly DeadLetter[]
  /** New, or replaced by the same `invoiceKey`. */
  readonly register?: readonly RegisterEntry[]
  readonly cursors?: readonly ConnectorCursor[]
}

/** `conflict`: another writer was faster on the named thing; nothing was stored. Load again, decide again, commit again. */
export type CommitAnswer =
  | { readonly kind: 'committed' }
  | {
      readonly kind: 'conflict'
      readonly on: 'aggregate' | 'delivery' | 'document' | 'command'
      readonly key: string
    }

/** A page asked for: at most `limit` rows after the cursor of the page before. */
export type PageRequest = { readonly limit: number; readonly cursor?: string | undefined }

/** Rows, and the cursor to ask for the next ones with; null on the last page. */
export type Page<Row> = { readonly rows: readonly Row[]; readonly cursor: string | null }

/** Selects rows of a view. Conditions that are absent let everything pass. */
export type ViewRequest = PageRequest & {
  readonly tenant: string
  readonly view: View
  readonly id?: string | undefined
  readonly aggregate?: AggregateReference | undefined
  readonly buyerOrganisation?: string | undefined
  readonly supplier?: string | undefined
  readonly state?: string | undefined
  readonly open?: boolean | undefined
  readonly ownerRole?: string | undefined
  /** Due at or before; rows without a due time do not pass. */
  readonly dueBefore?: string | undefined
  /** Opened at or before; rows without an opening time do not pass. */
  readonly openedBefore?: string | undefined
  /** `due`: earliest due time first, none last. `opened`: oldest first, none last. Ties, and `id`: by id. */
  readonly orderBy?: 'id' | 'due' | 'opened' | undefined
}

/** How many rows of a view stand in each state and with each owner. */
export type ViewCount = {
  readonly state: string
  readonly ownerRole: string | null
  readonly open: boolean
  readonly count: number
}

/** Asks for register entries that could be the same invoice: the same supplier, number, or date and total. */
export type RegisterRequest = {
  readonly tenant: string
  readonly buyerOrganisation: string
  readonly supplier: string
  readonly invoiceNumber: string
  readonly invoiceDate: string
  readonly totalAmount: string | null
  readonly limit: number
}

/**
 * Where a runtime keeps everything. Batch-shaped: one `load` for all the aggregates of a step and one `commit` for all
 * that follows from it.
 *
 * Rules of every store, checked by the conformance cases. A commit that answered `committed` is on disk, whatever
 * happens to the process next; one that answered `conflict` or threw has stored nothing. What was not found is null or
 * an empty list, never an error. A store that cannot be reached throws `STORE_UNAVAILABLE` (retryable); after `close`
 * every call throws it too. A store that is full or broken throws, and stays as it was. Nothing of one tenant is ever
 * given to another. Text is kept to the last character and compared by code points.
 */
export type Store = {
  readonly contract: 'v1'
  /** In the order asked for; the same reference asked for twice is answered twice. */
  readonly load: (request: {
    readonly tenant: string
    readonly references: readonly AggregateReference[]
  }) => Promise<readonly LoadedAggregate[]>
  /** Ids, of those asked for, of messages the aggregate has an outcome for, and the outcome. In no order. */
  readonly outcomes: (request: {
    readonly tenant: string
    readonly reference: AggregateReference
    readonly messageIds: readonly string[]
  }) => Promise<readonly SettledMessage[]>
  readonly delivery: (request: {
    readonly tenant: string
    readonly deliveryKey: string
  }) => Promise<AnsweredDelivery | null>
  /** Every revision known under the key, lowest first, then in order of arrival. */
  readonly documents: (request: {
    readonly tenant: string
    readonly documentKey: string
  }) => Promise<readonly KnownDocument[]>
  readonly command: (request: {
    readonly tenant: string
    readonly idempotencyKey: string
  }) => Promise<AnsweredCommand | null>
  /** Oldest registered first. Whether one is a duplicate is for core to say. */
  readonly register: (request: RegisterRequest) => Promise<readonly RegisterEntry[]>
  readonly cursor: (request: { readonly connector: string }) => Promise<string | null>
  readonly commit: (commit: Commit) => Promise<CommitAnswer>
  /** The messages queued longest, of all tenants, by position. They stay queued until they are settled. */
  readonly queued: (request: { readonly limit: number }) => Promise<readonly QueuedMessage[]>
  /** Of one aggregate, in the order in which they were first parked. */
  readonly parkedOf: (request: {
    readonly tenant: string
    readonly reference: AggregateReference
  }) => Promise<readonly ParkedMessage[]>
  /** Timers due at or before `now`, of all tenants, earliest first. They stay until cancelled. */
  readonly dueTimers: (request: {
    readonly now: string
    readonly limit: number
  }) => Promise<readonly Timer[]>
  /** The due time of the earliest timer or retry after `now`; null when nothing is to come. */
  readonly nextDueAt: (request: { readonly now: string }) => Promise<string | null>
  /**
   * Takes effects for delivery until `leaseUntil`; nobody else gets them before. Oldest first; of one aggregate and
   * destination only the oldest that is waiting, so that what follows it never overtakes it. An effect whose lease ran
   * out is given again, with the attempt counted.
   */
  readonly claimEffects: (request: {
    readonly now: string
    readonly leaseUntil: string
    readonly limit: number
  }) => Promise<readonly ClaimedEffect[]>
  readonly rows: (request: ViewRequest) => Promise<Page<StoredViewRow>>
  /** In order of state, then owner. */
  readonly counts: (request: {
    readonly tenant: string
    readonly view: View
  }) => Promise<readonly ViewCount[]>
  /** Events of one aggregate by sequence, or of the whole tenant in the order of their commits. */
  readonly events: (
    request: PageRequest & {
      readonly tenant: string
      readonly aggregate?: AggregateReference | undefined
    },
  ) => Promise<Page<DomainEvent>>
  /** Audit entries by aggregate, then sequence. */
  readonly audit: (
    request: PageRequest & {
      readonly tenant: string
      readonly aggregate?: AggregateReference | undefined
    },
  ) => Promise<Page<AuditEntry>>
  /** The aggregates linked with one, in order of kind, then key. */
  readonly linked: (request: {
    readonly tenant: string
    readonly reference: AggregateReference
  }) => Promise<readonly AggregateReference[]>
  /** Parked messages of the tenant, longest parked first. */
  readonly parked: (
    request: PageRequest & { readonly tenant: string },
  ) => Promise<Page<ParkedMessage>>
  readonly effects: (
    request: PageRequest & {
      readonly tenant: string
      readonly aggregate?: AggregateReference | undefined
      readonly state?: EffectRecord['state'] | undefined
    },
  ) => Promise<Page<EffectRecord>>
  /** Oldest first. */
  readonly quarantined: (
    request: PageRequest & {
      readonly tenant: string
      readonly quarantineId?: string | undefined
      readonly state?: QuarantinedDocument['state'] | undefined
    },
  ) => Promise<Page<QuarantinedDocument>>
  /** Oldest first. */
  readonly deadLetters: (
    request: PageRequest & {
      readonly tenant: string
      readonly deadLetterId?: string | undefined
      readonly state?: DeadLetter['state'] | undefined
    },
  ) => Promise<Page<DeadLetter>>
  /** Ends what is under way and lets go of files and connections. Closing twice is no error. */
  readonly close: () => Promise<void>
}
