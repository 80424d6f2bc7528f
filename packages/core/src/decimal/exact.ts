import { CounterfoilError } from '../errors/counterfoil-error.ts'
import type { Decimal } from './decimal.ts'
import { decimalDigitsMax, decimalInvalid } from './decimal-text.ts'
import type { RoundingMode } from './rounding-mode.ts'

/**
 * A decimal in memory: `mantissa` divided by ten `scale` times, so 12.40 is 1240 at scale 2. The
 * mantissa is a safe integer, and a bigint only where a safe integer cannot hold it; there is no
 * negative zero and no rounding. Not for storage: documents carry `Decimal` text.
 */
export type Exact = { readonly mantissa: number | bigint; readonly scale: number }

/** Zero at scale 0. */
export const exactZero: Exact = { mantissa: 0, scale: 0 }

/** The most decimal places a result may be rounded to. */
export const placesMax = decimalDigitsMax - 1

// Ten to the power of the index. A double holds each of these exactly, up to 10^22.
const powers: readonly number[] = Array.from({ length: 23 }, (_, index) => Number(`1e${index}`))
const bigPowers: readonly bigint[] = Array.from({ length: 128 }, (_, index) => 10n ** BigInt(index))

const safeMax = BigInt(Number.MAX_SAFE_INTEGER)

/**
 * Reads decimal text into memory. Matching reads a few numbers from every line, so this is written by
 * hand: it is faster than `Number(text)` and loses nothing. Throws `DECIMAL_INVALID`.
 */
export const parseExact = (text: string): Exact => {
  const length = text.length
  const start = text.charCodeAt(0) === 45 ? 1 : 0
  let point = -1
  let mantissa = 0
  for (let index = start; index < length; index += 1) {
    const digit = text.charCodeAt(index) - 48
    if (digit >= 0 && digit <= 9) mantissa = mantissa * 10 + digit
    else if (digit === -2 && point < 0) point = index
    else throw decimalInvalid(text)
  }
  const scale = point < 0 ? 0 : length - point - 1
  const digits = length - start - (point < 0 ? 0 : 1)
  // A point needs a digit on both sides, and the whole needs at least one.
  if (digits === 0 || point === start || point === length - 1 || digits > decimalDigitsMax) {
    throw decimalInvalid(text)
  }
  // Reading digits is monotone even when it rounds, so a mantissa that is too large always shows.
  if (mantissa > Number.MAX_SAFE_INTEGER) return { mantissa: parseLarge(text, point), scale }
  return { mantissa: start === 1 ? 0 - mantissa : mantissa, scale }
}

const parseLarge = (text: string, point: number): bigint =>
  BigInt(point < 0 ? text : text.slice(0, point) + text.slice(point + 1))

/**
 * Writes a decimal from memory as text, with exactly `scale` digits after the point. Where that would
 * pass 40 digits, zeros at the end are left out first; a number that still does not fit throws
 * `LIMIT_EXCEEDED`.
 */
export const formatExact = (value: Exact): Decimal => {
  const { mantissa, scale } = value
  const isNegative = mantissa < 0
  const digits = String(mantissa).slice(isNegative ? 1 : 0)
  if (digits.length > decimalDigitsMax || scale >= decimalDigitsMax) return formatLong(value)
  const sign = isNegative ? '-' : ''
  if (scale === 0) return brand(sign + digits)
  const padded = digits.length > scale ? digits : digits.padStart(scale + 1, '0')
  const point = padded.length - scale
  return brand(`${sign}${padded.slice(0, point)}.${padded.slice(point)}`)
}

const formatLong = (value: Exact): Decimal => {
  const trimmed = trimExact(value)
  const digitsWritten = digitsWrittenOf(trimmed)
  if (digitsWritten <= decimalDigitsMax) return formatExact(trimmed)
  throw new CounterfoilError(
    'LIMIT_EXCEEDED',
    `cannot write a number of ${digitsWritten} digits, the most are ${decimalDigitsMax}: round it first`,
    { details: { digits: digitsWritten, digitsMax: decimalDigitsMax } },
  )
}

/** True when `formatExact` can write the number, leaving out zeros at its end where it has to. */
export const isWritableExact = (value: Exact): boolean =>
  (typeof value.mantissa === 'number' && value.scale < decimalDigitsMax) ||
  digitsWrittenOf(trimExact(value)) <= decimalDigitsMax

const digitsWrittenOf = ({ mantissa, scale }: Exact): number =>
  Math.max(String(mantissa).length - (mantissa < 0 ? 1 : 0), scale + 1)

const brand = (text: string): Decimal => text as Decimal

