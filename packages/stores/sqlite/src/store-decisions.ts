import type { AggregateChange, Commit, RowsChange } from '@counterfoil/runtime'
import type { NextPosition } from './commit-to-file.ts'
import type { Database } from './database.ts'
import type { StoredText } from './recent-in-file.ts'
import { asText, momentOrLast, ownerOf } from './stored.ts'

/** The states that a commit changes, tombstones among them. */
export const changesIn = ({ aggregates = [], purged = [] }: Commit): readonly AggregateChange[] => [
  ...aggregates,
  ...purged,
]

/** Stores states, events, audit entries, links and what the work queues show. Gives the states, for `keepStates`. */
export function storeDecisions(
  database: Database,
  commit: Commit,
  nextPosition: NextPosition,
): readonly StoredText[] {
  const stored = changesIn(commit).map(({ tenant, reference, state }): StoredText => {
    const text = asText(state)
    database.run(
      'INSERT INTO aggregate VALUES (?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET version = excluded.version, body = excluded.body',
      ...ownerOf(tenant, reference),
      state.sequence,
      text,
    )
    return { tenant, reference, state, characters: text.length }
  })
  for (const { event, messageId } of commit.events ?? []) {
    database.run(
      'INSERT INTO event VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
      nextPosition(),
      ...ownerOf(event.tenant, event.aggregate),
      event.sequence,
      event.id,
      messageId,
      asText(event),
    )
  }
  for (const { tenant, reference, entry } of commit.audit ?? []) {
    database.run(
      'INSERT INTO audit (tenant, kind, key, sequence, event_id, body) VALUES (?, ?, ?, ?, ?, ?)',
      ...ownerOf(tenant, reference),
      entry.sequence,
      entry.eventId,
      asText(entry),
    )
  }
  for (const { tenant, from, to } of commit.links ?? []) {
    const sql = 'INSERT OR IGNORE INTO link VALUES (?, ?, ?, ?, ?)'
    database.run(sql, tenant, from.kind, from.key, to.kind, to.key)
    database.run(sql, tenant, to.kind, to.key, from.kind, from.key)
  }
  for (const change of commit.rows ?? []) replaceRows(database, change)
  return stored
}

function replaceRows(database: Database, { tenant, source, aggregate, rows }: RowsChange): void {
  database.run('DELETE FROM work_row WHERE tenant = ? AND source = ?', tenant, source)
  for (const row of rows) {
    database.run(
      'INSERT INTO work_row VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)',
      tenant,
      row.view,
      row.id,
      source,
      aggregate.kind,
      aggregate.key,
      row.buyerOrganisation,
      row.supplier,
      row.state,
      row.open ? 1 : 0,
      row.ownerRole,
      momentOrLast(row.openedAt),
      momentOrLast(row.dueAt),
      asText({ ...row, aggregate }),
    )
  }
}
