import { describe, expect, it } from 'vitest'
import { Acknowledgment } from '../acknowledgment/acknowledgment.ts'
import { anInvoice } from '../invoice/invoice.examples.ts'
import { aMilestone } from '../milestone/milestone.examples.ts'
import { ChangeRequest } from '../order-change/order-change.ts'
import { aPurchaseOrder } from '../purchase-order/purchase-order.examples.ts'
import { anInspection } from '../receipt/receipt.examples.ts'
import { Receipt } from '../receipt/receipt.ts'
import { aShipNotice } from '../ship-notice/ship-notice.examples.ts'
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

const header = {
  tenant: 'acme',
  buyerOrganisation: '0001',
  supplier: 'S100',
  revision: 0,
  issuedAt: '2026-11-20T08:00:00Z',
  orderNumber: '4711',
}
const aChange = ChangeRequest.parse({
  ...header,
  kind: 'change-request',
  documentNumber: 'CH-1',
  initiator: 'buyer',
  basedOnVersion: 1,
  differences: [{ path: 'lines/1/quantityOrdered', from: '10', to: '12' }],
})
const anAnswer = Acknowledgment.parse({
  ...header,
  kind: 'acknowledgment',
  documentNumber: 'AB-1',
  orderVersion: 1,
  decision: 'accepted',
  unlistedLines: 'accepted',
  lines: [],
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

  it.each([
    ['a purchase order', aPurchaseOrder(), 'order', 'acme/0001/4711', 'order.issued'],
    ['a change', aChange, 'order', 'acme/0001/4711', 'change.requested'],
    ['an acknowledgment', anAnswer, 'order', 'acme/0001/4711', 'acknowledgment.received'],
    ['an inspection', anInspection(), 'order', 'acme/0001/4711', 'inspection.recorded'],
    ['a ship notice', aShipNotice(), 'shipment', 'acme/0001/S100/ASN-1', 'ship-notice.received'],
    ['a milestone', aMilestone(), 'shipment', 'acme/0001/S100/ASN-1', 'milestone.reported'],
    ['an invoice', anInvoice(), 'invoice', 'acme/0001/S100/INV-1/standard', 'invoice.received'],
  ] as const)('sends %s where it belongs (R-38, R-45)', (_, document, kind, key, type) => {
    expect(addressDocument(document)).toEqual([
      { aggregate: { kind, key }, type, data: { document } },
    ])
  })
})
