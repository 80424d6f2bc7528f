import { addDecimals, compareDecimals, decimal, isPositiveDecimal } from '@counterfoil/core'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { split } from './plan-order.ts'

const aQuantity = fc
  .tuple(fc.integer({ min: 1, max: 1_000_000_000 }), fc.integer({ min: 0, max: 6 }))
  .map(([digits, scale]) => decimal((digits / 10 ** scale).toFixed(scale)))

describe('splitting a quantity', () => {
  it('loses nothing, whatever the quantity and the number of parts', () => {
    fc.assert(
      fc.property(aQuantity, fc.integer({ min: 1, max: 1000 }), (quantity, parts) => {
        const portions = split(quantity, parts)
        const sum = portions.reduce(addDecimals, decimal('0'))
        expect(portions).toHaveLength(parts)
        expect(compareDecimals(sum, quantity)).toBe(0)
        expect(portions.every(isPositiveDecimal)).toBe(true)
      }),
    )
  })

  it('leaves what does not divide to the last part', () => {
    expect(split(decimal('10'), 3)).toEqual(['3.333333', '3.333333', '3.333334'])
  })

  it('divides what is smaller than a millionth for each part', () => {
    const portions = split(decimal('0.000001'), 4)
    expect(portions.every((portion) => compareDecimals(portion, decimal('0.00000025')) === 0)).toBe(
      true,
    )
  })

  it('makes no parts where there is nothing to receive', () => {
    expect(split(decimal('10'), 0)).toEqual([])
  })
})
