import { describe, expect, it } from 'vitest'
import type { Message } from '../message/message.ts'
import { anOrderLine, aPurchaseOrder } from '../purchase-order/purchase-order.examples.ts'
import { anInspection, aReceipt, aReceiptLine } from '../receipt/receipt.examples.ts'
import { aShipNotice } from '../ship-notice/ship-notice.examples.ts'
import {
  anOrderDocument,
  anOrderMessage,
  anOrderTold,
  tellOrder,
} from './order-lifecycle.examples.ts'
import type { OrderState } from './order-state.ts'

const issued = anOrderDocument(aPurchaseOrder())
const received = (quantity: string, documentNumber = 'GR-1', line = {}) =>
  anOrderDocument(aReceipt({ documentNumber, lines: [aReceiptLine({ quantity, ...line })] }))

function asked(invoiceNumber: string, quantity: string, more = {}, line = {}): Message {
  return anOrderMessage('allocation.requested', {
    invoiceKey: invoiceNumber,
    attempt: 1,
    invoiceNumber,
    invoiceType: 'standard',
    invoiceDate: '2026-12-01',
    lines: [
      {
        invoiceLineNumber: '1',
        orderLineNumber: '1',
        item: {},
        quantity,
        unitOfMeasure: 'EA',
        receiptNumbers: [],
        shipNoticeNumber: null,
        ...line,
      },
    ],
    ...more,
  })
}

function billed(invoiceNumber: string, quantity: string, more = {}): Message {
  return anOrderMessage('billing.recorded', {
    invoiceKey: invoiceNumber,
    invoiceNumber,
    invoiceType: 'standard',
    status: 'pending',
    lines: [
      {
        orderLineNumber: '1',
        quantity,
        unitOfMeasure: 'EA',
        amount: '1',
        chargesAmount: '0',
        discountAmount: '0',
      },
    ],
    ...more,
  })
}

function answersIn(messages: readonly Message[], state: OrderState | null = null) {
  return tellOrder(messages, { state }).intents.flatMap((intent) =>
    intent.kind === 'tell' && intent.to.kind === 'invoice' ? [intent] : [],
  )
}

function covered(state: OrderState): Record<string, string> {
  return Object.fromEntries(
    Object.entries(state.facts.ledger).map(([key, { allocations, reopened }]) => [
      key,
      reopened
        ? 'asks again'
        : allocations
            .map(({ receiptNumber, quantity }) => `${quantity} of ${receiptNumber}`)
            .join(', '),
    ]),
  )
}

