import { describe, expect, it } from 'vitest'
import { calendarDate } from '../calendar/calendar-date.ts'
import { InvoiceType } from '../invoice/invoice.ts'
import { anOrderLine } from '../purchase-order/purchase-order.examples.ts'
import { writeFigure } from './figure.ts'
import { aBillingFact, aReceiptFact } from './match.examples.ts'
import { billedBefore, isCrediting, receivedOf } from './order-line-ledger.ts'

const acceptedOf = (...receipts: NonNullable<Parameters<typeof aReceiptFact>[0]>[]) =>
  writeFigure(receivedOf(anOrderLine(), receipts.map(aReceiptFact)).accepted)

const received = (...receipts: NonNullable<Parameters<typeof aReceiptFact>[0]>[]) => {
  const { isInspectionPending, ...figures } = receivedOf(anOrderLine(), receipts.map(aReceiptFact))
  const shown = Object.fromEntries(
    Object.entries(figures).map(([name, figure]) => [name, writeFigure(figure)]),
  )
  return { ...shown, isInspectionPending }
}

describe('what arrived on an order line', () => {
  it('is nothing without receipts', () => {
    expect(received()).toEqual({
      received: '0',
      returned: '0',
      accepted: '0',
      acceptedAsStated: '0',
      rejected: '0',
      claimed: '0',
      isInspectionPending: false,
    })
  })

  it('adds receipts and takes returns and reversals away, of which only returns went back', () => {
    expect(
      received(
        { quantity: '10' },
        { quantity: '6', quantityAccepted: '4', quantityRejected: '2', quantityOnShipNotice: '8' },
        { quantity: '3', quantityRejected: '1' },
        { quantity: '2', receiptType: 'return' },
        { quantity: '1', receiptType: 'reversal' },
      ),
    ).toEqual({
      received: '16',
      returned: '2',
      accepted: '15',
      acceptedAsStated: '14',
      rejected: '3',
      claimed: '18',
      isInspectionPending: false,
    })
  })

  it('sends goods back that quality refused before those it accepted', () => {
    const counted = { receiptNumber: 'GR-1', quantity: '10' } as const
    const inspected = { ...counted, quantityAccepted: '6', quantityRejected: '4' } as const
    const back = { receiptType: 'return', quantity: '4' } as const
    expect(acceptedOf(inspected, back)).toBe('6')
    expect(acceptedOf(inspected, { ...back, reversesReceiptNumber: 'GR-1' })).toBe('6')
    expect(acceptedOf({ ...back, reversesReceiptNumber: 'GR-1' }, inspected)).toBe('6')
    expect(acceptedOf(inspected, { ...back, quantity: '5' })).toBe('5')
    expect(acceptedOf(inspected, back, { ...back, quantity: '2' })).toBe('4')
    expect(acceptedOf(inspected, { ...back, quantityAccepted: '4' })).toBe('2')
  })

  it('takes a wrong count back with all that was refused of it, and nothing that was refused of another', () => {
    const good = { receiptNumber: 'GR-1', quantity: '10' } as const
    const poor = {
      receiptNumber: 'GR-2',
      quantity: '10',
      quantityAccepted: '6',
      quantityRejected: '4',
    } as const
    const undo = (reversesReceiptNumber: 'GR-1' | 'GR-2') =>
      ({ receiptType: 'reversal', quantity: '10', reversesReceiptNumber }) as const
    expect(acceptedOf(good, poor, undo('GR-2'))).toBe('10')
    expect(acceptedOf(good, poor, undo('GR-1'))).toBe('6')
  })

  it('has accepted nothing of what is under inspection, and gives returns from there back all the same', () => {
    expect(
      received(
        { quantity: '10', inspection: 'pending' },
        { quantity: '2', inspection: 'pending', receiptType: 'return' },
      ),
    ).toMatchObject({ received: '8', accepted: '-2', isInspectionPending: true })
  })
})

describe('what was billed before', () => {
  const signs = {
    standard: ['4', '52.60'],
    debit: ['4', '52.60'],
    'self-billed': ['4', '52.60'],
    consolidated: ['4', '52.60'],
    correction: ['4', '52.60'],
    credit: ['-4', '-52.60'],
    reversal: ['-4', '-52.60'],
    cancellation: ['-4', '-52.60'],
    'subsequent-debit': ['0', '52.60'],
    'subsequent-credit': ['0', '-52.60'],
    prepayment: ['0', '0'],
  } as const satisfies Record<InvoiceType, readonly [string, string]>

  it.each(InvoiceType.options)('counts a %s with its sign', (invoiceType) => {
    const billings = [aBillingFact({ invoiceType, chargesAmount: '4.00', discountAmount: '1.00' })]
    const on = calendarDate('2026-12-01')
    const { quantity, netAmount } = billedBefore(anOrderLine(), billings, 'net', on)
    const [pieces, amount] = signs[invoiceType]
    expect([writeFigure(quantity), writeFigure(netAmount, amount === '0' ? 0 : 2)]).toEqual([
      pieces,
      amount,
    ])
    expect(isCrediting(invoiceType)).toBe(amount.startsWith('-'))
  })
})
