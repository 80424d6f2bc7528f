import { CounterfoilError } from '../errors/counterfoil-error.ts'
import { sha256Hex } from './content-hash.ts'

/** The most buckets a key may be spread over; above it the spread would no longer be even. */
export const bucketsMax = 1_000_000

/**
 * The bucket a key falls in, from 0 to `buckets - 1`: always the same one for the same key, on every
 * machine, and even over many keys. For sending a fixed share of orders to a new rule set. Throws
 * `LIMIT_EXCEEDED` when `buckets` is not a whole number from 1 to a million.
 */
export const stableBucket = (key: string, buckets: number): number => {
  if (!Number.isInteger(buckets) || buckets < 1 || buckets > bucketsMax) {
    throw new CounterfoilError(
      'LIMIT_EXCEEDED',
      `cannot spread over \`${buckets}\` buckets: use a whole number from 1 to ${bucketsMax}`,
      { details: { buckets, bucketsMax } },
    )
  }
  // Twelve hexadecimal digits are 48 bits, which a number holds exactly.
  return Number.parseInt(sha256Hex(key).slice(0, 12), 16) % buckets
}
