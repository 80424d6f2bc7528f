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
  ((digitAt(hex, index >> 2) >> (index & 3)) & 1) === 1

/** How many bits are set. */
export const bitsSet = (hex: string): number => {
  let count = 0
  for (let index = 0; index < hex.length; index += 1) {
    for (let left = digitAt(hex, index); left !== 0; left &= left - 1) count += 1
  }
  return count
}

// Zero past the end, as for a digit that was not written.
const digitAt = (hex: string, index: number): number => {
  const code = hex.charCodeAt(index)
  return code >= 97 ? code - 87 : code >= 48 ? code - 48 : 0
}
