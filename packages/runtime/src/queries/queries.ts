import type {
  AggregateReference,
  AggregateState,
  AuditEntry,
  DomainEvent,
  ExceptionCase,
  Task,
} from '@counterfoil/core'
import type { DeadLetter } from '../dispatch/dead-letter.ts'
import type { QuarantinedDocument } from '../receive/quarantine.ts'
import type { Page, ViewCount } from '../store/store.ts'
import type {
  AgreementSummary,
  DisputeSummary,
  DriftSummary,
  HoldSummary,
  InvoiceSummary,
  OrderSummary,
  ShipmentSummary,
} from '../views/summaries.ts'
import type { EffectRecord, ParkedMessage, ViewRow } from '../store/stored-records.ts'

/** A page of at most `limit` rows (100 when absent, 500 at most) after `cursor`. */
export type Paging = {
  readonly tenant: string
  readonly limit?: number | undefined
  readonly cursor?: string | undefined
}

/** Something that was compared for an order or its invoices, and how it came out. */
export type ComparisonSummary = {
  readonly aggregate: AggregateReference
  readonly eventId: string
  readonly at: string
  /** What was compared: `price.amount`, `qty.cumReceived`, `quantity-change` ... */
  readonly subject: string
  readonly withinTolerance: boolean
  readonly sentence: string
  /** `rule set@version`. */
  readonly ruleSets: readonly string[]
}

/** One step in the life of an order, its shipments and invoices, with why. */
export type TimelineEntry = {
  readonly aggregate: AggregateReference
  readonly sequence: number
  readonly occurredAt: string
  readonly receivedAt: string
  readonly type: string
  readonly eventId: string
  readonly causedBy: string | null
  readonly actor: DomainEvent['actor']
  /** What happened, in a few words. */
  readonly headline: string
  /** Why, in words: everything the event says about its reasons. Empty where a document simply came in. */
  readonly explanation: readonly string[]
  /** `rule set@version` of every decision taken in this step. */
  readonly ruleSets: readonly string[]
  readonly audit: readonly AuditEntry[]
  readonly data: DomainEvent['data']
}

/** An aggregate as it stands. `version` counts its events. */
export type AggregateStanding = {
  readonly reference: AggregateReference
  readonly version: number
  readonly state: AggregateState
}

/** An aggregate as it stands, with what it is linked with. */
export type AggregateDetail = AggregateStanding & {
  readonly linked: readonly AggregateReference[]
}

/** An aggregate as it was at an instant. */
export type AggregateMoment = AggregateStanding & {
  /** What the work queues showed of it. */
  readonly rows: readonly ViewRow[]
  /** Nothing has happened to it since. */
  readonly isCurrent: boolean
  /**
   * All of its stored events, replayed, lead to the state that is stored now, to the byte. Null where that state was made by a
   * machine of before or mapped from one: then today's machine says what the events come to, and nothing to compare it with.
   */
  readonly verified: boolean | null
}

/** An order with its shipments, invoices, cases and holds as they were, and the steps that led there. */
export type OrderMoment = {
  readonly at: string
  readonly order: AggregateMoment
  /** Those that had said something to the order by then, or been told something by it. */
  readonly shipments: readonly AggregateMoment[]
  readonly invoices: readonly AggregateMoment[]
  /** Every case there was, ended ones too. */
  readonly exceptions: readonly ExceptionCase[]
  readonly holds: readonly HoldSummary[]
  /** In the order of their decisions. */
  readonly steps: readonly TimelineEntry[]
}

/** Which cases, tasks or disputes a desk asks for: open ones unless it says otherwise. */
export type DeskRequest = Paging & {
  readonly open?: boolean | 'both' | undefined
  readonly state?: string | undefined
  readonly ownerRole?: string | undefined
  readonly supplier?: string | undefined
  readonly buyerOrganisation?: string | undefined
  readonly dueBefore?: string | undefined
  readonly aggregate?: AggregateReference | undefined
}

