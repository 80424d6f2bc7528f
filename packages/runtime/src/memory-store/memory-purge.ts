import { type AggregateReference, joinKey } from '@counterfoil/core'
import { aggregateText, isSameAggregate } from '../store/aggregate-text.ts'
import type { PurgedAggregate } from '../store/commit.ts'
import type { Unfinished } from '../store/stored-records.ts'
import { forgetEffects } from './memory-effects.ts'
import { isGrown } from './memory-heads.ts'
import { type MemoryTables, ownedKey, ownerKey } from './memory-tables.ts'

/** Why an aggregate may not be purged. */
export function unfinishedOf(
  tables: MemoryTables,
  tenant: string,
  reference: AggregateReference,
): readonly Unfinished[] {
  const owner = ownerKey(tenant, reference)
  const isIts = (one: { readonly tenant: string; readonly aggregate: AggregateReference }) =>
    ownerKey(one.tenant, one.aggregate) === owner
  const found: Readonly<Record<Unfinished, boolean>> = {
    open: [...tables.rows.values()].some(
      ({ tenant: own, aggregate, rows }) =>
        own === tenant && isSameAggregate(aggregate, reference) && rows.some(({ open }) => open),
    ),
    message: [...(tables.messages.get(owner)?.values() ?? [])].some(
      ({ status }) => status !== 'dead',
    ),
    timer: (tables.timers.get(owner)?.size ?? 0) > 0,
    effect: [...tables.effects.values()].some(
      ({ record }) => isIts(record) && (record.state === 'waiting' || record.state === 'dead'),
    ),
    head: tables.audit.some(
      (stored) => ownerKey(stored.tenant, stored.reference) === owner && isGrown(tables, stored),
    ),
  }
  return unfinishedInOrder.filter((one) => found[one])
}

const unfinishedInOrder = ['open', 'message', 'timer', 'effect', 'head'] as const

/** Takes everything of an aggregate out but its state, which is its tombstone by now. */
export function purgeFromTables(
  tables: MemoryTables,
  { tenant, reference, sources, deadLetters, deliveryKeys }: PurgedAggregate,
): void {
  const owner = ownerKey(tenant, reference)
  const isIts = (one: { readonly tenant: string; readonly aggregate: AggregateReference }) =>
    ownerKey(one.tenant, one.aggregate) === owner
  takeOut(tables.events, ({ record }) => {
    if (!isIts(record)) return false
    tables.eventIds.delete(ownedKey(tenant, reference, record.id))
    tables.eventNumbers.delete(ownedKey(tenant, reference, record.sequence))
    return true
  })
  takeOut(tables.audit, (stored) => {
    if (ownerKey(stored.tenant, stored.reference) !== owner) return false
    tables.auditNumbers.delete(ownedKey(tenant, reference, stored.entry.sequence))
    return true
  })
  for (const key of tables.appliedMessages) {
    if (key.startsWith(joinKey([tenant, aggregateText(reference), '']))) {
      tables.appliedMessages.delete(key)
    }
  }
  forgetEffects(tables, tenant, reference)
  for (const [key, { tenant: own, from, to }] of tables.links) {
    const isEither = isSameAggregate(from, reference) || isSameAggregate(to, reference)
    if (own === tenant && isEither) tables.links.delete(key)
  }
  tables.messages.delete(owner)
  for (const source of sources) tables.rows.delete(joinKey([tenant, source]))
  for (const { deadLetterId } of deadLetters) {
    tables.deadLetters.delete(joinKey([tenant, deadLetterId]))
  }
  for (const key of deliveryKeys) tables.originals.delete(joinKey([tenant, key]))
}

function takeOut<Row>(rows: Row[], isGone: (row: Row) => boolean): void {
  const kept = rows.filter((row) => !isGone(row))
  rows.length = 0
  for (const row of kept) rows.push(row)
}
