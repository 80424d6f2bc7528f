import { type AggregateReference, joinKey } from '@counterfoil/core'
import {
  type Commit,
  type CommitAnswer,
  type RecentStates,
  settledAside,
} from '@counterfoil/runtime'
import type { Database } from './database.ts'
import { keepStates, markOf, type StoredText } from './recent-in-file.ts'
import { changesIn, storeDecisions } from './store-decisions.ts'
import { storeEffects } from './store-effects.ts'
import { storeIntake } from './store-intake.ts'
import { storeMessages, storeTimers } from './store-messages.ts'
import { isAsArchived, purgeFromFile, unfinishedOf } from './sqlite-purge.ts'
import { numberOf, ownerOf, textOf } from './stored.ts'

/** Gives every stored thing the next place in the order of arrival. */
export type NextPosition = () => number

/** Makes a commit true in one transaction, or answers the conflict, or throws, with nothing changed. */
export function commitToFile(
  database: Database,
  recent: RecentStates,
  commit: Commit,
): CommitAnswer {
  const kept = { stored: noStates, mark: '' }
  let answer: CommitAnswer | null = null
  try {
    answer = database.transaction(
      'write',
      (): CommitAnswer => {
        const conflict = conflictOf(database, commit)
        if (conflict !== null) return conflict
        kept.stored = storeAll(database, commit)
        kept.mark = markOf(database)
        return { kind: 'committed' }
      },
      ({ kind }) => kind === 'committed',
    )
    return answer
  } finally {
    // Of a commit that threw nobody knows for sure, and a conflict means that somebody else wrote.
    if (answer?.kind === 'committed') keepStates(recent, kept.stored, kept.mark)
    else recent.clear()
  }
}

const noStates: readonly StoredText[] = []

function conflictOf(database: Database, commit: Commit): CommitAnswer | null {
  const looked = new Map<string, number>()
  for (const { tenant, reference, version, parked } of commit.basis ?? []) {
    const found = versionOf(database, tenant, reference)
    const isSame = found === version && isSameList(parked, parkedIds(database, tenant, reference))
    if (!isSame) return taken('aggregate', reference.key)
    looked.set(joinKey(ownerOf(tenant, reference)), found)
  }
  for (const { tenant, reference, versionBefore } of changesIn(commit)) {
    const found =
      looked.get(joinKey(ownerOf(tenant, reference))) ?? versionOf(database, tenant, reference)
    if (found !== versionBefore) return taken('aggregate', reference.key)
  }
  for (const { tenant, reference, deadLetters } of commit.purged ?? []) {
    if (unfinishedOf(database, tenant, reference).length > 0) {
      return taken('aggregate', reference.key)
    }
    const changed = deadLetters.find((letter) => !isAsArchived(database, tenant, letter))
    if (changed !== undefined) return taken('dead-letter', changed.deadLetterId)
  }
  const isThere = (sql: string, ...values: (string | number)[]): boolean =>
    database.get(sql, ...values) !== undefined
  for (const { tenant, deliveryKey } of commit.deliveries ?? []) {
    const sql = 'SELECT 1 FROM delivery WHERE tenant = ? AND delivery_key = ?'
    if (isThere(sql, tenant, deliveryKey)) return taken('delivery', deliveryKey)
  }
  for (const { tenant, documentKey, revision, contentHash } of commit.documents ?? []) {
    const sql =
      'SELECT 1 FROM document WHERE tenant = ? AND document_key = ? AND revision = ? AND content_hash = ?'
    if (isThere(sql, tenant, documentKey, revision, contentHash)) {
      return taken('document', documentKey)
    }
  }
  for (const { tenant, idempotencyKey } of commit.commands ?? []) {
    const sql = 'SELECT 1 FROM command WHERE tenant = ? AND idempotency_key = ?'
    if (isThere(sql, tenant, idempotencyKey)) return taken('command', idempotencyKey)
  }
  for (const { kind, tenant, id } of settledAside(commit)) {
    const sql =
      kind === 'quarantine'
        ? "SELECT 1 FROM quarantined WHERE tenant = ? AND id = ? AND state <> 'quarantined'"
        : "SELECT 1 FROM dead_letter WHERE tenant = ? AND id = ? AND state <> 'waiting'"
    if (isThere(sql, tenant, id)) return taken(kind, id)
  }
  return null
}

function versionOf(database: Database, tenant: string, reference: AggregateReference): number {
  const row = database.get(
    'SELECT version FROM aggregate WHERE tenant = ? AND kind = ? AND key = ?',
    ...ownerOf(tenant, reference),
  )
  return row === undefined ? 0 : numberOf(row, 'version')
}

function parkedIds(
  database: Database,
  tenant: string,
  reference: AggregateReference,
): readonly string[] {
  return database
    .all(
      "SELECT id FROM message WHERE tenant = ? AND kind = ? AND key = ? AND status = 'parked'",
      ...ownerOf(tenant, reference),
    )
    .map((row) => textOf(row, 'id'))
}

function isSameList(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((id) => other.includes(id))
}

function taken(
  on: Extract<CommitAnswer, { readonly kind: 'conflict' }>['on'],
  key: string,
): CommitAnswer {
  return { kind: 'conflict', on, key }
}

function storeAll(database: Database, commit: Commit): readonly StoredText[] {
  const row = database.get('SELECT last FROM position')
  const before = row === undefined ? 0 : numberOf(row, 'last')
  let last = before
  const nextPosition: NextPosition = () => {
    last += 1
    return last
  }
  const stored = storeDecisions(database, commit, nextPosition)
  storeMessages(database, commit, nextPosition)
  storeTimers(database, commit)
  storeEffects(database, commit, nextPosition)
  storeIntake(database, commit, nextPosition)
  purgeFromFile(database, commit)
  if (last !== before) database.run('UPDATE position SET last = ?', last)
  return stored
}
