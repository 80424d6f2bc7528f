import * as z from 'zod'
import { epochMillisecondsOf, type Instant } from '../calendar/instant.ts'
import { CounterfoilError } from '../errors/counterfoil-error.ts'
import { canonicalJson } from '../hash/canonical-json.ts'
import { hashOf, Sha256 } from '../hash/content-hash.ts'
import type { AuditEntry } from './audit-entry.ts'
import type { AuditHead } from './audit-head.ts'
import {
  AuditKey,
  type AuditSigner,
  KeyId,
  sign,
  Signature,
  UtcInstant,
  utcInstant,
} from './audit-signature.ts'
import { compareText } from './compare-text.ts'
import { purgedChainOf } from './purged-chain.ts'

const format = 'counterfoil-audit-1'

/** The first line of an export: whose it is, and the public keys, so that each line can be checked as it is read. */
export const AuditOpening = z.strictObject({
  kind: z.literal('export'),
  format: z.literal(format),
  tenant: z.string().max(200),
  /** By key id in code unit order, none twice. */
  keys: z.array(AuditKey),
})
export type AuditOpening = z.infer<typeof AuditOpening>

/** The last line of an export, signed: it ends here, and began with this opening. */
export const AuditSeal = z.strictObject({
  kind: z.literal('seal'),
  tenant: z.string().max(200),
  at: UtcInstant,
  /** The sha-256 of the first line without its line end. */
  opening: Sha256,
  /** The sha-256 of the last head; null where there is none. */
  head: Sha256.nullable(),
  keyId: KeyId,
  signature: Signature,
})
export type AuditSeal = z.infer<typeof AuditSeal>

/** What an export holds: all of a tenant's entries, heads and public keys. */
export type AuditExport = {
  readonly tenant: string
  readonly at: Instant
  readonly entries: readonly AuditEntry[]
  readonly heads: readonly AuditHead[]
  readonly keys: readonly AuditKey[]
}

/**
 * The lines of an export, each with its line feed: the opening with the keys, the entries by aggregate and number, the
 * heads, the seal. Every line is canonical JSON (RFC 8785), so that no byte can be spelled otherwise. Throws
 * `AUDIT_CHAIN_BROKEN` where the last head does not speak of as many entries as there are: sign a head first.
 */
export async function writeAuditExport(
  { tenant, at, entries, heads, keys }: AuditExport,
  signer: AuditSigner,
): Promise<string[]> {
  const sorted = entries.toSorted(
    (one, other) => compareText(one.aggregate, other.aggregate) || one.sequence - other.sequence,
  )
  const lines: string[] = []
  const stream = streamAuditExport({ tenant, at, entries: sorted, heads, keys }, signer)
  for await (const line of stream) lines.push(line)
  return lines
}

/**
 * The lines of an export one after the other, of entries that come by aggregate in code unit order and by number. What is
 * wrong with their count is thrown in place of the seal, so that what was written until then is no export.
 */
export async function* streamAuditExport(
  {
    tenant,
    at,
    entries,
    heads,
    keys,
  }: Omit<AuditExport, 'entries' | 'heads'> & {
    readonly entries: Iterable<AuditEntry> | AsyncIterable<AuditEntry>
    readonly heads: Iterable<AuditHead> | AsyncIterable<AuditHead>
  },
  signer: AuditSigner,
): AsyncGenerator<string> {
  const opening: AuditOpening = {
    kind: 'export',
    format,
    tenant,
    keys: keys.toSorted((one, other) => compareText(one.keyId, other.keyId)),
  }
  yield lineOf(opening)
  let count = 0
  for await (const entry of entries) {
    count += 1 + (purgedChainOf(entry)?.sequence ?? 0)
    yield lineOf(entry)
  }
  let last: AuditHead | null = null
  for await (const head of heads) {
    last = head
    yield lineOf(head)
  }
  if ((last?.entries ?? 0) !== count) {
    throw new CounterfoilError(
      'AUDIT_CHAIN_BROKEN',
      `cannot export ${count} entries under a head of ${last?.entries ?? 0}: sign a head over them first`,
    )
  }
  const seal = {
    kind: 'seal',
    tenant,
    at: utcInstant(epochMillisecondsOf(at)),
    opening: hashOf(opening),
    head: last === null ? null : hashOf(last),
  }
  yield lineOf(await sign(seal, signer))
}

const lineOf = (value: object): string => `${canonicalJson(value)}\n`
