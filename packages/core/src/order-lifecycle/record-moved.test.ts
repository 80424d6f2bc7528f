import { contentHashOf } from '../document/document-content-hash.ts'
import { describe, expect, it } from 'vitest'
import {
  anAcknowledgment,
  anAcknowledgmentLine,
  anAnswer,
} from '../acknowledgment/acknowledgment.examples.ts'
import { addressDocument } from '../correlate/address-document.ts'
import type { TradeDocument } from '../document/document.ts'
import { aChangeRequest } from '../order-change/order-change.examples.ts'
import { aPurchaseOrder } from '../purchase-order/purchase-order.examples.ts'
import { anInspection, aReceipt, aReceiptLine } from '../receipt/receipt.examples.ts'
import {
  anOrderDocument,
  anOrderMessage,
  anOrderTold,
  scheduleOf,
  tellOrder,
} from './order-lifecycle.examples.ts'

const ordered = anOrderDocument(aPurchaseOrder())

/** What order 4711 is told of a text that is about another order. */
function moved(document: TradeDocument) {
  const { kind: documentKind, supplier, documentNumber, revision, issuedAt } = document
  const documentHash = contentHashOf(document)
  const header = { documentKind, supplier, documentNumber, revision, issuedAt, documentHash }
  return anOrderMessage('document.moved', header, { id: `moved/${documentKind}/${revision}` })
}

const aWorseAnswer = anAcknowledgmentLine({ responses: [anAnswer({ quantity: '7' })] })
const elsewhere = { orderNumber: '4712', revision: 1, issuedAt: '2026-11-29T09:00:00Z' }

describe('a document whose later text is about another order', () => {
  it.each([
    [
      'a receipt',
      [],
      aReceipt(),
      aReceipt({ revision: 1, lines: [aReceiptLine({ orderNumber: '4712' })] }),
    ],
    [
      'an acknowledgment',
      [],
      anAcknowledgment({ lines: [aWorseAnswer] }),
      anAcknowledgment({ ...elsewhere, lines: [aWorseAnswer] }),
    ],
    [
      'an inspection',
      [aReceipt()],
      anInspection({ quantityAccepted: '4' }),
      anInspection(elsewhere),
    ],
    ['a wish to change', [], aChangeRequest(), aChangeRequest(elsewhere)],
    [
      'a change of the buyer',
      [],
      aChangeRequest({ initiator: 'buyer' }),
      aChangeRequest({ ...elsewhere, initiator: 'buyer' }),
    ],
  ] as const)('takes %s off the order, also when it comes first', (_, before, first, second) => {
    const told = [ordered, ...before.map((document) => anOrderDocument(document))]
    const without = anOrderTold(told)
    const counted = anOrderTold([...told, anOrderDocument(first)])
    const inTime = anOrderTold([...told, anOrderDocument(first), moved(second)])
    const late = anOrderTold([...told, moved(second), anOrderDocument(first)])
    expect(scheduleOf(inTime)).toEqual(scheduleOf(without))
    expect(inTime.standing).toEqual(without.standing)
    expect(inTime.standing).not.toEqual(counted.standing)
    expect(late.facts).toEqual(inTime.facts)
    expect(late.standing).toEqual(inTime.standing)
  })

  it('knows it when it is told again', () => {
    const move = moved(aReceipt({ revision: 1, lines: [aReceiptLine({ orderNumber: '4712' })] }))
    const { decisions } = tellOrder([ordered, move, { ...move, id: 'again' }])
    expect(decisions.at(-1)?.outcome.kind).toBe('duplicate')
  })

  it('waits for the order itself', () => {
    const { parked } = tellOrder([moved(aReceipt({ revision: 1 }))])
    expect(parked.map(({ type }) => type)).toEqual(['document.moved'])
  })
})

describe('two counts under one revision', () => {
  const both = (at: string, orders: readonly string[]) =>
    aReceipt({
      issuedAt: at,
      lines: orders.map((orderNumber, index) =>
        aReceiptLine({ documentLineNumber: String(index + 1), orderNumber }),
      ),
    })
  const first = both('2026-11-27T09:00:00Z', ['4711', '4712'])
  const second = both('2026-11-27T10:00:00Z', ['4711', '4713'])

  it('leave the one issued first standing at every order, by the whole text and not by its part', () => {
    const told = [first, second].map((document, index) => {
      const [addressed] = addressDocument(document)
      if (addressed === undefined) throw new Error('nobody is told')
      return { ...anOrderMessage(addressed.type, addressed.data), id: `count/${index}` }
    })
    const state = anOrderTold([ordered, ...told])
    expect(state.facts.documents['receipt/S100/GR-1']).toMatchObject({
      hash: contentHashOf(first),
      rivals: [contentHashOf(second)],
    })
  })
})

describe('a recount', () => {
  it('tells the shipment it no longer names that nothing of it was counted', () => {
    const count = (revision: number, shipNoticeNumber?: string) =>
      anOrderDocument(
        aReceipt({
          revision,
          lines: [aReceiptLine({ ...(shipNoticeNumber !== undefined && { shipNoticeNumber }) })],
        }),
      )
    const { intents } = tellOrder([ordered, count(0, 'ASN-1'), count(1, 'ASN-2')])
    const told = intents.flatMap((intent) =>
      intent.kind === 'tell' && intent.to.kind === 'shipment'
        ? [[intent.to.key, (intent.data['lines'] as unknown[]).length, intent.data['recount']]]
        : [],
    )
    const recount = { orderNumber: '4711', receiptNumber: 'GR-1', revision: 1 }
    expect(told).toEqual([
      ['acme/0001/S100/ASN-1', 1, undefined],
      ['acme/0001/S100/ASN-2', 1, undefined],
      ['acme/0001/S100/ASN-1', 0, recount],
    ])
  })

  it('that an overtaken text follows tells the shipment nothing more', () => {
    const count = (revision: number) =>
      anOrderDocument(
        aReceipt({ revision, lines: [aReceiptLine({ shipNoticeNumber: `ASN-${revision}` })] }),
      )
    const { intents } = tellOrder([ordered, count(1), count(0)])
    const shipments = intents.flatMap((intent) =>
      intent.kind === 'tell' && intent.to.kind === 'shipment' ? [intent.to.key] : [],
    )
    expect(shipments).toEqual(['acme/0001/S100/ASN-1'])
  })
})
