import { describe, expect, it } from 'vitest'
import { anInvoice, anInvoiceLine } from '../invoice/invoice.examples.ts'
import { PlannedCheck } from '../policy/policy.ts'
import { anOrderLine, aPurchaseOrder } from '../purchase-order/purchase-order.examples.ts'
import { aReceipt, aReceiptLine } from '../receipt/receipt.examples.ts'
import { aShipNotice, aShipNoticeLine } from '../ship-notice/ship-notice.examples.ts'
import { BillingFact } from './match-input.ts'
import {
  aBillingFact,
  aMatchInput,
  aMatchPolicy,
  anOrderMatchView,
  aPlannedCheck,
  aReceiptFact,
} from './match.examples.ts'
import { matchInvoice } from './match-invoice.ts'
import { viewOrder } from './view-order.ts'

const price = aPlannedCheck('price-amount', { holdCode: 'PRICE' })
const quantity = aPlannedCheck('quantity-open-received', { holdCode: 'QTY_RECEIVED' })
const credit = aPlannedCheck('credit-max-reversal', { holdCode: 'CREDIT', onExceed: 'reject' })
const subsequent = aPlannedCheck('price-subsequent', { holdCode: 'PRICE' })
const policy = aMatchPolicy({ line: [price, quantity] })

type Line = NonNullable<Parameters<typeof anInvoiceLine>[0]>
const line = (documentLineNumber: string, more: Line = {}) =>
  anInvoiceLine({ documentLineNumber, ...more })

const match = (input: Parameters<typeof aMatchInput>[0]) =>
  matchInvoice(aMatchInput({ policy, ...input }))
const holdsOf = (input: Parameters<typeof aMatchInput>[0]) =>
  match(input).holds.map(({ text }) => text)

describe('a consolidated invoice', () => {
  const orders = [
    anOrderMatchView({
      lines: [anOrderLine(), anOrderLine({ orderLineNumber: '2' })],
      receipts: [aReceiptFact(), aReceiptFact({ receiptNumber: 'GR-2', orderLineNumber: '2' })],
    }),
    anOrderMatchView({ orderNumber: '4712', receipts: [aReceiptFact({ receiptNumber: 'GR-3' })] }),
  ]
  const lines = [line('1'), line('2', { orderLineNumber: '2' }), line('3', { orderNumber: '4712' })]

  it('is matched with every order it bills, each line with its own receipts', () => {
    const result = match({ invoice: anInvoice({ invoiceType: 'consolidated', lines }), orders })
    expect(result.decision).toBe('match')
    expect(
      result.allocations.map((one) => [one.orderNumber, one.invoiceLineNumber, one.receiptNumber]),
    ).toEqual([
      ['4711', '1', 'GR-1'],
      ['4711', '2', 'GR-2'],
      ['4712', '3', 'GR-3'],
    ])
  })

  it('is held whole for one line of one order, and names the line', () => {
    const dear = [...lines.slice(0, 2), line('3', { orderNumber: '4712', amount: '150.00' })]
    const result = match({
      invoice: anInvoice({ invoiceType: 'consolidated', lines: dear }),
      orders,
    })
    expect(result).toMatchObject({ decision: 'hold', payableAmount: null })
    expect(result.holds).toMatchObject([
      { text: 'PRICE:3', scope: 'line', scopeKey: '3', blocks: 'payment' },
    ])
    expect(result.exceptions).toMatchObject([
      { code: 'PRICE_OVER', orderNumber: '4712', orderLineNumber: '1' },
    ])
  })

  it('pays the lines that are free where the policy releases them', () => {
    const released = aMatchPolicy({ line: [price, quantity], conduct: { partialRelease: true } })
    const dear = [...lines.slice(0, 2), line('3', { orderNumber: '4712', amount: '150.00' })]
    const pay = (invoice: Parameters<typeof anInvoice>[0]) =>
      match({ policy: released, invoice: anInvoice(invoice), orders }).payableAmount
    expect(pay({ lines: dear })).toBe('248.00')
    expect(pay({ lines: dear.map((one) => ({ ...one, amount: '150.00' })) })).toBeNull()
    expect(pay({ lines })).toBeNull()
  })

  it('releases no line where the whole invoice is held', () => {
    const currency = aPlannedCheck('currency', { holdCode: 'CURRENCY' })
    const released = aMatchPolicy({ header: [currency], conduct: { partialRelease: true } })
    const result = match({
      policy: released,
      invoice: anInvoice({ lines, currency: 'USD' }),
      orders,
    })
    expect(result).toMatchObject({ decision: 'hold', payableAmount: null })
    expect(result.holds).toMatchObject([{ text: 'CURRENCY', scope: 'invoice', scopeKey: null }])
  })
})

