/** Bits as hex digits; bit 0 is the lowest bit of the first digit. */
export const writeBits = (count: number, isSet: (index: number) => boolean): string => {
  let text = ''
  for (let start = 0; start < count; start += 4) {
    let digit = 0
    for (let bit = 0; bit < 4; bit += 1) {
      if (start + bit < count && isSet(start + bit)) digit |= 1 << bit
    }
    text += digit.toString(16)
  }
  return text
}

/** Whether a bit of hex digits is set. */
export const isBitSet = (hex: string, index: number): boolean =>
  ((Number.parseInt(hex.charAt(index >> 2), 16) >> (index & 3)) & 1) === 1

/** How many bits are set. */
export const bitsSet = (hex: string): number => {
  let count = 0
  // Stryker disable next-line EqualityOperator: no bit is set past the end
  for (let index = 0; index < hex.length * 4; index += 1) count += isBitSet(hex, index) ? 1 : 0
  return count
}
