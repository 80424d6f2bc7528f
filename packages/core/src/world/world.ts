import type { AgreementState } from '../agreement/agreement-state.ts'
import type { AuditEntry } from '../audit/audit-entry.ts'
import type { Instant } from '../calendar/instant.ts'
import type { OutwardIntent } from '../connector/connector.ts'
import type { AggregateReference } from '../identity/identity.ts'
import type { InvoiceState } from '../invoice-lifecycle/invoice-state.ts'
import type { RegisteredInvoice } from '../match/match-input.ts'
import type { DomainEvent, Message, MessageData } from '../message/message.ts'
import type { OrderState } from '../order-lifecycle/order-state.ts'
import type { ShipmentState } from '../shipment-lifecycle/shipment-state.ts'

/** A message nothing could be done with yet, and why. */
export type ParkedInWorld = {
  readonly message: Message
  readonly reason: string
  readonly sentence: string
}

/** A clock an aggregate has running. */
export type TimerInWorld = {
  readonly aggregate: AggregateReference
  readonly timerId: string
  /** The aggregate's version when it was armed. */
  readonly armedVersion: number
  readonly dueAt: Instant
  readonly type: string
  readonly data: MessageData
  readonly causedBy: string
}

/** Something the outside was told or asked, under the key it is carried out with. */
export type EffectInWorld = {
  readonly key: string
  readonly aggregate: AggregateReference
  readonly intent: OutwardIntent
}

/**
 * Orders with their shipments, invoices and agreements, and everything that happened to them, as one value: what a runtime keeps in
 * its store, without one. For replays, for trying rules on history, and for tests. Plain JSON.
 */
export type World = {
  readonly orders: Readonly<Record<string, OrderState>>
  readonly shipments: Readonly<Record<string, ShipmentState>>
  readonly invoices: Readonly<Record<string, InvoiceState>>
  readonly agreements: Readonly<Record<string, AgreementState>>
  /** Every event, in the order of the decisions. */
  readonly log: readonly DomainEvent[]
  /** Every audit entry, in the order of the decisions; each aggregate's entries form a chain of their own. */
  readonly audit: readonly AuditEntry[]
  readonly parked: readonly ParkedInWorld[]
  readonly timers: readonly TimerInWorld[]
  /** The invoice-number register, one entry for each invoice key. */
  readonly register: Readonly<Record<string, RegisteredInvoice>>
  readonly effects: readonly EffectInWorld[]
}

/** A world in which nothing has happened. */
export const emptyWorld: World = {
  orders: {},
  shipments: {},
  invoices: {},
  agreements: {},
  log: [],
  audit: [],
  parked: [],
  timers: [],
  register: {},
  effects: [],
}