describe('several receipts and several invoices of one order line', () => {
  const counts = (...quantities: string[]) =>
    quantities.map((each, index) =>
      aReceiptFact({ receiptNumber: `GR-${index + 1}`, quantity: each }),
    )

  it('match when the receipts come to what is billed', () => {
    const orders = [anOrderMatchView({ receipts: counts('4', '5', '1') })]
    expect(match({ orders }).decision).toBe('match')
  })

  it('hold the second invoice for what the first one took', () => {
    const orders = [anOrderMatchView({ receipts: counts('10'), billings: [aBillingFact()] })]
    const seven = anInvoice({ lines: [line('1', { quantity: '7', amount: '86.80' })] })
    expect(holdsOf({ invoice: seven, orders })).toEqual(['QTY_RECEIVED'])
    const six = anInvoice({ lines: [line('1', { quantity: '6', amount: '74.40' })] })
    expect(holdsOf({ invoice: six, orders })).toEqual([])
  })

  it('are let go when a later receipt brings what was missing (R-18)', () => {
    const twelve = anInvoice({ lines: [line('1', { quantity: '12', amount: '148.80' })] })
    expect(holdsOf({ invoice: twelve })).toEqual(['QTY_RECEIVED'])
    const orders = [anOrderMatchView({ receipts: counts('10', '2') })]
    expect(match({ invoice: twelve, orders, attempt: 2 })).toMatchObject({
      decision: 'match',
      holds: [],
      attempt: 2,
    })
  })

  it('count two lines of one invoice together, and settle what is too much once, on the last', () => {
    const lines = [
      line('1', { quantity: '6', amount: '74.40' }),
      line('2', { quantity: '6', amount: '74.40' }),
    ]
    const result = match({ invoice: anInvoice({ lines }) })
    expect(result.holds.map(({ text }) => text)).toEqual(['QTY_RECEIVED:1', 'QTY_RECEIVED:2'])
    expect(result.resolutions).toMatchObject([
      { invoiceLineNumber: '2', quantity: '2', amount: '24.80' },
    ])
  })

  it('settle two wrong prices each for itself, and goods not here yet once', () => {
    const lines = [
      line('1', { quantity: '5', amount: '70.00' }),
      line('2', { quantity: '5', amount: '80.00' }),
    ]
    const noReceipt = aMatchPolicy({ line: [price, aPlannedCheck('quantity-no-receipt')] })
    const orders = [anOrderMatchView({ receipts: [] })]
    const result = match({ policy: noReceipt, invoice: anInvoice({ lines }), orders })
    expect(
      result.resolutions.map(({ action, invoiceLineNumber }) => [action, invoiceLineNumber]),
    ).toEqual([
      ['credit-request', '1'],
      ['credit-request', '2'],
      ['await-receipt', '2'],
    ])
  })

  it('reduce two lines by what is too much of both together', () => {
    const lines = [
      line('1', { quantity: '6', amount: '74.40' }),
      line('2', { quantity: '7', amount: '86.80' }),
    ]
    const reducing = aMatchPolicy({
      line: [PlannedCheck.parse({ ...quantity, onExceed: 'reduce' })],
    })
    const result = match({ policy: reducing, invoice: anInvoice({ lines }) })
    expect(result.decision).toBe('reduce')
    expect(
      result.resolutions.map(({ invoiceLineNumber, quantityPosted, creditMemoAmount }) => [
        invoiceLineNumber,
        quantityPosted,
        creditMemoAmount,
      ]),
    ).toEqual([['2', '4', '37.20']])
    expect(result.resolutions[0]?.quantity).toBe('3')
    expect(result.payableAmount).toBe('124.00')
  })
})

