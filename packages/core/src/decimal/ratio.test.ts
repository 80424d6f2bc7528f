import { describe, expect, it } from 'vitest'
import { decimal } from './decimal.ts'
import { exactZero, parseExact } from './exact.ts'
import {
  compareRatios,
  exactRatio,
  isWithinPercent,
  multiplyByRatio,
  percentOf,
  Ratio,
  ratio,
  reduceRatio,
  roundRatio,
} from './ratio.ts'

const ratioOf = (numerator: string, denominator: string): Ratio =>
  ratio(decimal(numerator), decimal(denominator))

describe('Ratio', () => {
  it('keeps its sign above the line', () => {
    expect(ratioOf('1', '-3')).toEqual({ numerator: '-1', denominator: '3' })
    expect(ratioOf('-1', '-3')).toEqual({ numerator: '1', denominator: '3' })
    expect(Ratio.safeParse({ numerator: '1', denominator: '0' }).success).toBe(false)
    expect(Ratio.safeParse(ratioOf('-1', '-0.5')).success).toBe(true)
  })

  it('has no zero below the line', () => {
    const expected = expect.objectContaining({ code: 'DIVISION_BY_ZERO' })
    expect(() => ratioOf('1', '-0.00')).toThrow(expected)
    expect(() => exactRatio(parseExact('1'), exactZero)).toThrow(expected)
  })

  it('compares a third exactly', () => {
    expect(compareRatios(ratioOf('1', '3'), ratioOf('2', '6'))).toBe(0)
    expect(compareRatios(ratioOf('1', '3'), ratioOf('0.3333333333333333', '1'))).toBe(1)
    expect(compareRatios(ratioOf('-1', '3'), ratioOf('1', '3'))).toBe(-1)
  })

  it('multiplies without rounding, and rounds only when asked', () => {
    const third = multiplyByRatio(decimal('10'), ratioOf('1', '3'))
    expect(third).toEqual({ numerator: '10', denominator: '3' })
    expect(roundRatio(third, 4)).toBe('3.3333')
    expect(roundRatio(third, 0, 'up')).toBe('4')
  })

  it('reduces to lowest terms of whole numbers', () => {
    expect(reduceRatio(ratioOf('12.5', '100'))).toEqual({ numerator: '1', denominator: '8' })
    expect(reduceRatio(ratioOf('-0.4', '0.06'))).toEqual({ numerator: '-20', denominator: '3' })
    expect(reduceRatio(ratioOf('0.00', '7'))).toEqual({ numerator: '0', denominator: '1' })
  })

  it('reduces a ratio that would be too long to write', () => {
    const long = decimal(`1${'0'.repeat(38)}3`)
    expect(multiplyByRatio(long, { numerator: long, denominator: long })).toEqual({
      numerator: long,
      denominator: '1',
    })
    const expected = expect.objectContaining({ code: 'LIMIT_EXCEEDED' })
    expect(() => multiplyByRatio(long, ratioOf(long, '7'))).toThrow(expected)
  })
})

describe('percentOf', () => {
  it('is exact until it is shown', () => {
    const percent = percentOf(decimal('1'), decimal('3'))
    expect(percent).toEqual({ numerator: '100', denominator: '3' })
    expect(percent === null ? null : roundRatio(percent, 4)).toBe('33.3333')
    expect(percentOf(decimal('5'), decimal('-200'))).toEqual({
      numerator: '-500',
      denominator: '200',
    })
  })

  it('does not exist on a base of zero', () => {
    expect(percentOf(decimal('5'), decimal('0.00'))).toBeNull()
  })
})

describe('isWithinPercent', () => {
  it.each([
    ['accepts a price 10 percent over at a limit of 10', '0.10', '1.00', '10', true],
    ['refuses the next cent', '0.11', '1.00', '10', false],
    ['accepts five cents over at 1.05 percent', '1.05', '100.00', '1.05', true],
    ['refuses a thousandth of a cent more', '1.05001', '100.00', '1.05', false],
    ['looks at the size of an under-delivery', '-5', '100', '5', true],
    ['looks at the size of a credit', '5', '-100', '5', true],
    ['refuses an under-delivery outside', '-6', '100', '5', false],
    ['accepts nothing over at zero percent', '0', '100', '0', true],
    ['refuses anything over at zero percent', '0.01', '100', '0', false],
    ['accepts no variance on a base of zero', '0.00', '0', '0', true],
    ['refuses every variance on a base of zero', '0.01', '0', '1000000', false],
    [
      'holds where only bigints do',
      '1000000000000000000000.1',
      '10000000000000000000001',
      '10',
      true,
    ],
  ])('%s', (_name, variance, base, percent, expected) => {
    expect(isWithinPercent(decimal(variance), decimal(base), decimal(percent))).toBe(expected)
  })
})
