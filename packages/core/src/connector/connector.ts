import type { TradeDocumentKind } from '../document/document.ts'
import type { AggregateReference } from '../identity/identity.ts'
import type { Intent } from '../message/intent.ts'
import type { Envelope } from './envelope.ts'

declare global {
  // Core is compiled without the types of a browser or of Node; where those are present the two declarations merge.
  interface AbortSignal {}
}

/** What is carried out outside: people are told, documents sent, records written. The rest the runtime does itself. */
export type OutwardIntent = Extract<
  Intent,
  { readonly kind: 'notify' | 'send-supplier-notice' | 'send-document' | 'write-back' }
>

/** What a connector can carry out: the intent, and for documents and records where they go. */
export type WriteCapability =
  | 'notify'
  | 'send-supplier-notice'
  | 'send-document/supplier'
  | 'send-document/erp'
  | 'send-document/wms'
  | 'write-back/erp'
  | 'write-back/wms'
  | 'write-back/finance'
  | 'write-back/planning'

/** The capability an intent asks for. */
export function capabilityFor(intent: OutwardIntent): WriteCapability {
  switch (intent.kind) {
    case 'notify':
    case 'send-supplier-notice':
      return intent.kind
    case 'send-document':
      return `send-document/${intent.to}`
    case 'write-back':
      return `write-back/${intent.system}`
  }
}

/** Which documents a connector brings in and which intents it carries out. */
export type ConnectorCapabilities = {
  readonly reads: readonly TradeDocumentKind[]
  readonly writes: readonly WriteCapability[]
}

/** Asks for what arrived after `cursor`, oldest first. */
export type ReadRequest = {
  /** The `cursor` of the page before; null for the beginning. */
  readonly cursor: string | null
  /** At most so many deliveries, 1 or more. */
  readonly limit: number
  readonly signal: AbortSignal
}

/** Deliveries in the order in which they arrived. */
export type ReadPage = {
  readonly deliveries: readonly Envelope[]
  /** Where the next page begins. Asking again with it gives what came after this page, and nothing of it. */
  readonly cursor: string | null
  /** False when nothing waits behind this page right now. */
  readonly more: boolean
}

/** Asks a system or a person to be told something, once per key. */
export type WriteRequest = {
  readonly tenant: string
  /** The aggregate whose decision asks for it. */
  readonly aggregate: AggregateReference
  readonly intent: OutwardIntent
  /** The same for every attempt; whoever receives it applies it once. */
  readonly idempotencyKey: string
  readonly signal: AbortSignal
  /** The trace it belongs to, to be sent along as the header `traceparent` of W3C; absent where nobody records it. */
  readonly traceparent?: string | undefined
}

/**
 * What the other side answered. `applied`: done now, or already done under the same key (`repeated`). `conflict`: the
 * record is at another version than expected and was not changed. `refused`: understood and declined; asking again
 * would not help.
 */
export type WriteAnswer =
  | { readonly kind: 'applied'; readonly reference: string | null; readonly repeated: boolean }
  | { readonly kind: 'conflict'; readonly currentVersion: number | null; readonly sentence: string }
  | { readonly kind: 'refused'; readonly reason: string; readonly sentence: string }

/**
 * A system or channel Counterfoil talks to. `read` gives deliveries oldest first; the same cursor asked twice gives the
 * same deliveries first; a cursor the connector does not know is `CONNECTOR_REPLY_INVALID`; nothing new is an empty
 * page with the cursor unchanged, never an error. `write` applies an idempotency key once and answers a repeat with
 * the first reference. Reading a connector that reads nothing, or writing an intent outside `capabilities`, throws
 * `CONNECTOR_NOT_CAPABLE`; a system that cannot be reached throws `CONNECTOR_UNAVAILABLE`, which is retryable, and so
 * does a call whose `signal` is aborted.
 */
export type Connector = {
  /** A new contract is a new letter, never a silent change. */
  readonly contract: 'v1'
  /** Unique in one runtime; cursors are kept under it. */
  readonly name: string
  /** The tenants it works for; every tenant of the installation when absent. */
  readonly tenants?: readonly string[]
  readonly capabilities: ConnectorCapabilities
  readonly read: (request: ReadRequest) => Promise<ReadPage>
  readonly write: (request: WriteRequest) => Promise<WriteAnswer>
}
