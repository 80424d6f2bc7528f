import { decimalPattern } from './decimal-text.ts'
import {
  absoluteExact,
  compareExact,
  type Exact,
  multiplyExact,
  parseExact,
  subtractExact,
} from './exact.ts'

/** Says whether one decimal text lies near enough to another; false where one of them is no decimal. */
export type DecimalCheck = (left: unknown, right: unknown) => boolean

/**
 * -1 where `left` is below `right`, 0 where they are the same number however spelled, 1 where above; null
 * where one of them is no decimal text. Never throws.
 */
export const orderOfDecimals = (left: unknown, right: unknown): -1 | 0 | 1 | null => {
  if (typeof left !== 'string' || typeof right !== 'string') return null
  const a = readDigits(left)
  const places = placesRead
  const b = readDigits(right)
  const more = places - placesRead
  const x = more < 0 ? a * ten(-more) : a
  const y = more > 0 ? b * ten(more) : b
  // Only one side is scaled, and where that is not exact it is beyond the other on the right side of it.
  if (x < y) return -1
  if (x > y) return 1
  return x === y ? 0 : orderExactly(left, right)
}

/**
 * A check that `left` is at most so many percent of `right` away from it, above or below; the border is
 * inside. Of zero any percent is zero. Throws `DECIMAL_INVALID` for a percentage that is no decimal.
 */
export const withinPercent = (percent: string): DecimalCheck => {
  const exact = parseExact(percent)
  const hundredfold = isQuick(exact) ? 100 * ten(exact.scale) : Number.NaN
  const factor = Number(exact.mantissa)
  return (left, right) => {
    if (typeof left !== 'string' || typeof right !== 'string') return false
    const a = readDigits(left)
    const places = placesRead
    const b = readDigits(right)
    const more = places - placesRead
    const x = more < 0 ? a * ten(-more) : a
    const y = more > 0 ? b * ten(more) : b
    if (isExact(x) && isExact(y)) {
      // |a - b| * 100 <= p * |b|, multiplied out, since a division would have to round. A product that is
      // rounded is still on the right side of another, so only where both look alike is it not known.
      const wanted = (x > y ? x - y : y - x) * hundredfold
      const accepted = factor * (y < 0 ? -y : y)
      if (wanted < accepted) return true
      if (wanted > accepted) return false
      if (wanted === accepted && wanted <= Number.MAX_SAFE_INTEGER) return true
    }
    return isWithinPercentExactly(left, right, exact)
  }
}

/**
 * A check that `left` is at most so much away from `right`, above or below; the border is inside. Throws
 * `DECIMAL_INVALID` for an amount that is no decimal.
 */
export const withinAmount = (amount: string): DecimalCheck => {
  const exact = parseExact(amount)
  const limit = isQuick(exact) ? Number(exact.mantissa) : Number.NaN
  return (left, right) => {
    if (typeof left !== 'string' || typeof right !== 'string') return false
    const a = readDigits(left)
    const places = placesRead
    const b = readDigits(right)
    const more = places - placesRead
    const x = more < 0 ? a * ten(-more) : a
    const y = more > 0 ? b * ten(more) : b
    if (isExact(x) && isExact(y)) {
      const distance = x > y ? x - y : y - x
      const above = Math.max(places, placesRead) - exact.scale
      const wanted = above < 0 ? distance * ten(-above) : distance
      const accepted = above > 0 ? limit * ten(above) : limit
      if (wanted < accepted) return true
      if (wanted > accepted) return false
      if (wanted === accepted && wanted <= Number.MAX_SAFE_INTEGER) return true
    }
    return isWithinAmountExactly(left, right, exact)
  }
}

/**
 * The value of decimal text as a whole number of units at `scale` places: `"12.4"` at two places is 1240. Not a
 * number where the text is no plain decimal, has more places, or is too long: read those in full.
 */
export const unitsOfDecimal = (text: string, scale: number): number => {
  const units = readDigits(text) * ten(scale - placesRead)
  return isExact(units) ? units : Number.NaN
}

// So many digits a number always holds exactly.
const digitsMax = 15

const powers: readonly number[] = Array.from({ length: digitsMax + 1 }, (_, index) =>
  Number(`1e${index}`),
)

const ten = (exponent: number): number => powers[exponent] ?? Number.NaN

// The places of what `readDigits` read last: a pair to return would have to be made for every text.
let placesRead = 0

// So many characters hold nine digits at most beside a point or a sign, which is less than 2^31.
const lengthOfShort = 10

/**
 * The digits of a decimal as a whole number, its places in `placesRead`. Not a number for what is no decimal or
 * is longer than prices and amounts are; that is read in full.
 */
const readDigits = (text: string): number => {
  const { length } = text
  const first = text.charCodeAt(0)
  const start = first === minus ? 1 : 0
  if (length > lengthOfShort || length === start) return Number.NaN
  let digits = start === 1 ? 0 : first - zero
  if (digits < 0 || digits > 9) return Number.NaN
  let at = -1
  for (let index = 1; index < length; index += 1) {
    const digit = text.charCodeAt(index) - zero
    // Multiplied as whole numbers of 32 bits, which takes half the time.
    if (digit >= 0 && digit <= 9) digits = (Math.imul(digits, 10) + digit) | 0
    else if (digit === point && at < 0 && index > start) at = index
    else return Number.NaN
  }
  if (at === length - 1 || (at < 0 && length - start === lengthOfShort)) return Number.NaN
  placesRead = at < 0 ? 0 : length - at - 1
  return start === 1 ? -digits : digits
}

const zero = 48
const minus = 45
// Written as the distance from the digit zero.
const point = -2

// Half of what is exact, so that a difference is exact too.
const exactMax = 2 ** 52

const isExact = (value: number): boolean => value <= exactMax && value >= -exactMax

const isQuick = ({ mantissa, scale }: Exact): boolean => typeof mantissa === 'number' && scale < 14

const readExact = (text: string): Exact | null =>
  decimalPattern.test(text) ? parseExact(text) : null

const orderExactly = (left: string, right: string): -1 | 0 | 1 | null => {
  const [a, b] = [readExact(left), readExact(right)]
  return a === null || b === null ? null : compareExact(a, b)
}

const hundred: Exact = { mantissa: 100, scale: 0 }

/** `isWithinPercent` for numbers in memory. */
export const isWithinPercentExact = (variance: Exact, base: Exact, percent: Exact): boolean => {
  const allowed = multiplyExact(absoluteExact(base), percent)
  return compareExact(multiplyExact(absoluteExact(variance), hundred), allowed) <= 0
}

const isWithinPercentExactly = (left: string, right: string, percent: Exact): boolean => {
  const [a, b] = [readExact(left), readExact(right)]
  return a !== null && b !== null && isWithinPercentExact(subtractExact(a, b), b, percent)
}

const isWithinAmountExactly = (left: string, right: string, amount: Exact): boolean => {
  const [a, b] = [readExact(left), readExact(right)]
  return a !== null && b !== null && compareExact(distanceOf(a, b), amount) <= 0
}

const distanceOf = (a: Exact, b: Exact): Exact => absoluteExact(subtractExact(a, b))
