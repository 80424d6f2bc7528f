import { describe, expect, it } from 'vitest'
import { Receipt } from '../receipt/receipt.ts'
import { addressDocument, unorderedGoodsKey } from './address-document.ts'

const line = (documentLineNumber: string, orderNumber: string | null) => ({
  documentLineNumber,
  orderNumber,
  orderLineNumber: orderNumber === null ? null : '1',
  item: { supplierItem: 'S-1' },
  quantity: '5',
  unitOfMeasure: 'EA',
  quantityAccepted: null,
  quantityRejected: null,
  conditions: [],
  lots: [],
  disposition: 'stock',
  final: false,
})

const receiptOver = (orders: readonly (string | null)[]): Receipt =>
  Receipt.parse({
    kind: 'receipt',
    tenant: 'acme',
    buyerOrganisation: 'north',
    supplier: 'S1',
    documentNumber: 'R-1',
    revision: 0,
    issuedAt: '2026-03-02T08:00:00Z',
    receiptType: 'receipt',
    receivedDate: '2026-03-02',
    location: null,
    lines: orders.map((order, index) => line(String(index + 1), order)),
  })

describe('addressing a document', () => {
  it('tells each order of a receipt over several orders about its own lines only', () => {
    const messages = addressDocument(receiptOver(['4711', '4712', '4711']))
    expect(messages.map((message) => [message.aggregate.key, message.type])).toEqual([
      ['acme/north/4711', 'receipt.recorded'],
      ['acme/north/4712', 'receipt.recorded'],
    ])
    const lines = messages.map((message) => Receipt.parse(message.data['document']).lines.length)
    expect(lines).toEqual([2, 1])
  })

  it('keeps goods that name no order at the supplier instead of losing them (R-12)', () => {
    const receipt = receiptOver([null, '4711'])
    const unordered = addressDocument(receipt).filter(
      (message) => message.type === 'unordered-goods.received',
    )
    expect(unordered.map((message) => message.aggregate.key)).toEqual([
      'acme/north/unordered-goods/S1',
    ])
    expect(unorderedGoodsKey(receipt)).toBe('acme/north/unordered-goods/S1')
  })

  it('never gives an order number the place of unordered goods', () => {
    const key = addressDocument(receiptOver(['unordered-goods/S1']))[0]?.aggregate.key
    expect(key).toBe('acme/north/unordered-goods%2FS1')
  })
})
