import type { Finding } from '@counterfoil/core'

/** A finding about a document as a whole, by the runtime rather than by a reader. */
export function findingOnWhole(
  rule: string,
  severity: Finding['severity'],
  sentence: string,
  raw: string,
): Finding {
  return {
    rule,
    severity,
    position: { offset: 0, line: 1, column: 1, path: '' },
    excerpt: raw.slice(0, 200),
    sentence: sentence.slice(0, 600),
  }
}
