import type { EvaluableComparison } from '../evaluate/evaluable-rule-set.ts'
import { operatorOf, type OperatorName } from '../evaluate/operators.ts'
import { makeProgram } from '../evaluate/program.ts'
import { firedNumbers, fireOn, roomFor } from '../evaluate/run-program.ts'
import { type Chance, chanceOf, oneOf, oneTimeIn } from '../json-rules-engine/chance.examples.ts'

const orders = [
  'decimal-above',
  'decimal-at-least',
  'decimal-below',
  'decimal-at-most',
  'decimal-equal',
] as const satisfies readonly OperatorName[]

/** A question whose answer lies on a border or right beside it. */
export type BorderCase = {
  readonly operator: 'within-percent' | 'within-amount' | (typeof orders)[number]
  /** The number in the operator's name; null where there is none. */
  readonly amount: string | null
  readonly left: string
  readonly right: string
}

/** What trying constructed cases came to. */
export type BorderReport = {
  readonly cases: number
  /** How many of them hold. */
  readonly held: number
  /** Those we answer otherwise than fractions of whole numbers do. */
  readonly wrong: readonly BorderCase[]
  /** How many of them the same check in floating-point numbers answers otherwise. */
  readonly wrongInFloats: number
}

/** Tries at least so many cases, constructed from a seed, against fractions of whole numbers of any size. */
export const tryBorders = (seed: number, count: number): BorderReport => {
  const chance = chanceOf(seed)
  const report = { cases: 0, held: 0, wrong: [] as BorderCase[], wrongInFloats: 0 }
  while (report.cases < count) {
    const batch = oneTimeIn(chance, 4)
      ? onThresholds(chance)
      : [withAnswer(oneTimeIn(chance, 3) ? onAmount(chance) : onPercent(chance))]
    for (const { question, answer } of batch) {
      const expected = holdsExactly(question)
      report.cases += 1
      if (expected) report.held += 1
      if (answer !== expected) report.wrong.push(question)
      if (holdsInFloats(question) !== expected) report.wrongInFloats += 1
    }
  }
  return report
}

type Answered = { readonly question: BorderCase; readonly answer: boolean }

const withAnswer = (question: BorderCase): Answered => ({
  question,
  answer: operatorOf(question.operator).test(question.amount, null)(question.left, question.right),
})

type Whole = { readonly mantissa: bigint; readonly places: number }

/** A value beside the percentage of another, just at the border or a little off it. */
const onPercent = (chance: Chance): BorderCase => {
  const base = anyWhole(chance)
  const percent = anyLimit(chance)
  const size = base.mantissa < 0n ? -base.mantissa : base.mantissa
  const places = base.places + percent.places + 2
  const middle = base.mantissa * 10n ** BigInt(percent.places + 2)
  const width = size * percent.mantissa
  return {
    operator: 'within-percent',
    amount: write(percent),
    left: spell(chance, nudged(chance, { mantissa: sideOf(chance, middle, width), places })),
    right: spell(chance, base),
  }
}

/** A value beside another, just so much away or a little off that. */
const onAmount = (chance: Chance): BorderCase => {
  const base = anyWhole(chance)
  const amount = anyLimit(chance)
  const places = Math.max(base.places, amount.places)
  const [middle, width] = [at(base, places), at(amount, places)]
  return {
    operator: 'within-amount',
    amount: write(amount),
    left: spell(chance, nudged(chance, { mantissa: sideOf(chance, middle, width), places })),
    right: spell(chance, base),
  }
}

const place = { fact: 'value', steps: [], text: 'value', type: { kind: 'decimal' } } as const

/** Values on and beside thresholds that lie close together, as a program finds them and as an operator does. */
const onThresholds = (chance: Chance): readonly Answered[] => {
  const base = anyWhole(chance)
  const thresholds = Array.from({ length: 1 + chance(6) }, () =>
    nudged(chance, { ...base, mantissa: base.mantissa + BigInt(chance(20)) }),
  )
  const rules = thresholds.flatMap((threshold) => {
    const value = spell(chance, threshold)
    return orders.map((operator) => ({ condition: compared(operator, value), operator, value }))
  })
  const program = makeProgram(rules)
  const room = roomFor(program)
  return thresholds.flatMap((threshold) => {
    const left = spell(chance, nudged(chance, threshold))
    fireOn(program, { value: left }, room)
    const fired = new Set(firedNumbers(room))
    return rules.flatMap(({ operator, value }, number) => {
      const question = { operator, amount: null, left, right: value }
      return [{ question, answer: fired.has(number) }, withAnswer(question)]
    })
  })
}