describe('returns and reversals', () => {
  const returned = [
    aReceiptFact(),
    aReceiptFact({ receiptNumber: 'RT-1', receiptType: 'return', quantity: '3' }),
  ]

  it('hold what is billed of goods sent back, and ask for a credit', () => {
    const result = match({ orders: [anOrderMatchView({ receipts: returned })] })
    expect(result.exceptions).toMatchObject([
      { code: 'BILLED_RETURNED_GOODS', route: { ownerRole: 'desk of BILLED_RETURNED_GOODS' } },
    ])
    expect(result.resolutions).toMatchObject([
      { action: 'credit-request', quantity: '3', amount: '37.20' },
    ])
  })

  it('hold what is billed of a count that was taken back', () => {
    const receipts = [
      aReceiptFact(),
      aReceiptFact({
        receiptNumber: 'RV-1',
        receiptType: 'reversal',
        reversesReceiptNumber: 'GR-1',
      }),
    ]
    const result = match({ orders: [anOrderMatchView({ receipts })] })
    expect(result.exceptions).toMatchObject([{ code: 'INVOICE_BEFORE_RECEIPT' }])
    expect(result.remainders).toMatchObject([{ quantity: '10' }])
  })
})

describe('credits and later debits', () => {
  const before = [BillingFact.parse({ ...aBillingFact(), quantity: '10', amount: '124.00' })]
  const orders = [anOrderMatchView({ billings: before })]
  const onCredit = aMatchPolicy({ line: [credit] })

  it('give back at most what was billed, all lines of the credit together (INV-07)', () => {
    const of = (...quantities: string[]) =>
      anInvoice({
        invoiceType: 'credit',
        lines: quantities.map((each, index) => line(String(index + 1), { quantity: each })),
      })
    expect(match({ policy: onCredit, invoice: of('6', '4'), orders }).decision).toBe('match')
    expect(match({ policy: onCredit, invoice: of('6', '5'), orders })).toMatchObject({
      decision: 'reject',
      holds: [],
    })
  })

  it('free what they gave back for the next invoice', () => {
    const billings = [
      ...before,
      aBillingFact({
        invoiceNumber: 'CR-1',
        invoiceType: 'credit',
        quantity: '10',
        amount: '124.00',
      }),
    ]
    expect(match({ orders: [anOrderMatchView({ billings })] }).decision).toBe('match')
  })

  it('raise the price of what was billed, not its quantity', () => {
    const later = aMatchPolicy({
      line: [subsequent],
      tolerances: { 'price-subsequent': { upper: { abs: null, pct: '5' } } },
    })
    const debit = (amount: string) =>
      anInvoice({ invoiceType: 'subsequent-debit', lines: [line('1', { amount })] })
    expect(match({ policy: later, invoice: debit('6.20'), orders }).decision).toBe(
      'match-within-tolerance',
    )
    const dear = match({ policy: later, invoice: debit('6.21'), orders })
    expect(dear).toMatchObject({ decision: 'hold', allocations: [] })
    expect(dear.exceptions).toMatchObject([{ code: 'PRICE_OVER' }])
  })
})

describe('an invoice line that cannot be compared', () => {
  it.each([
    [
      'names no order',
      { orderNumber: null, orderLineNumber: null },
      'invoice line 1 names no order',
    ],
    [
      'names an order nobody knows',
      { orderNumber: '9999' },
      'invoice line 1 names order 9999, which is not known',
    ],
    [
      'names a line the order does not have',
      { orderLineNumber: '7' },
      'invoice line 1 names line 7 of order 4711, which has no such line',
    ],
  ])('is held where it %s', (_name, more, sentence) => {
    const result = match({ invoice: anInvoice({ lines: [line('1', more)] }) })
    expect(result).toMatchObject({
      decision: 'hold',
      holds: [{ text: 'UNMATCHED_LINE', reason: sentence }],
    })
    expect(result.exceptions).toMatchObject([{ code: 'UNMATCHED_LINE' }])
  })

  it('is let through where only totals are matched, or nothing', () => {
    const matchLevels = {
      itemAndSupplier: [],
      item: [],
      supplier: [],
      legalEntity: 'totals' as const,
    }
    const lenient = aMatchPolicy({ conduct: { matchLevels } })
    expect(
      match({ policy: lenient, invoice: anInvoice({ lines: [line('1', { orderNumber: null })] }) })
        .decision,
    ).toBe('match')
  })

  it('is held where no conversion leads to the ordered unit (INV-13)', () => {
    const result = match({ invoice: anInvoice({ lines: [line('1', { unitOfMeasure: 'XCS' })] }) })
    expect(result.holds).toMatchObject([
      { text: 'UNIT', reason: 'no conversion leads from XCS to EA on order line 1' },
    ])
    expect(result.exceptions).toMatchObject([
      {
        code: 'MASTER_DATA_MISSING',
        discrepancy: { kind: 'unit-change', expected: 'EA', actual: 'XCS' },
      },
    ])
  })

  it('is held where it bills an order placed with another supplier', () => {
    const result = match({ orders: [anOrderMatchView({ supplier: 'S200' })] })
    expect(result.holds).toMatchObject([{ text: 'WRONG_PO' }])
    expect(result.exceptions).toMatchObject([{ code: 'WRONG_PO' }])
  })
})

