import type { Decimal } from '../decimal/decimal.ts'
import { type Exact, formatExact, parseExact, roundExact } from '../decimal/exact.ts'
import { CounterfoilError } from '../errors/counterfoil-error.ts'
import { minorUnitsOf } from './currency.ts'
import type { Money } from './money.ts'

/**
 * Splits money over weights so that nothing is lost: the shares add up to the amount exactly. Each
 * share is its exact part cut to the currency's smallest coin; the coins left over go one each to the
 * shares that were cut the most, the earlier first. An amount finer than the coin is split at its own
 * decimal places. Weights are zero or more and may be of any size, such as line amounts; a weight of
 * zero gets zero. Throws `ALLOCATION_IMPOSSIBLE` where no weight is above zero or one is below.
 */
export const allocateMoney = (value: Money, weights: readonly Decimal[]): readonly Money[] => {
  const { currency } = value
  const read = parseExact(value.amount)
  const scale = Math.max(minorUnitsOf(currency), read.scale)
  const coins = BigInt(roundExact(read, scale).mantissa)
  const shares = splitCoins(coins < 0n ? -coins : coins, weightsAtOneScale(weights))
  return shares.map((share) => ({
    amount: formatExact({ mantissa: coins < 0n ? -share : share, scale }),
    currency,
  }))
}

const weightsAtOneScale = (weights: readonly Decimal[]): readonly bigint[] => {
  const read = weights.map((weight) => parseExact(weight))
  const scale = read.reduce((most, weight) => Math.max(most, weight.scale), 0)
  const whole = read.map((weight: Exact) => BigInt(roundExact(weight, scale).mantissa))
  if (whole.some((weight) => weight < 0n)) throw impossible('a weight is below zero')
  if (whole.every((weight) => weight === 0n)) throw impossible('no weight is above zero')
  return whole
}

const splitCoins = (coins: bigint, weights: readonly bigint[]): readonly bigint[] => {
  const total = weights.reduce((sum, weight) => sum + weight, 0n)
  const shares = weights.map((weight) => (coins * weight) / total)
  const cuts = weights.map((weight, index) => ({ index, cut: (coins * weight) % total }))
  const left = coins - shares.reduce((sum, share) => sum + share, 0n)
  // Fewer coins are left than shares were cut, so a share that was not cut never gets one.
  const mostCut = cuts.toSorted((a, b) =>
    a.cut === b.cut ? a.index - b.index : a.cut < b.cut ? 1 : -1,
  )
  const gainers = new Set(mostCut.slice(0, Number(left)).map(({ index }) => index))
  return shares.map((share, index) => (gainers.has(index) ? share + 1n : share))
}

const impossible = (reason: string): CounterfoilError =>
  new CounterfoilError(
    'ALLOCATION_IMPOSSIBLE',
    `cannot split the amount, ${reason}: give weights of zero or more with at least one above`,
  )
