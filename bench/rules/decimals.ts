import { strictEqual } from 'node:assert'
import { orderOfDecimals, withinAmount, withinPercent } from '@counterfoil/core/arithmetic'
import Big from 'big.js'
import { seededRandom } from '../random.ts'
import { print, say } from '../print.ts'
import { race } from '../race.ts'

const pairCount = 20_000

/** A price on an invoice and the price ordered, as documents carry them. */
type Prices = { readonly invoiced: string; readonly ordered: string }

/** One check of two prices, as it is made exactly, in floats, with a decimal library and in fractions. */
type Check = {
  readonly name: string
  readonly ours: PriceCheck
  readonly floats: PriceCheck
  readonly library: PriceCheck
  readonly reference: PriceCheck
}

type PriceCheck = (invoiced: string, ordered: string) => boolean

const checks: readonly Check[] = [
  {
    name: 'within 2.5 %',
    ours: withinPercent('2.5'),
    floats: (invoiced, ordered) => {
      const right = Number(ordered)
      return Math.abs(Number(invoiced) - right) * 100 <= 2.5 * Math.abs(right)
    },
    library: (invoiced, ordered) => {
      const right = new Big(ordered)
      return new Big(invoiced).minus(right).abs().times(100).lte(right.abs().times('2.5'))
    },
    reference: (invoiced, ordered) =>
      distance(invoiced, ordered) * 1_000n <= 25n * millionths(ordered),
  },
  {
    name: 'within 0.15',
    ours: withinAmount('0.15'),
    floats: (invoiced, ordered) => Math.abs(Number(invoiced) - Number(ordered)) <= 0.15,
    library: (invoiced, ordered) => new Big(invoiced).minus(ordered).abs().lte('0.15'),
    reference: (invoiced, ordered) => distance(invoiced, ordered) <= 150_000n,
  },
  {
    name: 'not above',
    ours: (invoiced, ordered) => orderOfDecimals(invoiced, ordered) !== 1,
    floats: (invoiced, ordered) => Number(invoiced) <= Number(ordered),
    library: (invoiced, ordered) => new Big(invoiced).lte(ordered),
    reference: (invoiced, ordered) => millionths(invoiced) <= millionths(ordered),
  },
]

/** Checks of prices on and beside their limits: exact, in floating-point numbers, and with a decimal library. */
export async function benchDecimals(): Promise<void> {
  const pairs = pricesOnLimits()
  console.log(
    `\n${pairCount.toLocaleString('en-US')} pairs of prices, a third of them on a limit; exact as fractions of whole numbers`,
  )
  for (const check of checks) await benchCheck(check, pairs)
}

async function benchCheck(check: Check, pairs: readonly Prices[]): Promise<void> {
  const { name, ours, floats, library, reference } = check
  let wrong = 0
  for (const { invoiced, ordered } of pairs) {
    const expected = reference(invoiced, ordered)
    strictEqual(ours(invoiced, ordered), expected)
    strictEqual(library(invoiced, ordered), expected)
    if (floats(invoiced, ordered) !== expected) wrong += 1
  }
  console.log(
    ` ${name}: floats decide ${wrong.toLocaleString('en-US')} (${((100 * wrong) / pairCount).toFixed(1)} %) wrongly`,
  )
  const laps = await race(
    [
      runner('floats, Number(text)', floats, pairs),
      runner('@counterfoil/core/arithmetic', ours, pairs),
      runner('big.js 7', library, pairs),
    ],
    15,
  )
  print(laps, 'floats')
  say('at most 0.7 times floats', laps[1]?.ratio ?? Number.NaN, 0.7)
}

let kept = 0

function runner(name: string, check: PriceCheck, pairs: readonly Prices[]) {
  return {
    name,
    operations: pairs.length,
    run: () => {
      for (const { invoiced, ordered } of pairs) kept += check(invoiced, ordered) ? 1 : 0
    },
  }
}

function distance(invoiced: string, ordered: string): bigint {
  const [left, right] = [millionths(invoiced), millionths(ordered)]
  return left < right ? right - left : left - right
}

/** Whole numbers of millionths hold every price here and its limits. */
function millionths(text: string): bigint {
  const [whole = '', places = ''] = text.split('.')
  return BigInt(whole + places.padEnd(6, '0'))
}

function pricesOnLimits(): readonly Prices[] {
  const random = seededRandom(31)
  return Array.from({ length: pairCount }, (): Prices => {
    const cents = 1 + Math.floor(random() * 200_000)
    const sign = random() < 0.5 ? -1 : 1
    const onPercent = cents * 10_000 + sign * cents * 250
    const onAmount = cents * 10_000 + sign * 150_000
    const anywhere = Math.round(cents * 100 * (0.9 + random() * 0.2)) * 100
    const draw = random()
    const invoiced = draw < 1 / 6 ? onPercent : draw < 1 / 3 ? onAmount : anywhere
    // As read from a document: texts of their own.
    return JSON.parse(
      JSON.stringify({ invoiced: price(Math.abs(invoiced)), ordered: price(cents * 10_000) }),
    )
  })
}

function price(value: number): string {
  const digits = String(value).padStart(7, '0')
  return `${digits.slice(0, -6)}.${digits.slice(-6)}`.replace(/(\.\d\d\d*?)0+$/, '$1')
}
