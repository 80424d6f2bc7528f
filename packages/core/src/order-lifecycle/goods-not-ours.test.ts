import { describe, expect, it } from 'vitest'
import type { TradeDocument } from '../document/document.ts'
import { anInvoice, anInvoiceLine } from '../invoice/invoice.examples.ts'
import { invoiceStatus } from '../invoice-lifecycle/invoice-regions.ts'
import { Invoice } from '../invoice/invoice.ts'
import { TaxTable } from '../match/tax-table.ts'
import { aMilestone } from '../milestone/milestone.examples.ts'
import type { Policy } from '../policy/policy.ts'
import { anOrderLine, aPurchaseOrder } from '../purchase-order/purchase-order.examples.ts'
import { aReceipt, aReceiptLine } from '../receipt/receipt.examples.ts'
import { aShipNotice, aShipNoticeLine } from '../ship-notice/ship-notice.examples.ts'
import { aTradingPolicy, aWorldTold } from '../world/world.examples.ts'
import type { World } from '../world/world.ts'

const conducted = (more: object): Policy => {
  const policy = aTradingPolicy()
  return {
    ...policy,
    conduct: (facts) => {
      const { value, decision } = policy.conduct(facts)
      return { value: { ...value, ...more }, decision }
    },
  }
}

/** Where each invoice of a world is, by number. */
const bills = (world: World): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.entries(world.invoices).map(([key, { facts }]) => [
      key.split('/').slice(3).join(' '),
      invoiceStatus(facts),
    ]),
  )
const schedule = (world: World, line = 0) =>
  world.orders['acme/0001/4711']?.standing.lines[line]?.schedules[0]
const notices = (world: World, topic: string) =>
  world.effects.flatMap(({ intent }) =>
    intent.kind === 'notify' && intent.topic === topic ? [intent.sentence] : [],
  )

describe('a drop shipment', () => {
  const order = aPurchaseOrder({
    orderType: 'drop-ship',
    customer: { customerNumber: 'C-77', salesOrderNumber: 'SO-900' },
    shipTo: 'CUSTOMER-C-77',
  })
  const arrived = aMilestone({
    documentNumber: 'M-1',
    code: 'arrived',
    at: '2026-11-27T13:00:00Z',
    shipNoticeNumber: 'ASN-1',
  })
  const notice = aShipNotice()
  const received = (world: World) => schedule(world)?.quantities.received

  it('is not paid while nobody proves the delivery, and is when the carrier reports it: 10 x 12.40 = 124.00', () => {
    const told = aWorldTold([order, notice, anInvoice()])
    expect([received(told), bills(told)]).toEqual(['0', { 'INV-1 standard': 'on-hold' }])
    const world = aWorldTold([arrived], { world: told })
    expect([received(world), bills(world)]).toEqual(['10', { 'INV-1 standard': 'released' }])
    const facts = Object.values(world.invoices)[0]?.facts
    expect(facts?.match?.result.allocations).toMatchObject([
      { receiptNumber: 'POD-ASN-1', quantity: '10' },
    ])
    expect(schedule(world)?.states.delivery).toBe('received')
  })

  it('is the same whichever of notice, report and bill comes first (INV-2)', () => {
    const documents: readonly TradeDocument[] = [order, notice, arrived, anInvoice()]
    const orders = [
      [3, 2, 1, 0],
      [2, 0, 3, 1],
      [1, 3, 0, 2],
    ]
    for (const turn of orders) {
      const world = aWorldTold(turn.flatMap((index) => documents[index] ?? []))
      expect([received(world), bills(world)]).toEqual(['10', { 'INV-1 standard': 'released' }])
    }
  })

  it('is proven by the notice alone where the rules say so', () => {
    const policy = conducted({ proofOfDelivery: 'ship-notice' })
    const world = aWorldTold([order, notice, anInvoice()], { policy })
    expect([received(world), bills(world)]).toEqual(['10', { 'INV-1 standard': 'released' }])
  })

  it('is paid for what was delivered only: 6 of 10 proven hold a bill of 124.00', () => {
    const six = aShipNotice({ lines: [aShipNoticeLine({ quantityShipped: '6' })] })
    const world = aWorldTold([order, six, arrived, anInvoice()])
    expect([received(world), bills(world)]).toEqual(['6', { 'INV-1 standard': 'on-hold' }])
  })

  it('is counted by the customer’s signed slip where one comes: 9 of the 10 announced, and not 19', () => {
    const slip = aReceipt({
      documentNumber: 'SLIP-1',
      lines: [aReceiptLine({ quantity: '9', shipNoticeNumber: 'ASN-1' })],
    })
    for (const documents of [
      [order, notice, arrived, slip],
      [order, slip, notice, arrived],
    ]) {
      expect(received(aWorldTold(documents))).toBe('9')
    }
  })

  it('loses its proof with its notice', () => {
    const withdrawn = aShipNotice({ revision: 1, purpose: 'cancel' })
    const onNotice = conducted({ proofOfDelivery: 'ship-notice' })
    expect(received(aWorldTold([order, notice], { policy: onNotice }))).toBe('10')
    expect(received(aWorldTold([order, notice, withdrawn], { policy: onNotice }))).toBe('0')
  })

  it('that comes late is told to the customer, and to no dock', () => {
    const later = aMilestone({
      documentNumber: 'M-2',
      code: 'arrived',
      timeMeaning: 'estimated',
      at: '2026-12-03T09:00:00Z',
      shipNoticeNumber: 'ASN-1',
    })
    const world = aWorldTold([order, notice, later])
    expect(notices(world, 'customer-delivery-changed')).toEqual([
      'line 1, schedule 1: 10 EA are expected on 2026-12-03 instead of 2026-11-27; tell customer C-77, who waits for it on sales order SO-900',
    ])
    expect(notices(world, 'labour-expectation-changed')).toEqual([])
  })
})

