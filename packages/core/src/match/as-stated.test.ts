import { describe, expect, it } from 'vitest'
import { anInvoice, anInvoiceLine } from '../invoice/invoice.examples.ts'
import { anOrderLine } from '../purchase-order/purchase-order.examples.ts'
import { UnitConversion } from '../quantity/unit-conversion.ts'
import {
  aBillingFact,
  aCheckMade,
  anOrderMatchView,
  aReceiptFact,
  type ExampleCheck,
} from './match.examples.ts'

const stated = { parameters: { reading: 'as-stated' } }
const both = (check: string, example: ExampleCheck) =>
  [{}, stated].map((reading) => {
    const { expected, actual } = aCheckMade(check, { ...example, ...reading })
    return [expected, actual]
  })

// A printed worked example counts every number as it stands there; an office nets what belongs together.
describe('papers read as they are stated', () => {
  const twoLines = anInvoice({
    lines: [
      anInvoiceLine({ quantity: '6', amount: '74.40' }),
      anInvoiceLine({ documentLineNumber: '2', quantity: '5', amount: '62.00' }),
    ],
  })

  it('count each line of an invoice for itself', () => {
    expect(both('quantity-open-received', { invoice: twoLines })).toEqual([
      ['10', '11'],
      ['10', '6'],
    ])
    expect(both('amount-ordered', { invoice: twoLines })).toEqual([
      ['124.00', '136.40'],
      ['124.00', '74.40'],
    ])
    expect(both('credit-max-reversal', { invoice: twoLines })).toEqual([
      ['0', '11'],
      ['0', '6'],
    ])
  })

  it('count the lines of a credit as they are printed', () => {
    const invoice = anInvoice({ invoiceType: 'credit', lines: [anInvoiceLine()] })
    expect(both('quantity-cumulative-ordered', { invoice })).toEqual([
      ['10', '-10'],
      ['10', '10'],
    ])
  })

  it('count a cancellation and a prepayment as bills', () => {
    const billings = [
      aBillingFact({ invoiceType: 'cancellation' }),
      aBillingFact({ invoiceType: 'prepayment', quantity: '3' }),
    ]
    expect(
      both('quantity-cumulative-ordered', { orders: [anOrderMatchView({ billings })] }),
    ).toEqual([
      ['10', '6'],
      ['10', '17'],
    ])
  })

  it('take goods under inspection for accepted where nobody says otherwise', () => {
    const receipts = [
      aReceiptFact({ inspection: 'pending' }),
      aReceiptFact({
        receiptNumber: 'GR-2',
        quantity: '4',
        quantityAccepted: '3',
        quantityRejected: '1',
      }),
      aReceiptFact({ receiptNumber: 'RT-1', quantity: '2', receiptType: 'return' }),
    ]
    const orders = [anOrderMatchView({ receipts })]
    // Of the two sent back, one is what quality refused.
    expect(both('quantity-cumulative-accepted', { orders })).toEqual([
      ['2', '10'],
      ['11', '10'],
    ])
  })

  it('add the receipts a line names, a return with them', () => {
    const receipts = [
      aReceiptFact(),
      aReceiptFact({ receiptNumber: 'RT-1', quantity: '2', receiptType: 'return' }),
    ]
    const invoice = anInvoice({ lines: [anInvoiceLine({ receiptNumbers: ['GR-1', 'RT-1'] })] })
    const orders = [anOrderMatchView({ receipts })]
    expect(both('quantity-matched-receipt', { invoice, orders })).toEqual([
      ['8', '10'],
      ['12', '10'],
    ])
  })

  it('walk every goods movement of the order until the quantity is reached', () => {
    const receipts = [
      aReceiptFact({ receiptNumber: 'GR-2', orderLineNumber: '2', quantity: '7' }),
      aReceiptFact({ receiptNumber: 'GR-1', quantity: '8' }),
      aReceiptFact({ receiptNumber: 'GR-3', quantity: '1' }),
    ]
    const lines = [anOrderLine(), anOrderLine({ orderLineNumber: '2' })]
    const orders = [anOrderMatchView({ lines, receipts })]
    const associated = (parameters: NonNullable<ExampleCheck['parameters']>) =>
      aCheckMade('receipts-cover', { orders, parameters }).associated?.map((one) =>
        Object.values(one).join(' '),
      )
    expect(associated(stated.parameters)).toEqual(['GR-2 7', 'GR-1 3'])
    expect(associated({})).toEqual(['GR-1 8', 'GR-3 1'])
    expect(both('receipts-cover', { orders })).toEqual([
      ['10', '9'],
      ['10', '10'],
    ])
  })

  it('divide weights by pieces as printed, whatever their unit', () => {
    const price = {
      amount: '5.20',
      perQuantity: '1',
      perUnitOfMeasure: 'KGM',
      priceType: 'firm' as const,
    }
    const unitConversions = [
      UnitConversion.parse({ from: 'XCS', to: 'EA', numerator: '2', denominator: '1' }),
    ]
    const receipts = [
      aReceiptFact({ quantity: '5', unitOfMeasure: 'XCS', pricingQuantity: '20' }),
      aReceiptFact({
        receiptNumber: 'RT-1',
        quantity: '2',
        receiptType: 'return',
        pricingQuantity: '4',
      }),
      aReceiptFact({ receiptNumber: 'GR-3', quantity: '1' }),
    ]
    const invoice = anInvoice({ lines: [anInvoiceLine({ pricingQuantity: '25' })] })
    const orders = [
      anOrderMatchView({ lines: [anOrderLine({ price, unitConversions })], receipts }),
    ]
    // Net: 16 kg over 8 pieces. As printed: 24 kg over 7.
    expect(both('ratio-order-price-unit', { invoice, orders })).toEqual([
      ['2', '2.5'],
      ['3.4285714286', '2.5'],
    ])
  })

  it('add the lines of an invoice without their charges and discounts', () => {
    const lines = [anInvoiceLine({ chargesAmount: '3.00', discountAmount: '1.00' })]
    const charges = [{ code: 'FR', amount: '10.00' }]
    const taxes = [{ code: 'VAT', amount: '20.00' }]
    const invoice = anInvoice({
      lines,
      charges,
      taxes,
      allowancesAmount: '6.00',
      totalAmount: '150.00',
    })
    expect(both('balance', { invoice })).toEqual([
      ['150.00', '150.00'],
      ['148.00', '150.00'],
    ])
  })

  it('give a planned cost the share of the line alone', () => {
    const plannedCosts = [{ code: 'FR', amount: '100', quantity: '10' }]
    const invoice = {
      ...twoLines,
      charges: anInvoice({ charges: [{ code: 'FR', amount: '110.00' }] }).charges,
    }
    expect(
      both('charge-planned', { invoice, orders: [anOrderMatchView({ plannedCosts })] }),
    ).toEqual([
      ['110.00', '110.00'],
      ['60.00', '110.00'],
    ])
  })
})

