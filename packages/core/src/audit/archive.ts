import * as z from 'zod'
import { epochMillisecondsOf, type Instant } from '../calendar/instant.ts'
import { canonicalJson } from '../hash/canonical-json.ts'
import { hashOf, Sha256, sha256Hex } from '../hash/content-hash.ts'
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

const format = 'counterfoil-archive-1'

/** The first line of an archive: whose it is, and the public keys. */
export const ArchiveOpening = z.strictObject({
  kind: z.literal('archive'),
  format: z.literal(format),
  tenant: z.string().max(200),
  /** By key id in code unit order, none twice. */
  keys: z.array(AuditKey),
})
export type ArchiveOpening = z.infer<typeof ArchiveOpening>

/**
 * What stands before everything of one aggregate: its last state and what it was linked with. Its audit entries follow as
 * an export has them, then its events, effects, dead letters and the texts its documents came as.
 */
export const ArchivedAggregate = z.strictObject({
  kind: z.literal('aggregate'),
  /** Its chain's name. */
  aggregate: z.string().max(500),
  entries: z.int().positive(),
  events: z.int().nonnegative(),
  state: z.record(z.string(), z.json()),
  linked: z.array(z.string().max(500)),
})
export type ArchivedAggregate = z.infer<typeof ArchivedAggregate>

/** Something of the aggregate that stands before it. */
export const ArchivedRecord = z.strictObject({
  kind: z.enum(['event', 'effect', 'dead-letter', 'original']),
  record: z.record(z.string(), z.json()),
})
export type ArchivedRecord = z.infer<typeof ArchivedRecord>

/** The last line of an archive, signed. Its own sha-256 is what purges name the archive by. */
export const ArchiveSeal = z.strictObject({
  kind: z.literal('seal'),
  tenant: z.string().max(200),
  at: UtcInstant,
  /** The lines before this one. */
  lines: z.int().positive(),
  /** The hash of each line in turn and of the result before it, from nothing on. */
  content: Sha256,
  keyId: KeyId,
  signature: Signature,
})
export type ArchiveSeal = z.infer<typeof ArchiveSeal>

/** Lines as they are written and counted. */
export type ArchiveWriter = {
  /** The first line. */
  readonly opening: string
  /** The next line with its line feed. */
  readonly line: (value: object) => string
  /** The seal over all lines so far, and the hash by which the archive is named. */
  readonly seal: (
    at: Instant,
    signer: AuditSigner,
  ) => Promise<{ readonly line: string; readonly hash: Sha256 }>
}

/** Begins an archive. */
export function writeArchive(tenant: string, keys: readonly AuditKey[]): ArchiveWriter {
  let lines = 0
  let content = noContent
  const line = (value: object): string => {
    const text = `${canonicalJson(value)}\n`
    lines += 1
    content = contentAfter(content, text)
    return text
  }
  const sorted = keys.toSorted((one, other) => compareText(one.keyId, other.keyId))
  return {
    opening: line({ kind: 'archive', format, tenant, keys: sorted } satisfies ArchiveOpening),
    line,
    seal: async (at, signer) => {
      const unsigned = {
        kind: 'seal',
        tenant,
        at: utcInstant(epochMillisecondsOf(at)),
        lines,
        content,
      }
      const seal = await sign(unsigned, signer)
      return { line: `${canonicalJson(seal)}\n`, hash: hashOf(seal) }
    },
  }
}

/** What an archive's content is before its first line. */
export const noContent = sha256Hex('')

/** The content of an archive after a further line, with its line feed. */
export const contentAfter = (content: Sha256, line: string): Sha256 =>
  sha256Hex(`${content}${line}`)
