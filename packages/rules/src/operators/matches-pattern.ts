/** The most characters a pattern may have; it bounds how much one character of a text can cost. */
export const patternLengthMax = 100

/**
 * Whether the whole text is as the pattern says: `*` stands for any characters, also none, `?` for exactly
 * one, everything else for itself. Not a regular expression and nothing that could run away: a text of n
 * characters takes at most n times the length of the pattern in steps, since only the last `*` is ever
 * moved on.
 */
export const matchesPattern = (text: string, pattern: string): boolean => {
  let [at, wanted, star, resume] = [0, 0, -1, 0]
  while (at < text.length) {
    const sign = pattern[wanted]
    if (sign === '*') {
      star = wanted
      resume = at
      wanted += 1
    } else if (sign !== undefined && (sign === '?' || sign === text[at])) {
      at += 1
      wanted += 1
    } else if (star >= 0) {
      // What the last `*` stands for is one character longer, and the rest is tried from there.
      resume += 1
      at = resume
      wanted = star + 1
    } else {
      return false
    }
  }
  while (pattern[wanted] === '*') wanted += 1
  return wanted === pattern.length
}
