import type { Instant } from '../calendar/instant.ts'
import { compareInstants } from '../calendar/instant.ts'
import type { DocumentStamp } from './order-facts.ts'

/** A document as it arrived: its number's revision, its content's hash and when its sender issued it. */
export type ArrivedDocument = {
  readonly revision: number
  readonly hash: string
  readonly issuedAt: Instant
}

/**
 * What a document is to an order that knows `stamp`. `stands`: its content counts from now on. `superseded`: a later
 * revision came before it. `lost`: another content of the same revision counts. `duplicate`: known already.
 */
export type Stamping =
  | { readonly kind: 'stands' | 'superseded' | 'lost'; readonly stamp: DocumentStamp }
  | { readonly kind: 'duplicate' }

/**
 * Decides which content stands under a document's number: the highest revision; of several contents of one revision the
 * one issued first, then the one whose hash comes first. The answer does not depend on which arrived first.
 */
export function stampDocument(
  stamp: DocumentStamp | undefined,
  arrived: ArrivedDocument,
): Stamping {
  const stamping = stampText(stamp, arrived)
  return stamping.kind === 'duplicate' || stamp === undefined
    ? stamping
    : { ...stamping, stamp: sinceFirst(stamping.stamp, stamp, arrived) }
}

/** When the first text under the number was issued, where that is not the one that stands: an answer is as old as its first. */
function sinceFirst(
  stamp: DocumentStamp,
  before: DocumentStamp,
  { issuedAt }: ArrivedDocument,
): DocumentStamp {
  const { firstIssuedAt: _, ...next } = stamp
  const known = before.firstIssuedAt ?? before.issuedAt
  const first = compareInstants(issuedAt, known) < 0 ? issuedAt : known
  return compareInstants(first, next.issuedAt) < 0 ? { ...next, firstIssuedAt: first } : next
}

function stampText(stamp: DocumentStamp | undefined, arrived: ArrivedDocument): Stamping {
  const { revision, hash, issuedAt } = arrived
  if (stamp === undefined) return { kind: 'stands', stamp: { revision, hash, issuedAt } }
  if (isKnown(stamp, hash)) return { kind: 'duplicate' }
  if (revision > stamp.revision) {
    const older = sorted([stamp.hash, ...(stamp.rivals ?? []), ...(stamp.older ?? [])])
    return { kind: 'stands', stamp: { revision, hash, issuedAt, older } }
  }
  if (revision < stamp.revision) {
    return {
      kind: 'superseded',
      stamp: { ...stamp, older: sorted([hash, ...(stamp.older ?? [])]) },
    }
  }
  const rivals = stamp.rivals ?? []
  if (ranksBefore(arrived, stamp)) {
    return {
      kind: 'stands',
      stamp: { ...stamp, hash, issuedAt, rivals: sorted([stamp.hash, ...rivals]) },
    }
  }
  return { kind: 'lost', stamp: { ...stamp, rivals: sorted([hash, ...rivals]) } }
}

function isKnown(stamp: DocumentStamp, hash: string): boolean {
  return (
    stamp.hash === hash ||
    stamp.rivals?.includes(hash) === true ||
    stamp.older?.includes(hash) === true
  )
}

function ranksBefore(a: ArrivedDocument, b: DocumentStamp): boolean {
  const byTime = compareInstants(a.issuedAt, b.issuedAt)
  return byTime === 0 ? a.hash < b.hash : byTime < 0
}

function sorted(hashes: readonly string[]): string[] {
  return hashes.toSorted()
}