describe('goods priced by another unit than they are ordered in', () => {
  const price = {
    amount: '6',
    perQuantity: '1',
    perUnitOfMeasure: 'KGM',
    priceType: 'firm' as const,
  }
  const unitConversions = [
    UnitConversion.parse({ from: 'EA', to: 'KGM', numerator: '1', denominator: '4' }),
  ]
  const line = anOrderLine({ price, unitConversions })

  it('are priced by the recorded weight of a piece where the invoice states none', () => {
    const invoice = anInvoice({ lines: [anInvoiceLine({ amount: '15.00' })] })
    const made = (check: string) =>
      aCheckMade(check, { invoice, orders: [anOrderMatchView({ lines: [line] })] })
    expect(made('price-amount')).toMatchObject({ within: true, expected: '15.00' })
    expect(made('price-total')).toMatchObject({ within: true, expected: '15.00' })
  })

  it('are worth, per piece, what a piece weighs on the invoice', () => {
    const lines = [anInvoiceLine({ quantity: '12', pricingQuantity: '36', amount: '216.00' })]
    const made = aCheckMade('quantity-open-received', {
      invoice: anInvoice({ lines }),
      orders: [anOrderMatchView({ lines: [line] })],
    })
    expect(made.varianceAmount).toBe('36.00')
  })

  it('have no value where neither invoice nor order knows their weight', () => {
    const lines = [anInvoiceLine({ quantity: '12' })]
    const made = aCheckMade('quantity-open-received', {
      invoice: anInvoice({ lines }),
      orders: [anOrderMatchView({ lines: [anOrderLine({ price })] })],
      tolerance: { upper: { abs: '1', pct: null } },
    })
    // The limit then counts units.
    expect(made).toMatchObject({ varianceAmount: null, within: false })
  })
})
