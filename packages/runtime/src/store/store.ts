import type {
  AggregateReference,
  AuditEntry,
  Decimal,
  DomainEvent,
  MachineStamp,
} from '@counterfoil/core'
import type { DeadLetter } from '../dispatch/dead-letter.ts'
import type { QuarantinedDocument } from '../receive/quarantine.ts'
import type { Backlog, StoreStanding } from './backlog.ts'
import type { Commit, CommitAnswer } from './commit.ts'
import type { HeadLedger } from './head-ledger.ts'
import type { OriginalText, PeopleLedger } from './people-ledger.ts'
import type {
  AnsweredCommand,
  AnsweredDelivery,
  ChainOwner,
  ClaimedEffect,
  EffectRecord,
  KnownDocument,
  LoadedAggregate,
  MachineCount,
  ParkedMessage,
  QueuedMessage,
  RegisterEntry,
  StoredState,
  StoredViewRow,
  Timer,
  Unfinished,
  View,
} from './stored-records.ts'

/** At most `limit` rows (1 or more) after the cursor of the page before. */
export type PageRequest = { readonly limit: number; readonly cursor?: string | undefined }

/** Rows, and the cursor to ask for the next ones with; null on the last page. */
export type Page<Row> = { readonly rows: readonly Row[]; readonly cursor: string | null }

/** Selects rows of a view. A condition that is absent lets everything pass. */
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
  /** `due`: earliest first, rows without a due time last. `opened`: oldest first, likewise. Ties, and `id`: by id. */
  readonly orderBy?: 'id' | 'due' | 'opened' | undefined
}

/** How many rows of a view stand in one state with one owner. */
export type ViewCount = {
  readonly state: string
  readonly ownerRole: string | null
  readonly open: boolean
  readonly count: number
}

/**
 * Asks for register entries that may be the same invoice: one of these numbers (letters and digits compared, capitals
 * or not), or the same date and total.
 */
export type RegisterRequest = {
  readonly tenant: string
  readonly buyerOrganisation: string
  readonly invoiceNumbers: readonly string[]
  readonly invoiceDate: string
  readonly totalAmount: Decimal | null
  /** The invoice that asks; it is not among the answers. */
  readonly exceptInvoiceKey: string
  readonly limit: number
}

/** Asks for at most `limit` effects that may be delivered at `now`. */
export type ClaimRequest = {
  readonly now: string
  readonly leaseUntil: string
  /** Who waits until later than this was told so by a clock that was wrong, and is taken as if that had come. */
  readonly waitsUntilMax?: string | undefined
  readonly limit: number
  /** Of each destination of a tenant at most so many (1 or more) are given. Absent: as many as the limit. */
  readonly destinationMax?: number | undefined
  /** Destinations of tenants that are given nothing at present. */
  readonly except?: readonly { readonly tenant: string; readonly destination: string }[] | undefined
  /**
   * Of effects whose leases were lost `leasesLost` times in a row (1 or more), with the one that is over now, at most
   * `limit` (0 or more) are given: any of them may be what ends the process. Absent where they are given like others.
   */
  readonly suspects?: { readonly leasesLost: number; readonly limit: number } | undefined
}

/**
 * Where a runtime keeps everything. Batch-shaped: one `load` for the aggregates of a step, one `commit` for all that
 * follows from it.
 *
 * What every store does, sentence by sentence, is checked by the conformance cases. A commit that answered `committed`
 * is on disk, whatever happens to the process next. A commit that answered `conflict` or threw has
 * stored nothing, unless it threw because its answer was lost on the way: then it stored all or nothing, and asking again
 * finds out.
 * What was not found is null or an empty list, never an error. An unreachable store throws `STORE_UNAVAILABLE`
 * (retryable), and so does every call after `close`. Instants are compared as moments, however they are spelled. A
 * commit that contradicts what is stored for ever (an event number or an effect key used twice) throws
 * `INVARIANT_BROKEN`; a cursor that no list gave throws `COMMAND_INVALID`. Nothing of one tenant is ever given to
 * another. Text is kept to the last character and put in order by code points.
 *
 * Processes that share one store may divide the background work among them (`queued`, `dueTimers`, `nextDueAt` and
 * `claimEffects`): each is then given its part, every aggregate is in the part of one of them, and soon in another's
 * when that one is gone.
 */
