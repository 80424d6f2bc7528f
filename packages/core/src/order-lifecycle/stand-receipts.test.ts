import { describe, expect, it } from 'vitest'
import type { TradeDocument } from '../document/document.ts'
import { aPurchaseOrder } from '../purchase-order/purchase-order.examples.ts'
import { anInspection, aReceipt, aReceiptLine } from '../receipt/receipt.examples.ts'
import { aShipNotice, aShipNoticeLine } from '../ship-notice/ship-notice.examples.ts'
import {
  anOrderDocument,
  anOrderMessage,
  anOrderTold,
  tellOrder,
} from './order-lifecycle.examples.ts'
import { receiptLinesOf } from './stand-receipts.ts'

const notice = aShipNotice({ lines: [aShipNoticeLine({ quantityShipped: '10' })] })
const told = (...documents: readonly TradeDocument[]) =>
  anOrderTold([aPurchaseOrder(), ...documents].map((document) => anOrderDocument(document)))
const statesIn = (...documents: readonly TradeDocument[]) =>
  receiptLinesOf(told(...documents)).map(({ quantity, state }) => `${quantity} ${state}`)
const counted = (line: Parameters<typeof aReceiptLine>[0]) =>
  aReceipt({ lines: [aReceiptLine({ quantity: '10', ...line })] })
const takenBack = (receiptType: 'reversal' | 'return', quantity: string) =>
  aReceipt({ documentNumber: 'GR-9', receiptType, lines: [aReceiptLine({ quantity })] })

describe('the lines of an order at the dock', () => {
  it('are expected from the ship notice until somebody counts them', () => {
    expect(statesIn(notice)).toEqual(['10 expected'])
    expect(statesIn(notice, counted({ quantity: '6' }))).toEqual([
      '6 accepted-to-stock',
      '4 expected',
    ])
    const named = counted({ quantity: '6', shipNoticeNumber: notice.documentNumber })
    expect(statesIn(notice, named)).toEqual(['6 accepted-to-stock'])
    const withdrawn = { ...notice, revision: 1, purpose: 'cancel' as const }
    expect(statesIn(notice, withdrawn)).toEqual([])
  })

  it.each([
    ['stock', 'accepted-to-stock'],
    ['inspection', 'in-inspection'],
    ['blocked', 'blocked'],
    ['return', 'rejected'],
  ] as const)('go to %s as the receiver says: %s', (disposition, state) => {
    expect(statesIn(counted({ disposition }))).toEqual([`10 ${state}`])
  })

  it.each([
    ['10', '0', 'accepted'],
    ['7', '3', 'partially-accepted'],
    ['0', '10', 'rejected'],
    ['5', '0', 'in-inspection'],
  ])('are %s good and %s bad to quality control: %s', (accepted, rejected, state) => {
    const inspected = anInspection({ quantityAccepted: accepted, quantityRejected: rejected })
    const inspection = counted({ disposition: 'inspection' })
    expect(statesIn(inspection, inspected)).toEqual([`10 ${state}`])
    expect(statesIn(inspected, inspection)).toEqual([`10 ${state}`])
  })

  it('that were sent back or never counted are named so', () => {
    expect(statesIn(counted({}), takenBack('return', '4'))).toEqual(['10 accepted-to-stock'])
    expect(statesIn(counted({}), takenBack('return', '10'))).toEqual(['10 returned'])
    expect(statesIn(takenBack('reversal', '10'), counted({}))).toEqual(['10 reversed'])
  })

  it('are put away once the warehouse says so, which waits for the receipt', () => {
    const { documentNumber: receiptNumber, lines } = counted({})
    const receiptLineNumber = lines[0]?.documentLineNumber
    const putAway = anOrderMessage('goods.put-away', { receiptNumber, receiptLineNumber })
    const again = { ...putAway, id: 'another' }
    const order = anOrderDocument(aPurchaseOrder())
    const early = tellOrder([order, putAway, again])
    expect(early.parked).toHaveLength(2)
    const after = tellOrder([order, putAway, again, anOrderDocument(counted({}))])
    expect(after.parked).toEqual([])
    expect(after.state === null ? [] : receiptLinesOf(after.state)).toMatchObject([
      { receiptNumber, receiptLineNumber, state: 'put-away' },
    ])
    expect(after.decisions.map(({ outcome }) => outcome.kind)).toContain('duplicate')
  })
})
