import { readFile } from 'node:fs/promises'
import { parseArgs } from 'node:util'
import { AuditEntry, CounterfoilError, verifyAuditChain } from '@counterfoil/core'
import { type CheckedArchive, verifyArchive } from '@counterfoil/core/audit'
import { verifyEd25519 } from '@counterfoil/runtime/audit-keys'
import * as z from 'zod'
import { type ExportedRow, readExport } from '../audit/read-export.ts'
import {
  describeVerdict,
  isSignedExport,
  type Kept,
  linesOf,
  readKeys,
  verifyExport,
} from '../audit/verify-export.ts'

/** The last hash of each aggregate, as known from elsewhere: a backup, a notary, the day before. */
const Heads = z.record(z.string(), z.string())

/**
 * `counterfoil verify-audit FILE`: checks an exported audit chain (a JSON array, a page of a query, or one entry a line)
 * without any database. Names the first broken entry of every aggregate and its place in the file; ends with 1 when one is
 * broken. With `--heads` it also finds chains that were cut off at their end. A signed export is checked with its heads and
 * signatures, against public keys (`--keys`) and hashes of heads (`--head`) that were kept elsewhere, and with archives of what
 * was purged (`--archive`), which are checked by themselves too.
 */
export async function verifyAuditCommand(
  args: readonly string[],
  out: (line: string) => void,
): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      heads: { type: 'string' },
      keys: { type: 'string' },
      head: { type: 'string', multiple: true },
      archive: { type: 'string', multiple: true, default: [] },
    },
  })
  const [path, ...others] = positionals
  const isOfArchivesOnly = path === undefined && values.archive.length > 0
  if ((path === undefined && !isOfArchivesOnly) || others.length > 0) {
    out('verify-audit: name the one exported file')
    return 2
  }
  const given = values.keys === undefined ? undefined : await readKeys(values.keys)
  const archives = await readArchives(values.archive, given, out)
  if (archives === null) return 1
  if (path === undefined) return 0
  const bytes = await readFile(path)
  if (given !== undefined || values.head !== undefined || isSignedExport(bytes)) {
    return verifySigned(path, bytes, { keys: given, knownHeads: values.head, archives }, out)
  }
  const rows = readExport(bytes.toString('utf8'))
  const heads = values.heads === undefined ? {} : parseHeads(await readFile(values.heads, 'utf8'))
  const { entries, faults } = sortRows(rows)
  const broken = [...faults, ...breaksOf(entries, heads)].toSorted((a, b) => a.row - b.row)
  for (const { row, sentence } of broken) out(`${path}, row ${row}: ${sentence}`)
  const chains = new Set(entries.map(({ entry }) => entry.aggregate)).size
  const [first] = broken
  const where = first === undefined ? '' : `, the first in row ${first.row}`
  out(`${rows.length} entries in ${chains} chains, ${broken.length} broken${where}`)
  return broken.length > 0 || rows.length === 0 ? 1 : 0
}

/** The archives of some files, each checked by itself; null where one is not whole. */
async function readArchives(
  paths: readonly string[],
  keys: Kept['keys'],
  out: (line: string) => void,
): Promise<readonly CheckedArchive[] | null> {
  const archives: CheckedArchive[] = []
  for (const path of paths) {
    const { archive, fault } = await verifyArchive(linesOf(await readFile(path)), {
      keys,
      verify: verifyEd25519,
    })
    if (archive === null) {
      out(`${path}, line ${fault?.line ?? 0}: ${fault?.sentence ?? 'it is not whole'}`)
      return null
    }
    archives.push(archive)
    out(`${path}: archive ${archive.hash}, ${archive.chains.size} chains`)
  }
  return archives
}

async function verifySigned(
  path: string,
  bytes: Uint8Array,
  kept: Kept,
  out: (line: string) => void,
): Promise<number> {
  const verdict = await verifyExport(bytes, kept)
  for (const line of describeVerdict(path, verdict, kept)) out(line)
  return verdict.fault === null && verdict.entries > 0 ? 0 : 1
}

function parseHeads(text: string): Record<string, string> {
  try {
    return Heads.parse(JSON.parse(text))
  } catch (cause) {
    throw new CounterfoilError(
      'DOCUMENT_INVALID',
      'cannot read the heads: write one JSON object with the last hash of each aggregate',
      { cause },
    )
  }
}

type PlacedEntry = { readonly row: number; readonly entry: AuditEntry }
type Break = { readonly row: number; readonly sentence: string }

/** Rows that are audit entries, and what is wrong with the others. */
function sortRows(rows: readonly ExportedRow[]): {
  readonly entries: readonly PlacedEntry[]
  readonly faults: readonly Break[]
} {
  const entries: PlacedEntry[] = []
  const faults: Break[] = []
  for (const { number: row, value, fault } of rows) {
    const parsed = AuditEntry.safeParse(value)
    if (parsed.success) entries.push({ row, entry: parsed.data })
    else
      faults.push({ row, sentence: `not an audit entry: ${fault ?? describeIssue(parsed.error)}` })
  }
  return { entries, faults }
}

function describeIssue({ issues: [issue] }: z.ZodError): string {
  const field = issue?.path.join('.') ?? ''
  return `${field === '' ? '' : `\`${field}\`: `}${issue?.message ?? 'not as exported'}`
}

/** The first break of each chain, so that one forged order does not hide another. */
function breaksOf(
  entries: readonly PlacedEntry[],
  heads: Readonly<Record<string, string>>,
): readonly Break[] {
  const chains = Map.groupBy(entries, ({ entry }) => entry.aggregate)
  for (const aggregate of Object.keys(heads)) {
    if (!chains.has(aggregate)) chains.set(aggregate, [])
  }
  const rowAfter = (entries.at(-1)?.row ?? 0) + 1
  return [...chains].flatMap(([aggregate, chain]) => {
    const head = Object.hasOwn(heads, aggregate) ? heads[aggregate] : undefined
    const fault = verifyAuditChain(
      chain.map(({ entry }) => entry),
      head === undefined ? {} : { [aggregate]: head },
    )
    return fault === null
      ? []
      : [{ row: chain[fault.index]?.row ?? rowAfter, sentence: fault.sentence }]
  })
}
