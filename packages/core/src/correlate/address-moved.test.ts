import { describe, expect, it } from 'vitest'
import { instant } from '../calendar/instant.ts'
import { anInvoice } from '../invoice/invoice.examples.ts'
import { aReceipt, aReceiptLine } from '../receipt/receipt.examples.ts'
import { addressMoved, type DocumentText } from './address-moved.ts'

const order = (orderNumber: string) => ({ kind: 'order', key: `acme/0001/${orderNumber}` }) as const

const firstCount: DocumentText = {
  revision: 0,
  contentHash: 'a'.repeat(64),
  issuedAt: instant('2026-11-27T09:00:00Z'),
  aggregates: [order('4711')],
}
const recount = aReceipt({ revision: 1, lines: [aReceiptLine({ orderNumber: '4712' })] })

describe('a document of which another text came before', () => {
  it('tells the order that is named no longer, and the new one of what came before', () => {
    const moved = addressMoved(recount, [order('4712')], [firstCount])
    expect(
      moved.map(({ aggregate, type, data }) => [aggregate.key, type, data['revision']]),
    ).toEqual([
      ['acme/0001/4712', 'document.moved', 0],
      ['acme/0001/4711', 'document.moved', 1],
    ])
  })

  it('tells nobody twice where both texts name the same orders', () => {
    expect(addressMoved(recount, [order('4711')], [firstCount])).toEqual([])
  })

  it('tells nobody else of an only text, nor of a document that names one place by its number', () => {
    expect(addressMoved(recount, [order('4712')], [])).toEqual([])
    expect(addressMoved(anInvoice(), [order('4712')], [firstCount])).toEqual([])
  })
})