const compared = (operator: OperatorName, value: string): EvaluableComparison => ({
  kind: 'comparison',
  left: place,
  operator,
  decorators: [],
  amount: null,
  right: { kind: 'constant', value },
})

const anyWhole = (chance: Chance): Whole => {
  const length = oneOf(chance, [1, 2, 3, 4, 5, 6, 7, 8, 13, 14, 15, 16, 17, 20])
  const mantissa = digits(chance, length)
  return { mantissa: oneTimeIn(chance, 4) ? -mantissa : mantissa, places: anyPlaces(chance) }
}

/** A percentage or an amount as rules write it: not below zero. */
const anyLimit = (chance: Chance): Whole => ({
  mantissa: digits(chance, oneOf(chance, [1, 1, 2, 2, 3, 4, 9])),
  places: anyPlaces(chance),
})

const anyPlaces = (chance: Chance): number => oneOf(chance, [0, 0, 1, 2, 2, 2, 3, 4, 6, 9])

const digits = (chance: Chance, length: number): bigint =>
  BigInt(Array.from({ length }, () => chance(10)).join(''))

const sideOf = (chance: Chance, middle: bigint, width: bigint): bigint =>
  oneTimeIn(chance, 2) ? middle + width : middle - width

/** The same half of the time, else a unit off at its last place or at one behind it. */
const nudged = (chance: Chance, whole: Whole): Whole => {
  if (oneTimeIn(chance, 2)) return whole
  const deeper = chance(4)
  const unit = oneTimeIn(chance, 2) ? 1n : -1n
  return {
    mantissa: whole.mantissa * 10n ** BigInt(deeper) + unit,
    places: whole.places + deeper,
  }
}

const at = ({ mantissa, places }: Whole, wanted: number): bigint =>
  mantissa * 10n ** BigInt(wanted - places)

const write = ({ mantissa, places }: Whole): string => {
  const sign = mantissa < 0n ? '-' : ''
  const all = String(mantissa < 0n ? -mantissa : mantissa).padStart(places + 1, '0')
  const point = all.length - places
  return places === 0 ? `${sign}${all}` : `${sign}${all.slice(0, point)}.${all.slice(point)}`
}

/** The number with zeros before it or behind it that change nothing, or without those it ends with. */
const spell = (chance: Chance, whole: Whole): string => {
  const text = write(whole)
  switch (chance(6)) {
    case 0:
      return `${text}${text.includes('.') ? '' : '.'}${'0'.repeat(1 + chance(3))}`
    case 1:
      return text.replace(/^-?/, (sign) => `${sign}0`)
    case 2:
      return text.includes('.') ? text.replace(/\.?0+$/, '') : text
    default:
      return text
  }
}

type Fraction = { readonly numerator: bigint; readonly denominator: bigint }

/** Read for itself, so that no mistake of ours is made twice. */
const fractionOf = (text: string): Fraction => {
  const [whole = '', places = ''] = text.split('.')
  return { numerator: BigInt(whole + places), denominator: 10n ** BigInt(places.length) }
}

const holdsExactly = ({ operator, amount, left, right }: BorderCase): boolean => {
  const [a, b, limit] = [fractionOf(left), fractionOf(right), fractionOf(amount ?? '0')]
  const difference = a.numerator * b.denominator - b.numerator * a.denominator
  const scale = a.denominator * b.denominator
  const size = difference < 0n ? -difference : difference
  switch (operator) {
    case 'within-percent': {
      const base = b.numerator < 0n ? -b.numerator : b.numerator
      return size * 100n * limit.denominator * b.denominator <= limit.numerator * base * scale
    }
    case 'within-amount':
      return size * limit.denominator <= limit.numerator * scale
    case 'decimal-above':
      return difference > 0n
    case 'decimal-at-least':
      return difference >= 0n
    case 'decimal-below':
      return difference < 0n
    case 'decimal-at-most':
      return difference <= 0n
    case 'decimal-equal':
      return difference === 0n
  }
}

const holdsInFloats = ({ operator, amount, left, right }: BorderCase): boolean => {
  const [a, b, limit] = [Number(left), Number(right), Number(amount)]
  switch (operator) {
    case 'within-percent':
      return Math.abs(a - b) * 100 <= limit * Math.abs(b)
    case 'within-amount':
      return Math.abs(a - b) <= limit
    case 'decimal-above':
      return a > b
    case 'decimal-at-least':
      return a >= b
    case 'decimal-below':
      return a < b
    case 'decimal-at-most':
      return a <= b
    case 'decimal-equal':
      return a === b
  }
}
