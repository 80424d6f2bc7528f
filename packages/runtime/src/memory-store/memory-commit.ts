import {
  type AggregateReference,
  CounterfoilError,
  hashOf,
  joinKey,
  type Message,
} from '@counterfoil/core'
import { aggregateText } from '../store/aggregate-text.ts'
import type { AggregateChange, Commit, CommitAnswer } from '../store/commit.ts'
import { type SettledAside, settledAside } from '../store/settled-aside.ts'
import type { Effect, NewEvent, SettledMessage, StoredAuditEntry } from '../store/stored-records.ts'
import { storeEffects } from './memory-effects.ts'
import {
  asStored,
  type MemoryTables,
  nextPosition,
  ownedKey,
  ownerKey,
  type WaitingMessage,
} from './memory-tables.ts'
import { purgeFromTables, unfinishedOf } from './memory-purge.ts'

/** Makes a commit true in the tables, or answers the conflict, or throws, with nothing changed. */
export function commitToTables(tables: MemoryTables, given: Commit): CommitAnswer {
  const commit = asStored(given)
  const conflict = conflictOf(tables, commit)
  if (conflict !== null) return conflict
  refuseContradictions(tables, commit)
  storeDecisions(tables, commit)
  storeMessages(tables, commit)
  storeTimers(tables, commit)
  storeEffects(tables, commit)
  storeIntake(tables, commit)
  for (const purged of commit.purged ?? []) purgeFromTables(tables, purged)
  return { kind: 'committed' }
}

function conflictOf(tables: MemoryTables, commit: Commit): CommitAnswer | null {
  for (const { tenant, reference, version, parked } of commit.basis ?? []) {
    const owner = ownerKey(tenant, reference)
    const isOvertaken = (tables.states.get(owner)?.state.sequence ?? 0) !== version
    const waiting = [...(tables.messages.get(owner)?.values() ?? [])]
    const nowParked = waiting.filter(({ status }) => status === 'parked')
    const isSame =
      nowParked.length === parked.length &&
      nowParked.every(({ message }) => parked.includes(message.id))
    if (isOvertaken || !isSame) return taken('aggregate', reference.key)
  }
  for (const { tenant, reference, versionBefore } of changesIn(commit)) {
    const version = tables.states.get(ownerKey(tenant, reference))?.state.sequence ?? 0
    if (version !== versionBefore) return taken('aggregate', reference.key)
  }
  for (const { tenant, reference, deadLetters } of commit.purged ?? []) {
    if (unfinishedOf(tables, tenant, reference).length > 0) return taken('aggregate', reference.key)
    for (const { deadLetterId, contentHash } of deadLetters) {
      const letter = tables.deadLetters.get(joinKey([tenant, deadLetterId]))?.record
      const isAsArchived = letter !== undefined && hashOf(letter) === contentHash
      if (!isAsArchived) return taken('dead-letter', deadLetterId)
    }
  }
  for (const { tenant, deliveryKey } of commit.deliveries ?? []) {
    if (tables.deliveries.has(joinKey([tenant, deliveryKey]))) return taken('delivery', deliveryKey)
  }
  for (const { tenant, documentKey, revision, contentHash } of commit.documents ?? []) {
    const known = tables.documents.get(joinKey([tenant, documentKey])) ?? []
    const isKnown = known.some(
      (other) => other.revision === revision && other.contentHash === contentHash,
    )
    if (isKnown) return taken('document', documentKey)
  }
  for (const { tenant, idempotencyKey } of commit.commands ?? []) {
    if (tables.commands.has(joinKey([tenant, idempotencyKey]))) {
      return taken('command', idempotencyKey)
    }
  }
  for (const aside of settledAside(commit)) {
    if (isSettled(tables, aside)) return taken(aside.kind, aside.id)
  }
  return null
}

const changesIn = ({ aggregates = [], purged = [] }: Commit): readonly AggregateChange[] => [
  ...aggregates,
  ...purged,
]

function isSettled(tables: MemoryTables, { kind, tenant, id }: SettledAside): boolean {
  const key = joinKey([tenant, id])
  if (kind === 'quarantine') {
    return (tables.quarantined.get(key)?.record.state ?? 'quarantined') !== 'quarantined'
  }
  return (tables.deadLetters.get(key)?.record.state ?? 'waiting') !== 'waiting'
}

function taken(
  on: Extract<CommitAnswer, { readonly kind: 'conflict' }>['on'],
  key: string,
): CommitAnswer {
  return { kind: 'conflict', on, key }
}

function refuseContradictions(tables: MemoryTables, commit: Commit): void {
  const events = commit.events ?? []
  refuseRepeats('event', tables.eventIds, events.map(eventIdKey))
  refuseRepeats('event number', tables.eventNumbers, events.map(eventNumberKey))
  refuseRepeats('message', tables.appliedMessages, events.flatMap(messageKeys))
  refuseRepeats('audit entry', tables.auditNumbers, (commit.audit ?? []).map(auditNumberKey))
  refuseRepeats('effect', tables.effects, (commit.effects ?? []).map(effectKey))
}

function refuseRepeats(
  what: string,
  known: { readonly has: (key: string) => boolean },
  keys: readonly string[],
): void {
  const added = new Set<string>()
  for (const key of keys) {
    if (known.has(key) || added.has(key)) {
      throw new CounterfoilError(
        'INVARIANT_BROKEN',
        `${what} \`${key}\` is stored already: every one is stored once`,
      )
    }
    added.add(key)
  }
}

const eventIdKey = ({ event }: NewEvent): string =>
  ownedKey(event.tenant, event.aggregate, event.id)
const eventNumberKey = ({ event }: NewEvent): string =>
  ownedKey(event.tenant, event.aggregate, event.sequence)
