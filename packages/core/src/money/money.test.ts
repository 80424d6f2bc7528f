import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isZeroDecimal, subtractDecimals, sumDecimals } from '../decimal/decimal-arithmetic.ts'
import { decimal } from '../decimal/decimal.ts'
import { allocateMoney } from './allocate-money.ts'
import { Currency, currency, currencyCodes, isCurrency, minorUnitsOf } from './currency.ts'
import {
  addMoney,
  compareMoney,
  Money,
  money,
  negateMoney,
  roundMoney,
  roundToCurrency,
  subtractMoney,
  sumMoney,
} from './money.ts'

describe('Currency', () => {
  it.each([
    ['EUR', 2],
    ['USD', 2],
    ['HUF', 2],
    ['JPY', 0],
    ['KRW', 0],
    ['ISK', 0],
    ['UGX', 0],
    ['BHD', 3],
    ['KWD', 3],
    ['TND', 3],
    ['CLF', 4],
    ['UYW', 4],
    ['XCG', 2],
    ['ZWG', 2],
  ])('`%s` has %i decimal places', (code, places) => {
    expect(minorUnitsOf(currency(code))).toBe(places)
    expect(Currency.safeParse(code).success).toBe(true)
  })

  it.each(['', 'eur', 'EURO', 'DEM', 'XXX', 'XAU', 'ABC', '978', 'constructor'])(
    'refuses `%s`',
    (code) => {
      const expected = expect.objectContaining({ code: 'CURRENCY_UNKNOWN' })
      expect(isCurrency(code)).toBe(false)
      expect(Currency.safeParse(code).success).toBe(false)
      expect(() => currency(code)).toThrow(expected)
      expect(() => minorUnitsOf(code as Currency)).toThrow(expected)
    },
  )

  it('names each code once, in three capitals', () => {
    expect(new Set(currencyCodes).size).toBe(currencyCodes.length)
    expect(currencyCodes.every((code) => Currency.safeParse(code).success)).toBe(true)
    expect(currencyCodes.length).toBeGreaterThan(160)
  })
})

describe('Money', () => {
  const eur = (amount: string): Money => money(amount, 'EUR')

  it('adds, subtracts, turns and compares amounts of one currency', () => {
    expect(addMoney(eur('12.40'), eur('0.6'))).toEqual(eur('13.00'))
    expect(subtractMoney(eur('12.40'), eur('13'))).toEqual(eur('-0.60'))
    expect(negateMoney(eur('12.40'))).toEqual(eur('-12.40'))
    expect(compareMoney(eur('9.50'), eur('10'))).toBe(-1)
    expect(sumMoney([eur('1.10'), eur('2')], currency('EUR'))).toEqual(eur('3.10'))
    expect(sumMoney([], currency('EUR'))).toEqual(eur('0'))
    expect(Money.safeParse(eur('1.1')).success).toBe(true)
  })

  it('never mixes currencies', () => {
    const expected = expect.objectContaining({ code: 'CURRENCY_MISMATCH' })
    for (const mix of [addMoney, subtractMoney, compareMoney]) {
      expect(() => mix(eur('1'), money(1, 'USD'))).toThrow(expected)
    }
    expect(() => sumMoney([eur('1')], currency('USD'))).toThrow(expected)
  })

  it.each([
    ['EUR', '12.345', undefined, '12.35'],
    ['EUR', '-12.345', undefined, '-12.35'],
    ['EUR', '12.345', 'half-even', '12.34'],
    ['EUR', '12', undefined, '12.00'],
    ['JPY', '12.5', undefined, '13'],
    ['BHD', '12.3455', undefined, '12.346'],
  ] as const)('rounds %s %s %s to %s', (code, amount, mode, rounded) => {
    expect(roundToCurrency(decimal(amount), currency(code), mode)).toBe(rounded)
    expect(roundMoney(money(amount, code), mode)).toEqual(money(rounded, code))
  })
})

describe('allocateMoney', () => {
  const split = (amount: string, code: string, weights: readonly string[]): readonly string[] =>
    allocateMoney(money(amount, code), weights.map(decimal)).map((share) => share.amount)

  it.each([
    [
      'gives the odd cent to the first of equals',
      '10.00',
      'EUR',
      ['1', '1', '1'],
      ['3.34', '3.33', '3.33'],
    ],
    ['gives it to the one cut most', '10.00', 'EUR', ['1', '1', '4'], ['1.67', '1.67', '6.66']],
    [
      'splits a credit like an invoice',
      '-10.00',
      'EUR',
      ['1', '1', '1'],
      ['-3.34', '-3.33', '-3.33'],
    ],
    ['splits by line amounts', '5.00', 'EUR', ['100.00', '0', '300.0'], ['1.25', '0.00', '3.75']],
    ['knows currencies without cents', '10', 'JPY', ['1', '1', '1'], ['4', '3', '3']],
    ['knows currencies with three places', '1', 'BHD', ['1', '2'], ['0.333', '0.667']],
    ['keeps an amount finer than a cent', '0.001', 'EUR', ['1', '1'], ['0.001', '0.000']],
    ['gives all to a single line', '7.77', 'EUR', ['0.0001'], ['7.77']],
    ['splits nothing into nothing', '0', 'EUR', ['1', '2'], ['0.00', '0.00']],
  ] as const)('%s', (_name, amount, code, weights, shares) => {
    expect(split(amount, code, weights)).toEqual(shares)
  })

  it.each([[[]], [['0', '0.00']], [['1', '-1', '5']]])('refuses the weights %o', (weights) => {
    const expected = expect.objectContaining({ code: 'ALLOCATION_IMPOSSIBLE' })
    expect(() => split('10', 'EUR', weights)).toThrow(expected)
  })

  it('loses nothing, and no share is a coin away from its exact part', () => {
    const cents = fc.bigInt({ min: -(10n ** 18n), max: 10n ** 18n })
    const weights = fc
      .array(fc.bigInt({ min: 0n, max: 10n ** 12n }), { minLength: 1, maxLength: 20 })
      .filter((list) => list.some((weight) => weight > 0n))
    fc.assert(
      fc.property(cents, weights, (amount, list) => {
        const value = money(amount, 'JPY')
        const shares = allocateMoney(value, list.map(decimal))
        const total = sumDecimals(shares.map((share) => share.amount))
        expect(isZeroDecimal(subtractDecimals(total, value.amount))).toBe(true)
        const whole = list.reduce((sum, weight) => sum + weight, 0n)
        for (const [index, share] of shares.entries()) {
          // |share - amount x weight / whole| < 1, multiplied out.
          const away = BigInt(share.amount) * whole - amount * (list[index] ?? 0n)
          expect(away < whole && away > -whole).toBe(true)
          if (list[index] === 0n) expect(isZeroDecimal(share.amount)).toBe(true)
        }
      }),
    )
  })
})