describe('the ledger of an order', () => {
  it('sets the oldest receipts aside for an invoice and answers once for each attempt (R-29)', () => {
    const before = anOrderTold([issued, received('6'), received('6', 'GR-2')])
    const [answer] = answersIn([asked('INV-1', '10')], before)
    expect(answer).toMatchObject({
      to: { key: 'INV-1' },
      type: 'allocation.answered',
      data: {
        attempt: 1,
        orderNumber: '4711',
        view: {
          receipts: [{ receiptNumber: 'GR-1' }, { receiptNumber: 'GR-2' }],
          allocations: [
            { receiptNumber: 'GR-1', quantity: '6' },
            { receiptNumber: 'GR-2', quantity: '4' },
          ],
        },
      },
    })
    const after = anOrderTold([asked('INV-1', '10')], { state: before })
    expect(answersIn([{ ...asked('INV-1', '10'), id: 'again' }], after)).toEqual([])
    expect(answersIn([asked('INV-1', '10', { attempt: 2 })], after)).toHaveLength(1)
  })

  it('gives no receipt twice', () => {
    const state = anOrderTold([issued, received('10'), asked('INV-1', '7'), asked('INV-2', '7')])
    expect(covered(state)).toEqual({ 'INV-1': '7 of GR-1', 'INV-2': '3 of GR-1' })
  })

  it('offers goods that come to the invoice written first, and lets who is served be', () => {
    const late = { invoiceDate: '2026-12-02' }
    const waiting = anOrderTold([
      issued,
      received('5'),
      asked('INV-0', '5', { invoiceDate: '2026-11-30' }),
      asked('INV-1', '3'),
      asked('INV-2', '3', late),
    ])
    const told = answersIn([received('4', 'GR-2')], waiting)
    expect(told.map(({ to, type }) => `${type} ${to.key}`)).toEqual([
      'match.reopened INV-1',
      'match.reopened INV-2',
    ])
    const served = anOrderTold(
      [
        received('4', 'GR-2'),
        asked('INV-1', '3', { attempt: 2 }),
        asked('INV-2', '3', { ...late, attempt: 2 }),
      ],
      { state: waiting },
    )
    expect(covered(served)).toEqual({
      'INV-0': '5 of GR-1',
      'INV-1': '3 of GR-2',
      'INV-2': '1 of GR-2',
    })
  })

  it('asks each invoice once, however many wait and in whatever order they ask again', () => {
    const on = (day: string) => ({ invoiceDate: `2026-12-${day}` })
    const names = ['INV-1', 'INV-2', 'INV-3', 'INV-4']
    const ask = (name: string, attempt = 1) =>
      asked(name, '5', { ...on(`0${name.at(-1)}`), attempt })
    const waiting = anOrderTold([issued, ...names.map((name) => ask(name))])
    const counted = anOrderTold([received('10'), received('10', 'GR-2')], { state: waiting })
    const again = ['INV-3', 'INV-1', 'INV-4', 'INV-2'].map((name) => ask(name, 2))
    const told = answersIn(again, counted).map(({ to, type }) => `${type} ${to.key}`)
    expect(told).toEqual([
      'allocation.answered INV-3',
      'allocation.answered INV-1',
      'allocation.answered INV-4',
      'allocation.answered INV-2',
    ])
    expect(covered(anOrderTold(again, { state: counted }))).toEqual({
      'INV-1': '5 of GR-1',
      'INV-2': '5 of GR-1',
      'INV-3': '5 of GR-2',
      'INV-4': '5 of GR-2',
    })
  })

  it('takes goods back from an invoice that an earlier one overtakes, unless it is booked', () => {
    const second = asked('INV-2', '10', { invoiceDate: '2026-12-05' })
    const first = asked('INV-1', '10', { invoiceDate: '2026-12-01' })
    const served = anOrderTold([issued, received('10'), second, billed('INV-2', '10')])
    expect(covered(anOrderTold([first], { state: served }))).toEqual({
      'INV-1': '10 of GR-1',
      'INV-2': 'asks again',
    })
    const booked = anOrderTold([billed('INV-2', '10', { status: 'posted' })], { state: served })
    expect(covered(anOrderTold([first], { state: booked }))).toEqual({
      'INV-1': '',
      'INV-2': '10 of GR-1',
    })
  })

  it('asks the invoices again whose goods were taken back, inspected or priced anew', () => {
    const served = anOrderTold([issued, received('10'), asked('INV-1', '10')])
    const reasonOf = (message: Message) =>
      answersIn([message], served).map(({ data }) => data['because'])
    const reversal = aReceipt({
      documentNumber: 'GV-1',
      receiptType: 'reversal',
      lines: [aReceiptLine({ quantity: '2', reversesReceiptNumber: 'GR-1' })],
    })
    expect(reasonOf(anOrderDocument(reversal))).toEqual(['reversal GV-1 was recorded'])
    const inspection = anInspection({ quantityAccepted: '8', quantityRejected: '2' })
    expect(reasonOf(anOrderDocument(inspection))).toEqual(['inspection QC-1 was decided'])
    const dearer = aPurchaseOrder({
      version: 2,
      revision: 1,
      lines: [
        anOrderLine({
          price: { amount: '13', perQuantity: '1', perUnitOfMeasure: 'EA', priceType: 'firm' },
        }),
      ],
    })
    expect(reasonOf(anOrderDocument(dearer))).toEqual(['version 2 of the order was issued'])
  })

  it('has an invoice ask again when its goods were weighed again', () => {
    const weighed = received('10', 'GR-1', { pricingQuantity: '101.7' })
    const served = anOrderTold([issued, weighed, asked('INV-1', '10')])
    const recount = (revision: number, pricingQuantity: '101.7' | '75') =>
      anOrderDocument(
        aReceipt({ documentNumber: 'GR-1', revision, lines: [aReceiptLine({ pricingQuantity })] }),
      )
    expect(answersIn([recount(1, '101.7')], served)).toEqual([])
    expect(answersIn([recount(1, '75')], served)).toMatchObject([{ type: 'match.reopened' }])
  })

  it('does not trouble an invoice that has its goods when more of them come', () => {
    const order = aPurchaseOrder({ lines: [anOrderLine({ quantityOrdered: '20' })] })
    const served = anOrderTold([anOrderDocument(order), received('10'), asked('INV-1', '10')])
    expect(answersIn([received('5', 'GR-2')], served)).toEqual([])
  })

  it('knows what was billed before: bills written earlier, and everything given back', () => {
    const viewOf = (messages: readonly Message[]) =>
      answersIn(messages).findLast(({ type }) => type === 'allocation.answered')?.data['view']
    const earlier = [asked('INV-1', '4'), billed('INV-1', '4')]
    const later = [asked('INV-3', '2', { invoiceDate: '2026-12-09' }), billed('INV-3', '2')]
    const credit = [
      asked('CR-1', '1', { invoiceType: 'credit', invoiceDate: '2026-12-08' }),
      billed('CR-1', '1', { invoiceType: 'credit' }),
    ]
    const ask = asked('INV-2', '3', { invoiceDate: '2026-12-05' })
    expect(viewOf([issued, received('10'), ...earlier, ...later, ...credit, ask])).toMatchObject({
      billings: [{ invoiceNumber: 'INV-1' }, { invoiceNumber: 'CR-1' }],
    })
  })

  it('frees what it set aside for an invoice that no longer counts', () => {
    const state = anOrderTold([
      issued,
      received('10'),
      asked('INV-1', '10'),
      asked('INV-2', '10'),
      anOrderMessage('billing.withdrawn', { invoiceKey: 'INV-1' }),
    ])
    expect(covered(state)).toEqual({ 'INV-2': 'asks again' })
  })

  it('finds the order line an invoice means by its article, and by a later version where it has none yet', () => {
    const byItem = asked('INV-1', '10', {}, { orderLineNumber: null, item: { buyerItem: 'SKU-1' } })
    expect(covered(anOrderTold([issued, received('10'), byItem]))).toEqual({
      'INV-1': '10 of GR-1',
    })
    const unknown = asked('INV-2', '1', {}, { orderLineNumber: '2' })
    const waiting = anOrderTold([issued, unknown])
    expect(waiting.facts.ledger['INV-2']).toMatchObject({ orderLineNumbers: [], uncovered: false })
    const more = aPurchaseOrder({
      version: 2,
      revision: 1,
      lines: [anOrderLine(), anOrderLine({ orderLineNumber: '2', item: { buyerItem: 'SKU-2' } })],
    })
    expect(covered(anOrderTold([anOrderDocument(more)], { state: waiting }))).toEqual({
      'INV-2': 'asks again',
    })
  })

  it('leaves what nobody can convert to the match, and still answers', () => {
    const state = anOrderTold([issued, received('1', 'GR-1', { unitOfMeasure: 'CS' })])
    const [answer] = answersIn([asked('INV-1', '1', {}, { unitOfMeasure: 'CS' })], state)
    expect(answer).toMatchObject({ data: { view: { allocations: [] } } })
  })

  it('says what a ship notice claimed, once, beside what was counted of it', () => {
    const of = { shipNoticeNumber: 'ASN-1' }
    const state = anOrderTold([
      issued,
      anOrderDocument(aShipNotice()),
      received('4', 'GR-1', of),
      received('5', 'GR-2', of),
    ])
    const [answer] = answersIn([asked('INV-1', '10', {}, { shipNoticeNumber: 'ASN-1' })], state)
    expect(answer).toMatchObject({
      data: {
        view: {
          receipts: [
            { receiptNumber: 'GR-1', quantityOnShipNotice: '10' },
            { receiptNumber: 'GR-2', quantityOnShipNotice: '0' },
          ],
        },
      },
    })
  })

  it('says what quality control decided of each count', () => {
    const state = anOrderTold([
      issued,
      received('10', 'GR-1', { disposition: 'inspection' }),
      received('2', 'GR-2', { quantityAccepted: '1', quantityRejected: '1' }),
      received('2', 'GR-3', { disposition: 'inspection' }),
      anOrderDocument(anInspection({ quantityAccepted: '9', quantityRejected: '1' })),
    ])
    const [answer] = answersIn([asked('INV-1', '10')], state)
    expect(answer).toMatchObject({
      data: {
        view: {
          receipts: [
            { quantityAccepted: '9', quantityRejected: '1', inspection: 'decided' },
            { quantityAccepted: '1', quantityRejected: '1', inspection: 'decided' },
            { quantityAccepted: null, inspection: 'pending' },
          ],
        },
      },
    })
  })
})
