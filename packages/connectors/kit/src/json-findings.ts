import type { Finding } from '@counterfoil/core'

/** Makes findings about places in one text. */
export type FindingMaker = (
  rule: string,
  sentence: string,
  place: { readonly offset: number; readonly path: string },
) => Finding

/** A maker over a text, all of whose findings are errors. Lines are counted once, however many findings there are. */
export function findingsIn(text: string): FindingMaker {
  let lineStarts: readonly number[] | null = null
  return (rule, sentence, { offset, path }) => {
    lineStarts ??= lineStartsOf(text)
    const line = lineAt(lineStarts, offset)
    return {
      rule,
      severity: 'error',
      position: {
        offset,
        line,
        column: offset - (lineStarts[line - 1] ?? 0) + 1,
        path: path.slice(0, 300),
      },
      excerpt: text.slice(offset, offset + excerptCharacters),
      sentence: sentence.slice(0, 600),
    }
  }
}

const excerptCharacters = 80

function lineStartsOf(text: string): readonly number[] {
  const starts = [0]
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) starts.push(at + 1)
  return starts
}

/** Number of the last line that begins at or before the offset, by halving. */
function lineAt(lineStarts: readonly number[], offset: number): number {
  let [low, high] = [0, lineStarts.length]
  while (high - low > 1) {
    const middle = (low + high) >> 1
    if ((lineStarts[middle] ?? 0) <= offset) low = middle
    else high = middle
  }
  return low + 1
}
