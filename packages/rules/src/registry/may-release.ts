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
 * it holds, unless a second person does so with them. Names that differ in blanks, case or the way a letter is encoded are
 * one person.
 */
export const refusalOfRelease = ({ by, approvedBy, authors }: ReleaseAsk): string | null => {
  if (authors.length === 0) {
    return 'nobody is known to have written it: name the author with --written-by'
  }
  if ([by, ...(approvedBy === null ? [] : [approvedBy])].some((name) => personOf(name) === '')) {
    return 'a name is blank: name who releases it, and who agrees'
  }
  const wrote = new Set(authors.map(personOf))
  const isAuthor = wrote.has(personOf(by))
  if (
    approvedBy !== null &&
    (personOf(approvedBy) === personOf(by) || wrote.has(personOf(approvedBy)))
  ) {
    return `\`${approvedBy}\` wrote or releases it and cannot be the second person: name somebody else`
  }
  if (!isAuthor || approvedBy !== null) return null
  return `\`${by}\` wrote it and cannot release it alone: let somebody else release it, or name a second person with --approved-by`
}

/** A name as it is compared. */
const personOf = (name: string): string =>
  name
    .normalize('NFKC')
    .replaceAll(/\p{Default_Ignorable_Code_Point}/gu, '')
    .toLowerCase()
    .normalize('NFC')
    .replaceAll(/\s+/gu, ' ')
    .trim()
