// Compares a million random operations with big.js, an independent library, and exits with 1 at the
// first hundred differences. `node scripts/decimal-million.ts [count] [seed]`.
import type { Decimal } from '../src/decimal/decimal.ts'
import { parseExact } from '../src/decimal/exact.ts'
import { RoundingMode } from '../src/decimal/rounding-mode.ts'
import { differenceFromBig, type Operation, operations, type Question } from './decimal-oracle.ts'

const differencesMax = 100

const [count = 1_000_000, seed = 20_261_124] = process.argv.slice(2).map(Number)

/** Whole numbers from 0 up to but not including `below`, the same for the same seed (mulberry32). */
const makeDice = (start: number): ((below: number) => number) => {
  let state = start
  return (below) => {
    state = (state + 0x6d_2b_79_f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * below)
  }
}

const dice = makeDice(seed)

const digits = (length: number): string =>
  Array.from({ length }, () => (dice(4) === 0 ? dice(2) * 9 : dice(10))).join('')

const signed = (text: string): Decimal => (dice(3) === 0 ? `-${text}` : text) as Decimal

const withPoint = (text: string, places: number): string =>
  places === 0 ? text : `${text.slice(0, -places)}.${text.slice(-places)}`

/** Everyday amounts, halves on the border of rounding, the edge of safe integers, and 40 digits. */
const anyDecimal = (places: number): Decimal => {
  switch (dice(8)) {
    case 0:
      return signed(String(dice(1_000)))
    case 1:
      return signed(`${digits(1 + dice(6))}.${digits(1 + dice(4))}`)
    case 2:
      return signed(`${digits(1 + dice(12))}.${digits(places)}5${'0'.repeat(dice(4))}`)
    case 3:
      return signed(`${digits(1 + dice(12))}.${digits(places)}4${'9'.repeat(1 + dice(6))}`)
    case 4: {
      const edge = String(BigInt(Number.MAX_SAFE_INTEGER) + BigInt(dice(9) - 4))
      return signed(withPoint(edge, dice(edge.length)))
    }
    case 5: {
      const long = digits(16 + dice(25))
      return signed(withPoint(long, dice(long.length)))
    }
    case 6:
      return signed(`0.${'0'.repeat(dice(30))}${digits(1 + dice(9))}`)
    default:
      return signed(`${dice(3)}.${'0'.repeat(dice(3))}0`)
  }
}

/** Now and then the second number is a variance exactly on the limit of the others. */
const anyQuestion = (): Question => {
  const places = dice(10) === 0 ? dice(20) : dice(5)
  const a = anyDecimal(places)
  return {
    operation: operations[dice(operations.length)] ?? 'add',
    a,
    b: dice(12) === 0 ? a : anyDecimal(places),
    c: dice(12) === 0 ? ('100' as Decimal) : anyDecimal(places),
    d: anyDecimal(places),
    places,
    mode: RoundingMode.options[dice(RoundingMode.options.length)] ?? 'half-up',
  }
}

const counts = new Map<Operation | 'with a bigint mantissa' | 'different', number>()
const tally = (name: Operation | 'with a bigint mantissa' | 'different'): void => {
  counts.set(name, (counts.get(name) ?? 0) + 1)
}

for (let asked = 0; asked < count; asked += 1) {
  const question = anyQuestion()
  tally(question.operation)
  if ([question.a, question.b].some((text) => typeof parseExact(text).mantissa === 'bigint')) {
    tally('with a bigint mantissa')
  }
  const difference = differenceFromBig(question)
  if (difference === null) continue
  tally('different')
  console.error(difference)
  if ((counts.get('different') ?? 0) >= differencesMax) break
}

const different = counts.get('different') ?? 0
for (const [name, times] of [...counts].toSorted(([a], [b]) => (a < b ? -1 : 1)))
  console.log(`${name.padEnd(24)} ${times}`)
console.log(`${count} operations (seed ${seed}) against big.js: ${different} different`)
process.exitCode = different === 0 ? 0 : 1
