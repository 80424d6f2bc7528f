import { describe, expect, it } from 'vitest'
import {
  anAcknowledgment,
  anAcknowledgmentLine,
  anAnswer,
} from '../acknowledgment/acknowledgment.examples.ts'
import type { TradeDocument } from '../document/document.ts'
import { aPolicyReference } from '../policy/policy.examples.ts'
import { anOrderLine, aPurchaseOrder } from '../purchase-order/purchase-order.examples.ts'
import { aReceipt, aReceiptLine } from '../receipt/receipt.examples.ts'
import { aShipNotice, aShipNoticeLine } from '../ship-notice/ship-notice.examples.ts'
import { DocumentAgreement } from './document-agreement.ts'
import { anOrderDocument, anOrderTold, tellOrder } from './order-lifecycle.examples.ts'

/** What an order recorded of documents that agree, in the order in which they came. */
function agreementsOf(...documents: readonly TradeDocument[]): readonly DocumentAgreement[] {
  const { decisions } = tellOrder(documents.map((document) => anOrderDocument(document)))
  return decisions
    .flatMap(({ events }) => events)
    .flatMap(({ type, data }) =>
      type === 'document.compared'
        ? [DocumentAgreement.parse(data)]
        : type === 'shipment.compared' && data['agreement'] !== undefined
          ? [DocumentAgreement.parse(data['agreement'])]
          : [],
    )
}

const twoLines = aPurchaseOrder({
  lines: [anOrderLine(), anOrderLine({ orderLineNumber: '2', item: { buyerItem: 'SKU-2' } })],
})

describe('an acknowledgment that says what was ordered', () => {
  it('is on record with what was compared and the rules it was held against', () => {
    expect(agreementsOf(aPurchaseOrder(), anAcknowledgment())).toEqual([
      {
        kind: 'acknowledgment',
        documentNumber: 'AK-1',
        revision: 0,
        within: true,
        sentence: 'acknowledgment AK-1 says what was ordered: line 1: 10 of 10 EA, on 2026-11-27',
        places: [
          {
            orderLineNumber: '1',
            quantityExpected: '10',
            quantityFound: '10',
            unitOfMeasure: 'EA',
            dateExpected: '2026-11-27',
            dateFound: '2026-11-27',
          },
        ],
        rules: [aPolicyReference],
      },
    ])
  })

  it('is on record with its price where it states one', () => {
    const { price } = anOrderLine()
    const lines = [anAcknowledgmentLine({ responses: [anAnswer({ price })] })]
    const [found] = agreementsOf(aPurchaseOrder(), anAcknowledgment({ lines }))
    expect(found?.places).toMatchObject([{ priceExpected: '12.40', priceFound: '12.40' }])
    expect(found?.sentence).toContain('at 12.40')
  })

  it('is not on record where it differs, line by line', () => {
    const less = anAcknowledgmentLine({ responses: [anAnswer({ quantity: '7' })] })
    expect(agreementsOf(aPurchaseOrder(), anAcknowledgment({ lines: [less] }))).toEqual([])
    const asOrdered = anAcknowledgmentLine({
      documentLineNumber: '2',
      orderLineNumber: '2',
      item: { buyerItem: 'SKU-2' },
    })
    const [found] = agreementsOf(twoLines, anAcknowledgment({ lines: [less, asOrdered] }))
    expect(found?.places.map(({ orderLineNumber }) => orderLineNumber)).toEqual(['2'])
  })

  it('is not on record where a later one came before it', () => {
    const revised = anAcknowledgment({ revision: 1, issuedAt: '2026-11-24T09:00:00Z' })
    const revisions = agreementsOf(aPurchaseOrder(), revised, anAcknowledgment())
    expect(revisions.map(({ revision }) => revision)).toEqual([1])
  })

  it('is on record once the order it waited for comes', () => {
    expect(agreementsOf(anAcknowledgment(), aPurchaseOrder())).toHaveLength(1)
  })
})

describe('a ship notice that agrees', () => {
  it('names what was on its way of what was promised, and the rules', () => {
    const [found] = agreementsOf(aPurchaseOrder(), aShipNotice())
    expect(found).toMatchObject({
      kind: 'ship-notice',
      documentNumber: 'ASN-1',
      places: [{ orderLineNumber: '1', quantityExpected: '10', quantityFound: '10' }],
      rules: [aPolicyReference],
    })
  })

  it('says nothing where it differs', () => {
    const lines = [aShipNoticeLine({ quantityShipped: '25' })]
    expect(agreementsOf(aPurchaseOrder(), aShipNotice({ lines }))).toEqual([])
  })
})

describe('a receipt that is as ordered', () => {
  const count = (documentNumber: string, quantity: string, hour: number) =>
    aReceipt({
      documentNumber,
      issuedAt: `2026-11-27T${String(hour).padStart(2, '0')}:00:00Z`,
      lines: [aReceiptLine({ quantity, shipNoticeNumber: 'ASN-1' })],
    })

  it('is on record with all that was received so far', () => {
    const found = agreementsOf(
      aPurchaseOrder(),
      aShipNotice(),
      count('GR-1', '4', 9),
      count('GR-2', '6', 10),
    )
    expect(found.slice(1).map(({ sentence }) => sentence)).toEqual([
      'receipt GR-1 is as ordered so far: line 1: 4 of 10 EA, on 2026-11-27',
      'receipt GR-2 is as ordered so far: line 1: 10 of 10 EA, on 2026-11-27',
    ])
  })

  it('is not on record where too much, or damaged goods came', () => {
    const tooMuch = count('GR-1', '12', 9)
    const damaged = aReceipt({
      lines: [aReceiptLine({ conditions: [{ condition: 'damaged', quantity: '1' }] })],
    })
    for (const receipt of [tooMuch, damaged]) {
      const found = agreementsOf(aPurchaseOrder(), receipt)
      expect(found.filter(({ kind }) => kind === 'receipt')).toEqual([])
    }
  })

  it('is not what a return or reversal says', () => {
    const back = aReceipt({
      documentNumber: 'GR-1R',
      receiptType: 'reversal',
      issuedAt: '2026-11-28T09:00:00Z',
      lines: [aReceiptLine({ reversesReceiptNumber: 'GR-1' })],
    })
    const found = agreementsOf(aPurchaseOrder(), aReceipt(), back)
    expect(found.some(({ documentNumber }) => documentNumber === 'GR-1R')).toBe(false)
  })
})

describe('the record of what agrees', () => {
  it('leaves no trace in the state, however many documents agree', () => {
    const documents = [aPurchaseOrder(), anAcknowledgment()]
    const { desk } = anOrderTold(documents.map((document) => anOrderDocument(document)))
    expect(JSON.stringify(desk)).not.toContain('AK-1')
  })

  it('names five places in words, and all of them as values', () => {
    const numbers = Array.from({ length: 7 }, (_, index) => String(index + 1))
    const order = aPurchaseOrder({
      lines: numbers.map((orderLineNumber) =>
        anOrderLine({ orderLineNumber, item: { buyerItem: `SKU-${orderLineNumber}` } }),
      ),
    })
    const answer = anAcknowledgment({ decision: 'accepted', unlistedLines: 'accepted', lines: [] })
    const [found] = agreementsOf(order, answer)
    expect(found?.places).toHaveLength(7)
    expect(found?.sentence).toContain('; and 2 more')
  })
})