const used = (documentNumber: string, quantity: string, more: object = {}) =>
  aReceipt({
    documentNumber,
    movement: 'consumption',
    lines: [aReceiptLine({ quantity })],
    ...more,
  })

describe('consignment goods', () => {
  const order = aPurchaseOrder({ orderType: 'consignment' })
  const billed = (quantity: string, amount: string) =>
    anInvoice({ lines: [anInvoiceLine({ quantity, amount })] })

  it('are not owed for when they come: a bill for all 10 is held', () => {
    const world = aWorldTold([order, aReceipt(), anInvoice()])
    expect(bills(world)).toEqual({ 'INV-1 standard': 'on-hold' })
    expect(schedule(world)?.quantities.received).toBe('10')
  })

  it('are owed for when they are used: 4 x 12.40 = 49.60 is paid, and 10 delivered stay 10', () => {
    const world = aWorldTold([order, aReceipt(), used('USE-1', '4'), billed('4', '49.60')])
    expect(bills(world)).toEqual({ 'INV-1 standard': 'released' })
    expect(schedule(world)?.quantities.received).toBe('10')
  })

  it('are held where more is billed than was used: 5 billed of 4', () => {
    const told = aWorldTold([order, aReceipt(), used('USE-1', '4'), billed('5', '62.00')])
    expect(bills(told)).toEqual({ 'INV-1 standard': 'on-hold' })
    const world = aWorldTold([used('USE-2', '1')], { world: told })
    expect(bills(world)).toEqual({ 'INV-1 standard': 'released' })
  })

  it('are owed for no more when what was taken is put back: 4 used, 1 back, 3 x 12.40 = 37.20', () => {
    const putBack = used('USE-2', '1', {
      receiptType: 'reversal',
      lines: [aReceiptLine({ quantity: '1', reversesReceiptNumber: 'USE-1' })],
    })
    const told = [order, aReceipt(), used('USE-1', '4'), putBack]
    expect(bills(aWorldTold([...told, billed('3', '37.20')]))).toEqual({
      'INV-1 standard': 'released',
    })
    expect(bills(aWorldTold([...told, billed('4', '49.60')]))).toEqual({
      'INV-1 standard': 'on-hold',
    })
  })

  it('are missed where more is used than came: 4 delivered, 6 used, and a case until the other 2 are counted', () => {
    const four = aReceipt({ lines: [aReceiptLine({ quantity: '4' })] })
    const rest = aReceipt({ documentNumber: 'GR-2', lines: [aReceiptLine({ quantity: '2' })] })
    const sentences = (world: World) =>
      world.orders['acme/0001/4711']?.desk.cases
        .filter(({ state }) => state === 'detected')
        .map(({ code, sentence }) => `${code}: ${sentence}`)
    const told = aWorldTold([order, four, used('USE-1', '6')])
    expect(sentences(told)).toEqual([
      'RCV_SHORT: line 1: 6 EA were used where 4 were delivered, 2 more than there were',
    ])
    expect(sentences(aWorldTold([order, used('USE-1', '6')]))).toHaveLength(1)
    expect(sentences(aWorldTold([rest], { world: told }))).toEqual([])
  })

  it('are counted anew with a recount of what was used: 4, then 3', () => {
    const recount = used('USE-1', '3', { revision: 1 })
    const world = aWorldTold([order, aReceipt(), used('USE-1', '4'), recount, billed('4', '49.60')])
    expect(bills(world)).toEqual({ 'INV-1 standard': 'on-hold' })
  })
})

