import Big from 'big.js'
import {
  absoluteDecimal,
  addDecimals,
  compareDecimals,
  divideDecimals,
  equalDecimals,
  isNegativeDecimal,
  isPositiveDecimal,
  isZeroDecimal,
  maxDecimal,
  minDecimal,
  multiplyDecimals,
  negateDecimal,
  roundDecimal,
  subtractDecimals,
  sumDecimals,
  trimDecimal,
} from '../src/decimal/decimal-arithmetic.ts'
import type { Decimal } from '../src/decimal/decimal.ts'
import { decimalDigitsMax } from '../src/decimal/decimal-text.ts'
import {
  compareRatios,
  isWithinPercent,
  multiplyByRatio,
  percentOf,
  ratio,
  reduceRatio,
  roundRatio,
} from '../src/decimal/ratio.ts'
import type { RoundingMode } from '../src/decimal/rounding-mode.ts'
import { CounterfoilError } from '../src/errors/counterfoil-error.ts'

/** One operation with everything any of them may need. */
export type Question = {
  readonly operation: Operation
  readonly a: Decimal
  readonly b: Decimal
  readonly c: Decimal
  readonly d: Decimal
  readonly places: number
  readonly mode: RoundingMode
}

/** What each operation answers, ours and big.js's, as text. */
type Pair = { readonly ours: (q: Question) => string; readonly oracle: (q: Question) => string }

// A copy of its own: `strict` and the settings below touch nobody else's Big.
const Exactly = Big()
Exactly.NE = -1_000
Exactly.PE = 1_000

const big = (text: string): Big => new Exactly(text)

/** Written with so many places, and without a minus on zero, as ours are; `limit` past 40 digits. */
const written = (value: Big, places: number): string => {
  const text = value.toFixed(places).replace(/^-(?=[0.]*$)/, '')
  if (digitsOf(text) <= decimalDigitsMax) return text
  const shortest = value.toFixed()
  return digitsOf(shortest) <= decimalDigitsMax
    ? shortest.replace(/^-(?=0$)/, '')
    : 'LIMIT_EXCEEDED'
}

const digitsOf = (text: string): number => text.replace(/\D/g, '').length

const scaleOf = (text: string): number => text.split('.')[1]?.length ?? 0

/** The quotient by long division, cut towards zero, then put right from the exact remainder. */
const divided = (a: Big, b: Big, places: number, mode: RoundingMode): Big => {
  Exactly.DP = places
  Exactly.RM = 0
  const cut = a.div(b)
  const rest = a.minus(cut.times(b)).abs()
  const step = big(`1e-${places}`)
  const isNegative = a.times(b).lt(0)
  const half = rest.times(2).cmp(b.abs().times(step))
  const lastDigitIsOdd = !cut.div(step).mod(2).eq(0)
  return goesAway({ mode, isExact: rest.eq(0), isNegative, half, lastDigitIsOdd })
    ? cut.plus(isNegative ? step.times(-1) : step)
    : cut
}

const goesAway = ({
  mode,
  isExact,
  isNegative,
  half,
  lastDigitIsOdd,
}: {
  readonly mode: RoundingMode
  readonly isExact: boolean
  readonly isNegative: boolean
  readonly half: number
  readonly lastDigitIsOdd: boolean
}): boolean => {
  if (isExact) return false
  const rules: Readonly<Record<RoundingMode, boolean>> = {
    up: true,
    down: false,
    ceiling: !isNegative,
    floor: isNegative,
    'half-up': half >= 0,
    'half-down': half > 0,
    'half-even': half > 0 || (half === 0 && lastDigitIsOdd),
  }
  return rules[mode]
}

// big.js rounds in four modes of its own; the others follow from the quotient by one.
const bigModes: Partial<Record<RoundingMode, 0 | 1 | 2 | 3>> = {
  down: 0,
  'half-up': 1,
  'half-even': 2,
  up: 3,
}

const rounded = (value: Big, places: number, mode: RoundingMode): Big => {
  const own = bigModes[mode]
  return own === undefined ? divided(value, big('1'), places, mode) : value.round(places, own)
}

const compareFraction = (n1: Big, d1: Big, n2: Big, d2: Big): number => {
  const cross = n1.times(d2).cmp(n2.times(d1))
  return d1.times(d2).lt(0) ? 0 - cross : cross
}

const nonZero = (text: Decimal): Decimal => (big(text).eq(0) ? ('1' as Decimal) : text)

const fraction = ({ numerator, denominator }: { numerator: string; denominator: string }): string =>
  `${numerator}/${denominator}`

const gcd = (a: bigint, b: bigint): bigint => (b === 0n ? a : gcd(b, a % b))

const lowestTerms = (n: Big, d: Big): string => {
  const scale = big(`1e${Math.max(scaleOf(n.toFixed()), scaleOf(d.toFixed()))}`)
  const sign = n.times(d).lt(0) ? '-' : ''
  const top = BigInt(n.times(scale).abs().toFixed())
  const bottom = BigInt(d.times(scale).abs().toFixed())
  const common = gcd(top, bottom)
  const parts = [top / common, bottom / common].map(String)
  if (parts.some((part) => part.length > decimalDigitsMax)) return 'LIMIT_EXCEEDED'
  return `${sign}${parts.join('/')}`
}

