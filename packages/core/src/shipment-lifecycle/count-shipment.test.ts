import { describe, expect, it } from 'vitest'
import { aShipNotice, aShipNoticeLine } from '../ship-notice/ship-notice.examples.ts'
import {
  countDifferences,
  countShipment,
  isAllCounted,
  isAnythingCounted,
} from './count-shipment.ts'
import { countKey } from './record-shipment-fact.ts'
import { aCountedLine } from './shipment-lifecycle.examples.ts'

const countsOf = (...lines: readonly Parameters<typeof aCountedLine>[0][]) =>
  Object.fromEntries(
    lines.map((line, index) => {
      const counted = aCountedLine({ receiptLineNumber: String(index + 1), ...line })
      return [countKey(counted), counted]
    }),
  )
const notice = aShipNotice()

describe('what was counted of a shipment', () => {
  it('is as announced when the counts add up, over several receipts', () => {
    const counts = countsOf({ quantity: '6' }, { receiptNumber: 'GR-2', quantity: '4.0' })
    expect(isAllCounted(notice, counts)).toBe(true)
    expect(countDifferences(notice, counts)).toEqual([])
  })

  it('is short where less was counted, and over where more was (R-22)', () => {
    expect(countDifferences(notice, countsOf({ quantity: '8' }))).toMatchObject([
      { kind: 'short-receipt', expected: '10', actual: '8', difference: '-2' },
    ])
    expect(countDifferences(notice, countsOf({ quantity: '12' }))).toMatchObject([
      { kind: 'over-receipt', expected: '10', actual: '12', difference: '2' },
    ])
  })

  it('is complete when the receiver says that no more will come', () => {
    expect(isAllCounted(notice, countsOf({ quantity: '8' }))).toBe(false)
    expect(isAllCounted(notice, countsOf({ quantity: '8', final: true }))).toBe(true)
  })

  it('counts a reversal against its receipt, but what went back did arrive', () => {
    const reversed = countsOf({}, { receiptNumber: 'GR-2', receiptType: 'reversal' })
    expect(isAnythingCounted({ counts: reversed })).toBe(false)
    const returned = countsOf({}, { receiptNumber: 'GR-2', receiptType: 'return', quantity: '3' })
    expect(countDifferences(notice, returned)).toEqual([])
  })

  it('takes 00010 and 10 for one line', () => {
    const announced = aShipNotice({ lines: [aShipNoticeLine({ orderLineNumber: '00010' })] })
    expect(countDifferences(announced, countsOf({ orderLineNumber: '10' }))).toEqual([])
  })

  it('counts an order as a whole where the notice does not name its lines', () => {
    const announced = aShipNotice({
      lines: [
        aShipNoticeLine({ orderLineNumber: null }),
        aShipNoticeLine({ documentLineNumber: '2', orderLineNumber: null }),
      ],
    })
    const counts = countsOf({ quantity: '15' }, { orderLineNumber: '2', quantity: '5' })
    expect(countDifferences(announced, counts)).toEqual([])
    expect(countShipment(announced.lines, counts)).toHaveLength(1)
  })

  it('leaves what was counted in another unit to the order, which knows the pack sizes', () => {
    const counts = countsOf({ quantity: '1', unitOfMeasure: 'CS' })
    expect(isAllCounted(notice, counts)).toBe(true)
    expect(countDifferences(notice, counts)).toEqual([])
  })

  it('is over where goods were counted that nobody announced', () => {
    const counts = countsOf({}, { orderLineNumber: '7', quantity: '2' })
    expect(countDifferences(notice, counts)).toMatchObject([
      { kind: 'over-receipt', orderLineNumber: '7', documentLineNumber: null, actual: '2' },
    ])
  })
})
