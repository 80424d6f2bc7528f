import type { Instant } from '../calendar/instant.ts'
import type { Actor } from '../message/actor.ts'
import type { AuditEntry, AuditRecord } from './audit-entry.ts'
import type { AuditEnd } from './audit-head.ts'

/** A chain that was taken out of the books into an archive, and where it ended. */
export type PurgedChain = Pick<AuditEnd, 'aggregate' | 'sequence'> & {
  readonly hash: string
  /** The hash of the archive's seal. */
  readonly archive: string
}

/** Who purged, when and why. */
export type PurgeReason = {
  readonly at: Instant
  readonly actor: Actor
  /** Up to 2000 characters. */
  readonly because: string
}

const event = 'retention.purged'

/** What the audit log says of a purged chain, in a chain of the purge itself. `number` counts from 1 in one archive. */
export function purgeRecord(
  { aggregate, sequence, hash, archive }: PurgedChain,
  { at, actor, because, number }: PurgeReason & { readonly number: number },
): AuditRecord {
  return {
    at,
    actor,
    object: aggregate,
    event,
    eventId: `${archive}/${number}`,
    from: `${sequence} ${hash}`,
    to: 'purged',
    reason: because,
    policy: [],
    inputHash: archive,
  }
}

/** The chain that an entry says was purged; null where it says nothing of the kind. */
export function purgedChainOf(
  entry: Pick<AuditEntry, 'aggregate' | 'event' | 'object' | 'from' | 'inputHash'>,
): PurgedChain | null {
  if (!entry.aggregate.startsWith('retention:') || entry.event !== event) return null
  const [, sequence, hash] = /^([1-9]\d{0,14}) ([0-9a-f]{64})$/.exec(entry.from ?? '') ?? []
  if (sequence === undefined || hash === undefined) return null
  return { aggregate: entry.object, sequence: Number(sequence), hash, archive: entry.inputHash }
}