/** The same number without zeros at the end of its fraction: 12.40 becomes 1240/100 -> 124/10. */
export const trimExact = (value: Exact): Exact => {
  let { mantissa, scale } = value
  if (typeof mantissa === 'number') {
    while (scale > 0 && mantissa % 10 === 0) {
      mantissa /= 10
      scale -= 1
    }
    return { mantissa, scale }
  }
  while (scale > 0 && mantissa % 10n === 0n) {
    mantissa /= 10n
    scale -= 1
  }
  return { mantissa: narrow(mantissa), scale }
}

/** The sum, at the larger of the two scales. */
export const addExact = (a: Exact, b: Exact): Exact => {
  if (typeof a.mantissa === 'number' && typeof b.mantissa === 'number') {
    if (a.scale === b.scale) {
      const sum = a.mantissa + b.mantissa
      if (isSafe(sum)) return { mantissa: sum, scale: a.scale }
    } else {
      const scale = a.scale > b.scale ? a.scale : b.scale
      const left = rescaled(a.mantissa, scale - a.scale)
      const right = rescaled(b.mantissa, scale - b.scale)
      const sum = left + right
      if (isSafe(left) && isSafe(right) && isSafe(sum)) return { mantissa: sum, scale }
    }
  }
  const scale = a.scale > b.scale ? a.scale : b.scale
  return { mantissa: narrow(bigAtScale(a, scale) + bigAtScale(b, scale)), scale }
}

/** The difference `a - b`, at the larger of the two scales. */
export const subtractExact = (a: Exact, b: Exact): Exact => addExact(a, negateExact(b))

/** The product, at the sum of the two scales. */
export const multiplyExact = (a: Exact, b: Exact): Exact => {
  const scale = a.scale + b.scale
  if (typeof a.mantissa === 'number' && typeof b.mantissa === 'number') {
    const product = a.mantissa * b.mantissa
    // Adding zero turns a negative zero into zero.
    if (isSafe(product)) return { mantissa: product + 0, scale }
  }
  return { mantissa: narrow(BigInt(a.mantissa) * BigInt(b.mantissa)), scale }
}

/** The number with its sign turned; zero stays zero. */
export const negateExact = (value: Exact): Exact => ({
  mantissa: typeof value.mantissa === 'number' ? 0 - value.mantissa : -value.mantissa,
  scale: value.scale,
})

/** The number without its sign. */
export const absoluteExact = (value: Exact): Exact =>
  value.mantissa < 0 ? negateExact(value) : value

/** -1 where `a` is below `b`, 0 where they are the same number at whatever scale, 1 where above. */
export const compareExact = (a: Exact, b: Exact): -1 | 0 | 1 => {
  if (typeof a.mantissa === 'number' && typeof b.mantissa === 'number') {
    const shift = a.scale - b.scale
    if (shift === 0) return compareNumbers(a.mantissa, b.mantissa)
    // Only one side is scaled up. If that product is not exact it is beyond every safe integer, and
    // so beyond the other side, on the right side of it.
    if (shift > 0 && shift < powers.length) {
      return compareNumbers(a.mantissa, rescaled(b.mantissa, shift))
    }
    if (shift < 0 && -shift < powers.length) {
      return compareNumbers(rescaled(a.mantissa, -shift), b.mantissa)
    }
  }
  const scale = Math.max(a.scale, b.scale)
  const left = bigAtScale(a, scale)
  const right = bigAtScale(b, scale)
  return left < right ? -1 : left > right ? 1 : 0
}

/** True for zero at every scale. */
export const isZeroExact = (value: Exact): boolean => value.mantissa === 0

/** -1 below zero, 0 for zero, 1 above. */
export const signOfExact = (value: Exact): -1 | 0 | 1 =>
  value.mantissa < 0 ? -1 : value.mantissa > 0 ? 1 : 0

/**
 * Rounds to exactly `places` decimal places; a shorter number is padded with zeros, so 12.4 at two
 * places is 12.40. Throws `LIMIT_EXCEEDED` when `places` is not a whole number from 0 to 39.
 */
export const roundExact = (value: Exact, places: number, mode: RoundingMode = 'half-up'): Exact => {
  checkPlaces(places)
  const drop = value.scale - places
  if (drop === 0) return value
  const { mantissa } = value
  if (typeof mantissa === 'number') {
    if (drop > 0 && drop <= 15) {
      return { mantissa: divideNumbers(mantissa, rescaled(1, drop), mode), scale: places }
    }
    const padded = drop < 0 && -drop < powers.length ? rescaled(mantissa, -drop) : Number.NaN
    if (isSafe(padded)) return { mantissa: padded, scale: places }
  }
  const rounded =
    drop > 0
      ? divideBigInts(BigInt(mantissa), bigPower(drop), mode)
      : BigInt(mantissa) * bigPower(-drop)
  return { mantissa: narrow(rounded), scale: places }
}