describe('goods the buyer bills itself', () => {
  const policy = conducted({ selfBilling: true })
  const told = (documents: readonly TradeDocument[], world?: World) =>
    aWorldTold(documents, { policy, ...(world !== undefined && { world }) })
  const sent = (world: World) =>
    world.effects.flatMap(({ intent }) =>
      intent.kind === 'send-document' && intent.document.kind === 'invoice'
        ? [`${intent.document.documentNumber} ${intent.document.totalAmount ?? ''}`]
        : [],
    )

  it('are billed once, at the ordered price: 10 x 12.40 = 124.00, sent to the supplier and released', () => {
    const world = told([aPurchaseOrder(), aReceipt(), aReceipt()])
    expect(sent(world)).toEqual(['SB-4711-GR-1 124.00'])
    expect(bills(world)).toEqual({ 'SB-4711-GR-1 self-billed': 'released' })
  })

  it('are billed for each receipt: 6 x 12.40 = 74.40 and 4 x 12.40 = 49.60', () => {
    const part = (documentNumber: string, quantity: string) =>
      aReceipt({ documentNumber, lines: [aReceiptLine({ quantity })] })
    const world = told([aPurchaseOrder(), part('GR-1', '6'), part('GR-2', '4')])
    expect(sent(world)).toEqual(['SB-4711-GR-1 74.40', 'SB-4711-GR-2 49.60'])
  })

  it('are credited when they go back: 3 of 10 are 3/10 of 124.00 = 37.20, against the bill of their receipt', () => {
    const back = aReceipt({
      documentNumber: 'RT-1',
      receiptType: 'return',
      receivedDate: '2026-12-01',
      lines: [aReceiptLine({ quantity: '3', reversesReceiptNumber: 'GR-1' })],
    })
    const world = told([aPurchaseOrder(), aReceipt(), back, back])
    expect(sent(world)).toEqual(['SB-4711-GR-1 124.00', 'SB-4711-GR-1-2 37.20'])
    const credit = world.log.findLast(({ type }) => type === 'goods.billed')
    expect(credit?.data['document']).toMatchObject({
      invoiceType: 'credit',
      correctsInvoiceNumber: 'SB-4711-GR-1',
    })
  })

  it('are credited in full when the receipt was wrong, to the cent: 3 x 0.335 = 1.005, billed and credited as 1.01', () => {
    const price = {
      amount: '0.335',
      perQuantity: '1',
      perUnitOfMeasure: 'EA',
      priceType: 'firm',
    } as const
    const order = aPurchaseOrder({ lines: [anOrderLine({ price })] })
    const three = aReceipt({ lines: [aReceiptLine({ quantity: '3' })] })
    const reversal = aReceipt({
      documentNumber: 'RV-1',
      receiptType: 'reversal',
      lines: [aReceiptLine({ quantity: '3', reversesReceiptNumber: 'GR-1' })],
    })
    expect(sent(told([order, three, reversal]))).toEqual([
      'SB-4711-GR-1 1.01',
      'SB-4711-GR-1-2 1.01',
    ])
  })

  it('are billed anew for a recount: 10, then 8, so 2 x 12.40 = 24.80 are credited; then 9, so 12.40 are billed', () => {
    const count = (quantity: string, revision: number) =>
      aReceipt({ revision, lines: [aReceiptLine({ quantity })] })
    const world = told([aPurchaseOrder(), count('10', 0), count('8', 1), count('9', 2)])
    expect(sent(world)).toEqual([
      'SB-4711-GR-1 124.00',
      'SB-4711-GR-1-2 24.80',
      'SB-4711-GR-1-3 12.40',
    ])
  })

  it('make the supplier’s own bill for them a suspected duplicate, before and after', () => {
    const suspicion = (world: World) => {
      const facts = world.invoices['acme/0001/S100/INV-1/standard']?.facts
      const codes = facts?.cases.filter(({ state }) => state === 'detected').map(({ code }) => code)
      return [facts?.match?.result.decision, codes?.includes('DUPLICATE_SUSPECTED')]
    }
    const after = told([aPurchaseOrder(), aReceipt(), anInvoice()])
    expect(suspicion(after)).toEqual(['suspect-duplicate', true])
    const before = told([aPurchaseOrder(), anInvoice(), aReceipt()])
    expect(suspicion(before)).toEqual(['suspect-duplicate', true])
    expect(bills(before)).toMatchObject({ 'SB-4711-GR-1 self-billed': 'released' })
    // Where the supplier bills other goods of the order, 10 of 20, nothing is suspected.
    const twenty = aPurchaseOrder({ lines: [anOrderLine({ quantityOrdered: '20' })] })
    const none = aWorldTold([twenty, aReceipt(), anInvoice()])
    expect(suspicion(none)).toEqual(['match', false])
  })

  it('are of consignment goods those that were used: 4 x 12.40 = 49.60 of 10 delivered', () => {
    const order = aPurchaseOrder({ orderType: 'consignment' })
    const world = told([order, aReceipt(), used('USE-1', '4')])
    expect(sent(world)).toEqual(['SB-4711-USE-1 49.60'])
    expect(bills(world)).toEqual({ 'SB-4711-USE-1 self-billed': 'released' })
  })

  describe('with the taxes of the rules', () => {
    const table = TaxTable.parse({
      rounding: 'document',
      taxes: [
        { code: 'S19', ratePercent: '19', treatment: 'charged' },
        { code: 'S7', ratePercent: '7', treatment: 'charged' },
        { code: 'AE', ratePercent: '19', treatment: 'reverse-charge' },
      ],
    })
    const taxed = conducted({ selfBilling: true, selfBillingTaxes: table })
    const billsOf = (...documents: readonly TradeDocument[]) => {
      const world = aWorldTold(documents, { policy: taxed })
      expect(Object.values(bills(world))).not.toContain('on-hold')
      return world.log.flatMap(({ type, data }) => {
        if (type !== 'goods.billed') return []
        const { taxes, totalAmount } = Invoice.parse(data['document'])
        return [{ taxes, totalAmount }]
      })
    }
    const coded = (taxCode: string) => aPurchaseOrder({ lines: [anOrderLine({ taxCode })] })

    it('are billed with the tax of their code: 124.00 + 19 % of it, 23.56, are 147.56', () => {
      expect(billsOf(coded('S19'), aReceipt())).toEqual([
        {
          taxes: [{ code: 'S19', ratePercent: '19', taxableAmount: '124.00', amount: '23.56' }],
          totalAmount: '147.56',
        },
      ])
    })

    it('are credited with the tax of what goes back: 3 of 10 are 37.20 + 7 % of it, 2.604, so 39.80', () => {
      const back = aReceipt({
        documentNumber: 'RT-1',
        receiptType: 'return',
        receivedDate: '2026-12-01',
        lines: [aReceiptLine({ quantity: '3', reversesReceiptNumber: 'GR-1' })],
      })
      // 124.00 + 8.68 = 132.68 were billed; 37.20 + 2.60 = 39.80 are given back.
      expect(billsOf(coded('S7'), aReceipt(), back).map(({ totalAmount }) => totalAmount)).toEqual([
        '132.68',
        '39.80',
      ])
    })

    it('bear none under reverse charge, nor for a code the rules do not have: 124.00', () => {
      for (const code of ['AE', 'UNKNOWN']) {
        expect(billsOf(coded(code), aReceipt())).toEqual([{ taxes: [], totalAmount: '124.00' }])
      }
    })
  })

  it('are billed by the supplier where nothing else was agreed', () => {
    expect(sent(aWorldTold([aPurchaseOrder(), aReceipt()]))).toEqual([])
  })
})
