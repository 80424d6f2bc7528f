import { describe, expect, it } from 'vitest'
import { substitutesFor } from '../item/substitutes.ts'
import { Item } from '../item/item.ts'
import { anInvoice, anInvoiceLine } from '../invoice/invoice.examples.ts'
import { invoiceStatus } from '../invoice-lifecycle/invoice-regions.ts'
import {
  anOrderLine,
  anOrderSchedule,
  aPurchaseOrder,
} from '../purchase-order/purchase-order.examples.ts'
import { aReceipt, aReceiptLine } from '../receipt/receipt.examples.ts'
import { aWorldTold } from '../world/world.examples.ts'
import type { World } from '../world/world.ts'

const billIn = (world: World, name = 'INV-1/standard') => {
  const facts = world.invoices[`acme/0001/S100/${name}`]?.facts
  if (facts === undefined) throw new Error(`the world has no invoice ${name}`)
  const codes = facts.cases.filter(({ state }) => state === 'detected').map(({ code }) => code)
  return [invoiceStatus(facts), ...new Set(codes)]
}
const quantities = (world: World) => {
  const standing = world.orders['acme/0001/4711']?.standing.lines[0]?.schedules[0]?.quantities
  if (standing === undefined) throw new Error('the world has no order 4711')
  const { open, received, returned, credited } = standing
  return { open, received, returned, credited }
}
const orderCases = (world: World) =>
  world.orders['acme/0001/4711']?.desk.cases
    .filter(({ state }) => state === 'detected')
    .map(({ code }) => code)

// Wanted by the day the replacement comes, so that nothing of it is late.
const order = aPurchaseOrder({
  lines: [anOrderLine({ schedules: [anOrderSchedule({ requestedDate: '2026-12-04' })] })],
})
const goods = aReceipt()
const back = (quantity: string, more: Parameters<typeof aReceiptLine>[0] = {}) =>
  aReceipt({
    documentNumber: 'RT-1',
    receiptType: 'return',
    issuedAt: '2026-11-30T09:00:00Z',
    receivedDate: '2026-11-30',
    lines: [aReceiptLine({ quantity, reversesReceiptNumber: 'GR-1', ...more })],
  })
const replaced = (quantity: string) =>
  aReceipt({
    documentNumber: 'GR-2',
    issuedAt: '2026-12-04T09:00:00Z',
    receivedDate: '2026-12-04',
    lines: [aReceiptLine({ quantity })],
  })
const credit = (quantity: string, amount: string) =>
  anInvoice({
    documentNumber: 'CR-1',
    invoiceType: 'credit',
    invoiceDate: '2026-12-05',
    issuedAt: '2026-12-05T00:00:00Z',
    correctsInvoiceNumber: 'INV-1',
    lines: [anInvoiceLine({ quantity, amount })],
  })
const again = (quantity: string, amount: string) =>
  anInvoice({
    documentNumber: 'INV-2',
    invoiceDate: '2026-12-06',
    issuedAt: '2026-12-06T00:00:00Z',
    lines: [anInvoiceLine({ quantity, amount })],
  })

describe('goods that are sent back and replaced', () => {
  it('are open again: 10 came, 3 went back, 3 are to come; then 13 came, and nothing is open', () => {
    const told = aWorldTold([order, goods, back('3')])
    expect(quantities(told)).toMatchObject({ open: '3', received: '10', returned: '3' })
    const world = aWorldTold([replaced('3')], { world: told })
    expect(quantities(world)).toMatchObject({ open: '0', received: '13', returned: '3' })
  })

  it('are paid once: the replacement of 3 is not billed again, 13 - 3 - 10 = 0 are left to bill', () => {
    const world = aWorldTold([
      order,
      goods,
      anInvoice(),
      back('3'),
      replaced('3'),
      again('3', '37.20'),
    ])
    expect(billIn(world)).toEqual(['released'])
    expect(billIn(world, 'INV-2/standard')[0]).toBe('on-hold')
  })

  it('are billed again where the first were credited: 3 x 12.40 = 37.20 back, and 37.20 anew', () => {
    const world = aWorldTold([
      order,
      goods,
      anInvoice(),
      back('3'),
      credit('3', '37.20'),
      replaced('3'),
      again('3', '37.20'),
    ])
    expect(billIn(world, 'CR-1/credit')).toEqual(['released'])
    expect(billIn(world, 'INV-2/standard')).toEqual(['released'])
    expect(quantities(world)).toMatchObject({ open: '0', credited: '3' })
  })
})

describe('goods that are sent back for good', () => {
  const forGood = back('3', { noReplacement: true })

  it('leave nothing open: 10 came, 3 went back, 0 are to come', () => {
    const world = aWorldTold([order, goods, forGood])
    expect(quantities(world)).toMatchObject({ open: '0', received: '10', returned: '3' })
  })

  it('hold a bill for all of them: 10 billed of 10 - 3 = 7 kept', () => {
    const world = aWorldTold([order, goods, forGood, anInvoice()])
    expect(billIn(world)).toEqual(['on-hold', 'BILLED_RETURNED_GOODS'])
    const seven = anInvoice({ lines: [anInvoiceLine({ quantity: '7', amount: '86.80' })] })
    expect(billIn(aWorldTold([order, goods, forGood, seven]))).toEqual(['released'])
  })

  it('are credited at the price they were billed at, 3 x 12.40 = 37.20, and at no other', () => {
    const told = [order, goods, anInvoice(), forGood]
    expect(billIn(aWorldTold([...told, credit('3', '37.20')]), 'CR-1/credit')).toEqual(['released'])
    const [cheap] = billIn(aWorldTold([...told, credit('3', '30.00')]), 'CR-1/credit')
    expect(cheap).toBe('on-hold')
  })

  it('take the release back until their credit comes: 10 billed and released, 3 sent back, then credited', () => {
    const told = aWorldTold([order, goods, anInvoice(), forGood])
    expect(billIn(told)).toEqual(['on-hold', 'BILLED_RETURNED_GOODS'])
    const world = aWorldTold([credit('3', '37.20')], { world: told })
    expect([billIn(world), billIn(world, 'CR-1/credit')]).toEqual([['released'], ['released']])
  })

  it('are credited for no more than was billed: 11 of 10', () => {
    const world = aWorldTold([order, goods, anInvoice(), forGood, credit('11', '136.40')])
    expect(billIn(world, 'CR-1/credit')[0]).not.toBe('released')
  })
})

