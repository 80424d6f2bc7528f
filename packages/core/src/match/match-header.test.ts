import { describe, expect, it } from 'vitest'
import { anInvoice, anInvoiceLine } from '../invoice/invoice.examples.ts'
import type { Policy } from '../policy/policy.ts'
import { anOrderLine, aPurchaseOrder } from '../purchase-order/purchase-order.examples.ts'
import {
  aMatchInput,
  aMatchOf,
  aMatchPolicy,
  anOrderMatchView,
  aPlannedCheck,
  aReceiptFact,
  type ExampleCheck,
} from './match.examples.ts'
import { matchInvoice } from './match-invoice.ts'
import { viewOrder } from './view-order.ts'

type InvoiceInput = NonNullable<Parameters<typeof anInvoice>[0]>
type ViewInput = NonNullable<Parameters<typeof anOrderMatchView>[0]>
const invoiceOf = (invoice: InvoiceInput) => anInvoice({ lines: [anInvoiceLine()], ...invoice })
const shown = (check: string, example: ExampleCheck) =>
  aMatchOf(check, example).checks.map(({ code, field, expected, actual }) => [
    code ?? field,
    expected,
    actual,
  ])

describe('charges', () => {
  const invoice = invoiceOf({
    charges: [
      { code: 'FREIGHT', amount: '80.00' },
      { code: 'CUSTOMS', amount: '12.00' },
    ],
  })

  it('are compared one by one by their codes, agreed or billed', () => {
    const orders = [
      anOrderMatchView({
        charges: [
          { code: 'FREIGHT', amount: '75.00' },
          { code: 'INSURANCE', amount: '5.00' },
        ],
      }),
    ]
    expect(shown('charge', { invoice, orders })).toEqual([
      ['CUSTOMS', '0.00', '12.00'],
      ['FREIGHT', '75.00', '80.00'],
      ['INSURANCE', '5.00', '0.00'],
    ])
  })

  it('are added up over the orders of a consolidated invoice', () => {
    const orders = ['4711', '4712'].map((orderNumber) =>
      anOrderMatchView({ orderNumber, charges: [{ code: 'FREIGHT', amount: '40.00' }] }),
    )
    expect(shown('charge', { invoice, orders, planned: { code: 'FREIGHT' } })).toEqual([
      ['FREIGHT', '80.00', '80.00'],
    ])
  })

  it('hold under code and charge', () => {
    const result = aMatchOf('charge', { invoice, planned: { holdCode: 'CHARGE' } })
    expect(result.holds.map(({ text, scope }) => [text, scope])).toEqual([
      ['CHARGE:CUSTOMS', 'charge'],
      ['CHARGE:FREIGHT', 'charge'],
    ])
    expect(result.exceptions).toMatchObject([
      { code: 'UNPLANNED_CHARGE', chargeCode: 'CUSTOMS', invoiceLineNumber: null },
      { code: 'UNPLANNED_CHARGE', chargeCode: 'FREIGHT', invoiceLineNumber: null },
    ])
  })

  it('leave planned costs to the check of planned costs', () => {
    const orders = [
      anOrderMatchView({ plannedCosts: [{ code: 'FREIGHT', amount: '80.00', quantity: '10' }] }),
    ]
    expect(shown('charge', { invoice, orders })).toEqual([['CUSTOMS', '0.00', '12.00']])
    expect(shown('charge-planned', { invoice, orders })).toEqual([['FREIGHT', '80.00', '80.00']])
  })

  it('are reduced to what was agreed where the policy reduces', () => {
    const orders = [anOrderMatchView({ charges: [{ code: 'FREIGHT', amount: '75.00' }] })]
    const result = aMatchOf('charge', {
      invoice,
      orders,
      planned: { code: 'FREIGHT', onExceed: 'reduce' },
    })
    expect(result).toMatchObject({ decision: 'reduce', holds: [], payableAmount: '211.00' })
    expect(result.resolutions).toMatchObject([
      { action: 'reduce-invoice', amount: '5.00', supplierNotice: 'complaint' },
    ])
  })
})

