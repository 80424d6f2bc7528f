/**
 * Orders document and line numbers as a person would: `2` before `10`, `R9` before `R10`. Digits are
 * compared as numbers, everything else by its characters; never by the language of the machine.
 */
export function compareNumbering(a: string, b: string): number {
  const left = partsOf(a)
  const right = partsOf(b)
  for (let index = 0; index < left.length && index < right.length; index += 1) {
    const order = compareParts(left[index] ?? '', right[index] ?? '')
    if (order !== 0) return order
  }
  if (left.length !== right.length) return left.length - right.length
  return compareText(a, b)
}

function partsOf(text: string): readonly string[] {
  return text.match(/\d+|\D+/g) ?? []
}

function compareParts(a: string, b: string): number {
  if (!startsWithDigit(a) || !startsWithDigit(b)) return compareText(a, b)
  const left = a.replace(/^0+/, '')
  const right = b.replace(/^0+/, '')
  return left.length - right.length || compareText(left, right)
}

function startsWithDigit(text: string): boolean {
  return /^\d/.test(text)
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