export type Store = {
  readonly contract: 'v1'
  /**
   * Every stored state of all tenants, or those of a kind or that a machine made, by tenant, kind, key. Null asks for all
   * states without a shape.
   */
  readonly states: (
    request: PageRequest & {
      readonly kind?: AggregateReference['kind'] | undefined
      readonly machine?: MachineStamp | null | undefined
    },
  ) => Promise<Page<StoredState>>
  /** How many states of each kind each machine made, of all tenants: by kind, name, version, shape; states without a shape first. */
  readonly machines: () => Promise<readonly MachineCount[]>
  /** One answer for each request, in the same order. */
  readonly load: (
    requests: readonly {
      readonly tenant: string
      readonly reference: AggregateReference
      readonly messageIds: readonly string[]
    }[],
  ) => Promise<readonly LoadedAggregate[]>
  readonly delivery: (request: {
    readonly tenant: string
    readonly deliveryKey: string
  }) => Promise<AnsweredDelivery | null>
  /** Everything taken in under the key, lowest revision first, then in order of arrival. */
  readonly documents: (request: {
    readonly tenant: string
    readonly documentKey: string
  }) => Promise<readonly KnownDocument[]>
  readonly command: (request: {
    readonly tenant: string
    readonly idempotencyKey: string
  }) => Promise<AnsweredCommand | null>
  /** In the order of registration. Whether one is a duplicate is for core to say. */
  readonly register: (request: RegisterRequest) => Promise<readonly RegisterEntry[]>
  readonly cursor: (request: { readonly connector: string }) => Promise<string | null>
  readonly commit: (commit: Commit) => Promise<CommitAnswer>
  /** The messages queued longest, of all tenants, by position. They stay queued until they are settled. */
  readonly queued: (request: { readonly limit: number }) => Promise<readonly QueuedMessage[]>
  /** Timers due at or before `now`, of all tenants, earliest first. They stay until they are cancelled. */
  readonly dueTimers: (request: {
    readonly now: string
    readonly limit: number
  }) => Promise<readonly Timer[]>
  /**
   * The earliest instant at which a timer is due or an effect may be claimed; null when nothing is to come. Effects that
   * wait for no time may be claimed since the first of them was decided.
   */
  readonly nextDueAt: () => Promise<string | null>
  /**
   * Takes effects for delivery until `leaseUntil`; nobody else is given them before. In the order of their decisions;
   * of one aggregate and destination only the first that still waits, so that nothing overtakes it; nothing for a
   * destination among the exceptions. Of each destination at most `limit`, or `destinationMax` where that is less, that wait
   * for no time are looked at, decided first, and as many whose time has come, longest ago; of these the first by decision
   * are given, and so many suspects at most. How many others wait matters little. An effect whose lease ran out is given again, and the lease counts as lost.
   */
  readonly claimEffects: (request: ClaimRequest) => Promise<readonly ClaimedEffect[]>
  /** Cheap enough to be asked again and again. */
  readonly backlog: () => Promise<Backlog>
  readonly standing: (request: { readonly now: string }) => Promise<StoreStanding>
  /**
   * Calls back when another process left background work for this one. Gives what ends it. Absent where every process
   * sees all of the work.
   */
  readonly watch?: (ring: () => void) => () => void
  /**
   * Gives this process's part of the background work to the others, before it is closed. It is asked for none afterwards.
   * Absent where every process sees all of the work.
   */
  readonly release?: () => Promise<void>
  readonly rows: (request: ViewRequest) => Promise<Page<StoredViewRow>>
  /** Ordered by state, then owner (none first), open ones first. */
  readonly counts: (request: {
    readonly tenant: string
    readonly view: View
  }) => Promise<readonly ViewCount[]>
  /** In the order of their commits, which is also the order of each aggregate's numbers. */
  readonly events: (
    request: PageRequest & {
      readonly tenant: string
      readonly aggregates?: readonly AggregateReference[] | undefined
    },
  ) => Promise<Page<DomainEvent>>
  /** By aggregate kind, then key, then number in the chain. */
  readonly audit: (
    request: PageRequest & {
      readonly tenant: string
      readonly aggregate?: ChainOwner | undefined
      readonly eventIds?: readonly string[] | undefined
    },
  ) => Promise<Page<AuditEntry>>
  /** Why each aggregate may not be purged, in the order of the requests and of `Unfinished`; nothing where it may be. */
  readonly unfinished: (
    requests: readonly { readonly tenant: string; readonly reference: AggregateReference }[],
  ) => Promise<readonly (readonly Unfinished[])[]>
  /** The aggregates linked with one, by kind, then key. */
  readonly linked: (request: {
    readonly tenant: string
    readonly reference: AggregateReference
  }) => Promise<readonly AggregateReference[]>
  /** Longest parked first. */
  readonly parked: (
    request: PageRequest & { readonly tenant: string },
  ) => Promise<Page<ParkedMessage>>
  /** In the order of their decisions. */
  readonly effects: (
    request: PageRequest & {
      readonly tenant: string
      readonly aggregate?: AggregateReference | undefined
      readonly state?: EffectRecord['state'] | undefined
    },
  ) => Promise<Page<EffectRecord>>
  /** In the order of arrival. */
  readonly quarantined: (
    request: PageRequest & {
      readonly tenant: string
      readonly quarantineId?: string | undefined
      readonly state?: QuarantinedDocument['state'] | undefined
    },
  ) => Promise<Page<QuarantinedDocument>>
  /** In the order in which they died. */
  readonly deadLetters: (
    request: PageRequest & {
      readonly tenant: string
      readonly deadLetterId?: string | undefined
      readonly state?: DeadLetter['state'] | undefined
    },
  ) => Promise<Page<DeadLetter>>
  /** The signed heads over the audit chains. */
  readonly heads: HeadLedger
  /** The names of people, apart from the books. */
  readonly people: PeopleLedger
  /** The texts documents came as, by delivery key. */
  readonly originals: (
    request: PageRequest & {
      readonly tenant: string
      readonly deliveryKeys?: readonly string[] | undefined
    },
  ) => Promise<Page<OriginalText>>
  /** Ends what is under way and lets go of files and connections. Closing twice is no error. */
  readonly close: () => Promise<void>
}
