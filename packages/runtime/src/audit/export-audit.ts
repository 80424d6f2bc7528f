import { type AuditEntry, instant } from '@counterfoil/core'
import {
  type AuditHead,
  type AuditKey,
  type AuditSigner,
  writeAuditExport,
} from '@counterfoil/core/audit'
import type { Clock } from '../clock/clock.ts'
import type { Page, PageRequest, Store } from '../store/store.ts'

/** What is read of a tenant at once. */
const pageRows = 500

/**
 * The lines of an export of a tenant's whole audit log, as far as the heads of the store speak of it: sign heads first, to
 * have all of it. `signer` signs the seal. Everything is read into memory.
 */
export async function exportAudit(
  { store, clock }: { readonly store: Store; readonly clock: Clock },
  { tenant, signer }: { readonly tenant: string; readonly signer: AuditSigner },
): Promise<readonly string[]> {
  const { heads, keys } = await readHeads(store, tenant)
  const entries = await readAll((page) => store.audit({ tenant, ...page }))
  return writeAuditExport(
    { tenant, at: instant(clock.now()), entries: underHeads(entries, heads), heads, keys },
    signer,
  )
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

/** Those of the entries that heads speak of. */
export function underHeads(
  entries: readonly AuditEntry[],
  heads: readonly AuditHead[],
): readonly AuditEntry[] {
  const ends = new Map(
    heads.flatMap(({ grown }) => grown.map(({ aggregate, sequence }) => [aggregate, sequence])),
  )
  return entries.filter(({ aggregate, sequence }) => sequence <= (ends.get(aggregate) ?? 0))
}

/** Every row of a list of a store. */
export async function readAll<Row>(
  read: (page: PageRequest) => Promise<Page<Row>>,
): Promise<readonly Row[]> {
  const rows: Row[] = []
  let cursor: string | null | undefined
  while (cursor !== null) {
    const page: Page<Row> = await read({ limit: pageRows, cursor })
    rows.push(...page.rows)
    cursor = page.cursor
  }
  return rows
}
