import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { differenceFromBig, operations } from '../../scripts/decimal-oracle.ts'
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
} from './decimal-arithmetic.ts'
import { type Decimal, decimal } from './decimal.ts'
import { isDecimal } from './decimal-text.ts'
import { RoundingMode } from './rounding-mode.ts'

const digitsOf = (lengthMax: number): fc.Arbitrary<string> =>
  fc.string({
    unit: fc.integer({ min: 0, max: 9 }).map(String),
    minLength: 1,
    maxLength: lengthMax,
  })

const anyDecimal: fc.Arbitrary<Decimal> = fc
  .tuple(
    fc.constantFrom('', '-'),
    fc.oneof(digitsOf(4), digitsOf(20)),
    fc.oneof(
      fc.constant(''),
      digitsOf(3).map((digits) => `.${digits}`),
      digitsOf(20).map((digits) => `.${digits}`),
      // A half, or just under it, on the border of rounding.
      digitsOf(4).map((digits) => `.${digits}5`),
      digitsOf(4).map((digits) => `.${digits}4999`),
    ),
  )
  .map((parts) => decimal(parts.join('')))

describe('decimal arithmetic', () => {
  it.each(operations)('agrees with big.js: %s', (operation) => {
    fc.assert(
      fc.property(
        anyDecimal,
        anyDecimal,
        anyDecimal,
        anyDecimal,
        fc.integer({ min: 0, max: 12 }),
        fc.constantFrom(...RoundingMode.options),
        (a, b, c, d, places, mode) => {
          expect(differenceFromBig({ operation, a, b, c, d, places, mode })).toBeNull()
        },
      ),
      { numRuns: 1_500 },
    )
  })

  it.each([
    ['adds at the longer scale', addDecimals(decimal('12.4'), decimal('1.600')), '14.000'],
    ['adds a credit', addDecimals(decimal('10.00'), decimal('-10')), '0.00'],
    ['subtracts', subtractDecimals(decimal('1'), decimal('0.9')), '0.1'],
    ['multiplies without loss', multiplyDecimals(decimal('1.10'), decimal('3')), '3.30'],
    ['never writes a minus on zero', multiplyDecimals(decimal('-1'), decimal('0.0')), '0.0'],
    ['turns the sign', negateDecimal(decimal('5.00')), '-5.00'],
    ['turns the sign of zero into nothing', negateDecimal(decimal('0')), '0'],
    ['drops the sign', absoluteDecimal(decimal('-5.00')), '5.00'],
    ['sums a list', sumDecimals(['1.1', '2.22', '-3'].map(decimal)), '0.32'],
    ['sums nothing to zero', sumDecimals([]), '0'],
    ['takes the smaller', minDecimal(decimal('9.50'), decimal('10.00')), '9.50'],
    ['takes the larger', maxDecimal(decimal('9.50'), decimal('10.00')), '10.00'],
    ['takes the first of equals', minDecimal(decimal('1.0'), decimal('1')), '1.0'],
    ['takes the first of equals', maxDecimal(decimal('1.0'), decimal('1')), '1.0'],
    ['rounds half away from zero', roundDecimal(decimal('-2.345'), 2), '-2.35'],
    ['rounds as told', roundDecimal(decimal('2.345'), 2, 'half-even'), '2.34'],
    ['divides with one rounding', divideDecimals(decimal('2'), decimal('3'), 4), '0.6667'],
    ['divides as told', divideDecimals(decimal('2'), decimal('3'), 4, 'down'), '0.6666'],
    ['spells a number one way', trimDecimal(decimal('010.00')), '10'],
    ['spells zero one way', trimDecimal(decimal('-0.00')), '0'],
  ])('%s', (_name, result, expected) => {
    expect(result).toBe(expected)
  })

  it('compares numbers, not text', () => {
    expect(compareDecimals(decimal('9.50'), decimal('10.00'))).toBe(-1)
    expect(compareDecimals(decimal('-9.50'), decimal('-10.00'))).toBe(1)
    expect(compareDecimals(decimal('1.0'), decimal('1.0'))).toBe(0)
    expect(equalDecimals(decimal('1.0'), decimal('1'))).toBe(true)
    expect(equalDecimals(decimal('-0'), decimal('0.00'))).toBe(true)
    expect(equalDecimals(decimal('1'), decimal('1.01'))).toBe(false)
  })

  it.each([
    ['-0.00', false, true, false],
    ['0.01', false, false, true],
    ['-0.01', true, false, false],
  ])('knows the sign of `%s`', (text, isNegative, isZero, isPositive) => {
    const value = decimal(text)
    expect(isNegativeDecimal(value)).toBe(isNegative)
    expect(isZeroDecimal(value)).toBe(isZero)
    expect(isPositiveDecimal(value)).toBe(isPositive)
  })

  it('spells equal numbers as equal text, and only those', () => {
    fc.assert(
      fc.property(anyDecimal, anyDecimal, (a, b) => {
        expect(trimDecimal(a) === trimDecimal(b)).toBe(equalDecimals(a, b))
        expect(trimDecimal(trimDecimal(a))).toBe(trimDecimal(a))
        expect(isDecimal(trimDecimal(a))).toBe(true)
      }),
    )
  })
})