describe('planned delivery costs', () => {
  const plannedCosts = [{ code: 'FR', amount: '100', quantity: '10' }]
  const charged = { charges: [{ code: 'FR', amount: '150.00' }] }
  const second = { orderLineNumber: '2' } as const

  it('count all billed lines of the order together', () => {
    const orders = [
      anOrderMatchView({ plannedCosts, lines: [anOrderLine(), anOrderLine(second)], receipts: [] }),
    ]
    const lines = [
      anInvoiceLine(),
      anInvoiceLine({ documentLineNumber: '2', orderLineNumber: '2', quantity: '5' }),
    ]
    const result = aMatchOf('charge-planned', { invoice: anInvoice({ ...charged, lines }), orders })
    expect(result.checks.map(({ expected, actual }) => [expected, actual])).toEqual([
      ['150.00', '150.00'],
      ['150.00', '150.00'],
    ])
  })

  it('are added up over orders, with what one of them agreed as a plain charge', () => {
    const orders = [
      anOrderMatchView({ plannedCosts }),
      anOrderMatchView({ orderNumber: '4712', charges: [{ code: 'FR', amount: '20.00' }] }),
      anOrderMatchView({
        orderNumber: '4713',
        plannedCosts: [{ code: 'FR', amount: '30', quantity: '10' }],
      }),
    ]
    const lines = ['4711', '4712', '4713'].map((orderNumber, index) =>
      anInvoiceLine({ documentLineNumber: String(index + 1), orderNumber }),
    )
    const { checks } = aMatchOf('charge-planned', {
      invoice: anInvoice({ ...charged, lines }),
      orders,
    })
    expect(checks.map(({ expected }) => expected)).toEqual(['150.00', '150.00'])
  })

  it('cannot be told over lines of different units', () => {
    const other = {
      price: { amount: '1', perQuantity: '1', perUnitOfMeasure: 'KGM', priceType: 'firm' as const },
      unitOfMeasure: 'KGM',
    }
    const orders = [
      anOrderMatchView({
        plannedCosts,
        lines: [anOrderLine(), anOrderLine({ ...second, ...other })],
        receipts: [],
      }),
    ]
    const lines = [
      anInvoiceLine(),
      anInvoiceLine({ documentLineNumber: '2', orderLineNumber: '2', unitOfMeasure: 'KGM' }),
    ]
    const result = aMatchOf('charge-planned', { invoice: anInvoice({ ...charged, lines }), orders })
    expect(result.exceptions.map(({ code }) => code)).toEqual(['MISSING_DATA'])
  })
})

