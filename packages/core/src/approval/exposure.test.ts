import { expect, it } from 'vitest'
import { decimal } from '../decimal/decimal.ts'
import { money } from '../money/money.ts'
import { exposureOfChange, exposureOfPriceUpdate } from './exposure.ts'

it.each([
  ['more', '100.00', '112.50', '12.50'],
  ['less', '112.50', '100.00', '12.50'],
  ['as much', '100.00', '100.00', '0.00'],
])('what a change to %s moves', (_, before, after, moved) => {
  expect(exposureOfChange({ before: money(before, 'EUR'), after: money(after, 'EUR') })).toEqual(
    money(moved, 'EUR'),
  )
})

it('what a new price is worth over what is still to come, rounded once', () => {
  // 0.125 a piece over 37 pieces are 4.625, 4.63.
  const update = { before: money('12.400', 'EUR'), after: money('12.525', 'EUR') }
  expect(exposureOfPriceUpdate({ ...update, quantityOpen: decimal('37') })).toEqual(
    money('4.63', 'EUR'),
  )
  const down = { before: update.after, after: update.before }
  expect(exposureOfPriceUpdate({ ...down, quantityOpen: decimal('37') })).toEqual(
    money('4.63', 'EUR'),
  )
})

it('two currencies are never compared', () => {
  const change = { before: money('1', 'EUR'), after: money('1', 'USD') }
  expect(() => exposureOfChange(change)).toThrow(
    expect.objectContaining({ code: 'CURRENCY_MISMATCH' }),
  )
  expect(() => exposureOfPriceUpdate({ ...change, quantityOpen: decimal('1') })).toThrow(
    expect.objectContaining({ code: 'CURRENCY_MISMATCH' }),
  )
})
