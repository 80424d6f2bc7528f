import { type AuditEnd, type AuditHead, auditEnds, type GrownChain } from '@counterfoil/core/audit'
import { joinKey } from '@counterfoil/core'
import type { HeadLedger, NewHead } from '../store/head-ledger.ts'
import type { StoredAuditEntry } from '../store/stored-records.ts'
import { compareKeys, pageInOrder } from './in-order.ts'
import { asStored, type MemoryTables } from './memory-tables.ts'

/** The heads of an in-memory store. */
export function memoryHeads(
  tables: MemoryTables,
  answer: <Value>(read: () => Value) => Promise<Value>,
): HeadLedger {
  const headsOf = (tenant: string): readonly AuditHead[] => tables.heads.get(tenant) ?? []
  return {
    tenants: ({ limit }) =>
      answer(() => {
        const grown = tables.audit.filter((one) => isGrown(tables, one))
        return [...new Set(grown.map(({ tenant }) => tenant))].slice(0, limit)
      }),
    grown: ({ tenant, limit }) => answer(() => grownChains(tables, tenant).slice(0, limit)),
    last: ({ tenant }) => answer(() => headsOf(tenant).at(-1) ?? null),
    list: (request) =>
      answer(() => pageInOrder(headsOf(request.tenant), ({ number }) => [number], request)),
    keys: ({ tenant }) =>
      answer(() =>
        [...(tables.headKeys.get(tenant)?.values() ?? [])].toSorted((a, b) =>
          compareKeys([a.keyId], [b.keyId]),
        ),
      ),
    add: (request) => answer(() => addHead(tables, asStored(request))),
  }
}

function addHead(tables: MemoryTables, { head, keys }: NewHead): boolean {
  const { tenant, number, grown } = head
  const heads = tables.heads.get(tenant) ?? []
  if (heads.some((one) => one.number === number)) return false
  tables.heads.set(tenant, [...heads, head])
  for (const { aggregate, sequence } of grown) {
    tables.covered.set(joinKey([tenant, aggregate]), sequence)
  }
  const known = tables.headKeys.get(tenant) ?? new Map()
  tables.headKeys.set(tenant, known)
  for (const key of keys) known.set(key.keyId, key)
  return true
}

function grownChains(tables: MemoryTables, tenant: string): readonly GrownChain[] {
  const grown = tables.audit.filter((one) => one.tenant === tenant && isGrown(tables, one))
  const sorted = grown.toSorted((a, b) => compareKeys(placeOf(a), placeOf(b)))
  return auditEnds(sorted.map(({ entry }) => entry)).map((end) => ({
    end,
    covered: coveredOf(tables, tenant, end),
  }))
}

const placeOf = ({ reference, entry }: StoredAuditEntry) => [
  reference.kind,
  reference.key,
  entry.sequence,
]

/** Whether no head speaks of an entry. */
export const isGrown = (tables: MemoryTables, { tenant, entry }: StoredAuditEntry): boolean =>
  entry.sequence > coveredOf(tables, tenant, entry)

const coveredOf = (
  tables: MemoryTables,
  tenant: string,
  { aggregate }: Pick<AuditEnd, 'aggregate'>,
): number => tables.covered.get(joinKey([tenant, aggregate])) ?? 0
