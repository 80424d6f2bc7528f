import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { orderOfDecimals, unitsOfDecimal, withinAmount, withinPercent } from './decimal-checks.ts'
import { decimal } from './decimal.ts'
import { isDecimal } from './decimal-text.ts'
import { compareExact, parseExact } from './exact.ts'
import { isWithinPercent } from './ratio.ts'
import { absoluteDecimal, compareDecimals, subtractDecimals } from './decimal-arithmetic.ts'

const digits = (maxLength: number) =>
  fc.stringMatching(new RegExp(`^[0-9]{1,${maxLength}}$`)).filter((text) => text.length > 0)

/** Short ones, and those on both sides of what a number holds. */
const anyDecimal = fc
  .tuple(fc.constantFrom('', '-'), digits(18), fc.option(digits(12)))
  .map(([sign, whole, places]) => decimal(`${sign}${whole}${places === null ? '' : `.${places}`}`))

const anyLimit = fc
  .tuple(digits(5), fc.option(digits(12)))
  .map(([whole, places]) => decimal(`${whole}${places === null ? '' : `.${places}`}`))

const noDecimals = [
  '',
  '-',
  '.',
  '1.',
  '.5',
  '1.2.3',
  '1e3',
  ' 1',
  '1 ',
  '+1',
  '1,5',
  '9'.repeat(41),
]

describe('decimals compared as text', () => {
  it('lie as they do when they are read in full', () => {
    fc.assert(
      fc.property(anyDecimal, anyDecimal, (a, b) => {
        expect(orderOfDecimals(a, b)).toBe(compareExact(parseExact(a), parseExact(b)))
        expect(orderOfDecimals(a, `${a}${a.includes('.') ? '' : '.'}0`)).toBe(0)
      }),
      { numRuns: 5_000 },
    )
  })

  it('are within a percentage and an amount as they are when reckoned in full', () => {
    fc.assert(
      fc.property(anyDecimal, anyDecimal, anyLimit, (a, b, limit) => {
        const distance = absoluteDecimal(subtractDecimals(a, b))
        expect(withinPercent(limit)(a, b)).toBe(isWithinPercent(distance, b, limit))
        expect(withinAmount(limit)(a, b)).toBe(compareDecimals(distance, limit) <= 0)
      }),
      { numRuns: 5_000 },
    )
  })

  it.each([
    ['900719925474.0993', '900719925474.0992', 1],
    ['999999999999999', '999999999999998.9', 1],
    ['-0', '0.00', 0],
    ['007', '7', 0],
    ['-1', '1', -1],
  ])('puts `%s` beside `%s`: %s', (a, b, order) => {
    expect(orderOfDecimals(a, b)).toBe(order)
  })

  it.each([...noDecimals, 5, null, undefined, ['1'], '１'])('take `%s` for no decimal', (other) => {
    expect(isDecimal(other)).toBe(false)
    for (const [a, b] of [
      [other, '1'],
      ['1', other],
      [other, '1'.repeat(20)],
      ['1'.repeat(20), other],
    ]) {
      expect(orderOfDecimals(a, b)).toBeNull()
      expect(withinPercent('1000000')(a, b)).toBe(false)
      expect(withinAmount('1000000')(a, b)).toBe(false)
    }
  })

  it.each([
    ['at the border', '1.10', '1.00', '10', true],
    ['beside it', '1.1000001', '1.00', '10', false],
    ['where products are too large for a number', '1050000000000.01', '1000000000000', '5', false],
    ['where they look alike as numbers', '1100000000000000', '1000000000000000', '10', true],
    ['of forty digits', `${'1'.repeat(39)}2`, '1'.repeat(40), '0.0000000001', true],
    ['of a limit of many places', '1.05', '1', '5.00000000000000', true],
    ['of zero', '0', '0', '5', true],
    ['of something beside zero', '0.01', '0', '5', false],
  ])('knows a percentage %s', (_, a, b, percent, expected) => {
    expect(withinPercent(percent)(a, b)).toBe(expected)
  })

  it.each([
    ['12.4', 2, 1240],
    ['-0.005', 3, -5],
    ['12.45', 1, Number.NaN],
    ['9007199254740993', 0, Number.NaN],
    ['900000000000', 9, Number.NaN],
    ['1e3', 2, Number.NaN],
  ])('takes `%s` at %s places as units: %s', (text, scale, units) => {
    expect(unitsOfDecimal(text, scale)).toBe(units)
  })

  it.each(['five', '', '1e3'])('refuses a limit of `%s`', (limit) => {
    const expected = expect.objectContaining({ code: 'DECIMAL_INVALID' })
    expect(() => withinPercent(limit)).toThrow(expected)
    expect(() => withinAmount(limit)).toThrow(expected)
  })
})
