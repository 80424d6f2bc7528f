import { type AuditEntry, instant } from '@counterfoil/core'
import {
  type AuditHead,
  type AuditKey,
  type AuditSigner,
  writeAuditExport,
} from '@counterfoil/core/audit'
import type { Clock } from '../clock/clock.ts'
import { readAll } from '../store/pages-of.ts'
import type { Store } from '../store/store.ts'

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