/** Everything that can be asked of a runtime. Reads only; transactionally current. */
export type Queries = {
  readonly orders: (
    request: Paging & {
      readonly state?: string | undefined
      readonly supplier?: string | undefined
      readonly buyerOrganisation?: string | undefined
      readonly open?: boolean | undefined
    },
  ) => Promise<Page<OrderSummary>>
  readonly ordersByState: (request: { readonly tenant: string }) => Promise<readonly ViewCount[]>
  readonly shipmentsByState: (request: { readonly tenant: string }) => Promise<readonly ViewCount[]>
  readonly invoicesByState: (request: { readonly tenant: string }) => Promise<readonly ViewCount[]>
  readonly order: (request: {
    readonly tenant: string
    readonly orderKey: string
  }) => Promise<OrderSummary | null>
  /** Shipments, by estimated delivery. */
  readonly shipments: (
    request: Paging & {
      readonly state?: string | undefined
      readonly supplier?: string | undefined
      readonly buyerOrganisation?: string | undefined
      readonly open?: boolean | undefined
      /** Expected on or before this day, or due at or before this instant. */
      readonly dueBefore?: string | undefined
    },
  ) => Promise<Page<ShipmentSummary>>
  readonly shipment: (request: {
    readonly tenant: string
    readonly shipmentKey: string
  }) => Promise<ShipmentSummary | null>
  /** Agreements, by their last day. */
  readonly agreements: (
    request: Paging & {
      readonly state?: string | undefined
      readonly supplier?: string | undefined
      readonly buyerOrganisation?: string | undefined
      readonly open?: boolean | undefined
      /** Good until this day, or an earlier one. */
      readonly dueBefore?: string | undefined
    },
  ) => Promise<Page<AgreementSummary>>
  readonly agreementsByState: (request: {
    readonly tenant: string
  }) => Promise<readonly ViewCount[]>
  readonly agreement: (request: {
    readonly tenant: string
    readonly agreementKey: string
  }) => Promise<AgreementSummary | null>
  /** Null for what is not there, or was purged. */
  readonly aggregate: (request: {
    readonly tenant: string
    readonly reference: AggregateReference
  }) => Promise<AggregateDetail | null>
  /** Many aggregates as they stand, read at once, at most 500: one answer each, in the same order; null for what is not there or was purged. */
  readonly aggregates: (request: {
    readonly tenant: string
    readonly references: readonly AggregateReference[]
  }) => Promise<readonly (AggregateStanding | null)[]>
  /** Steps of the order and of the shipments and invoices linked with it, in the order of their decisions. */
  readonly timeline: (
    request: Paging & { readonly orderKey: string },
  ) => Promise<Page<TimelineEntry>>
  /**
   * An order as it was at an instant, with everything decided until then and nothing decided later, from stored events
   * alone: no rule is asked and no clock read. Null where nothing was known of it; one that was purged throws
   * `AGGREGATE_NOT_FOUND` and names the archive it is in. Cases of dead letters and quarantined
   * documents belong to no order and are not among its own.
   */
  readonly orderAt: (request: {
    readonly tenant: string
    readonly orderKey: string
    readonly at: string
  }) => Promise<OrderMoment | null>
  /** Steps of one aggregate alone. */
  readonly history: (
    request: Paging & { readonly aggregate: AggregateReference },
  ) => Promise<Page<TimelineEntry>>
  /** What was compared for the order and its invoices, and found inside tolerance: why nothing was opened. */
  readonly comparisons: (
    request: Paging & { readonly orderKey: string; readonly withinTolerance?: boolean | undefined },
  ) => Promise<Page<ComparisonSummary>>
  /** Cases, by due time. Open ones unless asked otherwise. */
  readonly exceptions: (
    request: DeskRequest & { readonly openedBefore?: string | undefined },
  ) => Promise<Page<ExceptionCase>>
  readonly exceptionsByOwner: (request: {
    readonly tenant: string
  }) => Promise<readonly ViewCount[]>
  readonly exception: (request: {
    readonly tenant: string
    readonly exceptionId: string
  }) => Promise<ExceptionCase | null>
  /**
   * Tasks, by due time. Open ones unless asked otherwise. Asked for one person's, a page may end early, with a cursor to go
   * on.
   */
  readonly tasks: (
    request: DeskRequest & { readonly person?: string | undefined },
  ) => Promise<Page<Task>>
  readonly tasksByOwner: (request: { readonly tenant: string }) => Promise<readonly ViewCount[]>
  readonly task: (request: {
    readonly tenant: string
    readonly taskId: string
  }) => Promise<Task | null>
  /** Disputes, by the time the supplier has to answer. Open ones unless asked otherwise. */
  readonly disputes: (request: DeskRequest) => Promise<Page<DisputeSummary>>
  readonly disputesByOwner: (request: { readonly tenant: string }) => Promise<readonly ViewCount[]>
  readonly dispute: (request: {
    readonly tenant: string
    readonly disputeId: string
  }) => Promise<DisputeSummary | null>
  /** Holds, oldest first. Open ones unless asked otherwise. */
  readonly holds: (
    request: Paging & {
      readonly open?: boolean | 'both' | undefined
      readonly ownerRole?: string | undefined
      readonly supplier?: string | undefined
      readonly buyerOrganisation?: string | undefined
      readonly openedBefore?: string | undefined
      readonly aggregate?: AggregateReference | undefined
    },
  ) => Promise<Page<HoldSummary>>
  /** Fields that systems say otherwise than they stand here, the longest known first. `owner` is the system that owns the field. */
  readonly drift: (
    request: Paging & {
      readonly policy?: DriftSummary['policy'] | undefined
      readonly owner?: string | undefined
      readonly supplier?: string | undefined
      readonly buyerOrganisation?: string | undefined
      readonly aggregate?: AggregateReference | undefined
    },
  ) => Promise<Page<DriftSummary>>
  readonly holdsByOwner: (request: { readonly tenant: string }) => Promise<readonly ViewCount[]>
  readonly hold: (request: {
    readonly tenant: string
    readonly holdId: string
  }) => Promise<HoldSummary | null>
  /** Invoices, by due date. */
  readonly invoices: (
    request: Paging & {
      readonly state?: string | undefined
      readonly supplier?: string | undefined
      readonly buyerOrganisation?: string | undefined
      readonly open?: boolean | undefined
      /** To be paid on or before this day, or at or before this instant. */
      readonly dueBefore?: string | undefined
    },
  ) => Promise<Page<InvoiceSummary>>
  readonly invoice: (request: {
    readonly tenant: string
    readonly invoiceKey: string
  }) => Promise<InvoiceSummary | null>
  readonly quarantined: (
    request: Paging & {
      readonly state?: QuarantinedDocument['state'] | undefined
      readonly quarantineId?: string | undefined
    },
  ) => Promise<Page<QuarantinedDocument>>
  readonly parked: (request: Paging) => Promise<Page<ParkedMessage>>
  readonly deadLetters: (
    request: Paging & {
      readonly state?: DeadLetter['state'] | undefined
      readonly deadLetterId?: string | undefined
    },
  ) => Promise<Page<DeadLetter>>
  readonly effects: (
    request: Paging & {
      readonly aggregate?: AggregateReference | undefined
      readonly state?: EffectRecord['state'] | undefined
    },
  ) => Promise<Page<EffectRecord>>
  readonly events: (
    request: Paging & { readonly aggregate?: AggregateReference | undefined },
  ) => Promise<Page<DomainEvent>>
  /** The whole audit log of a tenant, chain by chain, in pages. */
  readonly audit: (
    request: Paging & { readonly aggregate?: AggregateReference | undefined },
  ) => Promise<Page<AuditEntry>>
}