describe('totals', () => {
  const line = anOrderLine({ discountAmount: '4.00', chargesAmount: '2.00' })
  const order = { lines: [line], charges: [{ code: 'FR', amount: '20.00' }] }
  const taxed = [{ code: 'VAT', ratePercent: '19', taxableAmount: '142.00', amount: '26.98' }]

  it('are worked out of the order and its prices where it states none', () => {
    const invoice = invoiceOf({
      taxes: taxed,
      charges: [{ code: 'FR', amount: '20.00' }],
      allowancesAmount: '4.00',
      totalAmount: '168.98',
    })
    expect(shown('totals', { invoice, orders: [anOrderMatchView(order)] })).toEqual([
      ['balance', '124.00', '124.00'],
      ['totalDiscount', '4.00', '4.00'],
      ['charges', '22.00', '20.00'],
      ['salesTax', '26.98', '26.98'],
      ['roundOff', '0.00', '0.00'],
      ['invoiceAmount', '168.98', '168.98'],
    ])
  })

  it('count the share of the quantity that is billed', () => {
    const invoice = anInvoice({
      lines: [
        anInvoiceLine({
          quantity: '5',
          amount: '62.00',
          chargesAmount: '1.00',
          discountAmount: '2.00',
        }),
      ],
    })
    const orders = [anOrderMatchView(order)]
    const of = (field: string) => shown('totals', { invoice, orders, planned: { field } })[0]
    expect(of('balance')).toEqual(['balance', '62.00', '62.00'])
    expect(of('totalDiscount')).toEqual(['totalDiscount', '2.00', '2.00'])
    expect(of('charges')).toEqual(['charges', '21.00', '1.00'])
    expect(of('salesTax')).toEqual(['salesTax', null, null])
    expect(of('invoiceAmount')).toEqual(['invoiceAmount', null, null])
  })

  it('take off what the order takes off as a whole, as far as its goods are billed', () => {
    const papers = {
      order: aPurchaseOrder({
        lines: [anOrderLine(), anOrderLine({ orderLineNumber: '2', quantityOrdered: '30' })],
        allowancesAmount: '10.00',
      }),
      receipts: [],
    }
    const orders = [viewOrder(papers)]
    expect(orders[0]?.allowance).toEqual({ amount: '10.00', ofAmount: '496' })
    const of = (quantity: string, amount: string) => {
      const lines = [anInvoiceLine({ quantity, amount, orderLineNumber: '2' })]
      const invoice = anInvoice({ lines, allowancesAmount: '7.50' })
      return shown('totals', { invoice, orders, planned: { field: 'totalDiscount' } })[0]
    }
    expect(of('30', '372.00')).toEqual(['totalDiscount', '7.50', '7.50'])
    expect(of('1', '12.40')).toEqual(['totalDiscount', '0.25', '7.50'])
    expect(of('300', '3720.00')).toEqual(['totalDiscount', '10.00', '7.50'])
    const none = viewOrder({ order: aPurchaseOrder({ allowancesAmount: '0' }), receipts: [] })
    expect(none).not.toHaveProperty('allowance')
  })

  it('take off all of it where the value of the order cannot be told', () => {
    const weighed = anOrderLine({
      orderLineNumber: '2',
      price: { amount: '2.00', perQuantity: '1', perUnitOfMeasure: 'KGM', priceType: 'firm' },
    })
    const order = aPurchaseOrder({
      lines: [anOrderLine(), weighed],
      allowancesAmount: '10.00',
    })
    const orders = [viewOrder({ order, receipts: [] })]
    expect(orders[0]?.allowance).toEqual({ amount: '10.00', ofAmount: null })
    const planned = { field: 'totalDiscount' }
    expect(shown('totals', { invoice: invoiceOf({}), orders, planned })[0]?.[1]).toBe('10.00')
  })

  it('are those the order and the invoice state, where they do', () => {
    const stated = (orderNumber: string): ViewInput => ({
      orderNumber,
      expectedTotals: { balance: '60.00', paperBags: '1' },
    })
    const orders = [anOrderMatchView(stated('4711')), anOrderMatchView(stated('4712'))]
    const invoice = invoiceOf({ totals: { balance: '124.00' } })
    expect(shown('totals', { invoice, orders })).toEqual([
      ['balance', '120.00', '124.00'],
      ['paperBags', null, null],
    ])
  })

  it('cannot be told where no order is known', () => {
    const invoice = invoiceOf({ lines: [], totals: { paperBags: '1' } })
    expect(shown('totals', { invoice, orders: [], planned: { field: 'paperBags' } })).toEqual([
      ['paperBags', null, null],
    ])
  })

  it('cannot be worked out for goods whose weight nobody states', () => {
    const price = {
      amount: '1',
      perQuantity: '1',
      perUnitOfMeasure: 'KGM',
      priceType: 'firm' as const,
    }
    const orders = [anOrderMatchView({ lines: [anOrderLine({ price })] })]
    expect(
      shown('totals', {
        invoice: invoiceOf({ totalAmount: '1', taxes: taxed }),
        orders,
        planned: { field: 'invoiceAmount' },
      }),
    ).toEqual([['invoiceAmount', null, null]])
  })

  it.each([
    ['salesTax', '20.00', 'TAX_OVER'],
    ['charges', '20.00', 'CHARGE_OVER'],
    ['roundOff', '20.00', 'INVOICE_OUT_OF_BALANCE'],
    ['totalDiscount', '1.00', 'DISCOUNT_NOT_GRANTED'],
    ['totalDiscount', '20.00', 'INVOICE_TOTAL'],
    ['balance', '1.00', 'INVOICE_TOTAL'],
    ['invoiceAmount', '20.00', 'AMOUNT_OVER_ORDERED'],
  ])('mean by their name what is wrong: %s of %s is %s', (field, actual, code) => {
    const orders = [anOrderMatchView({ expectedTotals: { [field]: '10.00' } })]
    const tolerance = {
      upper: { abs: '0', pct: null },
      lower: { abs: '0', pct: null },
      lowerEffect: 'same' as const,
    }
    const result = aMatchOf('totals', {
      invoice: invoiceOf({ totals: { [field]: actual } }),
      orders,
      tolerance,
      planned: { holdCode: 'TOTAL' },
    })
    expect(result.exceptions).toMatchObject([{ code, field }])
    expect(result.holds).toMatchObject([
      { text: `TOTAL:${field}`, scope: 'field', scopeKey: field },
    ])
  })

  it('may differ in a percentage of a rounding difference below zero', () => {
    const orders = [anOrderMatchView({ expectedTotals: { roundOff: '-0.10' } })]
    const within = (roundOff: string, parameters = {}) =>
      aMatchOf('totals', {
        invoice: invoiceOf({ totals: { roundOff } }),
        orders,
        parameters,
        tolerance: { upper: { abs: null, pct: '10' } },
      }).checks[0]?.within
    expect(within('-0.09')).toBe(true)
    expect(within('-0.08')).toBe(false)
    expect(within('-0.08', { reading: 'as-stated' })).toBe(true)
  })
})

