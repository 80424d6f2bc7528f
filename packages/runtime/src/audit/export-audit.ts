import { AggregateReference, type AuditEntry, instant } from '@counterfoil/core'
import {
  type AuditHead,
  type AuditKey,
  type AuditSigner,
  streamAuditExport,
} from '@counterfoil/core/audit'
import * as z from 'zod'
import type { Clock } from '../clock/clock.ts'
import { ownerOfChain } from '../store/head-ledger.ts'
import { pagesOf, readAll } from '../store/pages-of.ts'
import type { Page, PageRequest, Store } from '../store/store.ts'
import { signedAt } from './sign-heads.ts'

/**
 * The lines of an export of a tenant's whole audit log, as far as the heads of the store speak of it: sign heads first, to
 * have all of it. `signer` signs the seal. Everything is read into memory; `streamAudit` reads page by page.
 */
export async function exportAudit(
  place: { readonly store: Store; readonly clock: Clock },
  request: { readonly tenant: string; readonly signer: AuditSigner },
): Promise<readonly string[]> {
  const lines: string[] = []
  for await (const line of streamAudit(place, request)) lines.push(line)
  return lines
}

/**
 * The lines of an export one after the other, for logs of any length: in memory are the names of chains and a page. An
 * export is whole when its last line has come; what throws before leaves none. Where something is purged meanwhile it throws
 * `AUDIT_CHAIN_BROKEN`: begin again.
 */
export async function* streamAudit(
  { store, clock }: { readonly store: Store; readonly clock: Clock },
  { tenant, signer }: { readonly tenant: string; readonly signer: AuditSigner },
): AsyncGenerator<string> {
  const ends = new Map<string, number>()
  let heads = 0
  // Heads before keys: a key is stored with the first head it signs.
  for await (const { grown } of rowsOf((page) => store.heads.list({ tenant, ...page }))) {
    for (const { aggregate, sequence } of grown) ends.set(aggregate, sequence)
    heads += 1
  }
  const keys = await store.heads.keys({ tenant })
  yield* streamAuditExport(
    {
      tenant,
      at: signedAt(instant(clock.now()), signer.keyId, keys),
      entries: entriesUnder(store, tenant, ends),
      heads: first(
        heads,
        rowsOf((page) => store.heads.list({ tenant, ...page })),
      ),
      keys,
    },
    signer,
  )
}

/** The entries that heads speak of, by chain in code unit order and by number. */
async function* entriesUnder(
  store: Store,
  tenant: string,
  ends: ReadonlyMap<string, number>,
): AsyncGenerator<AuditEntry> {
  // Stores go by code points, which is another order for names with characters behind the surrogates.
  const apart = [...ends.keys()].filter((name) => /[\uD800-\uFFFF]/.test(name)).toSorted()
  const isApart = new Set(apart)
  const isUnder = ({ aggregate, sequence }: AuditEntry) => sequence <= (ends.get(aggregate) ?? 0)
  for await (const entry of rowsOf((page) => store.audit({ tenant, ...page }))) {
    if (isApart.has(entry.aggregate) || !isUnder(entry)) continue
    while (apart[0] !== undefined && apart[0] < entry.aggregate) yield* chainOf(apart.shift())
    yield entry
  }
  while (apart.length > 0) yield* chainOf(apart.shift())

  async function* chainOf(name = ''): AsyncGenerator<AuditEntry> {
    const aggregate = ChainName.parse(ownerOfChain(name))
    for await (const entry of rowsOf((page) => store.audit({ tenant, aggregate, ...page }))) {
      if (isUnder(entry)) yield entry
    }
  }
}

const ChainName = z.union([
  AggregateReference,
  z.strictObject({ kind: z.literal('retention'), key: z.string() }),
])

async function* first<Row>(count: number, rows: AsyncIterable<Row>): AsyncGenerator<Row> {
  let left = count
  for await (const row of rows) {
    if (left === 0) return
    left -= 1
    yield row
  }
}

/** The heads of a tenant and the public keys that signed them. */
export async function readHeads(
  store: Store,
  tenant: string,
): Promise<{ readonly heads: readonly AuditHead[]; readonly keys: readonly AuditKey[] }> {
  // Heads before keys: a key is stored with the first head it signs.
  const heads = await readAll((page) => store.heads.list({ tenant, ...page }))
  return { heads, keys: await store.heads.keys({ tenant }) }
}

/** The rows of a list of a store, one after the other. */
async function* rowsOf<Row>(read: (page: PageRequest) => Promise<Page<Row>>): AsyncGenerator<Row> {
  for await (const page of pagesOf(read)) yield* page
}
