import type { Commit } from './commit.ts'

/** Something that was set aside and is settled by a commit: sent again, or given up. */
export type SettledAside = {
  readonly kind: 'quarantine' | 'dead-letter'
  readonly tenant: string
  readonly id: string
}

/**
 * What a commit settles of what was set aside before it. Somebody else may have settled it meanwhile, and nothing is
 * settled twice.
 */
export function settledAside({
  quarantined = [],
  deadLetters = [],
}: Commit): readonly SettledAside[] {
  const records = [
    ...quarantined.map(({ tenant, quarantineId, state }) => ({
      aside: { kind: 'quarantine' as const, tenant, id: quarantineId },
      isOpen: state === 'quarantined',
    })),
    ...deadLetters.map(({ tenant, deadLetterId, state }) => ({
      aside: { kind: 'dead-letter' as const, tenant, id: deadLetterId },
      isOpen: state === 'waiting',
    })),
  ]
  // What the commit itself sets aside, or settles and sets aside again, follows from the first it says of it.
  const firsts = new Map(
    records.toReversed().map((one) => [JSON.stringify(Object.values(one.aside)), one]),
  )
  return [...firsts.values()].flatMap(({ aside, isOpen }) => (isOpen ? [] : [aside]))
}
