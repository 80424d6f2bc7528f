// Legal forms say nothing about who it is: one supplier is entered with and without.
const legalForms: ReadonlySet<string> = new Set(
  (
    'ab ag as bv co company corp corporation gmbh inc incorporated kg kgaa limited llc llp lp ltd nv ' +
    'oy oyj plc pte pty sa sarl sas se spa srl the und and'
  ).split(' '),
)

/** The part of two-letter pieces two names must share to count as one. */
const likenessMin = { part: 4, of: 5 } as const

/**
 * True for two spellings of one supplier's name: equal without legal forms, or sharing at least four
 * fifths of their letter pairs (the Dice coefficient), counted exactly.
 */
export function isSimilarVendor(a: string, b: string): boolean {
  const left = coreOf(a)
  const right = coreOf(b)
  if (left.length === 0 || right.length === 0) return false
  if (left === right) return true
  const leftPairs = pairsOf(left)
  const rightPairs = pairsOf(right)
  const total = leftPairs.length + rightPairs.length
  // One letter has no pair to share.
  if (total === 0) return false
  return 2 * sharedPairs(leftPairs, rightPairs) * likenessMin.of >= total * likenessMin.part
}

function coreOf(name: string): string {
  return name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s]/gu, '')
    .split(/\s+/)
    .filter((word) => word.length > 0 && !legalForms.has(word))
    .join('')
}

function pairsOf(text: string): readonly string[] {
  const pairs: string[] = []
  for (let index = 0; index + 1 < text.length; index += 1) pairs.push(text.slice(index, index + 2))
  return pairs
}

function sharedPairs(left: readonly string[], right: readonly string[]): number {
  const unused = [...right]
  let shared = 0
  for (const pair of left) {
    const at = unused.indexOf(pair)
    if (at < 0) continue
    unused.splice(at, 1)
    shared += 1
  }
  return shared
}
