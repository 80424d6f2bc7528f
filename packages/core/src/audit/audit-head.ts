import * as z from 'zod'
import { epochMillisecondsOf, type Instant } from '../calendar/instant.ts'
import { CounterfoilError } from '../errors/counterfoil-error.ts'
import { hashOf, Sha256 } from '../hash/content-hash.ts'
import { compareText } from './compare-text.ts'
import type { AuditEntry } from './audit-entry.ts'
import {
  type AuditSigner,
  KeyId,
  sign,
  Signature,
  UtcInstant,
  utcInstant,
} from './audit-signature.ts'

/** Where one chain stands: the number and the hash of its last entry. */
export const AuditEnd = z.strictObject({
  aggregate: z.string().max(500),
  sequence: z.int().positive(),
  hash: Sha256,
})
export type AuditEnd = z.infer<typeof AuditEnd>

/**
 * A signed head over all chains of a tenant at an instant. It lists the chains that grew since the head before and names
 * that head's hash, so the hash of one head, kept elsewhere, holds every entry written until then.
 */
export const AuditHead = z.strictObject({
  kind: z.literal('head'),
  tenant: z.string().max(200),
  /** From 1, without a gap. */
  number: z.int().positive(),
  at: UtcInstant,
  /** The sha-256 of the head before, as canonical JSON with its signature; null before the first. */
  previousHead: Sha256.nullable(),
  /** The chains that grew, by aggregate in code unit order. */
  grown: z.array(AuditEnd),
  /** Chains there are, those that did not grow among them. */
  chains: z.int().nonnegative(),
  /** Entries there are in all chains. */
  entries: z.int().nonnegative(),
  keyId: KeyId,
  signature: Signature,
})
export type AuditHead = z.infer<typeof AuditHead>

/** What a new head is made of: where every chain of the tenant stands, and all heads before. */
export type AuditHeadRequest = {
  readonly tenant: string
  readonly at: Instant
  readonly ends: readonly AuditEnd[]
  readonly heads: readonly AuditHead[]
}

/** Where each chain of these entries ends. Entries of a chain come in their order. */
export function auditEnds(entries: readonly AuditEntry[]): AuditEnd[] {
  const ends = new Map<string, AuditEnd>()
  for (const { aggregate, sequence, hash } of entries) {
    ends.set(aggregate, { aggregate, sequence, hash: hash as Sha256 })
  }
  return [...ends.values()]
}

/** A chain that grew since the head before: where it ends now, and up to which entry earlier heads speak of it. */
export type GrownChain = {
  readonly end: AuditEnd
  /** 0 for a chain no head speaks of yet. */
  readonly covered: number
}

/** What the head after another is made of. Chains that are left out wait for the head after it. */
export type NextAuditHeadRequest = {
  readonly tenant: string
  readonly at: Instant
  /** Null before the first. */
  readonly previous: AuditHead | null
  readonly grown: readonly GrownChain[]
}

/**
 * Makes and signs the next head. Throws `AUDIT_CHAIN_BROKEN`, and signs nothing, where a chain under an earlier head is
 * missing, is shorter than it was, or ends in another entry of the same number.
 */
export async function auditHead(
  { tenant, at, ends, heads }: AuditHeadRequest,
  signer: AuditSigner,
): Promise<AuditHead> {
  const before = endsUnder(heads)
  const now = new Map(ends.map((end) => [end.aggregate, end]))
  for (const end of before.values()) refuseRewritten(end, now.get(end.aggregate))
  const grown = [...now.values()]
    .filter(({ aggregate, hash }) => before.get(aggregate)?.hash !== hash)
    .map((end) => ({ end, covered: before.get(end.aggregate)?.sequence ?? 0 }))
  return nextAuditHead({ tenant, at, previous: heads.at(-1) ?? null, grown }, signer)
}

/**
 * Makes and signs the head after another from what was written since: nobody has to read the heads and chains of before.
 * Throws `AUDIT_CHAIN_BROKEN` where a chain did not grow, or the clock stands before the head before.
 */
export async function nextAuditHead(
  { tenant, at, previous, grown }: NextAuditHeadRequest,
  signer: AuditSigner,
): Promise<AuditHead> {
  for (const { end, covered } of grown) refuseShrunk(end, covered)
  const unsigned = {
    kind: 'head' as const,
    tenant,
    number: (previous?.number ?? 0) + 1,
    at: utcInstant(epochMillisecondsOf(at)),
    previousHead: previous === null ? null : hashOf(previous),
    grown: grown
      .map(({ end }) => end)
      .toSorted((one, other) => compareText(one.aggregate, other.aggregate)),
    chains: grown.reduce(
      (sum, { covered }) => sum + (covered === 0 ? 1 : 0),
      previous?.chains ?? 0,
    ),
    entries: grown.reduce(
      (sum, { end, covered }) => sum + end.sequence - covered,
      previous?.entries ?? 0,
    ),
  }
  if (previous !== null && unsigned.at < previous.at) {
    throw new CounterfoilError(
      'AUDIT_CHAIN_BROKEN',
      `cannot sign a head at ${unsigned.at}: head ${previous.number} was signed at ${previous.at}; set the clock right`,
    )
  }
  return sign(unsigned, signer)
}

function refuseShrunk({ aggregate, sequence }: AuditEnd, covered: number): void {
  if (sequence > covered) return
  throw new CounterfoilError(
    'AUDIT_CHAIN_BROKEN',
    `cannot sign a head: the chain of \`${aggregate}\` ends at entry ${sequence}, and an earlier head speaks of ${covered}`,
    { details: { aggregate, covered, sequence } },
  )
}

function endsUnder(heads: readonly AuditHead[]): ReadonlyMap<string, AuditEnd> {
  return new Map(heads.flatMap(({ grown }) => grown.map((end) => [end.aggregate, end] as const)))
}

function refuseRewritten(before: AuditEnd, now: AuditEnd | undefined): void {
  const sequence = now?.sequence ?? 0
  const isRewritten = sequence === before.sequence && now?.hash !== before.hash
  if (sequence >= before.sequence && !isRewritten) return
  throw new CounterfoilError(
    'AUDIT_CHAIN_BROKEN',
    `cannot sign a head: the chain of \`${before.aggregate}\` ended at entry ${before.sequence} under an earlier head, and now ${isRewritten ? 'that entry is another' : `ends at entry ${sequence}`}`,
    { details: { aggregate: before.aggregate, before: before.sequence, now: sequence } },
  )
}