describe('checks in the wrong place', () => {
  const match = (plan: Parameters<typeof aMatchPolicy>[0]) =>
    matchInvoice(aMatchInput({ policy: aMatchPolicy(plan) }))

  it('are refused, with the way out', () => {
    expect(() => match({ line: [aPlannedCheck('balance')] })).toThrow(
      'cannot make check `balance` (`balance`) on an invoice line: plan it for the header',
    )
    expect(() => match({ header: [aPlannedCheck('price-amount')] })).toThrow(
      'cannot make check `price-amount` (`price-amount`) on the header: plan it for invoice lines',
    )
    expect(() => match({ header: [aPlannedCheck('receipt-over')] })).toThrow(
      'cannot make check `receipt-over` (`receipt-over`) on the header: name a known order line in its parameters',
    )
  })

  it('are made on an order line the invoice does not bill, when they name it', () => {
    const orders = [
      anOrderMatchView({
        lines: [anOrderLine(), anOrderLine({ orderLineNumber: '2' })],
        receipts: [aReceiptFact({ orderLineNumber: '2', quantity: '12' })],
      }),
    ]
    const over = aPlannedCheck('receipt-over', {
      holdCode: 'OVER',
      parameters: { orderNumber: '4711', orderLineNumber: '2' },
    })
    const result = matchInvoice(aMatchInput({ orders, policy: aMatchPolicy({ header: [over] }) }))
    expect(result.checks).toMatchObject([
      { expected: '10', actual: '12', orderLineNumber: '2', invoiceLineNumber: null },
    ])
    expect(result.holds).toMatchObject([{ text: 'OVER', scope: 'invoice' }])
  })

  it('are refused with parameters nobody knows, naming where', () => {
    expect(() =>
      match({ line: [aPlannedCheck('price-amount', { parameters: { rounding: 'up' } })] }),
    ).toThrow(/^cannot read the parameters of check `price-amount`: Unrecognized key/)
    expect(() =>
      match({ line: [aPlannedCheck('price-amount', { parameters: { limitDecimals: 99 } })] }),
    ).toThrow(/^cannot read the parameters of check `price-amount` at `limitDecimals`: /)
  })
})

