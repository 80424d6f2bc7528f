import type {
  AggregateReference,
  AggregateState,
  AuditEntry,
  DomainEvent,
  ExceptionCase,
} from '@counterfoil/core'
import type { DeadLetter } from '../dispatch/dead-letter.ts'
import type { QuarantinedDocument } from '../receive/quarantine.ts'
import type { Page, ViewCount } from '../store/store.ts'
import type {
  HoldSummary,
  InvoiceSummary,
  OrderSummary,
  ShipmentSummary,
} from '../views/summaries.ts'
import type { EffectRecord, ParkedMessage } from '../store/stored-records.ts'

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
  /** In words: what happened and why. */
  readonly explanation: readonly string[]
  /** `rule set@version` of every decision taken in this step. */
  readonly ruleSets: readonly string[]
  readonly audit: readonly AuditEntry[]
  readonly data: DomainEvent['data']
}

/** An aggregate as it stands, with what happened to it and what it is linked with. */
export type AggregateDetail = {
  readonly reference: AggregateReference
  readonly version: number
  readonly state: AggregateState
  readonly linked: readonly AggregateReference[]
}

/** Everything that can be asked of a runtime. Reads only; transactionally current. */
export type Queries = {
  readonly orders: (
    request: Paging & {
      readonly state?: string
      readonly supplier?: string
      readonly buyerOrganisation?: string
      readonly open?: boolean
    },
  ) => Promise<Page<OrderSummary>>
  readonly ordersByState: (request: { readonly tenant: string }) => Promise<readonly ViewCount[]>
  readonly order: (request: {
    readonly tenant: string
    readonly orderKey: string
  }) => Promise<OrderSummary | null>
  /** Shipments, by estimated delivery. */
  readonly shipments: (
    request: Paging & {
      readonly state?: string
      readonly supplier?: string
      readonly open?: boolean
      readonly dueBefore?: string
    },
  ) => Promise<Page<ShipmentSummary>>
  readonly shipment: (request: {
    readonly tenant: string
    readonly shipmentKey: string
  }) => Promise<ShipmentSummary | null>
  readonly aggregate: (request: {
    readonly tenant: string
    readonly reference: AggregateReference
  }) => Promise<AggregateDetail | null>
  /** Steps of the order and of the shipments and invoices linked with it, in the order of their decisions. */
  readonly timeline: (
    request: Paging & { readonly orderKey: string },
  ) => Promise<Page<TimelineEntry>>
  /** What was compared for the order and its invoices, and found inside tolerance: why nothing was opened. */
  readonly comparisons: (
    request: Paging & { readonly orderKey: string; readonly withinTolerance?: boolean },
  ) => Promise<Page<ComparisonSummary>>
  /** Cases, by due time. Open ones unless asked otherwise. */
  readonly exceptions: (
    request: Paging & {
      readonly open?: boolean | 'both'
      readonly ownerRole?: string
      readonly supplier?: string
      readonly dueBefore?: string
      readonly openedBefore?: string
      readonly aggregate?: AggregateReference
    },
  ) => Promise<Page<ExceptionCase>>
  readonly exceptionsByOwner: (request: {
    readonly tenant: string
  }) => Promise<readonly ViewCount[]>
  readonly exception: (request: {
    readonly tenant: string
    readonly exceptionId: string
  }) => Promise<ExceptionCase | null>
  /** Holds, oldest first. Open ones unless asked otherwise. */
  readonly holds: (
    request: Paging & { readonly open?: boolean | 'both'; readonly aggregate?: AggregateReference },
  ) => Promise<Page<HoldSummary>>
  readonly hold: (request: {
    readonly tenant: string
    readonly holdId: string
  }) => Promise<HoldSummary | null>
  /** Invoices, by due date. */
  readonly invoices: (
    request: Paging & {
      readonly state?: string
      readonly supplier?: string
      readonly open?: boolean
      readonly dueBefore?: string
    },
  ) => Promise<Page<InvoiceSummary>>
  readonly invoice: (request: {
    readonly tenant: string
    readonly invoiceKey: string
  }) => Promise<InvoiceSummary | null>
  readonly quarantined: (
    request: Paging & { readonly state?: QuarantinedDocument['state'] },
  ) => Promise<Page<QuarantinedDocument>>
  readonly parked: (request: Paging) => Promise<Page<ParkedMessage>>
  readonly deadLetters: (
    request: Paging & { readonly state?: DeadLetter['state'] },
  ) => Promise<Page<DeadLetter>>
  readonly effects: (
    request: Paging & {
      readonly aggregate?: AggregateReference
      readonly state?: EffectRecord['state']
    },
  ) => Promise<Page<EffectRecord>>
  readonly events: (
    request: Paging & { readonly aggregate?: AggregateReference },
  ) => Promise<Page<DomainEvent>>
  /** The whole audit log of a tenant, chain by chain, in pages. */
  readonly audit: (
    request: Paging & { readonly aggregate?: AggregateReference },
  ) => Promise<Page<AuditEntry>>
}