describe('waiting for goods', () => {
  const waiting = aMatchPolicy({
    line: [aPlannedCheck('receipt-required', { onExceed: 'wait' }), quantity, price],
  })
  const nothingHere = [anOrderMatchView({ receipts: [] })]

  it('opens no case and places no hold, and keeps what was found (R-101)', () => {
    const result = match({ policy: waiting, orders: nothingHere })
    expect(result).toMatchObject({
      decision: 'awaiting-receipt',
      holds: [],
      exceptions: [],
      resolutions: [],
    })
    expect(result.checks.map(({ check, within, effect }) => [check, within, effect])).toEqual([
      ['receipt-required', false, 'wait'],
      ['quantity-open-received', false, 'wait'],
      ['price-amount', true, null],
    ])
  })

  it('does not keep a wrong price from its desk', () => {
    const invoice = anInvoice({ lines: [line('1', { amount: '150.00' })] })
    const result = match({ policy: waiting, invoice, orders: nothingHere })
    expect(result.decision).toBe('awaiting-receipt')
    expect(result.exceptions).toMatchObject([{ code: 'PRICE_OVER' }])
  })

  it('keeps everything about goods back while a receiving case is open (R-29, R-97)', () => {
    const orders = [
      anOrderMatchView({
        receipts: [aReceiptFact({ quantity: '8' })],
        awaitingResolution: [{ orderLineNumber: '1', exceptionIds: [] }],
      }),
    ]
    const result = match({ orders })
    expect(result).toMatchObject({ decision: 'awaiting-resolution', holds: [], exceptions: [] })
    expect(result.checks.map(({ within, effect }) => [within, effect])).toEqual([
      [false, 'wait'],
      [true, null],
      [false, 'wait'],
    ])
    expect(result.checks[0]?.sentence).toBe('order line 1 waits for a receiving case to be settled')
  })
})

describe('allocations the order set aside', () => {
  it('are taken as they are, and what they leave is the remainder', () => {
    const allocations = [
      {
        invoiceLineNumber: '1',
        orderNumber: '4711',
        orderLineNumber: '1',
        receiptNumber: 'GR-9',
        receiptLineNumber: '1',
        quantity: '7',
      },
    ]
    const result = match({ orders: [anOrderMatchView({ allocations })] })
    expect(result.allocations).toMatchObject([{ receiptNumber: 'GR-9', quantity: '7' }])
    expect(result.remainders).toMatchObject([{ invoiceLineNumber: '1', quantity: '3' }])
  })

  it('leave no remainder where they cover the line', () => {
    const allocations = [
      {
        invoiceLineNumber: '1',
        orderNumber: '4711',
        orderLineNumber: '1',
        receiptNumber: 'GR-9',
        receiptLineNumber: '1',
        quantity: '10',
      },
    ]
    expect(match({ orders: [anOrderMatchView({ allocations })] }).remainders).toEqual([])
  })
})

