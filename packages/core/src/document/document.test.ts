import { describe, expect, it } from 'vitest'
import { anInvoice } from '../invoice/invoice.examples.ts'
import { aMilestone } from '../milestone/milestone.examples.ts'
import { aPurchaseOrder } from '../purchase-order/purchase-order.examples.ts'
import { aReceipt, anInspection } from '../receipt/receipt.examples.ts'
import { aShipNotice } from '../ship-notice/ship-notice.examples.ts'
import { documentKey, Origin } from './document-header.ts'
import { DocumentReference } from './document-reference.ts'
import { TradeDocument } from './document.ts'

const documents = [
  aPurchaseOrder(),
  aShipNotice(),
  aMilestone(),
  aReceipt(),
  anInspection(),
  anInvoice(),
]

describe('a canonical document', () => {
  it.each(documents.map((document) => [document.kind, document] as const))(
    '%s is told apart by its kind',
    (_, document) => {
      expect(TradeDocument.parse(document)).toEqual(document)
    },
  )

  it('has a tenant, a buyer, a supplier, a number and an instant of issue', () => {
    for (const field of ['tenant', 'buyerOrganisation', 'supplier', 'documentNumber', 'issuedAt']) {
      const { [field]: _, ...without } = { ...aShipNotice() } as Record<string, unknown>
      expect(TradeDocument.safeParse(without).success, field).toBe(false)
    }
    expect(TradeDocument.safeParse({ ...aShipNotice(), issuedAt: '2026-11-25' }).success).toBe(
      false,
    )
    expect(TradeDocument.safeParse({ ...aShipNotice(), revision: -1 }).success).toBe(false)
  })

  it('is known by its kind, its supplier and its number, whatever its revision', () => {
    expect(documentKey(aShipNotice())).toBe('ship-notice/S100/ASN-1')
    expect(documentKey(aShipNotice({ revision: 3 }))).toBe(documentKey(aShipNotice()))
    expect(documentKey(aShipNotice({ supplier: 'S200' }))).not.toBe(documentKey(aShipNotice()))
  })

  it('says where it came from, so that anyone can go back to the original (R-60)', () => {
    const origin = {
      channel: 'x12',
      connection: 'van-1',
      deliveryKey: 'van-1/000000905/0001',
      contentHash: 'a'.repeat(64),
      isTest: true,
    }
    expect(Origin.parse(origin)).toEqual(origin)
    expect(Origin.safeParse({ ...origin, contentHash: 'A'.repeat(64) }).success).toBe(false)
    expect(Origin.safeParse({ ...origin, channel: 'fax' }).success).toBe(false)
  })

  it('is named in a foreign system by that system’s own number', () => {
    const reference = { system: 'erp', type: 'purchase-order', id: '4500004711', line: '10' }
    expect(DocumentReference.parse(reference)).toEqual(reference)
    expect(DocumentReference.safeParse({ ...reference, system: ' ' }).success).toBe(false)
  })
})
