import type { DomainEvent, Message } from '@counterfoil/core'
import { joinKey } from '@counterfoil/core'
import type { AuditHead, AuditKey } from '@counterfoil/core/audit'
import type { DeadLetter } from '../dispatch/dead-letter.ts'
import type { QuarantinedDocument } from '../receive/quarantine.ts'
import { aggregateText } from '../store/aggregate-text.ts'
import type { OriginalText, Person } from '../store/people-ledger.ts'
import type { RowsChange } from '../store/commit.ts'
import type {
  AggregateLink,
  AnsweredCommand,
  AnsweredDelivery,
  ChainOwner,
  EffectRecord,
  KnownDocument,
  RegisterEntry,
  StoredAuditEntry,
  StoredState,
  Timer,
} from '../store/stored-records.ts'
import type { Heap } from './heap.ts'

/** A message that is not applied yet: where it stands in the queue, or why it is parked. */
export type WaitingMessage = {
  readonly message: Message
  readonly status: 'queued' | 'parked' | 'dead'
  readonly position: number
  readonly reason: string
  readonly sentence: string
  readonly parkedAt: string
}

/** An effect, and until when it is nobody else's. */
export type WaitingEffect = {
  readonly position: number
  readonly record: EffectRecord
  readonly notBefore: string | null
  /** The same as a moment; minus infinity where there is none. */
  readonly time: number
  /** Taken by somebody who has not said yet what came of it. */
  readonly isLeased: boolean
}

/**
 * The effects that wait for one destination of one tenant. Of each aggregate the first may be taken, and stands in one of
 * the two heaps; what else stands there is of before, and is left out when it is met.
 */
export type WaitingLine = {
  readonly tenant: string
  readonly destination: string
  /** By aggregate: what waits, in the order of decisions. */
  readonly lanes: Map<string, WaitingEffect[]>
  /** Those that wait for no time, decided first. */
  readonly untimed: Heap<WaitingEffect>
  /** Those that wait for an instant, the earliest first. */
  readonly timed: Heap<WaitingEffect>
  /** No instant that any of them waits for is later. */
  latestTime: number
}

/** Anything kept in the order of its arrival. */
export type Arrived<Record> = { readonly position: number; readonly record: Record }

/** Everything an in-memory store holds, by key. */
export type MemoryTables = {
  position: number
  closed: boolean
  readonly states: Map<string, StoredState>
  readonly events: Arrived<DomainEvent>[]
  readonly eventIds: Set<string>
  readonly eventNumbers: Set<string>
  readonly appliedMessages: Set<string>
  readonly audit: StoredAuditEntry[]
  readonly auditNumbers: Set<string>
  readonly messages: Map<string, Map<string, WaitingMessage>>
  readonly timers: Map<string, Map<string, Timer>>
  readonly effects: Map<string, WaitingEffect>
  /** By tenant and destination. */
  readonly lines: Map<string, WaitingLine>
  readonly rows: Map<string, RowsChange>
  readonly links: Map<string, AggregateLink>
  readonly deliveries: Map<string, AnsweredDelivery>
  readonly documents: Map<string, KnownDocument[]>
  readonly commands: Map<string, AnsweredCommand>
  readonly quarantined: Map<string, Arrived<QuarantinedDocument>>
  readonly deadLetters: Map<string, Arrived<DeadLetter>>
  readonly register: Map<string, Arrived<RegisterEntry>>
  readonly cursors: Map<string, string>
  /** By tenant. */
  readonly heads: Map<string, readonly AuditHead[]>
  readonly headKeys: Map<string, Map<string, AuditKey>>
  /** Up to which entry heads speak of a chain. */
  readonly covered: Map<string, number>
  /** By tenant, then name. */
  readonly people: Map<string, Map<string, Person>>
  readonly originals: Map<string, OriginalText>
}

/** Tables with nothing in them. */
export function emptyTables(): MemoryTables {
  return {
    position: 0,
    closed: false,
    states: new Map(),
    events: [],
    eventIds: new Set(),
    eventNumbers: new Set(),
    appliedMessages: new Set(),
    audit: [],
    auditNumbers: new Set(),
    messages: new Map(),
    timers: new Map(),
    effects: new Map(),
    lines: new Map(),
    rows: new Map(),
    links: new Map(),
    deliveries: new Map(),
    documents: new Map(),
    commands: new Map(),
    quarantined: new Map(),
    deadLetters: new Map(),
    register: new Map(),
    cursors: new Map(),
    heads: new Map(),
    headKeys: new Map(),
    covered: new Map(),
    people: new Map(),
    originals: new Map(),
  }
}

/** The key of one aggregate of one tenant. */
export function ownerKey(tenant: string, reference: ChainOwner): string {
  return joinKey([tenant, aggregateText(reference)])
}

/** The key of one thing of one aggregate: an event by its id, an entry by its number. */
export function ownedKey(tenant: string, reference: ChainOwner, id: string | number): string {
  return joinKey([tenant, aggregateText(reference), String(id)])
}

/** The next place in the order of arrival. */
export function nextPosition(tables: MemoryTables): number {
  tables.position += 1
  return tables.position
}

/** A copy as a store on disk would give it back: plain JSON, shared with nobody. */
export function asStored<Value>(value: Value): Value {
  return JSON.parse(JSON.stringify(value))
}
