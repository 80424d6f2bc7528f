import { describe, expect, it } from 'vitest'
import { writeFigure } from '../match/figure.ts'
import { anOrderLine, anOrderSchedule } from '../purchase-order/purchase-order.examples.ts'
import { countReceipts } from './count-receipts.ts'
import type { InspectionFact, ReceivedFact } from './order-facts.ts'

const line = anOrderLine({
  quantityOrdered: '10',
  unitConversions: [],
  schedules: [
    anOrderSchedule({ quantityOrdered: '4', requestedDate: '2026-11-27' }),
    anOrderSchedule({ scheduleNumber: '2', quantityOrdered: '6', requestedDate: '2026-12-04' }),
  ],
})

function counted(receiptNumber: string, quantity: string, more: object = {}): ReceivedFact {
  return {
    receiptNumber,
    receiptLineNumber: '1',
    receiptType: 'receipt',
    receivedDate: '2026-11-27',
    issuedAt: '2026-11-27T09:00:00Z',
    quantity,
    unitOfMeasure: 'EA',
    ...more,
  } as ReceivedFact
}

const takenBack = (receiptType: 'reversal' | 'return', quantity: string, more: object = {}) =>
  counted(`${receiptType}-1`, quantity, { receiptType, ...more })

function inspected(quantityAccepted: string, quantityRejected: string, more: object = {}) {
  return {
    documentNumber: 'QC-1',
    issuedAt: '2026-11-28T09:00:00Z',
    receiptNumber: 'A',
    receiptLineNumber: '1',
    orderLineNumber: '1',
    quantityAccepted,
    quantityRejected,
    ...more,
  } as InspectionFact
}

/** `received/accepted/rejected/pending/returned` of the two schedules. */
function sums(received: readonly ReceivedFact[], decided: readonly InspectionFact[] = []) {
  const { bySchedule } = countReceipts(line, { received, inspected: decided })
  return [...bySchedule.values()].map((one) =>
    [one.received, one.accepted, one.rejected, one.pending, one.returned]
      .map((figure) => writeFigure(figure))
      .join('/'),
  )
}

describe('what was counted of a line', () => {
  it.each<[string, readonly ReceivedFact[], readonly InspectionFact[], readonly string[]]>([
    [
      'fills the schedules in the order in which they are wanted',
      [counted('A', '7')],
      [],
      ['4/4/0/0/0', '3/3/0/0/0'],
    ],
    ['what is over is of the last', [counted('A', '12')], [], ['4/4/0/0/0', '8/8/0/0/0']],
    [
      'stays at the schedule it names',
      [counted('A', '7', { scheduleNumber: '2' })],
      [],
      ['0/0/0/0/0', '7/7/0/0/0'],
    ],
    [
      'fills all where it names one that is gone',
      [counted('A', '5', { scheduleNumber: '9' })],
      [],
      ['4/4/0/0/0', '1/1/0/0/0'],
    ],
    [
      'is split by what is good, bad and set aside',
      [
        counted('A', '10', {
          conditions: [
            { condition: 'damaged', quantity: '3' },
            { condition: 'on-hold', quantity: '2' },
            { condition: 'packaging', quantity: '1' },
          ],
        }),
      ],
      [],
      ['4/4/0/0/0', '6/1/3/2/0'],
    ],
    [
      'waits where it goes to inspection',
      [counted('A', '4', { disposition: 'inspection' })],
      [],
      ['4/0/0/4/0', '0/0/0/0/0'],
    ],
    [
      'is refused where it goes straight back',
      [counted('A', '4', { disposition: 'return' })],
      [],
      ['4/0/4/0/0', '0/0/0/0/0'],
    ],
    [
      'is what the receiver said of it',
      [counted('A', '4', { quantityAccepted: '1', quantityRejected: '2' })],
      [],
      ['4/1/2/1/0', '0/0/0/0/0'],
    ],
    [
      'is good as far as nothing else was said',
      [counted('A', '4', { quantityRejected: '1' })],
      [],
      ['4/3/1/0/0', '0/0/0/0/0'],
    ],
    [
      'is what inspections decided together, never more than was counted',
      [counted('A', '4', { disposition: 'inspection' })],
      [inspected('1', '1'), inspected('9', '0', { documentNumber: 'QC-2' })],
      ['4/3/1/0/0', '0/0/0/0/0'],
    ],
    [
      'is not changed by an inspection of another count',
      [counted('A', '4')],
      [inspected('0', '4', { receiptNumber: 'B' })],
      ['4/4/0/0/0', '0/0/0/0/0'],
    ],
    [
      'loses what was reversed of the receipt named',
      [
        counted('A', '4'),
        counted('B', '6'),
        takenBack('reversal', '3', { reversesReceiptNumber: 'A' }),
      ],
      [],
      ['4/4/0/0/0', '3/3/0/0/0'],
    ],
    [
      'loses the latest where a reversal names none',
      [counted('A', '4'), takenBack('reversal', '4')],
      [],
      ['0/0/0/0/0', '0/0/0/0/0'],
    ],
    [
      'keeps what was sent back as received',
      [
        counted('A', '4'),
        takenBack('return', '3', { reversesReceiptNumber: 'A', noReplacement: true }),
      ],
      [],
      ['4/4/0/0/3', '0/0/0/0/0'],
    ],
    [
      'gives up first what nobody decided on, then good, then bad',
      [
        counted('A', '4', { quantityAccepted: '1', quantityRejected: '2' }),
        takenBack('reversal', '3', { reversesReceiptNumber: 'A' }),
      ],
      [],
      ['1/0/1/0/0', '0/0/0/0/0'],
    ],
  ])('%s', (_what, received, decided, expected) => {
    expect(sums(received, decided)).toEqual(expected)
  })

  it('ends a delivery by the word of the receiver, unless that count was reversed', () => {
    const final = counted('A', '4', { final: true })
    const finals = (received: readonly ReceivedFact[]) =>
      [...countReceipts(line, { received, inspected: [] }).bySchedule.values()].map(
        (one) => one.isFinal,
      )
    expect(finals([final])).toEqual([true, true])
    expect(finals([{ ...final, scheduleNumber: '1' }])).toEqual([true, false])
    expect(finals([final, takenBack('reversal', '4', { reversesReceiptNumber: 'A' })])).toEqual([
      false,
      false,
    ])
  })

  it('tells what could not be counted, what went back too often, and what still stands', () => {
    const count = countReceipts(line, {
      received: [
        counted('A', '4'),
        counted('B', '1', { unitOfMeasure: 'CS' }),
        takenBack('return', '6'),
      ],
      inspected: [],
    })
    expect(count.unconverted.map(({ receiptNumber }) => receiptNumber)).toEqual(['B'])
    expect(writeFigure(count.returnedTooMuch)).toBe('2')
    expect(count.standing.map(({ quantity }) => writeFigure(quantity))).toEqual(['4'])
  })
})
