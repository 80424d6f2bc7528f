/** A place in a text for a person: lines and columns count from 1. */
export type LineAndColumn = { readonly line: number; readonly column: number }

/** Finds lines and columns in a text. CR LF, LF and CR end a line alike. The lines are counted once, at the first question. */
export const lineFinder = (text: string): ((offset: number) => LineAndColumn) => {
  let starts: readonly number[] | null = null
  return (offset) => {
    starts ??= lineStarts(text)
    const line = lastAtOrBefore(starts, offset)
    return { line: line + 1, column: offset - (starts[line] ?? 0) + 1 }
  }
}

const lineStarts = (text: string): readonly number[] => {
  const starts = [0]
  for (const match of text.matchAll(/\r\n|\n|\r/g)) starts.push(match.index + match[0].length)
  return starts
}

const lastAtOrBefore = (starts: readonly number[], offset: number): number => {
  let low = 0
  let high = starts.length - 1
  while (low < high) {
    const middle = Math.ceil((low + high) / 2)
    if ((starts[middle] ?? 0) <= offset) low = middle
    else high = middle - 1
  }
  return low
}
