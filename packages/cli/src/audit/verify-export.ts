import { readFile } from 'node:fs/promises'
import { CounterfoilError } from '@counterfoil/core'
import {
  AuditKey,
  type AuditExportVerdict,
  type CheckedArchive,
  type PurgedChain,
  verifyAuditExport,
} from '@counterfoil/core/audit'
import { verifyEd25519 } from '@counterfoil/runtime/audit-keys'
import * as z from 'zod'

/** What an export is checked against: files of public keys and hashes of heads, as somebody kept them. */
export type Kept = {
  readonly keys?: readonly AuditKey[] | undefined
  readonly knownHeads?: readonly string[] | undefined
  /** Archives of what was purged, each checked by itself. */
  readonly archives?: readonly CheckedArchive[] | undefined
}

/** Whether the file says of itself that it is a signed export. */
export function isSignedExport(bytes: Uint8Array): boolean {
  const [first = ''] = linesOf(bytes)
  try {
    const value: unknown = JSON.parse(first)
    return typeof value === 'object' && value !== null && Reflect.get(value, 'kind') === 'export'
  } catch {
    return false
  }
}

/** Checks the bytes of a signed export. */
export const verifyExport = (bytes: Uint8Array, kept: Kept): Promise<AuditExportVerdict> =>
  verifyAuditExport(linesOf(bytes), { ...kept, verify: verifyEd25519 })

/** Lines with their line feeds; a line that is no UTF-8 is empty, which is nothing an export has. */
export function* linesOf(bytes: Uint8Array): Generator<string> {
  for (let start = 0; start < bytes.length;) {
    const feed = bytes.indexOf(0x0a, start)
    const end = feed < 0 ? bytes.length : feed + 1
    yield textOf(bytes.subarray(start, end))
    start = end
  }
}

/** The text of a line, or nothing where it is no UTF-8. */
export function textOf(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    return ''
  }
}

/** Reads a JSON array of public keys. */
export async function readKeys(path: string): Promise<readonly AuditKey[]> {
  try {
    return z.array(AuditKey).parse(JSON.parse(await readFile(path, 'utf8')))
  } catch (cause) {
    throw new CounterfoilError(
      'DOCUMENT_INVALID',
      `cannot read the public keys of ${path}: write a JSON array of them, as the first line of an export has it`,
      { cause },
    )
  }
}

/** What is printed of a check, and whether something was wrong. */
export function describeVerdict(
  path: string,
  { entries, chains, heads, keys, purged, fault }: AuditExportVerdict,
  kept: Kept,
): readonly string[] {
  return [
    ...(fault === null ? [] : [`${path}, line ${fault.line}: ${fault.sentence}`]),
    ...describeKeys(keys, kept.keys !== undefined),
    ...describePurged(purged, kept.archives ?? []),
    `${entries} entries in ${chains} chains under ${heads} heads, ${fault === null ? '0 broken' : `broken in line ${fault.line}`}`,
  ]
}

/** The public keys that were found, and that somebody should compare them where nobody said which they are. */
export function describeKeys(keys: readonly AuditKey[], areKept: boolean): readonly string[] {
  return [
    ...keys.map(({ keyId, publicKey }) => `key ${keyId} ${publicKey}`),
    ...(areKept || keys.length === 0
      ? []
      : [
          'these keys are its own word: compare them with those you were given, or name them with --keys',
        ]),
  ]
}

/** How many chains were purged into which archive, and whether it was at hand where archives can be. */
export function describePurged(
  purged: readonly PurgedChain[],
  archives: readonly Pick<CheckedArchive, 'hash'>[] | null,
): readonly string[] {
  return [...Map.groupBy(purged, ({ archive }) => archive)].map(([archive, chains]) => {
    const isGiven = archives?.some(({ hash }) => hash === archive)
    const checked = isGiven === true ? ': checked with it' : ': the archive was not given'
    return `${chains.length} chains were purged into ${archive}${archives === null ? '' : checked}`
  })
}
