import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Runtime } from '@counterfoil/runtime'
import { tenant } from './distributor.ts'
import { allRows } from './summary/table.ts'

/** Writes the audit chains to a file, an entry a line, for `counterfoil verify-audit`; answers how many entries. */
export async function exportAudit({ queries }: Runtime, folder: string): Promise<number> {
  const entries = await allRows((cursor) =>
    queries.audit({ tenant, limit: 500, ...(cursor === undefined ? {} : { cursor }) }),
  )
  const lines = entries.map((entry) => `${JSON.stringify(entry)}\n`)
  writeFileSync(join(folder, 'audit.jsonl'), lines.join(''))
  return entries.length
}
