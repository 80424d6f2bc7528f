import { canonicalJson } from '@counterfoil/core'

/**
 * A document given as an object, as the text that is kept of it. Plain JSON is kept canonically; of anything else as much
 * as can be written down, so that nothing is lost and no two different documents look alike.
 */
export function rawOf(document: unknown): string {
  try {
    return canonicalJson(document)
  } catch {
    return writtenDown(document)
  }
}

function writtenDown(document: unknown): string {
  const seen = new Set<unknown>()
  try {
    return (
      JSON.stringify(document, (_name, part: unknown) => {
        if (typeof part === 'bigint') return `${part}n`
        if (typeof part !== 'object' || part === null) return part
        if (seen.has(part)) return '(written down before)'
        seen.add(part)
        return part
      }) ?? typeof document
    )
  } catch (error) {
    return `(cannot be written down: ${error instanceof Error ? error.message : String(error)})`
  }
}
