import Big from 'big.js'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { calendarDate } from '../calendar/calendar-date.ts'
import { decimal } from '../decimal/decimal.ts'
import { convertQuantity } from '../quantity/convert-quantity.ts'
import { quantity } from '../quantity/quantity.ts'
import { UnitConversion } from '../quantity/unit-conversion.ts'
import { UnitOfMeasure } from '../quantity/unit-of-measure.ts'
import { currency } from './currency.ts'
import { money } from './money.ts'
import { extendConverted, extendPrice, UnitPrice } from './unit-price.ts'

const aPrice = (amount: string, code: string, per: string, unitOfMeasure: string): UnitPrice =>
  UnitPrice.parse({
    amount,
    currency: code,
    per: { value: per, unitOfMeasure },
    type: 'firm',
  })

describe('extendPrice', () => {
  it.each([
    ['a price for one piece', '3', '12.40', 'EUR', '1', '37.20'],
    ['a price for a hundred pieces', '250', '12.40', 'EUR', '100', '31.00'],
    ['a price for a thousand, rounded once', '7', '3.33', 'EUR', '1000', '0.02'],
    ['half a cent away from zero', '1', '0.125', 'EUR', '1', '0.13'],
    ['a return', '-1', '0.125', 'EUR', '1', '-0.13'],
    ['a currency without cents', '3', '0.5', 'JPY', '1', '2'],
    ['a price per third of something', '1', '1', 'BHD', '3', '0.333'],
  ])('costs %s', (_name, count, amount, code, per, expected) => {
    const price = aPrice(amount, code, per, 'EA')
    expect(extendPrice({ quantity: quantity(count, 'EA'), price })).toEqual(money(expected, code))
  })

  it('rounds to other places and in another mode when told', () => {
    const price = aPrice('0.125', 'EUR', '1', 'EA')
    const line = { quantity: quantity(1, 'EA'), price }
    expect(extendPrice({ ...line, mode: 'half-even' }).amount).toBe('0.12')
    expect(extendPrice({ ...line, places: 4 }).amount).toBe('0.1250')
  })

  it('refuses a quantity in another unit', () => {
    const expected = expect.objectContaining({ code: 'UNIT_NOT_CONVERTIBLE' })
    const price = aPrice('1', 'EUR', '1', 'EA')
    expect(() => extendPrice({ quantity: quantity(1, 'XCS'), price })).toThrow(expected)
  })

  it('has a quantity above zero to pay for', () => {
    expect(
      UnitPrice.safeParse({
        ...aPrice('1', 'EUR', '1', 'EA'),
        per: { value: '0', unitOfMeasure: 'EA' },
      }).success,
    ).toBe(false)
  })
})

describe('extendConverted', () => {
  const threeToACase = UnitConversion.parse({
    from: 'XCS',
    to: 'EA',
    numerator: decimal('3'),
    denominator: decimal('1'),
  })
  const converted = convertQuantity({
    quantity: quantity(1, 'EA'),
    to: UnitOfMeasure.parse('XCS'),
    item: '4711',
    conversions: [threeToACase],
    on: calendarDate('2026-11-24'),
  })

  it('costs a third of a case without rounding the third', () => {
    const price = aPrice('9.99', 'EUR', '1', 'XCS')
    expect(extendConverted({ converted, price })).toEqual(money('3.33', 'EUR'))
    expect(
      extendConverted({ converted, price: { ...price, currency: currency('JPY') } }).amount,
    ).toBe('3')
    expect(extendConverted({ converted, price, places: 3, mode: 'up' }).amount).toBe('3.330')
  })

  it('refuses a price in another unit', () => {
    const expected = expect.objectContaining({ code: 'UNIT_NOT_CONVERTIBLE' })
    expect(() => extendConverted({ converted, price: aPrice('1', 'EUR', '1', 'EA') })).toThrow(
      expected,
    )
  })
})

const digits = (value: number, scale: number): string => new Big(value).div(10 ** scale).toFixed()

describe('an extended price, held against big.js', () => {
  const whole = fc.integer({ min: 1, max: 9_999_999 })
  const scale = fc.integer({ min: 0, max: 5 })

  it('is the coin nearest to quantity x price / per, and of two as near the one away from zero', () => {
    const code = fc.constantFrom('EUR', 'JPY', 'BHD')
    fc.assert(
      fc.property(
        whole,
        whole,
        whole,
        scale,
        code,
        fc.boolean(),
        (q, p, n, places, cur, isReturn) => {
          const count = `${isReturn ? '-' : ''}${digits(q, places)}`
          const price = aPrice(digits(p, 4), cur, digits(n, 2), 'EA')
          const { amount } = extendPrice({ quantity: quantity(count, 'EA'), price })
          const coins = { EUR: 2, JPY: 0, BHD: 3 }[cur] ?? 0
          expect(amount.split('.')[1]?.length ?? 0).toBe(coins)
          // |amount x per - quantity x price| x 2 <= per x coin: multiplied out, so that nothing is divided.
          const [per, cost] = [new Big(price.per.value), new Big(count).times(price.amount)]
          const away = new Big(amount).times(per).minus(cost)
          const halfCoin = per.times(digits(1, coins))
          expect(away.abs().times(2).lte(halfCoin)).toBe(true)
          if (away.abs().times(2).eq(halfCoin))
            expect(new Big(amount).abs().times(per).gt(cost.abs())).toBe(true)
        },
      ),
    )
  })

  it('meets exact halves, which random prices seldom do', () => {
    fc.assert(
      fc.property(whole, (cents) => {
        const below = new Big(digits(cents, 2))
        const price = aPrice(below.plus('0.005').toFixed(), 'EUR', '1', 'EA')
        const { amount } = extendPrice({ quantity: quantity(1, 'EA'), price })
        expect(amount).toBe(below.plus('0.01').toFixed(2))
      }),
    )
  })
})
