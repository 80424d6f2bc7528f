import { type AggregateReference, hashOf } from '@counterfoil/core'
import type { ArchivedLetter, Commit, PurgedAggregate, Unfinished } from '@counterfoil/runtime'
import type { Database } from './database.ts'
import { overwriteDeleted } from './store-intake.ts'
import { bodyOf, ownerOf } from './stored.ts'

const itsOwn = 'tenant = ? AND kind = ? AND key = ?'

const unfinishedSql: readonly (readonly [Unfinished, sql: string])[] = [
  ['open', `SELECT 1 FROM work_row WHERE ${itsOwn} AND open = 1 LIMIT 1`],
  ['message', `SELECT 1 FROM message WHERE ${itsOwn} AND status <> 'dead' LIMIT 1`],
  ['timer', `SELECT 1 FROM timer WHERE ${itsOwn} LIMIT 1`],
  ['effect', `SELECT 1 FROM effect WHERE ${itsOwn} AND state IN ('waiting', 'dead') LIMIT 1`],
  ['head', `SELECT 1 FROM audit WHERE ${itsOwn} AND head IS NULL LIMIT 1`],
]

/** Why an aggregate may not be purged. */
export function unfinishedOf(
  database: Database,
  tenant: string,
  reference: AggregateReference,
): readonly Unfinished[] {
  const owner = ownerOf(tenant, reference)
  return unfinishedSql.flatMap(([unfinished, sql]) =>
    database.get(sql, ...owner) === undefined ? [] : [unfinished],
  )
}

/** Whether a dead letter is still what was archived. */
export function isAsArchived(
  database: Database,
  tenant: string,
  { deadLetterId, contentHash }: ArchivedLetter,
): boolean {
  const sql = 'SELECT body FROM dead_letter WHERE tenant = ? AND id = ?'
  const row = database.get(sql, tenant, deadLetterId)
  return row !== undefined && hashOf(bodyOf(row)) === contentHash
}

/** Takes everything of aggregates out but their states, which are their tombstones by now. */
export function purgeFromFile(database: Database, { purged = [] }: Commit): void {
  if (purged.length > 0) overwriteDeleted(database)
  for (const one of purged) purgeOne(database, one)
}

function purgeOne(database: Database, purged: PurgedAggregate): void {
  const { tenant, reference, sources, deadLetters, deliveryKeys } = purged
  const owner = ownerOf(tenant, reference)
  // A link stands once from each side, so the far sides are found along the near ones.
  database.run(
    `DELETE FROM link WHERE (tenant, kind, key, other_kind, other_key) IN (
       SELECT tenant, other_kind, other_key, kind, key FROM link WHERE ${itsOwn})`,
    ...owner,
  )
  for (const table of ['event', 'audit', 'effect', 'message', 'link']) {
    database.run(`DELETE FROM ${table} WHERE ${itsOwn}`, ...owner)
  }
  for (const source of sources) {
    database.run('DELETE FROM work_row WHERE tenant = ? AND source = ?', tenant, source)
  }
  for (const { deadLetterId } of deadLetters) {
    database.run('DELETE FROM dead_letter WHERE tenant = ? AND id = ?', tenant, deadLetterId)
  }
  for (const key of deliveryKeys) {
    database.run('DELETE FROM original WHERE tenant = ? AND delivery_key = ?', tenant, key)
  }
}