const messageKeys = ({ event, messageId }: NewEvent): readonly string[] =>
  messageId === null ? [] : [ownedKey(event.tenant, event.aggregate, messageId)]
const auditNumberKey = ({ tenant, reference, entry }: StoredAuditEntry): string =>
  ownedKey(tenant, reference, entry.sequence)
const effectKey = ({ tenant, key }: Effect): string => joinKey([tenant, key])

function storeDecisions(tables: MemoryTables, commit: Commit): void {
  for (const { tenant, reference, state } of changesIn(commit)) {
    tables.states.set(ownerKey(tenant, reference), { tenant, reference, state })
  }
  for (const change of commit.rows ?? []) {
    tables.rows.set(joinKey([change.tenant, change.source]), change)
  }
  for (const added of commit.events ?? []) {
    tables.events.push({ position: nextPosition(tables), record: added.event })
    tables.eventIds.add(eventIdKey(added))
    tables.eventNumbers.add(eventNumberKey(added))
    for (const key of messageKeys(added)) tables.appliedMessages.add(key)
  }
  for (const stored of commit.audit ?? []) {
    tables.audit.push(stored)
    tables.auditNumbers.add(auditNumberKey(stored))
  }
  for (const link of commit.links ?? []) {
    const [one, other] = [aggregateText(link.from), aggregateText(link.to)].toSorted()
    tables.links.set(joinKey([link.tenant, String(one), String(other)]), link)
  }
}

function storeMessages(tables: MemoryTables, commit: Commit): void {
  for (const settled of commit.settled ?? []) settleMessage(tables, settled)
  for (const message of commit.queue ?? []) {
    if (statusOf(tables, message) === null) queueMessage(tables, message)
  }
  for (const message of commit.requeue ?? []) {
    if (statusOf(tables, message) === 'dead') queueMessage(tables, message)
  }
}

function settleMessage(tables: MemoryTables, { message, outcome, at }: SettledMessage): void {
  const waiting = messagesOf(tables, message.tenant, message.aggregate)
  const before = waiting.get(message.id)
  if (outcome.kind === 'applied' || outcome.kind === 'duplicate') {
    waiting.delete(message.id)
    return
  }
  const isParkedAlready = before?.status === 'parked'
  waiting.set(message.id, {
    message,
    status: outcome.kind,
    position: isParkedAlready ? before.position : nextPosition(tables),
    reason: outcome.kind === 'parked' ? outcome.reason : '',
    sentence: outcome.kind === 'parked' ? outcome.sentence : '',
    parkedAt: isParkedAlready ? before.parkedAt : at,
  })
}

function queueMessage(tables: MemoryTables, message: Message): void {
  messagesOf(tables, message.tenant, message.aggregate).set(message.id, {
    message,
    status: 'queued',
    position: nextPosition(tables),
    reason: '',
    sentence: '',
    parkedAt: '',
  })
}

function statusOf(tables: MemoryTables, message: Message): string | null {
  const { tenant, aggregate, id } = message
  if (tables.appliedMessages.has(ownedKey(tenant, aggregate, id))) return 'applied'
  return tables.messages.get(ownerKey(tenant, aggregate))?.get(id)?.status ?? null
}

function messagesOf(
  tables: MemoryTables,
  tenant: string,
  reference: AggregateReference,
): Map<string, WaitingMessage> {
  const owner = ownerKey(tenant, reference)
  const messages = tables.messages.get(owner) ?? new Map()
  tables.messages.set(owner, messages)
  return messages
}

function storeTimers(tables: MemoryTables, commit: Commit): void {
  for (const { tenant, aggregate, timerId, armedVersion } of commit.timersCancelled ?? []) {
    const timers = tables.timers.get(ownerKey(tenant, aggregate))
    if (timers?.get(timerId)?.armedVersion === armedVersion) timers.delete(timerId)
  }
  for (const timer of commit.timersArmed ?? []) {
    const owner = ownerKey(timer.tenant, timer.aggregate)
    const timers = tables.timers.get(owner) ?? new Map()
    tables.timers.set(owner, timers.set(timer.timerId, timer))
  }
}

function storeIntake(tables: MemoryTables, commit: Commit): void {
  for (const delivery of commit.deliveries ?? []) {
    tables.deliveries.set(joinKey([delivery.tenant, delivery.deliveryKey]), delivery)
  }
  for (const document of commit.documents ?? []) {
    const key = joinKey([document.tenant, document.documentKey])
    tables.documents.set(key, [...(tables.documents.get(key) ?? []), document])
  }
  for (const command of commit.commands ?? []) {
    tables.commands.set(joinKey([command.tenant, command.idempotencyKey]), command)
  }
  for (const record of commit.quarantined ?? []) {
    keepInPlace(tables, tables.quarantined, joinKey([record.tenant, record.quarantineId]), record)
  }
  for (const record of commit.deadLetters ?? []) {
    keepInPlace(tables, tables.deadLetters, joinKey([record.tenant, record.deadLetterId]), record)
  }
  for (const record of commit.register ?? []) {
    keepInPlace(tables, tables.register, joinKey([record.tenant, record.invoiceKey]), record)
  }
  for (const record of commit.originals ?? []) {
    tables.originals.set(joinKey([record.tenant, record.deliveryKey]), record)
  }
  for (const { connector, cursor } of commit.cursors ?? []) tables.cursors.set(connector, cursor)
}

function keepInPlace<Record>(
  tables: MemoryTables,
  table: Map<string, { readonly position: number; readonly record: Record }>,
  key: string,
  record: Record,
): void {
  const position = table.get(key)?.position ?? nextPosition(tables)
  table.set(key, { position, record })
}
