import { describe, expect, it } from 'vitest'
import * as z from 'zod'
import { CounterfoilError } from '../errors/counterfoil-error.ts'
import { Decimal, decimal, NonNegativeDecimal, PositiveDecimal } from './decimal.ts'
import { decimalDigitsMax, isDecimal } from './decimal-text.ts'
import { Percent } from './percent.ts'

const forty = '1234567890'.repeat(4)

describe('Decimal', () => {
  it.each([
    '0',
    '12.40',
    '-3',
    '-0',
    '-0.00',
    '007',
    '0.5',
    forty,
    `-${forty}`,
    `1.${forty.slice(1)}`,
  ])('takes `%s` and keeps it as written', (text) => {
    expect(Decimal.parse(text)).toBe(text)
    expect(decimal(text)).toBe(text)
    expect(isDecimal(text)).toBe(true)
  })

  it.each([
    '',
    ' ',
    '+1',
    '1.',
    '.5',
    '-.5',
    '-',
    '.',
    '1e3',
    '1,5',
    '1.2.3',
    ' 1',
    '1 ',
    '1\n',
    '--1',
    '0x1',
    'NaN',
    'Infinity',
    '１２',
    `${forty}1`,
    `${forty}.1`,
    '9'.repeat(1_000_000),
  ])('refuses `%s`', (text) => {
    expect(Decimal.safeParse(text).success).toBe(false)
    expect(isDecimal(text)).toBe(false)
    expect(() => decimal(text)).toThrow(expect.objectContaining({ code: 'DECIMAL_INVALID' }))
  })

  it('takes whole numbers and bigints, and refuses numbers that are not exact', () => {
    expect(decimal(-12)).toBe('-12')
    expect(decimal(-0)).toBe('0')
    expect(decimal(12n ** 20n)).toBe(String(12n ** 20n))
    for (const value of [0.1, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 53]) {
      expect(() => decimal(value)).toThrow(expect.objectContaining({ code: 'DECIMAL_INVALID' }))
    }
  })

  it('cuts a long text in the message', () => {
    try {
      decimal('x'.repeat(5_000))
      expect.unreachable()
    } catch (error) {
      expect(CounterfoilError.is(error) && error.message.length).toBeLessThan(160)
    }
  })

  it('says the same in its JSON Schema', () => {
    for (const schema of [Decimal, PositiveDecimal, NonNegativeDecimal]) {
      const { pattern } = z.toJSONSchema(schema)
      const expression = new RegExp(pattern ?? 'none')
      for (const text of ['0', '-0.0', '1.5', '-1.5', '1.', forty, `${forty}0`]) {
        expect(expression.test(text)).toBe(schema.safeParse(text).success)
      }
    }
  })

  it('has as many digits as its name says', () => {
    expect(forty).toHaveLength(decimalDigitsMax)
  })
})

describe('PositiveDecimal and NonNegativeDecimal', () => {
  it.each([
    ['0.01', true, true],
    ['10', true, true],
    [forty, true, true],
    ['0', false, true],
    ['0.00', false, true],
    ['-0', false, true],
    ['-0.00', false, true],
    ['-0.01', false, false],
    ['-10', false, false],
    ['-00.10', false, false],
    ['1.', false, false],
    ['-', false, false],
    [`${forty}1`, false, false],
  ])('`%s`: above zero %s, zero or more %s', (text, isPositive, isNonNegative) => {
    expect(PositiveDecimal.safeParse(text).success).toBe(isPositive)
    expect(NonNegativeDecimal.safeParse(text).success).toBe(isNonNegative)
  })
})

describe('a percentage', () => {
  it('is a decimal, where 5 means five percent and a loss is below zero', () => {
    expect(['5', '0.8065', '-2.5'].map((text) => Percent.parse(text))).toEqual([
      '5',
      '0.8065',
      '-2.5',
    ])
    expect(Percent.safeParse('5 %').success).toBe(false)
    expect(Percent.safeParse(0.05).success).toBe(false)
  })
})
