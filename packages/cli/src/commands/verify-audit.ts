import { readFile } from 'node:fs/promises'
import { AuditEntry, verifyAuditChain } from '@counterfoil/core'
import * as z from 'zod'

/**
 * `counterfoil verify-audit FILE`: checks an exported audit chain (a JSON array, or one entry a line) without any
 * database. Names the first broken entry of every aggregate; ends with 1 when one is broken.
 */
export async function verifyAuditCommand(args: readonly string[], out: (line: string) => void): Promise<number> {
  const [path] = args
  if (path === undefined) {
    out('verify-audit: name the exported file')
    return 2
  }
  const entries = parseEntries(await readFile(path, 'utf8'), out)
  if (entries === null) return 2
  const chains = Map.groupBy(entries, (entry) => entry.aggregate)
  let broken = 0
  for (const [aggregate, chain] of chains) {
    const fault = verifyAuditChain(chain)
    if (!fault) continue
    broken += 1
    out(`${aggregate}: entry ${fault.sequence} is broken: ${fault.reason}`)
  }
  out(`${entries.length} entries in ${chains.size} chains, ${broken} broken`)
  return broken > 0 || entries.length === 0 ? 1 : 0
}

function parseEntries(text: string, out: (line: string) => void): readonly AuditEntry[] | null {
  const rows = text.trimStart().startsWith('[') ? [text] : text.split('\n').filter((row) => row.trim() !== '')
  const entries: AuditEntry[] = []
  for (const [index, row] of rows.entries()) {
    try {
      const value: unknown = JSON.parse(row)
      entries.push(...z.array(AuditEntry).parse(Array.isArray(value) ? value : [value]))
    } catch (error) {
      out(`entry ${index + 1} is not an audit entry: ${error instanceof Error ? error.message.split('\n')[0] : String(error)}`)
      return null
    }
  }
  return entries
}
