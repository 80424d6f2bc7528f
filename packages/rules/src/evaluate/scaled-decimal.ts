// So many characters hold at most fifteen digits with the zeros put on, which a number holds exactly.
const digitsMax = 15

/**
 * The value of decimal text as a whole number of units at `scale` places: `"12.4"` at two places is 1240.
 * Exact, or not a number: where the text is no plain decimal, has more places, or is too long. Those are
 * read the slow way.
 */
export const scaledDecimal = (text: string, scale: number): number => {
  const length = text.length
  const start = text.charCodeAt(0) === 45 ? 1 : 0
  let scaled = 0
  let index = start
  for (; index < length; index += 1) {
    const digit = text.charCodeAt(index) - 48
    if (digit < 0 || digit > 9) break
    scaled = scaled * 10 + digit
  }
  const whole = index - start
  if (whole === 0 || whole + scale > digitsMax) return Number.NaN
  let missing = scale
  if (index < length) {
    if (text.charCodeAt(index) !== 46 || index === length - 1) return Number.NaN
    missing -= length - index - 1
    if (missing < 0) return Number.NaN
    for (index += 1; index < length; index += 1) {
      const digit = text.charCodeAt(index) - 48
      if (digit < 0 || digit > 9) return Number.NaN
      scaled = scaled * 10 + digit
    }
  }
  for (; missing > 0; missing -= 1) scaled *= 10
  return start === 1 ? 0 - scaled : scaled
}
