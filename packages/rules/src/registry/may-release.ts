/** Who releases a version, and on whose word. */
export type ReleaseAsk = {
  readonly by: string
  /** A second person who looked at it; null for nobody. */
  readonly approvedBy: string | null
  /** Who wrote it, as far as known. */
  readonly authors: readonly string[]
}

/**
 * Why a version may not be released so; null where it may. Whoever wrote a rule set does not also decide that
 * it holds, unless a second person does so with them.
 */
export const refusalOfRelease = ({ by, approvedBy, authors }: ReleaseAsk): string | null => {
  if (authors.length === 0) {
    return 'nobody is known to have written it: name the author with --written-by'
  }
  if (approvedBy !== null && (approvedBy === by || authors.includes(approvedBy))) {
    return `\`${approvedBy}\` wrote or releases it and cannot be the second person: name somebody else`
  }
  if (!authors.includes(by) || approvedBy !== null) return null
  return `\`${by}\` wrote it and cannot release it alone: let somebody else release it, or name a second person with --approved-by`
}
