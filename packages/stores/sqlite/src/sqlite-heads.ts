import type { AuditEntry } from '@counterfoil/core'
import type { AuditHead, AuditKey, GrownChain } from '@counterfoil/core/audit'
import { type HeadLedger, type NewHead, ownerOfChain } from '@counterfoil/runtime'
import type { SqlRow } from './connection.ts'
import type { Database } from './database.ts'
import { readPage } from './page.ts'
import { asText, bodyOf, numberOf, textOf } from './stored.ts'

/** The heads of a file. */
export function sqliteHeads(
  answer: <Value>(work: (database: Database) => Value) => Promise<Value>,
): HeadLedger {
  return {
    tenants: ({ limit }) =>
      answer((database) =>
        database
          .all('SELECT DISTINCT tenant FROM audit WHERE head IS NULL LIMIT ?', limit)
          .map((row) => textOf(row, 'tenant')),
      ),
    grown: ({ tenant, limit }) =>
      answer((database) => database.all(grownSql, tenant, limit, tenant).map(grownOf)),
    last: ({ tenant }) =>
      answer((database) => {
        const sql = 'SELECT body FROM audit_head WHERE tenant = ? ORDER BY number DESC LIMIT 1'
        const row = database.get(sql, tenant)
        return row === undefined ? null : bodyOf(row)
      }),
    list: (request) =>
      answer((database) =>
        readPage(database, request, {
          select: 'SELECT number, body FROM audit_head',
          where: [['tenant = ?', request.tenant]],
          orderBy: ['number'],
          rowOf: bodyOf<AuditHead>,
        }),
      ),
    keys: ({ tenant }) =>
      answer((database) =>
        database
          .all('SELECT body FROM audit_key WHERE tenant = ? ORDER BY key_id', tenant)
          .map(bodyOf<AuditKey>),
      ),
    add: (request) =>
      answer((database) => database.transaction('write', () => addHead(database, request))),
  }
}

// An entry stands behind what heads speak of, so the first of those that no head speaks of says how far they do.
const grownSql = `
  SELECT grown.first, audit.body FROM (
    SELECT kind, key, min(sequence) AS first, max(sequence) AS last FROM audit
    WHERE tenant = ? AND head IS NULL GROUP BY kind, key ORDER BY kind, key LIMIT ?
  ) AS grown
  JOIN audit ON audit.tenant = ? AND audit.kind = grown.kind AND audit.key = grown.key
    AND audit.sequence = grown.last
  ORDER BY grown.kind, grown.key`

function grownOf(row: SqlRow): GrownChain {
  const { aggregate, sequence, hash } = bodyOf<AuditEntry & GrownChain['end']>(row)
  return { end: { aggregate, sequence, hash }, covered: numberOf(row, 'first') - 1 }
}

function addHead(database: Database, { head, keys }: NewHead): boolean {
  const { tenant, number, grown } = head
  const known = 'SELECT 1 FROM audit_head WHERE tenant = ? AND number = ?'
  if (database.get(known, tenant, number) !== undefined) return false
  database.run('INSERT INTO audit_head VALUES (?, ?, ?)', tenant, number, asText(head))
  for (const { aggregate, sequence } of grown) {
    const { kind, key } = ownerOfChain(aggregate)
    database.run(
      `UPDATE audit SET head = ?
       WHERE tenant = ? AND kind = ? AND key = ? AND sequence <= ? AND head IS NULL`,
      number,
      tenant,
      kind,
      key,
      sequence,
    )
  }
  for (const key of keys) {
    const sql = 'INSERT OR REPLACE INTO audit_key VALUES (?, ?, ?)'
    database.run(sql, tenant, key.keyId, asText(key))
  }
  return true
}