/** A percentage that fits neither as it is nor in lowest terms cannot be handed on as a ratio. */
const percentWritten = (n: Big, d: Big, places: number, mode: RoundingMode): string =>
  digitsOf(n.toFixed()) > decimalDigitsMax && lowestTerms(n, d) === 'LIMIT_EXCEEDED'
    ? 'LIMIT_EXCEEDED'
    : written(divided(n, d, places, mode), places)

const pairs = {
  add: {
    ours: ({ a, b }) => addDecimals(a, b),
    oracle: ({ a, b }) => written(big(a).plus(big(b)), Math.max(scaleOf(a), scaleOf(b))),
  },
  subtract: {
    ours: ({ a, b }) => subtractDecimals(a, b),
    oracle: ({ a, b }) => written(big(a).minus(big(b)), Math.max(scaleOf(a), scaleOf(b))),
  },
  multiply: {
    ours: ({ a, b }) => multiplyDecimals(a, b),
    oracle: ({ a, b }) => written(big(a).times(big(b)), scaleOf(a) + scaleOf(b)),
  },
  divide: {
    ours: ({ a, b, places, mode }) => divideDecimals(a, nonZero(b), places, mode),
    oracle: ({ a, b, places, mode }) =>
      written(divided(big(a), big(nonZero(b)), places, mode), places),
  },
  round: {
    ours: ({ a, places, mode }) => roundDecimal(a, places, mode),
    oracle: ({ a, places, mode }) => written(rounded(big(a), places, mode), places),
  },
  negate: {
    ours: ({ a }) => negateDecimal(a),
    oracle: ({ a }) => written(big(a).times(-1), scaleOf(a)),
  },
  absolute: {
    ours: ({ a }) => absoluteDecimal(a),
    oracle: ({ a }) => written(big(a).abs(), scaleOf(a)),
  },
  trim: {
    ours: ({ a }) => trimDecimal(a),
    oracle: ({ a }) => big(a).toFixed().replace(/^-0$/, '0'),
  },
  compare: {
    ours: ({ a, b }) => String([compareDecimals(a, b), equalDecimals(a, b)]),
    oracle: ({ a, b }) => String([big(a).cmp(big(b)), big(a).eq(big(b))]),
  },
  sign: {
    ours: ({ a }) => String([isNegativeDecimal(a), isZeroDecimal(a), isPositiveDecimal(a)]),
    oracle: ({ a }) => String([big(a).lt(0), big(a).eq(0), big(a).gt(0)]),
  },
  sum: {
    ours: ({ a, b, c, d }) => sumDecimals([a, b, c, d]),
    oracle: ({ a, b, c, d }) =>
      written(
        [b, c, d].reduce((sum, value) => sum.plus(big(value)), big(a)),
        Math.max(...[a, b, c, d].map(scaleOf)),
      ),
  },
  extremes: {
    ours: ({ a, b }) => String([minDecimal(a, b), maxDecimal(a, b)]),
    oracle: ({ a, b }) => String([big(a).gt(big(b)) ? b : a, big(a).lt(big(b)) ? b : a]),
  },
  withinPercent: {
    ours: ({ a, b, c }) => String(isWithinPercent(a, b, c)),
    oracle: ({ a, b, c }) =>
      String(
        big(a)
          .abs()
          .times(100)
          .lte(big(b).abs().times(big(c))),
      ),
  },
  percent: {
    ours: ({ a, b, places, mode }) => {
      const percent = percentOf(a, b)
      return percent === null ? 'null' : roundRatio(percent, places, mode)
    },
    oracle: ({ a, b, places, mode }) =>
      big(b).eq(0) ? 'null' : percentWritten(big(a).times(100), big(b), places, mode),
  },
  compareRatios: {
    ours: ({ a, b, c, d }) => String(compareRatios(ratio(a, nonZero(b)), ratio(c, nonZero(d)))),
    oracle: ({ a, b, c, d }) =>
      String(compareFraction(big(a), big(nonZero(b)), big(c), big(nonZero(d)))),
  },
  multiplyByRatio: {
    ours: ({ a, b, c }) => fraction(reduceRatio(multiplyByRatio(a, ratio(b, nonZero(c))))),
    oracle: ({ a, b, c }) => lowestTerms(big(a).times(big(b)), big(nonZero(c))),
  },
} as const satisfies Readonly<Record<string, Pair>>

/** The operations that can be asked. */
export type Operation = keyof typeof pairs

/** Every operation that can be asked. */
export const operations = Object.keys(pairs) as readonly Operation[]

/** Null where our answer is big.js's, else both answers in one line. */
export const differenceFromBig = (question: Question): string | null => {
  const pair: Pair = pairs[question.operation]
  const ours = answer(pair.ours, question)
  const theirs = answer(pair.oracle, question)
  return ours === theirs ? null : `${JSON.stringify(question)}: ours ${ours}, big.js ${theirs}`
}

// A result past 40 digits is refused with a code, which the oracle answers in the same word.
const answer = (ask: (question: Question) => string, question: Question): string => {
  try {
    return ask(question)
  } catch (error) {
    if (CounterfoilError.is(error)) return error.code
    throw error
  }
}
