/**
 * Orders document and line numbers as a person would: `2` before `10`, `R9` before `R10`. Digits are
 * compared as numbers, everything else by its characters; never by the language of the machine.
 */
export function compareNumbering(a: string, b: string): number {
  let left = 0
  let right = 0
  while (left < a.length && right < b.length) {
    const leftEnd = endOfPart(a, left)
    const rightEnd = endOfPart(b, right)
    const order = compareParts(a.slice(left, leftEnd), b.slice(right, rightEnd))
    if (order !== 0) return order
    left = leftEnd
    right = rightEnd
  }
  return (left < a.length ? 1 : 0) - (right < b.length ? 1 : 0) || compareText(a, b)
}

/** A part is digits only, or anything but digits. */
function endOfPart(text: string, start: number): number {
  const isNumber = isDigit(text, start)
  let end = start + 1
  while (end < text.length && isDigit(text, end) === isNumber) end += 1
  return end
}

function isDigit(text: string, index: number): boolean {
  const code = text.charCodeAt(index)
  return code >= 48 && code <= 57
}

function compareParts(a: string, b: string): number {
  if (a === b) return 0
  if (!isDigit(a, 0) || !isDigit(b, 0)) return compareText(a, b)
  const left = a.replace(/^0+/, '')
  const right = b.replace(/^0+/, '')
  return left.length - right.length || compareText(left, right)
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
