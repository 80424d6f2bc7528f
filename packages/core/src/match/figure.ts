import type { Decimal } from '../decimal/decimal.ts'
import {
  absoluteExact,
  addExact,
  compareExact,
  divideExact,
  type Exact,
  formatExact,
  isZeroExact,
  multiplyExact,
  negateExact,
  parseExact,
  roundExact,
  signOfExact,
  trimExact,
} from '../decimal/exact.ts'
import { exactOne, exactRatio, type ExactRatio, reduceExactRatio } from '../decimal/ratio.ts'
import type { RoundingMode } from '../decimal/rounding-mode.ts'

/**
 * A number while documents are compared: exact, and a fraction only where a unit conversion or a
 * division made it one. Nothing is rounded before a named point.
 */
export type Figure = ExactRatio

// Most figures are whole decimals. They share this denominator, so that arithmetic can tell at a glance.
const one = exactOne.denominator

/** Decimal places a figure that never ends, as a third of a case, is shown with. */
const figurePlaces = 10

/** Decimal places a percentage is shown with. */
const percentPlaces = 4

/** A decimal in memory as a figure. */
export const figureOf = (value: Exact): Figure => ({ numerator: value, denominator: one })

/** Reads decimal text. */
export const readFigure = (text: Decimal): Figure => figureOf(parseExact(text))

/** A whole number, as a count of days. */
export const figureOfInteger = (value: number): Figure =>
  figureOf({ mantissa: value + 0, scale: 0 })

/** Nothing. */
export const zeroFigure: Figure = figureOfInteger(0)
/** One. */
export const oneFigure: Figure = exactOne
const hundred: Exact = { mantissa: 100, scale: 0 }

/** False for a figure that a unit conversion or a division made a fraction. */
export const isDecimalFigure = (value: Figure): boolean => value.denominator === one

/** The sum. */
export const addFigures = (a: Figure, b: Figure): Figure => {
  if (isDecimalFigure(a) && isDecimalFigure(b)) return figureOf(addExact(a.numerator, b.numerator))
  if (compareExact(a.denominator, b.denominator) === 0) {
    return { numerator: addExact(a.numerator, b.numerator), denominator: a.denominator }
  }
  // Sums over many units would let the denominators grow without end, so these are reduced.
  return reduced({
    numerator: addExact(
      multiplyExact(a.numerator, b.denominator),
      multiplyExact(b.numerator, a.denominator),
    ),
    denominator: multiplyExact(a.denominator, b.denominator),
  })
}

/** The difference `a - b`. */
export const subtractFigures = (a: Figure, b: Figure): Figure => addFigures(a, negateFigure(b))

/** The product. */
export const multiplyFigures = (a: Figure, b: Figure): Figure => {
  const numerator = multiplyExact(a.numerator, b.numerator)
  if (isDecimalFigure(a)) return { numerator, denominator: b.denominator }
  if (isDecimalFigure(b)) return { numerator, denominator: a.denominator }
  return reduced({ numerator, denominator: multiplyExact(a.denominator, b.denominator) })
}

/** The quotient `a / b`, exactly. Throws `DIVISION_BY_ZERO`. */
export const divideFigures = (a: Figure, b: Figure): Figure => {
  const places = isDecimalFigure(b) ? placesOfPowerOfTen(b.numerator) : -1
  if (places >= 0) {
    const { mantissa, scale } = a.numerator
    return { numerator: { mantissa, scale: scale + places }, denominator: a.denominator }
  }
  const quotient = exactRatio(
    isDecimalFigure(b) ? a.numerator : multiplyExact(a.numerator, b.denominator),
    isDecimalFigure(a) ? b.numerator : multiplyExact(b.numerator, a.denominator),
  )
  return isDecimalFigure(a) && isDecimalFigure(b) ? quotient : reduced(quotient)
}

// Prices are per 1, 100 or 1000: dividing by those only moves the point.
const placesOfPowerOfTen = ({ mantissa, scale }: Exact): number => {
  if (scale !== 0) return -1
  switch (mantissa) {
    case 1:
      return 0
    case 10:
      return 1
    case 100:
      return 2
    case 1000:
      return 3
    default:
      return -1
  }
}

const reduced = (value: Figure): Figure => {
  const { numerator, denominator } = reduceExactRatio(value)
  return denominator.mantissa === 1 ? figureOf(numerator) : { numerator, denominator }
}

/** The figure with its sign turned. */
export const negateFigure = (value: Figure): Figure => ({
  numerator: negateExact(value.numerator),
  denominator: value.denominator,
})

/** The figure without its sign. */
export const absoluteFigure = (value: Figure): Figure =>
  value.numerator.mantissa < 0
    ? { numerator: absoluteExact(value.numerator), denominator: value.denominator }
    : value

/** -1 where `a` is below `b`, 0 for the same number, 1 where above; by cross-multiplication. */
export const compareFigures = (a: Figure, b: Figure): -1 | 0 | 1 =>
  a.denominator === b.denominator
    ? compareExact(a.numerator, b.numerator)
    : compareExact(
        multiplyExact(a.numerator, b.denominator),
        multiplyExact(b.numerator, a.denominator),
      )

/** -1 below zero, 0 for zero, 1 above. */
export const signOfFigure = (value: Figure): -1 | 0 | 1 => signOfExact(value.numerator)

/** True for zero. */
export const isZeroFigure = (value: Figure): boolean => isZeroExact(value.numerator)

/** The smaller of the two. */
export const minFigure = (a: Figure, b: Figure): Figure => (compareFigures(a, b) <= 0 ? a : b)

/** The figure rounded to so many decimal places. */
export const roundFigure = (value: Figure, places: number, mode: RoundingMode): Figure =>
  figureOf(
    isDecimalFigure(value)
      ? roundExact(value.numerator, places, mode)
      : divideExact(value.numerator, value.denominator, places, mode),
  )

/** True where `part` is more than `percent` of a base above zero. */
export const isMoreThanPercent = (part: Figure, percent: Exact, base: Figure): boolean =>
  compareFigures(
    { numerator: multiplyExact(part.numerator, hundred), denominator: part.denominator },
    { numerator: multiplyExact(base.numerator, percent), denominator: base.denominator },
  ) > 0

/** So much percent of a figure, exactly. */
export const percentOfFigure = (base: Figure, percent: Exact): Figure => ({
  numerator: shiftedByHundred(multiplyExact(base.numerator, percent)),
  denominator: base.denominator,
})

const shiftedByHundred = ({ mantissa, scale }: Exact): Exact => ({ mantissa, scale: scale + 2 })

/** What percentage of the base the part is, at 4 places for display; `null` where the base is zero. */
export const writePercent = (part: Figure, base: Figure): Decimal | null => {
  if (isZeroFigure(base)) return null
  if (isZeroFigure(part)) return formatExact(zeroFigure.numerator)
  const top = multiplyExact(multiplyExact(part.numerator, hundred), base.denominator)
  const bottom = multiplyExact(base.numerator, part.denominator)
  return formatExact(trimExact(divideExact(top, bottom, percentPlaces)))
}

/**
 * The figure as text: at least `placesMin` decimal places, more only where the number has them, and at
 * most ten where it never ends.
 */
export const writeFigure = (value: Figure, placesMin = 0): Decimal => {
  const shown = isDecimalFigure(value)
    ? value.numerator
    : divideExact(value.numerator, value.denominator, figurePlaces)
  const trimmed = trimExact(shown)
  return formatExact(trimmed.scale < placesMin ? roundExact(trimmed, placesMin) : trimmed)
}
