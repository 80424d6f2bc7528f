import { describe, expect, it } from 'vitest'
import { scaledDecimal } from './scaled-decimal.ts'

describe('decimal text as a whole number of units', () => {
  it.each<[string, number, number]>([
    ['0', 2, 0],
    ['7', 0, 7],
    ['12.4', 2, 1240],
    ['12.40', 2, 1240],
    ['12.34', 2, 1234],
    ['0.05', 2, 5],
    ['007', 1, 70],
    ['1234567890', 5, 123_456_789_000_000],
    ['-12.4', 2, -1240],
    ['-9', 0, -9],
    // Fifteen digits with the zeros put on are exact, whole or with places.
    ['999999999999999', 0, 999_999_999_999_999],
    ['9999999999.99999', 5, 999_999_999_999_999],
    ['-9999999999.99999', 5, -999_999_999_999_999],
  ])('%s at %i places', (text, scale, expected) => {
    expect(scaledDecimal(text, scale)).toBe(expected)
  })

  it('has no negative zero', () => {
    expect(scaledDecimal('-0', 2)).toBe(0)
    expect(scaledDecimal('-0.00', 2)).toBe(0)
  })

  it.each<[string, string, number]>([
    ['nothing', '', 2],
    ['a sign alone', '-', 2],
    ['a plus', '+1', 2],
    ['two signs', '--1', 2],
    ['no digit before the point', '.5', 2],
    ['no digit after the point', '5.', 2],
    ['a point alone', '.', 2],
    ['two points', '1.2.3', 5],
    ['a comma', '1,5', 2],
    ['an exponent', '1e3', 2],
    ['a space', ' 1', 2],
    ['the character before the digits', '1/', 2],
    ['the character after the digits', '1:', 2],
    ['the character before the digits, after the point', '1.5/', 2],
    ['the character after the digits, after the point', '1.:5', 2],
    ['a letter after the point', '1.5x', 2],
    ['a day', '2026-01-01', 2],
    ['more places than asked for', '1.234', 2],
    ['a place where none is asked for', '1.2', 0],
    ['sixteen digits', '1234567890123456', 0],
    ['sixteen digits with the zeros put on', '12345678901', 5],
    ['sixteen digits, its places too', '99999999999.99999', 5],
  ])('is left to be read the slow way: %s', (_, text, scale) => {
    expect(scaledDecimal(text, scale)).toBeNaN()
  })
})