describe('ten bought and one free', () => {
  const free = { amount: '0', perQuantity: '1', perUnitOfMeasure: 'EA', priceType: 'firm' } as const
  const eleven = aPurchaseOrder({
    lines: [
      anOrderLine(),
      anOrderLine({
        orderLineNumber: '2',
        lineType: 'free-goods',
        quantityOrdered: '1',
        price: free,
        parentLineNumber: '1',
      }),
    ],
  })
  const counted = aReceipt({
    lines: [
      aReceiptLine(),
      aReceiptLine({ documentLineNumber: '2', orderLineNumber: '2', quantity: '1' }),
    ],
  })
  const billed = (amount: string) =>
    anInvoice({
      lines: [
        anInvoiceLine(),
        anInvoiceLine({ documentLineNumber: '2', orderLineNumber: '2', quantity: '1', amount }),
      ],
    })

  it('are paid as ten: 124.00 and 0.00', () => {
    expect(billIn(aWorldTold([eleven, counted, billed('0.00')]))).toEqual(['released'])
  })

  it('are held where the free one has a price: 12.40 of 0.00', () => {
    expect(billIn(aWorldTold([eleven, counted, billed('12.40')]))).toEqual([
      'on-hold',
      'FREE_GOODS_BILLED',
    ])
  })

  it('are held where they are billed as eleven: 11 x 12.40 = 136.40 for the 10 of the line', () => {
    const whole = anInvoice({ lines: [anInvoiceLine({ quantity: '11', amount: '136.40' })] })
    expect(billIn(aWorldTold([eleven, counted, whole]))[0]).toBe('on-hold')
  })

  it('are paid without a word of the free one', () => {
    expect(billIn(aWorldTold([eleven, counted, anInvoice()]))).toEqual(['released'])
  })
})

describe('a substitute the buyer takes', () => {
  const allowed = {
    item: 'SKU-2',
    twoWay: false,
    effectiveFrom: '2026-01-01',
    effectiveTo: '2026-11-27',
  }
  const withSubstitute = aPurchaseOrder({ lines: [anOrderLine({ substitutes: [allowed] })] })
  const other = { buyerItem: 'SKU-2' } as const
  const came = (receivedDate: string) =>
    aReceipt({ receivedDate, lines: [aReceiptLine({ item: other })] })
  const billed = (invoiceDate: string, amount: string) =>
    anInvoice({ invoiceDate, lines: [anInvoiceLine({ item: other, amount })] })

  it('is received and paid as what it stands for, on its last day too: 10 x 12.40 = 124.00', () => {
    const world = aWorldTold([withSubstitute, came('2026-11-27'), billed('2026-11-27', '124.00')])
    expect([orderCases(world), billIn(world)]).toEqual([[], ['released']])
  })

  it('is the wrong article a day later, and where nothing allows it', () => {
    expect(orderCases(aWorldTold([withSubstitute, came('2026-11-28')]))).toContain('RCV_WRONG_ITEM')
    expect(orderCases(aWorldTold([order, came('2026-11-27')]))).toContain('RCV_WRONG_ITEM')
  })

  it('costs what was ordered: 13.00 instead of 12.40 is 6.00 too much', () => {
    const world = aWorldTold([withSubstitute, came('2026-11-27'), billed('2026-11-27', '130.00')])
    expect(billIn(world)).toEqual(['on-hold', 'PRICE_OVER'])
  })

  it('finds its line by itself where no paper names one, and never the line of another article', () => {
    const two = aPurchaseOrder({
      lines: [
        anOrderLine({ substitutes: [allowed] }),
        anOrderLine({ orderLineNumber: '2', item: { buyerItem: 'SKU-3' } }),
      ],
    })
    const unnamed = aReceipt({ lines: [aReceiptLine({ item: other, orderLineNumber: null })] })
    const world = aWorldTold([two, unnamed])
    expect(quantities(world)).toMatchObject({ received: '10', open: '0' })
  })

  it('follows from the item master: one way only, or both', () => {
    const item = (number: string, substitutes: readonly object[]) =>
      Item.parse({
        tenant: 'acme',
        item: number,
        description: number,
        identifiers: { buyerItem: number },
        stockUnit: 'EA',
        unitConversions: [],
        catchWeight: false,
        lotControlled: false,
        serialControlled: false,
        shelfLifeDaysMin: null,
        inspection: 'none',
        hazardous: false,
        substitutes,
      })
    const from = { effectiveFrom: '2026-01-01' }
    const first = item('SKU-1', [{ item: 'SKU-2', twoWay: true, ...from }])
    const second = item('SKU-2', [{ item: 'SKU-3', twoWay: false, ...from }])
    const third = item('SKU-3', [])
    const master = [first, second, third]
    const names = (one: Item) => substitutesFor(one, master).map(({ item: number }) => number)
    expect([names(first), names(second), names(third)]).toEqual([['SKU-2'], ['SKU-1', 'SKU-3'], []])
  })
})
