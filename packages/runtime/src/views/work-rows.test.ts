import {
  type InvoiceState,
  isOpenCase,
  type OrderState,
  type ShipmentState,
} from '@counterfoil/core'
import { describe, expect, it } from 'vitest'
import {
  aCount,
  theInvoice,
  theOrder,
  theShipNotice,
  wholeLife,
} from '../conformance/story-documents.ts'
import { booksOf } from '../queries/books.examples.ts'
import { dayMoment } from './day-moment.ts'
import { invoiceRows, summariseInvoice } from './invoice-rows.ts'
import { orderRows, summariseOrder } from './order-rows.ts'
import { shipmentRows } from './shipment-rows.ts'
import { HoldSummary, InvoiceSummary, OrderSummary, ShipmentSummary } from './summaries.ts'

const tenant = 'acme'
type Books = Awaited<ReturnType<typeof booksOf>>
const orderKey = 'acme/0001/4711'

async function stateOf<State>(
  { queries }: Books,
  kind: 'order' | 'shipment' | 'invoice',
  key: string,
) {
  const found = await queries.aggregate({ tenant, reference: { kind, key } })
  return found?.state as unknown as State
}
const anOrder = async () => stateOf<OrderState>(await booksOf(theOrder()), 'order', orderKey)
const invoiceKey = 'acme/0001/S100/INV-1/standard'

describe('an order that is not there', () => {
  it('is awaited where somebody has written something down about it', async () => {
    const books = await booksOf()
    await books.runtime.act({
      tenant,
      aggregate: { kind: 'order', key: orderKey },
      type: 'note.recorded',
      data: { text: 'Jim asks where it is' },
      actor: { kind: 'user', id: 'maria', roles: [] },
      expectedVersion: null,
      idempotencyKey: '1',
    })
    const state = await stateOf<OrderState>(books, 'order', orderKey)
    expect(summariseOrder(state)).toMatchObject({
      state: 'awaited',
      orderNumber: '4711',
      orderVersion: null,
      supplier: null,
      nextRequestedDate: null,
    })
  })

  it('is unordered goods at the place of goods nobody ordered', async () => {
    const count = aCount('10')
    const unordered = {
      ...count,
      lines: count.lines.map((line) => ({ ...line, orderNumber: null })),
    }
    const { queries } = await booksOf(unordered)
    expect((await queries.orders({ tenant })).rows).toMatchObject([
      { orderNumber: 'S100', supplier: 'S100', state: 'unordered-goods' },
    ])
  })
})

describe('the rows of an order', () => {
  it('are the order and its cases, as the lists keep them', async () => {
    const books = await booksOf(theOrder(), aCount('4'))
    const state = await stateOf<OrderState>(books, 'order', orderKey)
    const [row, ...cases] = orderRows(state)
    expect(row).toMatchObject({
      view: 'order',
      id: orderKey,
      buyerOrganisation: '0001',
      supplier: 'S100',
      open: true,
      openedAt: '2026-11-24T09:00:00Z',
    })
    expect(OrderSummary.parse(row?.body)).toEqual(summariseOrder(state))
    expect(cases.map(({ view, id }) => [view, id])).toEqual(
      state.desk.cases.map(({ exceptionId }) => ['exception', exceptionId]),
    )
    expect(summariseOrder(state).openExceptions).toBe(state.desk.cases.filter(isOpenCase).length)
  })

  it('are due when the first open schedule is wanted, and no more when nothing is', async () => {
    const [row] = orderRows(await anOrder())
    expect(row?.dueAt).toBe('2026-11-27T00:00:00Z')
    const done = await stateOf<OrderState>(await booksOf(...wholeLife()), 'order', orderKey)
    expect(orderRows(done)[0]?.dueAt).toBeNull()
  })
})

describe('the rows of an invoice', () => {
  it('are the invoice, its holds and its cases', async () => {
    const books = await booksOf(theOrder(), aCount('10'), theInvoice('150.00'))
    const state = await stateOf<InvoiceState>(books, 'invoice', invoiceKey)
    const rows = invoiceRows(state)
    expect(InvoiceSummary.parse(rows[0]?.body)).toMatchObject({
      state: 'on-hold',
      open: true,
      touchless: false,
      totalAmount: '150.00',
      payableAmount: null,
      dueDate: '2026-12-28',
      discountDate: null,
      orderNumbers: ['4711'],
    })
    expect(rows[0]?.dueAt).toBe('2026-12-28T00:00:00Z')
    const holds = rows.filter(({ view }) => view === 'hold')
    expect(holds.length).toBe(state.facts.holds.length)
    for (const hold of holds) {
      expect(hold).toMatchObject({ open: true, supplier: 'S100', openedAt: expect.any(String) })
      expect(HoldSummary.parse(hold.body).clearedBy).not.toBe('')
    }
    expect(rows.filter(({ view }) => view === 'exception')).toHaveLength(state.facts.cases.length)
  })

  it('say of one that went through by itself that nobody touched it, and what may be paid', async () => {
    const state = await stateOf<InvoiceState>(await booksOf(...wholeLife()), 'invoice', invoiceKey)
    expect(summariseInvoice(state)).toMatchObject({
      state: 'released',
      decision: 'match',
      touchless: true,
      payableAmount: '124.00',
      holds: [],
    })
  })

  it('are none before the invoice itself came', async () => {
    const state = await stateOf<InvoiceState>(await booksOf(...wholeLife()), 'invoice', invoiceKey)
    const unknown = {
      ...state,
      facts: { ...state.facts, versions: [], posting: null, closing: null },
    }
    expect(invoiceRows(unknown)).toEqual([])
    expect(summariseInvoice(unknown)).toBeNull()
  })
})

describe('the rows of a shipment', () => {
  it('are the shipment, by the day it is expected, and its cases', async () => {
    const books = await booksOf(theOrder(), theShipNotice())
    const key = 'acme/0001/S100/ASN-1'
    const state = await stateOf<ShipmentState>(books, 'shipment', key)
    const [row, ...cases] = shipmentRows(state)
    expect(row).toMatchObject({ view: 'shipment', id: key, supplier: 'S100', open: true })
    expect(row?.dueAt).toBe('2026-11-27T00:00:00Z')
    expect(ShipmentSummary.parse(row?.body)).toMatchObject({
      shipNoticeNumber: 'ASN-1',
      orderNumbers: ['4711'],
      estimatedDeliveryDate: '2026-11-27',
    })
    expect(cases).toHaveLength(state.facts.cases.length)
  })
})

describe('a day among moments', () => {
  it('is its beginning; a moment stays what it is', () => {
    expect(dayMoment('2026-11-27')).toBe('2026-11-27T00:00:00Z')
    expect(dayMoment('2026-11-27T08:00:00+01:00')).toBe('2026-11-27T08:00:00+01:00')
  })
})