describe('what a failed check proposes (R-83)', () => {
  const dear = invoiceOf({ lines: [anInvoiceLine({ amount: '150.00' })] })
  const proposed = (check: string, example: ExampleCheck) => aMatchOf(check, example).resolutions[0]

  it('is the amount for a price', () => {
    expect(proposed('price-amount', { invoice: dear })).toMatchObject({
      action: 'credit-request',
      quantity: null,
      amount: '26.00',
    })
  })

  it('is the quantity and what the supplier asked for it', () => {
    const invoice = invoiceOf({ lines: [anInvoiceLine({ quantity: '12', amount: '150.00' })] })
    expect(proposed('quantity-open-received', { invoice })).toMatchObject({
      action: 'receipt-correction',
      quantity: '2',
      amount: '25.00',
    })
    expect(proposed('receipts-cover', { invoice })).toMatchObject({ quantity: '2', amount: null })
  })

  it('is the step alone where there is no number', () => {
    expect(proposed('currency', { invoice: invoiceOf({ currency: 'USD' }) })).toMatchObject({
      action: 'return-to-supplier',
      quantity: null,
      amount: null,
    })
    const late = anOrderMatchView({ lines: [anOrderLine({ validTo: '2026-11-01' })] })
    expect(proposed('blanket-date', { orders: [late] })).toMatchObject({
      action: 'extend',
      quantity: null,
      amount: null,
    })
    const rated = invoiceOf({ exchangeRate: '2' })
    expect(proposed('exchange-rate', { invoice: rated })).toMatchObject({
      action: 'correct',
      amount: null,
    })
  })

  it('is to pay the price of the order where the policy reduces a price', () => {
    const result = aMatchOf('price-amount', { invoice: dear, planned: { onExceed: 'reduce' } })
    expect(result).toMatchObject({ decision: 'reduce', payableAmount: '124.00' })
    expect(result.resolutions).toMatchObject([
      { creditMemoAmount: '26.00', quantityPosted: '10', supplierNotice: 'complaint' },
    ])
  })

  it('leaves of an invoice without a stated total what its parts come to, less allowances and credits', () => {
    const lines = [
      anInvoiceLine({ amount: '150.00', chargesAmount: '2.00', discountAmount: '1.00' }),
    ]
    const invoice = invoiceOf({
      lines,
      charges: [{ code: 'FR', amount: '10.00' }],
      taxes: [{ code: 'VAT', amount: '20.00' }],
      allowancesAmount: '5.00',
    })
    const result = aMatchOf('price-amount', { invoice, planned: { onExceed: 'reduce' } })
    // Asked for in all: 151 + 10 + 20 - 5. The line is worth 124 by the order.
    expect(result.payableAmount).toBe('149.00')
  })

  it('leaves a line alone whose failed check has no number to reduce by', () => {
    const result = aMatchOf('currency', {
      invoice: invoiceOf({ currency: 'USD' }),
      planned: { onExceed: 'reduce' },
    })
    expect(result).toMatchObject({ decision: 'reduce', resolutions: [], payableAmount: '124.00' })
  })
})

describe('holds at one place', () => {
  it('are one hold with both reasons, blocking as the stronger of them', () => {
    const twice = aMatchPolicy({
      line: [
        aPlannedCheck('price-amount', { name: 'a', holdCode: 'PRICE' }),
        aPlannedCheck('price-unit', {
          name: 'b',
          holdCode: 'PRICE',
          parameters: { blocks: 'posting' },
        }),
        aPlannedCheck('price-unit', { name: 'c', holdCode: 'PRICE' }),
      ],
    })
    const invoice = invoiceOf({ lines: [anInvoiceLine({ amount: '150.00' })] })
    const { holds, exceptions } = matchInvoice(aMatchInput({ invoice, policy: twice }))
    expect(holds).toHaveLength(1)
    expect(holds[0]).toMatchObject({ text: 'PRICE', blocks: 'posting' })
    expect(holds[0]?.reason.split('; ')).toHaveLength(2)
    expect(exceptions).toMatchObject([{ code: 'PRICE_OVER', holdText: 'PRICE' }])
  })
})

describe('the desk of an exception', () => {
  it.each([
    ['reject', true],
    ['duplicate', true],
    ['hold', true],
    ['route-approval', false],
    ['reduce', false],
    ['warn', false],
  ] as const)(
    'is asked for with what a %s does and what is at stake',
    (onExceed, blocksPayment) => {
      const asked: unknown[] = []
      const plan = aMatchPolicy({ line: [aPlannedCheck('price-amount', { onExceed })] })
      const policy: Policy = {
        ...plan,
        routing: (facts) => {
          asked.push(facts['exception'])
          return plan.routing(facts)
        },
      }
      const invoice = invoiceOf({ lines: [anInvoiceLine({ amount: '150.00' })] })
      matchInvoice(aMatchInput({ invoice, policy }))
      expect(asked).toEqual([
        {
          code: 'PRICE_OVER',
          effect: onExceed,
          check: 'price-amount',
          subject: { aggregate: 'invoice' },
          exposure: { amount: '26.00', currency: 'EUR' },
          blocksPayment,
        },
      ])
    },
  )
})
