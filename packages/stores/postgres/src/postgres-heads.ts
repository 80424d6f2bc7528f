import type { AuditEntry } from '@counterfoil/core'
import type { AuditEnd, AuditHead, AuditKey, GrownChain } from '@counterfoil/core/audit'
import { type HeadLedger, type NewHead, ownerOfChain } from '@counterfoil/runtime'
import { batchOf } from './batch.ts'
import { type Connections, type Session, statement } from './connections.ts'
import { readPage } from './page.ts'
import type { Ask } from './read-lists.ts'
import { asText, bodyOf, numberOf, type SqlRow, storable, textOf } from './stored.ts'

/** How a store asks about a tenant, and how it works for all of them. */
export type HeadPlace = {
  readonly list: <Request extends { readonly tenant: string }, Value>(
    read: (ask: Ask, request: Request) => Promise<Value>,
  ) => (request: Request) => Promise<Value>
  readonly answerOwner: <Value>(work: () => Promise<Value>) => Promise<Value>
  readonly connections: () => Connections
}

/** The heads of a database. */
export function postgresHeads({ list, answerOwner, connections }: HeadPlace): HeadLedger {
  return {
    tenants: ({ limit }) =>
      answerOwner(async () => {
        const sql = 'SELECT DISTINCT tenant FROM audit WHERE head IS NULL LIMIT $1'
        const rows = await connections().ask({ sql, values: [limit] })
        return rows.map((row) => textOf(row, 'tenant'))
      }),
    grown: list(async (ask, { tenant, limit }) =>
      (await ask({ sql: grownSql, values: [storable(tenant), limit] })).map(grownOf),
    ),
    last: list(async (ask, { tenant }) => {
      const sql = 'SELECT body FROM audit_head WHERE tenant = $1 ORDER BY number DESC LIMIT 1'
      const [row] = await ask({ sql, values: [storable(tenant)] })
      return row === undefined ? null : bodyOf(row)
    }),
    list: list((ask, request) =>
      readPage(ask, request, {
        select: 'SELECT number, body FROM audit_head',
        where: [['tenant = ?', storable(request.tenant)]],
        orderBy: [['number', 'bigint']],
        rowOf: bodyOf<AuditHead>,
      }),
    ),
    keys: list(async (ask, { tenant }) => {
      const sql = 'SELECT body FROM audit_key WHERE tenant = $1 ORDER BY key_id'
      return (await ask({ sql, values: [storable(tenant)] })).map(bodyOf<AuditKey>)
    }),
    add: (request) =>
      answerOwner(() => connections().within((session) => addHead(session, request))),
  }
}

// An entry stands behind what heads speak of, so the first of those that no head speaks of says how far they do.
const grownSql = `
  SELECT grown.first, audit.body FROM (
    SELECT tenant, kind, key, min(sequence) AS first, max(sequence) AS sequence FROM audit
    WHERE tenant = $1 AND head IS NULL GROUP BY tenant, kind, key ORDER BY kind, key LIMIT $2
  ) AS grown
  JOIN audit USING (tenant, kind, key, sequence)
  ORDER BY kind, key`

function grownOf(row: SqlRow): GrownChain {
  const { aggregate, sequence, hash } = bodyOf<AuditEntry & AuditEnd>(row)
  return { end: { aggregate, sequence, hash }, covered: numberOf(row, 'first') - 1 }
}

type PlacedEnd = AuditEnd & { readonly tenant: string; readonly number: number }
const markEntries = batchOf<PlacedEnd>(
  {
    tenant: ['text', ({ tenant }) => storable(tenant)],
    kind: ['text', ({ aggregate }) => ownerOfChain(aggregate).kind],
    key: ['text', ({ aggregate }) => storable(ownerOfChain(aggregate).key)],
    sequence: ['bigint', ({ sequence }) => sequence],
    number: ['bigint', ({ number }) => number],
  },
  (_names, rows) =>
    `UPDATE audit SET head = given.number FROM ${rows}
     WHERE audit.tenant = given.tenant AND audit.kind = given.kind AND audit.key = given.key
       AND audit.sequence <= given.sequence AND audit.head IS NULL`,
)

type OwnedKey = { readonly tenant: string; readonly key: AuditKey }
const storeKeys = batchOf<OwnedKey>(
  {
    tenant: ['text', ({ tenant }) => storable(tenant)],
    key_id: ['text', ({ key }) => storable(key.keyId)],
    body: ['json', ({ key }) => asText(key)],
  },
  (names, rows) => `INSERT INTO audit_key (${names}) SELECT ${names} FROM ${rows}
    ON CONFLICT (tenant, key_id) DO UPDATE SET body = excluded.body`,
)

const begin = statement('BEGIN')
const commit = statement('COMMIT')
const rollback = statement('ROLLBACK')

async function addHead(session: Session, { head, keys }: NewHead): Promise<boolean> {
  const { tenant, number, grown } = head
  const [, added = []] = await session.send(begin, {
    sql: `INSERT INTO audit_head VALUES ($1, $2, $3) ON CONFLICT DO NOTHING RETURNING number`,
    values: [storable(tenant), number, asText(head)],
  })
  if (added.length === 0) {
    await session.send(rollback)
    return false
  }
  await session.send(
    ...markEntries(grown.map((end) => ({ ...end, tenant, number }))),
    ...storeKeys(keys.map((key) => ({ tenant, key }))),
    commit,
  )
  return true
}
