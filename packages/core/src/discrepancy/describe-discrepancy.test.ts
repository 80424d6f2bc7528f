import { describe, expect, it } from 'vitest'
import { calendarDate } from '../calendar/calendar-date.ts'
import { decimal } from '../decimal/decimal.ts'
import { describeDiscrepancy } from './describe-discrepancy.ts'
import { Discrepancy } from './discrepancy.ts'
import { exceptionCodeOf } from './exception-code-of.ts'
import { discrepancyIdentity } from './measure-discrepancy.ts'

const place = {
  documentNumber: 'D-1',
  documentLineNumber: null,
  orderNumber: '4711',
  orderLineNumber: '1',
  scheduleNumber: '2',
}

/** One of a kind: 7 where 10 were expected, three days late, or one text for another. */
function oneOf(kind: Discrepancy['kind'], sign: 1 | -1 = 1): Discrepancy {
  const option = Discrepancy.options.find((one) => one.shape.kind.value === kind)
  const shape: object = option?.shape ?? {}
  const numbers = {
    expected: decimal('10'),
    actual: decimal(sign === 1 ? '13' : '7'),
    difference: decimal(sign === 1 ? '3' : '-3'),
    percent: decimal('30'),
  }
  const days = {
    expected: calendarDate('2026-11-27'),
    actual: calendarDate(sign === 1 ? '2026-11-30' : '2026-11-24'),
    differenceDays: sign * 3,
  }
  const measure =
    'unitOfMeasure' in shape
      ? { ...numbers, unitOfMeasure: 'EA' }
      : 'currency' in shape
        ? { ...numbers, currency: 'EUR' }
        : 'differenceDays' in shape
          ? days
          : { expected: 'this one', actual: 'that one' }
  return Discrepancy.parse({ kind, ...place, ...measure })
}

const kinds = Discrepancy.options.map((option) => option.shape.kind.value)

describe('a difference in words', () => {
  it.each(kinds)('says what differs of `%s`, where, and by how much', (kind) => {
    for (const sign of [1, -1] as const) {
      const sentence = describeDiscrepancy(oneOf(kind, sign))
      expect(sentence).toMatch(/^line 1, schedule 2: \S+( \S+)+$/)
      expect(sentence).not.toMatch(/undefined|null|NaN/)
    }
  })

  it('names only the line, or nothing, where that is all that is known', () => {
    const found = oneOf('date-change')
    expect(describeDiscrepancy({ ...found, scheduleNumber: null })).toMatch(/^line 1: /)
    expect(describeDiscrepancy({ ...found, orderLineNumber: null })).not.toMatch(/^line/)
  })

  it('says the same difference measured again has the same identity, and another measure another', () => {
    const one = discrepancyIdentity(oneOf('quantity-change'))
    expect(discrepancyIdentity(oneOf('quantity-change'))).toBe(one)
    expect(discrepancyIdentity(oneOf('quantity-change', -1))).not.toBe(one)
    expect(new Set(kinds.map((kind) => discrepancyIdentity(oneOf(kind)))).size).toBe(kinds.length)
  })

  it('opens a case of its own code where a document of the supplier or the dock shows it', () => {
    expect(exceptionCodeOf('damaged-goods')).toBe('RCV_DAMAGED')
    expect(exceptionCodeOf('stale-version')).toBe('STALE_VERSION')
    expect(exceptionCodeOf('unanswered')).toBeNull()
  })
})