/**
 * The quotient `a / b`, rounded once to exactly `places` decimal places. Throws `DIVISION_BY_ZERO`,
 * and `LIMIT_EXCEEDED` when `places` is not a whole number from 0 to 39.
 */
export const divideExact = (
  a: Exact,
  b: Exact,
  places: number,
  mode: RoundingMode = 'half-up',
): Exact => {
  checkPlaces(places)
  if (b.mantissa === 0) throw divisionByZero(a)
  const shift = places + b.scale - a.scale
  if (typeof a.mantissa === 'number' && typeof b.mantissa === 'number') {
    const top = shift > 0 ? rescaled(a.mantissa, shift) : a.mantissa
    const bottom = shift < 0 ? rescaled(b.mantissa, -shift) : b.mantissa
    if (isSafe(top) && isSafe(bottom)) {
      return { mantissa: divideNumbers(top, bottom, mode), scale: places }
    }
  }
  const top = shift > 0 ? BigInt(a.mantissa) * bigPower(shift) : BigInt(a.mantissa)
  const bottom = shift < 0 ? BigInt(b.mantissa) * bigPower(-shift) : BigInt(b.mantissa)
  return { mantissa: narrow(divideBigInts(top, bottom, mode)), scale: places }
}

const divisionByZero = (dividend: Exact): CounterfoilError =>
  new CounterfoilError(
    'DIVISION_BY_ZERO',
    `cannot divide \`${formatExact(dividend)}\` by zero: test the divisor first`,
  )

const checkPlaces = (places: number): void => {
  if (Number.isInteger(places) && places >= 0 && places <= placesMax) return
  throw new CounterfoilError(
    'LIMIT_EXCEEDED',
    `cannot round to \`${places}\` decimal places: use a whole number from 0 to ${placesMax}`,
    { details: { places, placesMax } },
  )
}

const isSafe = (value: number): boolean =>
  value <= Number.MAX_SAFE_INTEGER && value >= Number.MIN_SAFE_INTEGER

const narrow = (value: bigint): number | bigint =>
  value <= safeMax && value >= -safeMax ? Number(value) : value

// Past the table the answer is not a number, which no comparison and no safety test lets through.
const rescaled = (mantissa: number, shift: number): number =>
  mantissa * (powers[shift] ?? Number.NaN)

const bigPower = (exponent: number): bigint => bigPowers[exponent] ?? 10n ** BigInt(exponent)

const bigAtScale = (value: Exact, scale: number): bigint =>
  BigInt(value.mantissa) * bigPower(scale - value.scale)

const compareNumbers = (a: number, b: number): -1 | 0 | 1 => (a < b ? -1 : a > b ? 1 : 0)

const divideNumbers = (dividend: number, divisor: number, mode: RoundingMode): number => {
  // The remainder is exact, and so is the division of what is left by its own divisor.
  const rest = dividend % divisor
  const quotient = (dividend - rest) / divisor + 0
  if (rest === 0) return quotient
  const half = compareNumbers(Math.abs(rest) * 2, Math.abs(divisor))
  const isNegative = dividend < 0 !== divisor < 0
  if (!roundsAway(mode, half, isNegative, quotient % 2 !== 0)) return quotient
  return isNegative ? quotient - 1 : quotient + 1
}

const divideBigInts = (dividend: bigint, divisor: bigint, mode: RoundingMode): bigint => {
  const rest = dividend % divisor
  const quotient = dividend / divisor
  if (rest === 0n) return quotient
  const twice = (rest < 0n ? -rest : rest) * 2n
  const size = divisor < 0n ? -divisor : divisor
  const half = twice < size ? -1 : twice > size ? 1 : 0
  const isNegative = dividend < 0n !== divisor < 0n
  if (!roundsAway(mode, half, isNegative, quotient % 2n !== 0n)) return quotient
  return isNegative ? quotient - 1n : quotient + 1n
}

/** Whether a quotient cut towards zero goes one further away; `half` compares the rest to a half. */
const roundsAway = (
  mode: RoundingMode,
  half: -1 | 0 | 1,
  isNegative: boolean,
  isOdd: boolean,
): boolean => {
  switch (mode) {
    case 'half-up':
      return half >= 0
    case 'half-even':
      return half > 0 || (half === 0 && isOdd)
    case 'half-down':
      return half > 0
    case 'down':
      return false
    case 'up':
      return true
    case 'ceiling':
      return !isNegative
    case 'floor':
      return isNegative
  }
}