describe('matchInvoice alone, without a runtime (R-102)', () => {
  const order = aPurchaseOrder()

  it('takes the order, the receipts and the invoice a host has (R-23)', () => {
    const papers = { order, receipts: [aReceipt()], billings: [] }
    expect(match({ orders: [viewOrder(papers)] })).toMatchObject({
      decision: 'match',
      allocations: [{ receiptNumber: 'GR-1' }],
    })
  })

  it('tells a short shipment from a slow receipt by the ship notice', () => {
    const receipts = [
      aReceipt({
        documentNumber: 'GR-1',
        lines: [aReceiptLine({ quantity: '5', shipNoticeNumber: 'ASN-1' })],
      }),
      aReceipt({
        documentNumber: 'GR-2',
        lines: [aReceiptLine({ quantity: '3', shipNoticeNumber: 'ASN-1' })],
      }),
    ]
    const shipNotices = [
      aShipNotice({ documentNumber: 'ASN-1', lines: [aShipNoticeLine({ quantityShipped: '10' })] }),
    ]
    const code = (papers: Parameters<typeof viewOrder>[0]) =>
      match({ orders: [viewOrder(papers)] }).exceptions[0]?.code
    expect(code({ order, receipts })).toBe('QTY_OVER_RECEIVED')
    expect(code({ order, receipts, shipNotices })).toBe('SHORT_SHIPMENT')
  })

  it('counts what was announced in the unit of the count, and does not guess where no conversion leads there', () => {
    const dozen = { from: 'DZN', to: 'EA', numerator: '12', denominator: '1' }
    const counted = [aReceipt({ lines: [aReceiptLine({ shipNoticeNumber: 'ASN-1' })] })]
    const announced = [
      aShipNotice({
        documentNumber: 'ASN-1',
        lines: [aShipNoticeLine({ quantityShipped: '1', unitOfMeasure: 'DZN' })],
      }),
    ]
    const claimed = (unitConversions: (typeof dozen)[]) =>
      viewOrder({
        order: aPurchaseOrder({ lines: [anOrderLine({ unitConversions })] }),
        receipts: counted,
        shipNotices: announced,
      }).receipts[0]?.quantityOnShipNotice
    expect(claimed([dozen])).toBe('12')
    expect(claimed([])).toBeNull()
  })

  it.each([
    ['stock nobody inspects', {}, 'none'],
    ['goods in inspection', { disposition: 'inspection' as const }, 'pending'],
    [
      'goods inspected in part',
      { disposition: 'inspection' as const, quantityAccepted: '6', quantityRejected: '1' },
      'pending',
    ],
    [
      'goods inspected whole',
      { disposition: 'inspection' as const, quantityAccepted: '9', quantityRejected: '1' },
      'decided',
    ],
    ['stock that was inspected', { quantityAccepted: '10' }, 'decided'],
  ])('sees %s as it is', (_name, more, inspection) => {
    const receipts = [aReceipt({ lines: [aReceiptLine(more)] })]
    expect(viewOrder({ order, receipts }).receipts[0]?.inspection).toBe(inspection)
  })

  it('adds what a ship notice announces of the order line, and nothing else on it', () => {
    const receipts = [aReceipt({ lines: [aReceiptLine({ shipNoticeNumber: 'ASN-1' })] })]
    const lines = [
      aShipNoticeLine({ quantityShipped: '6' }),
      aShipNoticeLine({ documentLineNumber: '2', quantityShipped: '5' }),
      aShipNoticeLine({ documentLineNumber: '3', orderLineNumber: '2' }),
      aShipNoticeLine({ documentLineNumber: '4', orderNumber: '4712' }),
    ]
    const shipNotices = [aShipNotice({ documentNumber: 'ASN-1', lines })]
    const claimed = (papers: Partial<Parameters<typeof viewOrder>[0]>) =>
      viewOrder({ order, receipts, shipNotices, ...papers }).receipts[0]?.quantityOnShipNotice
    expect(claimed({})).toBe('11')
    expect(
      claimed({ shipNotices: [aShipNotice({ documentNumber: 'ASN-1', lines: lines.slice(2) })] }),
    ).toBeNull()
    expect(claimed({ shipNotices: [aShipNotice({ documentNumber: 'ASN-2' })] })).toBeNull()
  })

  it('leaves lines of other orders and goods nobody ordered out', () => {
    const lines = [aReceiptLine({ orderNumber: '9' }), aReceiptLine({ orderLineNumber: null })]
    expect(viewOrder({ order, receipts: [aReceipt({ lines })] }).receipts).toEqual([])
  })
})
