import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Runtime } from '@counterfoil/runtime'
import { tenant } from './distributor.ts'
import { allRows } from './summary/table.ts'

/**
 * Writes the audit chains to a file, an entry a line, and where each chain ends to another, for `counterfoil verify-audit
 * --heads`; answers how many entries. The second file is for somebody else to keep: it shows when an end was cut off.
 */
export async function exportAudit({ queries }: Runtime, folder: string): Promise<number> {
  const entries = await allRows((cursor) =>
    queries.audit({ tenant, limit: 500, ...(cursor === undefined ? {} : { cursor }) }),
  )
  const lines = entries.map((entry) => `${JSON.stringify(entry)}\n`)
  writeFileSync(join(folder, 'audit.jsonl'), lines.join(''))
  const heads = Object.fromEntries(entries.map(({ aggregate, hash }) => [aggregate, hash]))
  writeFileSync(join(folder, 'audit.heads.json'), `${JSON.stringify(heads, null, 2)}\n`)
  return entries.length
}
