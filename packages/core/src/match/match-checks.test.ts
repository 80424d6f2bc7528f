import { describe, expect, it } from 'vitest'
import { anInvoice, anInvoiceLine } from '../invoice/invoice.examples.ts'
import { anOrderLine, anOrderSchedule } from '../purchase-order/purchase-order.examples.ts'
import { checkOf, matchCheckNames } from './match-checks.ts'
import {
  aBillingFact,
  aCheckMade,
  anOrderMatchView,
  aPlannedCheck,
  aReceiptFact,
  aRegisteredInvoice,
  type ExampleCheck,
} from './match.examples.ts'

type InvoiceInput = Parameters<typeof anInvoice>[0]
type LineInput = Parameters<typeof anInvoiceLine>[0]
type ViewInput = Parameters<typeof anOrderMatchView>[0]
type OrderLineInput = Parameters<typeof anOrderLine>[0]

const billing = (line: LineInput = {}, invoice: InvoiceInput = {}) => ({
  invoice: anInvoice({ ...invoice, lines: [anInvoiceLine(line)] }),
})
const ordered = (line: OrderLineInput = {}, view: ViewInput = {}) => ({
  orders: [anOrderMatchView({ ...view, lines: [anOrderLine(line)] })],
})
const pct = (upper: string | null, lower: string | null = null) => ({
  upper: { abs: null, pct: upper },
  lower: { abs: null, pct: lower },
  lowerEffect: 'same' as const,
})
const abs = (upper: string | null, lower: string | null = null) => ({
  upper: { abs: upper, pct: null },
  lower: { abs: lower, pct: null },
  lowerEffect: 'same' as const,
})

// 20 cases of fish at 5.20 the kilogram, 200 kg expected.
const byWeight: OrderLineInput = {
  unitOfMeasure: 'XCS',
  quantityOrdered: '20',
  price: { amount: '5.20', perQuantity: '1', perUnitOfMeasure: 'KGM', priceType: 'firm' },
  pricingQuantityOrdered: '200',
}
const weighed = (pricingQuantity: string, amount: string): LineInput => ({
  quantity: '20',
  unitOfMeasure: 'XCS',
  pricingQuantity,
  amount,
  price: undefined,
})
const weighedReceipt = (pricingQuantity: string) => ({
  receipts: [aReceiptFact({ quantity: '20', unitOfMeasure: 'XCS', pricingQuantity })],
})

/** An order with so much agreed in advance; where it is paid, by invoice PP1. */
const inAdvance = (agreedAmount: string, openAmount?: string) =>
  ordered(
    {},
    {
      prepayment: {
        agreedAmount,
        billedAmount: openAmount ?? '0.00',
        invoices:
          openAmount === undefined
            ? []
            : [{ invoiceNumber: 'PP1', totalAmount: openAmount, openAmount }],
      },
    },
  )

const germanTaxes = {
  taxes: [{ code: 'S', ratePercent: '19', treatment: 'charged' }],
  rounding: 'line',
}
// In force on 1 December: 0.92.
const dollarRates = [
  { currency: 'USD', validFrom: '2026-01-01', rate: '0.90' },
  { currency: 'USD', validFrom: '2026-12-02', rate: '0.95' },
  { currency: 'USD', validFrom: '2026-11-15', rate: '0.92' },
  { currency: 'GBP', validFrom: '2026-11-30', rate: '1.15' },
]

type Row = {
  readonly check: string
  /** The sentence of the test. */
  readonly says: string
  readonly example: ExampleCheck
  /** expected, actual, variance, percent; for a check in words what it answers. */
  readonly numbers: readonly (string | null)[]
  /** The exception it becomes; null where it is within. */
  readonly exception: string | null
}

const row = (
  check: string,
  says: string,
  example: ExampleCheck,
  numbers: readonly (string | null)[],
  exception: string | null,
): Row => ({ check, says, example, numbers, exception })
const inWords: readonly string[] = []
const giving = (correctsInvoiceNumber?: string): ExampleCheck => ({
  ...billing({}, { invoiceType: 'credit', correctsInvoiceNumber }),
  ...ordered({}, { billings: [aBillingFact()] }),
})

const ofNamed: ExampleCheck = { parameters: { creditedFrom: 'named-invoice' } }
const toTheCent: ExampleCheck = {
  tolerance: {
    upper: { abs: '0.05', pct: null },
    lower: { abs: '0.05', pct: null },
    lowerEffect: 'hold',
  },
}
const earlierCredit = aBillingFact({
  invoiceNumber: 'CR-0',
  invoiceType: 'credit',
  quantity: '3',
  amount: '37.20',
  correctsInvoiceNumber: 'INV-0',
})

type Given = {
  readonly earlier?: readonly ReturnType<typeof aBillingFact>[]
  /** The invoice it names. */
  readonly names?: string | null
  readonly billed?: Parameters<typeof aBillingFact>[0]
  readonly total?: string
}

/** A credit of 4 pieces that names INV-0, which billed 4 for 49.60; INV-8 billed 10 more for 130.00. */
const givingBack = (
  line: LineInput,
  { earlier = [], names = 'INV-0', billed = {}, total = '49.60' }: Given = {},
): ExampleCheck => ({
  ...billing(
    { quantity: '4', amount: '49.60', ...line },
    {
      invoiceType: 'credit',
      totalAmount: total,
      ...(names === null ? {} : { correctsInvoiceNumber: names }),
    },
  ),
  ...ordered(
    {},
    {
      billings: [
        aBillingFact(billed),
        aBillingFact({ invoiceNumber: 'INV-8', quantity: '10', amount: '130.00' }),
        ...earlier,
      ],
    },
  ),
})

/** A credit of 2 cases of fish, 21 kg, for 105.00; INV-0 billed 20 cases for 1000.00. */
const fishBack = (weight: Parameters<typeof aBillingFact>[0]): ExampleCheck => ({
  ...billing(
    { ...weighed('21', '105.00'), quantity: '2' },
    { invoiceType: 'credit', correctsInvoiceNumber: 'INV-0' },
  ),
  ...ordered(byWeight, {
    receipts: [],
    billings: [
      aBillingFact({ quantity: '20', unitOfMeasure: 'XCS', amount: '1000.00', ...weight }),
    ],
  }),
  ...ofNamed,
  ...toTheCent,
})

// One row inside and one outside for each check of the model, more where it has a second face.
const rows: readonly Row[] = [
  row(
    'price-amount',
    'takes five percent over',
    { ...billing({ amount: '130.20' }), tolerance: pct('5') },
    ['124.00', '130.20', '6.20', '5'],
    null,
  ),
  row(
    'price-amount',
    'does not take a cent more',
    { ...billing({ amount: '130.21' }), tolerance: pct('5') },
    ['124.00', '130.21', '6.21', '5.0081'],
    'PRICE_OVER',
  ),
  row(
    'price-amount',
    'calls a moved decimal point what it is',
    { ...billing({ amount: '1240.00' }), tolerance: pct('5') },
    ['124.00', '1240.00', '1116.00', '900'],
    'PRICE_UNIT_MISMATCH',
  ),
  row(
    'price-amount',
    'calls six times the price too much',
    { ...billing({ amount: '744.00' }), tolerance: pct('5') },
    ['124.00', '744.00', '620.00', '500'],
    'PRICE_OVER',
  ),
  row(
    'price-amount',
    'knows the point moved down and rounded',
    { ...billing({ amount: '1.24' }), tolerance: pct('5', '5') },
    ['124.00', '1.24', '-122.76', '-99'],
    'PRICE_UNIT_MISMATCH',
  ),
  row(
    'price-amount',
    'calls an estimate an estimate',
    {
      ...billing({ amount: '140.00' }),
      ...ordered({
        price: {
          amount: '12.40',
          perQuantity: '1',
          perUnitOfMeasure: 'EA',
          priceType: 'estimated',
        },
      }),
      tolerance: pct('5'),
    },
    ['124.00', '140.00', '16.00', '12.9032'],
    'PRICE_OVER_ESTIMATE',
  ),
  row(
    'price-amount',
    'finds free goods that are billed',
    {
      ...billing({ amount: '5.00' }),
      ...ordered({
        lineType: 'free-goods',
        price: { amount: '0', perQuantity: '1', perUnitOfMeasure: 'EA', priceType: 'firm' },
      }),
      tolerance: pct('5'),
    },
    ['0.00', '5.00', '5.00', null],
    'FREE_GOODS_BILLED',
  ),
  row(
    'price-amount',
    'knows a price too low',
    { ...billing({ amount: '100.00' }), tolerance: pct('5', '5') },
    ['124.00', '100.00', '-24.00', '-19.3548'],
    'PRICE_UNDER',
  ),
  row(
    'price-amount',
    'prices goods by their weight',
    {
      ...billing(weighed('203.4', '1057.68')),
      ...ordered(byWeight, weighedReceipt('203.4')),
      tolerance: pct('0', '0'),
    },
    ['1057.68', '1057.68', '0.00', '0'],
    null,
  ),
  row(
    'price-amount',
    'cannot compare a weight nobody states',
    {
      ...billing({ ...weighed('1', '1057.68'), pricingQuantity: undefined }),
      ...ordered(byWeight, weighedReceipt('203.4')),
    },
    inWords,
    'MISSING_DATA',
  ),
  row(
    'price-unit',
    'puts line charges into the price of one piece',
    { ...billing({ chargesAmount: '1.00' }), tolerance: pct('1') },
    ['12.40', '12.50', '0.10', '0.8065'],
    null,
  ),
  row(
    'price-unit',
    'takes a discount off it',
    { ...billing({ amount: '140.00', discountAmount: '1.00' }), tolerance: pct('1') },
    ['12.40', '13.90', '1.50', '12.0968'],
    'PRICE_OVER',
  ),
  row(
    'price-unit',
    'cannot compare a weight nobody states',
    {
      ...billing({ ...weighed('1', '1057.68'), pricingQuantity: undefined }),
      ...ordered(byWeight, weighedReceipt('203.4')),
    },
    inWords,
    'MISSING_DATA',
  ),
  row(
    'price-total',
    'adds what earlier invoices billed',
    {
      ...billing({ quantity: '6', amount: '80.00' }),
      ...ordered({}, { billings: [aBillingFact()] }),
      tolerance: pct('5'),
    },
    ['124.00', '129.60', '5.60', '4.5161'],
    null,
  ),
  row(
    'price-total',
    'holds when all invoices together are too much',
    {
      ...billing({ quantity: '6', amount: '90.00' }),
      ...ordered({}, { billings: [aBillingFact()] }),
      tolerance: pct('5'),
    },
    ['124.00', '139.60', '15.60', '12.5806'],
    'AMOUNT_OVER_ORDERED',
  ),
  row(
    'price-total',
    'cannot compare a weight nobody ordered',
    {
      ...billing(weighed('200', '1040.00')),
      ...ordered({ ...byWeight, pricingQuantityOrdered: undefined }, weighedReceipt('200')),
    },
    inWords,
    'MISSING_DATA',
  ),
  row(
    'price-subsequent',
    'spreads a later debit over what was billed',
    {
      ...billing({ amount: '5.00' }, { invoiceType: 'subsequent-debit' }),
      ...ordered({}, { billings: [aBillingFact({ quantity: '10', amount: '124.00' })] }),
      tolerance: pct('5'),
    },
    ['124.00', '129.00', '5.00', '4.0323'],
    null,
  ),
  row(
    'price-subsequent',
    'takes a later credit off',
    {
      ...billing({ amount: '24.00' }, { invoiceType: 'subsequent-credit' }),
      ...ordered({}, { billings: [aBillingFact({ quantity: '10', amount: '124.00' })] }),
      tolerance: pct('5', '5'),
    },
    ['124.00', '100.00', '-24.00', '-19.3548'],
    'PRICE_UNDER',
  ),
  // 1,250.00 billed for ten at 100.00; 1,250.00 - 200.00 = 1,050.00 are 50.00 too much still, and all the same 200.00 back.
  row(
    'price-subsequent',
    'takes a credit of part of what was billed too much: 50.00 stay open, and it is not held for them',
    {
      ...billing({ amount: '200.00' }, { invoiceType: 'subsequent-credit' }),
      ...ordered(
        { price: { amount: '100', perQuantity: '1', perUnitOfMeasure: 'EA', priceType: 'firm' } },
        { billings: [aBillingFact({ quantity: '10', amount: '1250.00' })] },
      ),
      tolerance: pct('0', '0'),
    },
    ['1000.00', '1050.00', '50.00', '5'],
    null,
  ),
  // 1,250.00 - 300.00 = 950.00: 50.00 less than the ten cost at 100.00.
  row(
    'price-subsequent',
    'holds a credit of more than was billed too much',
    {
      ...billing({ amount: '300.00' }, { invoiceType: 'subsequent-credit' }),
      ...ordered(
        { price: { amount: '100', perQuantity: '1', perUnitOfMeasure: 'EA', priceType: 'firm' } },
        { billings: [aBillingFact({ quantity: '10', amount: '1250.00' })] },
      ),
      tolerance: pct('0', '0'),
    },
    ['1000.00', '950.00', '-50.00', '-5'],
    'PRICE_UNDER',
  ),
  row(
    'price-subsequent',
    'expects nothing where nothing was billed',
    { ...billing({ amount: '5.00' }, { invoiceType: 'subsequent-debit' }), tolerance: pct('5') },
    ['0.00', '5.00', '5.00', null],
    'PRICE_OVER',
  ),
  row(
    'price-subsequent',
    'cannot compare a weight nobody states',
    {
      ...billing(
        { ...weighed('1', '5.00'), pricingQuantity: undefined },
        { invoiceType: 'subsequent-debit' },
      ),
      ...ordered(byWeight, {
        ...weighedReceipt('200'),
        billings: [aBillingFact({ unitOfMeasure: 'XCS' })],
      }),
    },
    inWords,
    'MISSING_DATA',
  ),
  row(
    'discount',
    'expects the share of the quantity billed',
    {
      ...billing({ quantity: '5', discountAmount: '2.50' }),
      ...ordered({ discountAmount: '5.00' }),
      tolerance: abs(null, '0'),
    },
    ['2.50', '2.50', '0.00', '0'],
    null,
  ),
  row(
    'discount',
    'misses a discount not given',
    { ...billing(), ...ordered({ discountAmount: '5.00' }), tolerance: abs(null, '0') },
    ['5.00', '0.00', '-5.00', '-100'],
    'DISCOUNT_NOT_GRANTED',
  ),
  row(
    'quantity-open-received',
    'takes a small excess',
    { ...billing({ quantity: '11' }), tolerance: { ...pct('10'), percentBase: 'open' } },
    ['10', '11', '1', '10'],
    null,
  ),
  row(
    'quantity-open-received',
    'counts the value of the excess',
    { ...billing({ quantity: '11' }), tolerance: abs('12.39') },
    ['10', '11', '1', '10'],
    'QTY_OVER_RECEIVED',
  ),
  row(
    'quantity-open-received',
    'may count the excess in units instead',
    {
      ...billing({ quantity: '11' }),
      tolerance: abs('1'),
      parameters: { absoluteLimit: 'quantity' },
    },
    ['10', '11', '1', '10'],
    null,
  ),
  row(
    'quantity-open-received',
    'takes what was billed before away',
    { ...billing(), ...ordered({}, { billings: [aBillingFact()] }), tolerance: pct('5') },
    ['6', '10', '4', '40'],
    'QTY_OVER_RECEIVED',
  ),
  row(
    'quantity-open-received',
    'is outside every percentage when nothing is left',
    {
      ...billing({ quantity: '1' }),
      ...ordered({}, { billings: [aBillingFact({ quantity: '12' })] }),
      tolerance: { ...pct('500'), percentBase: 'open' },
    },
    ['-2', '1', '3', '-150'],
    'QTY_OVER_RECEIVED',
  ),
  row(
    'quantity-open-received',
    'finds that nothing has come yet',
    { ...billing(), ...ordered({}, { receipts: [] }), tolerance: pct('5') },
    ['0', '10', '10', '100'],
    'INVOICE_BEFORE_RECEIPT',
  ),
  row(
    'quantity-open-received',
    'may leave that to another check',
    { ...billing(), ...ordered({}, { receipts: [] }), parameters: { onlyAfterReceipt: true } },
    inWords,
    null,
  ),
  row(
    'quantity-open-received',
    'finds goods billed that went back',
    {
      ...billing(),
      ...ordered(
        {},
        {
          receipts: [
            aReceiptFact(),
            aReceiptFact({ receiptNumber: 'RT-1', receiptType: 'return', quantity: '3' }),
          ],
        },
      ),
      tolerance: pct('5'),
    },
    ['7', '10', '3', '30'],
    'BILLED_RETURNED_GOODS',
  ),
  row(
    'quantity-open-received',
    'finds goods billed that were announced and never came',
    {
      ...billing(),
      ...ordered({}, { receipts: [aReceiptFact({ quantity: '8', quantityOnShipNotice: '10' })] }),
      tolerance: pct('5'),
    },
    ['8', '10', '2', '20'],
    'SHORT_SHIPMENT',
  ),
  row(
    'quantity-open-accepted',
    'takes what quality accepted',
    {
      ...billing({ quantity: '9' }),
      ...ordered(
        {},
        { receipts: [aReceiptFact({ quantityAccepted: '9', quantityRejected: '1' })] },
      ),
      tolerance: pct('0'),
    },
    ['9', '9', '0', '0'],
    null,
  ),
  row(
    'quantity-open-accepted',
    'does not take what it rejected',
    {
      ...billing(),
      ...ordered(
        {},
        { receipts: [aReceiptFact({ quantityAccepted: '9', quantityRejected: '1' })] },
      ),
      tolerance: pct('0'),
    },
    ['9', '10', '1', '10'],
    'QUALITY_REJECTED',
  ),
  row(
    'quantity-open-ordered',
    'takes what is left of the order',
    {
      ...billing({ quantity: '6' }),
      ...ordered({}, { billings: [aBillingFact()] }),
      tolerance: pct('0'),
    },
    ['6', '6', '0', '0'],
    null,
  ),
  row(
    'quantity-open-ordered',
    'does not take more',
    {
      ...billing({ quantity: '7' }),
      ...ordered({}, { billings: [aBillingFact()] }),
      tolerance: pct('0'),
    },
    ['6', '7', '1', '10'],
    'QTY_OVER_ORDERED',
  ),
  row(
    'quantity-cumulative-received',
    'takes all invoices up to what was received',
    {
      ...billing({ quantity: '6' }),
      ...ordered({}, { billings: [aBillingFact()] }),
      tolerance: { ...pct('0'), percentBase: 'cumulative' },
    },
    ['10', '10', '0', '0'],
    null,
  ),
  row(
    'quantity-cumulative-received',
    'counts an absolute limit in units',
    {
      ...billing({ quantity: '8' }),
      ...ordered({}, { billings: [aBillingFact()] }),
      tolerance: { ...abs('1'), percentBase: 'cumulative' },
    },
    ['10', '12', '2', '20'],
    'QTY_OVER_RECEIVED',
  ),
  row(
    'quantity-cumulative-accepted',
    'takes what was accepted',
    {
      ...billing({ quantity: '9' }),
      ...ordered(
        {},
        { receipts: [aReceiptFact({ quantityAccepted: '9', quantityRejected: '1' })] },
      ),
      tolerance: pct('0'),
    },
    ['9', '9', '0', '0'],
    null,
  ),
  row(
    'quantity-cumulative-accepted',
    'waits for an inspection that is not over',
    {
      ...billing(),
      ...ordered({}, { receipts: [aReceiptFact({ inspection: 'pending' })] }),
      tolerance: pct('0'),
    },
    ['0', '10', '10', '100'],
    'QUALITY_PENDING',
  ),
  row(
    'quantity-cumulative-ordered',
    'finds room left on the order',
    { ...billing({ quantity: '6' }), tolerance: pct('0') },
    ['10', '6', '-4', '-40'],
    null,
  ),
  row(
    'quantity-cumulative-ordered',
    'does not take more than was ordered',
    { ...billing({ quantity: '12' }), tolerance: { ...pct('0'), percentBase: 'cumulative' } },
    ['10', '12', '2', '20'],
    'QTY_OVER_ORDERED',
  ),
  row(
    'quantity-difference',
    'takes two pieces less',
    { ...billing({ quantity: '8' }), tolerance: abs('2', '2') },
    ['10', '8', '-2', '-20'],
    null,
  ),
  row(
    'quantity-difference',
    'does not take three less',
    { ...billing({ quantity: '7' }), tolerance: abs('2', '2') },
    ['10', '7', '-3', '-30'],
    'QTY_UNDER_ORDERED',
  ),
  row(
    'quantity-no-receipt',
    'has nothing to say once goods are here',
    { ...billing() },
    inWords,
    null,
  ),
  row(
    'quantity-no-receipt',
    'counts the value billed while nothing is here',
    { ...billing(), ...ordered({}, { receipts: [] }), tolerance: abs('100') },
    ['0', '10', '10', null],
    'INVOICE_BEFORE_RECEIPT',
  ),
  row(
    'quantity-matched-receipt',
    'takes exactly the receipts it names',
    { ...billing({ receiptNumbers: ['GR-1'] }) },
    ['10', '10', '0', '0'],
    null,
  ),
  row(
    'quantity-matched-receipt',
    'takes the oldest receipts where it names none',
    { ...billing({ quantity: '7' }) },
    ['7', '7', '0', '0'],
    null,
  ),
  row(
    'quantity-matched-receipt',
    'names all its receipts where it must',
    { ...billing(), parameters: { receipts: 'named' } },
    ['0', '10', '10', null],
    'QTY_OVER_RECEIVED',
  ),
  row(
    'receipts-cover',
    'walks receipts until the quantity is reached',
    {
      ...billing(),
      ...ordered(
        {},
        {
          receipts: [
            aReceiptFact({ quantity: '7' }),
            aReceiptFact({ receiptNumber: 'GR-2', quantity: '3' }),
          ],
        },
      ),
    },
    ['10', '10', '0', '0'],
    null,
  ),
  row(
    'receipts-cover',
    'finds receipts that do not reach it',
    { ...billing(), ...ordered({}, { receipts: [aReceiptFact({ quantity: '9' })] }) },
    ['10', '9', '-1', '-10'],
    'QTY_OVER_RECEIVED',
  ),
  row('receipt-required', 'asks for a receipt and finds one', { ...billing() }, inWords, null),
  row(
    'receipt-required',
    'asks for a receipt and finds none',
    { ...billing(), ...ordered({}, { receipts: [] }) },
    inWords,
    'INVOICE_BEFORE_RECEIPT',
  ),
  row(
    'receipt-over',
    'takes goods two percent over',
    { ...ordered({}, { receipts: [aReceiptFact({ quantity: '10.2' })] }), tolerance: pct('2') },
    ['10', '10.2', '0.2', '2'],
    null,
  ),
  row(
    'receipt-over',
    'does not take more',
    { ...ordered({}, { receipts: [aReceiptFact({ quantity: '10.3' })] }), tolerance: pct('2') },
    ['10', '10.3', '0.3', '3'],
    'RCV_OVER',
  ),
  row(
    'receipt-over',
    'takes what the order line itself allows',
    {
      ...ordered(
        { deliveryTolerance: { overPercent: '5', underPercent: null, overUnlimited: false } },
        { receipts: [aReceiptFact({ quantity: '10.6' })] },
      ),
      parameters: { limits: 'order-line' },
    },
    ['10', '10.6', '0.6', '6'],
    'RCV_OVER',
  ),
  row(
    'receipt-over',
    'takes everything where the order line sets no limit',
    {
      ...ordered(
        { deliveryTolerance: { overPercent: '0', underPercent: null, overUnlimited: true } },
        { receipts: [aReceiptFact({ quantity: '99' })] },
      ),
      parameters: { limits: 'order-line' },
    },
    ['10', '99', '89', '890'],
    null,
  ),
  row('quality-pending', 'finds every inspection decided', { ...billing() }, inWords, null),
  row(
    'quality-pending',
    'finds goods under inspection',
    { ...ordered({}, { receipts: [aReceiptFact({ inspection: 'pending' })] }) },
    inWords,
    'QUALITY_PENDING',
  ),
  row(
    'ratio-order-price-unit',
    'compares the weight of a case with that at receipt',
    {
      ...billing(weighed('203.4', '1057.68')),
      ...ordered(byWeight, weighedReceipt('200')),
      tolerance: pct('5', '5'),
    },
    ['10', '10.17', '0.17', '1.7'],
    null,
  ),
  row(
    'ratio-order-price-unit',
    'or with the weight ordered',
    {
      ...billing(weighed('220', '1144.00')),
      ...ordered(byWeight, { receipts: [] }),
      parameters: { basis: 'order' },
      tolerance: pct('5', '5'),
    },
    ['10', '11', '1', '10'],
    'WEIGHT_VARIANCE',
  ),
  row(
    'ratio-order-price-unit',
    'leaves lines without a weight alone',
    { ...billing() },
    inWords,
    null,
  ),
  row(
    'ratio-order-price-unit',
    'cannot compare with a weight nobody took',
    {
      ...billing(weighed('203.4', '1057.68')),
      ...ordered({ ...byWeight, pricingQuantityOrdered: undefined }, { receipts: [] }),
      parameters: { basis: 'order' },
    },
    inWords,
    null,
  ),
  row('billing-basis', 'lets bill what arrived', { ...billing() }, ['yes'], null),
  row(
    'billing-basis',
    'lets bill what was ordered',
    { ...billing(), ...ordered({}, { receipts: [] }), parameters: { billOn: 'ordered' } },
    ['yes'],
    null,
  ),
  row(
    'billing-basis',
    'lets nothing be billed before it arrives',
    { ...billing(), ...ordered({}, { receipts: [] }) },
    ['no'],
    'INVOICE_BEFORE_RECEIPT',
  ),
  row(
    'billing-basis',
    'finds everything billed already',
    {
      ...billing({ quantity: '1', amount: '12.40' }),
      ...ordered({}, { billings: [aBillingFact({ quantity: '10' })] }),
      parameters: { billOn: 'ordered' },
    },
    ['no'],
    'QTY_OVER_ORDERED',
  ),
  row(
    'billing-basis',
    'finds more billed than ordered',
    { ...billing({ quantity: '11', amount: '136.40' }), parameters: { billOn: 'ordered' } },
    ['exception'],
    'QTY_OVER_ORDERED',
  ),
  row(
    'billing-basis',
    'finds more billed than received',
    { ...billing({ quantity: '11', amount: '136.40' }) },
    ['exception'],
    'QTY_OVER_RECEIVED',
  ),
  row(
    'billing-basis',
    'finds part of an order billed before it arrives',
    {
      ...billing({ quantity: '8', amount: '99.20' }),
      ...ordered({}, { receipts: [aReceiptFact({ quantity: '5' })] }),
    },
    ['exception'],
    'QTY_OVER_RECEIVED',
  ),
  row(
    'billing-basis',
    'finds more billed than ordered before anything arrives',
    { ...billing({ quantity: '11', amount: '136.40' }), ...ordered({}, { receipts: [] }) },
    ['exception'],
    'INVOICE_BEFORE_RECEIPT',
  ),
  row(
    'billing-basis',
    'finds another price',
    { ...billing({ amount: '124.01' }) },
    ['exception'],
    'PRICE_OVER',
  ),
  row(
    'billing-basis',
    'cannot compare a weight nobody states',
    {
      ...billing({ ...weighed('1', '5.00'), pricingQuantity: undefined }),
      ...ordered(byWeight, weighedReceipt('200')),
    },
    inWords,
    'MISSING_DATA',
  ),
  row(
    'amount-ordered',
    'adds all invoices of the line',
    {
      ...billing({ quantity: '6', amount: '76.00' }),
      ...ordered({}, { billings: [aBillingFact()] }),
      tolerance: abs('1.60'),
    },
    ['124.00', '125.60', '1.60', '1.2903'],
    null,
  ),
  row(
    'amount-ordered',
    'finds them more than ordered',
    {
      ...billing({ quantity: '6', amount: '76.01' }),
      ...ordered({}, { billings: [aBillingFact()] }),
      tolerance: abs('1.60'),
    },
    ['124.00', '125.61', '1.61', '1.2984'],
    'AMOUNT_OVER_ORDERED',
  ),
  row(
    'amount-ordered',
    'or compares the line alone',
    {
      ...billing({ quantity: '6', amount: '76.01' }),
      ...ordered({}, { billings: [aBillingFact()] }),
      parameters: { billed: 'line' },
      tolerance: abs('0', '10'),
    },
    ['124.00', '76.01', '-47.99', '-38.7016'],
    'PRICE_UNDER',
  ),
  row(
    'amount-ordered',
    'lets a percentage pass by its slack',
    {
      ...billing({ amount: '136.41' }),
      parameters: { percentSlack: '0.01' },
      tolerance: pct('10'),
    },
    ['124.00', '136.41', '12.41', '10.0081'],
    null,
  ),
  row(
    'amount-ordered',
    'cannot compare a weight nobody ordered',
    {
      ...billing(weighed('200', '1040.00')),
      ...ordered({ ...byWeight, pricingQuantityOrdered: undefined }, weighedReceipt('200')),
    },
    inWords,
    'MISSING_DATA',
  ),
  row(
    'amount-total',
    'compares in the accounting currency',
    {
      ...billing({}, { exchangeRate: '1.15' }),
      ...ordered({}, { exchangeRate: '1.10', attributes: { accountingCurrency: 'USD' } }),
      tolerance: abs('6.20'),
    },
    ['136.40', '142.60', '6.20', '4.5455'],
    null,
  ),
  row(
    'amount-total',
    'finds rate and amount too much together',
    {
      ...billing({}, { exchangeRate: '1.15' }),
      ...ordered({}, { exchangeRate: '1.10' }),
      tolerance: abs('6.19'),
    },
    ['136.40', '142.60', '6.20', '4.5455'],
    'AMOUNT_OVER_ORDERED',
  ),
  row(
    'amount-total',
    'cannot compare a weight nobody ordered',
    {
      ...billing(weighed('200', '1040.00')),
      ...ordered({ ...byWeight, pricingQuantityOrdered: undefined }, weighedReceipt('200')),
    },
    inWords,
    'MISSING_DATA',
  ),
  row(
    'exchange-rate',
    'takes a small change of the rate',
    {
      ...billing({}, { exchangeRate: '1.11' }),
      ...ordered({}, { exchangeRate: '1.10' }),
      tolerance: abs('1.24'),
    },
    ['136.40', '137.64', '1.24', '0.9091'],
    null,
  ),
  row(
    'exchange-rate',
    'does not take a large one',
    {
      ...billing({}, { exchangeRate: '1.15' }),
      ...ordered({}, { exchangeRate: '1.10' }),
      tolerance: abs('1.24'),
    },
    ['136.40', '142.60', '6.20', '4.5455'],
    'FX_VARIANCE',
  ),
  row(
    'item-amount',
    'lets a small amount through',
    { ...billing(), tolerance: abs('124') },
    ['124.00', '124.00', '0.00', null],
    null,
  ),
  row(
    'item-amount',
    'stops a large amount',
    { ...billing(), tolerance: abs('100') },
    ['100.00', '124.00', '24.00', null],
    'ITEM_AMOUNT_REVIEW',
  ),
  row(
    'item-amount',
    'stops none where no limit is set',
    { ...billing(), tolerance: abs(null) },
    inWords,
    null,
  ),
  row(
    'blanket-amount',
    'adds up what a blanket order was billed',
    {
      ...billing(),
      ...ordered({ valueLimit: '173.60' }, { billings: [aBillingFact()] }),
      tolerance: abs('0'),
    },
    ['173.60', '173.60', '0.00', '0'],
    null,
  ),
  row(
    'blanket-amount',
    'stops above its limit',
    {
      ...billing(),
      ...ordered({ valueLimit: '150' }, { billings: [aBillingFact()] }),
      tolerance: abs('0'),
    },
    ['150.00', '173.60', '23.60', '15.7333'],
    'BLANKET_AMOUNT_EXCEEDED',
  ),
  row('blanket-amount', 'leaves other orders alone', { ...billing() }, inWords, null),
  row(
    'blanket-date',
    'takes an invoice five days late',
    {
      ...billing({}, { entryDate: '2026-12-06' }),
      ...ordered({ validTo: '2026-12-01' }),
      tolerance: abs('5'),
    },
    ['0', '5', '5', null],
    null,
  ),
  row(
    'blanket-date',
    'does not take six',
    {
      ...billing({}, { entryDate: '2026-12-07' }),
      ...ordered({ validTo: '2026-12-01' }),
      tolerance: abs('5'),
    },
    ['0', '6', '6', null],
    'BLANKET_EXPIRED',
  ),
  row('blanket-date', 'leaves other orders alone', { ...billing() }, inWords, null),
  row(
    'date-value-days',
    'takes an invoice on the day',
    { ...billing({}, { entryDate: '2026-11-27' }), tolerance: abs('0') },
    ['0.00', '0.00', '0.00', null],
    null,
  ),
  row(
    'date-value-days',
    'multiplies amount and days too early',
    { ...billing({}, { entryDate: '2026-11-25' }), tolerance: abs('247.99') },
    ['0.00', '248.00', '248.00', null],
    'EARLY_INVOICE',
  ),
  row(
    'date-value-days',
    'looks at the schedule that is billed',
    {
      ...billing({ scheduleNumber: '2' }, { entryDate: '2026-11-25' }),
      ...ordered({
        schedules: [
          anOrderSchedule({ quantityOrdered: '5' }),
          anOrderSchedule({
            scheduleNumber: '2',
            quantityOrdered: '5',
            requestedDate: '2026-11-26',
          }),
        ],
      }),
      tolerance: abs('0'),
    },
    ['0.00', '124.00', '124.00', null],
    'EARLY_INVOICE',
  ),
  row(
    'date-value-days',
    'leaves scheduling agreements alone',
    { ...billing(), ...ordered({}, { orderType: 'scheduling-release' }) },
    inWords,
    null,
  ),
  row(
    'date-value-days',
    'cannot tell without a date',
    { ...billing(), ...ordered({ schedules: [anOrderSchedule({ requestedDate: null })] }) },
    inWords,
    null,
  ),
  row(
    'credit-max-reversal',
    'gives back what was billed',
    {
      ...billing({ quantity: '4' }, { invoiceType: 'credit' }),
      ...ordered({}, { billings: [aBillingFact()] }),
    },
    ['4', '4', '0', '0'],
    null,
  ),
  row(
    'credit-max-reversal',
    'gives back no more (INV-07)',
    {
      ...billing({ quantity: '5' }, { invoiceType: 'credit' }),
      ...ordered({}, { billings: [aBillingFact()] }),
    },
    ['4', '5', '1', '25'],
    'CREDIT_EXCEEDS_INVOICED',
  ),
  row(
    'credit-max-reversal',
    'is held against the invoice it names, not against all that was billed',
    { ...givingBack({ quantity: '5', amount: '62.00' }), ...ofNamed },
    ['4', '5', '1', '25'],
    'CREDIT_EXCEEDS_INVOICED',
  ),
  row(
    'credit-max-reversal',
    'gives back what earlier credits left of the invoice it names',
    { ...givingBack({ quantity: '2', amount: '24.80' }, { earlier: [earlierCredit] }), ...ofNamed },
    ['1', '2', '1', '100'],
    'CREDIT_EXCEEDS_INVOICED',
  ),
  row(
    'credit-max-reversal',
    'gives back no more than is left of the order line, whichever invoice it names',
    {
      ...givingBack(
        {},
        {
          earlier: [aBillingFact({ invoiceNumber: 'CR-9', invoiceType: 'credit', quantity: '12' })],
        },
      ),
      ...ofNamed,
    },
    ['2', '4', '2', '100'],
    'CREDIT_EXCEEDS_INVOICED',
  ),
  row(
    'credit-max-reversal',
    'leaves a credit of an invoice that is not known to the check of its reference',
    { ...givingBack({}, { names: 'INV-77' }), ...ofNamed },
    inWords,
    null,
  ),
  row(
    'credit-max-reversal',
    'asks for all of it where the whole invoice is taken back',
    {
      ...givingBack({ quantity: '3', amount: '37.20' }),
      parameters: { creditedFrom: 'named-invoice', whole: true },
    },
    ['4', '3', '-1', '-25'],
    'CREDIT_INCOMPLETE',
  ),
  row(
    'credit-amount',
    'gives back what was billed, charges and discount with it',
    {
      ...givingBack({ amount: '48.60', chargesAmount: '1.50', discountAmount: '0.50' }),
      ...ofNamed,
    },
    ['49.60', '49.60', '0.00', '0'],
    null,
  ),
  row(
    'credit-amount',
    'gives back no more (INV-07)',
    { ...givingBack({ amount: '500.00' }), ...ofNamed },
    ['49.60', '500.00', '450.40', '908.0645'],
    'CREDIT_EXCEEDS_INVOICED',
  ),
  row(
    'credit-amount',
    'gives back what earlier credits left of the invoice it names',
    { ...givingBack({ quantity: '1', amount: '12.41' }, { earlier: [earlierCredit] }), ...ofNamed },
    ['12.40', '12.41', '0.01', '0.0806'],
    'CREDIT_EXCEEDS_INVOICED',
  ),
  row(
    'credit-amount',
    'is short where a cancellation leaves some of it out',
    {
      ...givingBack({ amount: '40.00' }),
      ...ofNamed,
      tolerance: { lower: { abs: '0.05', pct: null }, lowerEffect: 'hold' },
    },
    ['49.60', '40.00', '-9.60', '-19.3548'],
    'CREDIT_INCOMPLETE',
  ),
  row(
    'credit-price',
    'is the price that was billed, not the one that was ordered',
    // INV-0 billed 4 for 48.00, 12.00 each; the order says 12.40.
    {
      ...givingBack({ quantity: '3', amount: '36.00' }, { billed: { amount: '48.00' } }),
      ...ofNamed,
    },
    ['36.00', '36.00', '0.00', '0'],
    null,
  ),
  row(
    'credit-price',
    'is not less',
    { ...givingBack({ amount: '4.00' }), ...ofNamed, ...toTheCent },
    ['49.60', '4.00', '-45.60', '-91.9355'],
    'PRICE_UNDER',
  ),
  row(
    'credit-price',
    'is not more',
    { ...givingBack({ quantity: '2', amount: '26.00' }), ...ofNamed, ...toTheCent },
    ['24.80', '26.00', '1.20', '4.8387'],
    'PRICE_OVER',
  ),
  row(
    'credit-price',
    'has the later debits and credits of the invoice counted in',
    {
      // 49.60 and 2.40 later are 52.00 for 4, 13.00 each.
      ...givingBack(
        { quantity: '2', amount: '26.00' },
        {
          earlier: [
            aBillingFact({
              invoiceNumber: 'SD-1',
              invoiceType: 'subsequent-debit',
              amount: '2.40',
              correctsInvoiceNumber: 'INV-0',
            }),
          ],
        },
      ),
      ...ofNamed,
      ...toTheCent,
    },
    ['26.00', '26.00', '0.00', '0'],
    null,
  ),
  row(
    'credit-price',
    'is what was billed in all on the line where no invoice is named',
    {
      // 49.60 for 4 and 130.00 for 10 are 179.60 for 14; 7 of them are 89.80.
      ...givingBack({ quantity: '7', amount: '89.80' }, { names: null }),
      ...ofNamed,
      ...toTheCent,
    },
    ['89.80', '89.80', '0.00', '0'],
    null,
  ),
  row(
    'credit-price',
    'is the price of a kilogram where the invoice said what it weighed',
    // 1000.00 for 200 kg are 5.00; the order says 5.20.
    fishBack({ pricingQuantity: '200' }),
    ['105.00', '105.00', '0.00', '0'],
    null,
  ),
  row(
    'credit-price',
    'is the price of a kilogram on the order where it did not',
    fishBack({}),
    ['109.20', '105.00', '-4.20', '-3.8462'],
    'PRICE_UNDER',
  ),
  row(
    'credit-price',
    'cannot be told where no goods were billed',
    { ...billing({}, { invoiceType: 'credit' }), ...ofNamed },
    inWords,
    null,
  ),
  row(
    'credit-total',
    'gives back no more than the invoice asked for, charges and taxes with it',
    givingBack({}, { billed: { totalAmount: '59.02' }, total: '59.02' }),
    ['59.02', '59.02', '0.00', '0'],
    null,
  ),
  row(
    'credit-total',
    'does not give back a charge that was never billed',
    givingBack({}, { billed: { totalAmount: '49.60' }, total: '59.60' }),
    ['49.60', '59.60', '10.00', '20.1613'],
    'CREDIT_EXCEEDS_INVOICED',
  ),
  row(
    'credit-total',
    'cannot be told where nothing says what the invoice asked for',
    givingBack({}, { total: '500.00' }),
    inWords,
    null,
  ),
  row('credit-reference', 'knows the invoice that is given back', giving('inv-0'), inWords, null),
  row(
    'credit-reference',
    'knows it among several orders',
    {
      ...giving('INV-0'),
      orders: [
        anOrderMatchView({ orderNumber: '4712' }),
        anOrderMatchView({ billings: [aBillingFact({ invoiceNumber: 'INV-9' }), aBillingFact()] }),
      ],
    },
    inWords,
    null,
  ),
  row(
    'credit-reference',
    'asks which invoice is given back',
    giving(),
    inWords,
    'CREDIT_INCOMPLETE',
  ),
  row(
    'credit-reference',
    'does not know an invoice billed elsewhere',
    giving('INV-77'),
    inWords,
    'CREDIT_INCOMPLETE',
  ),
  row('credit-reference', 'leaves invoices that bill alone', { ...billing() }, inWords, null),
  row(
    'charge-planned',
    'takes the share of the planned freight',
    {
      ...billing({ quantity: '5' }, { charges: [{ code: 'FR', amount: '55.00' }] }),
      ...ordered({}, { plannedCosts: [{ code: 'FR', amount: '100', quantity: '10' }] }),
      tolerance: abs('5'),
    },
    ['50.00', '55.00', '5.00', '10'],
    null,
  ),
  row(
    'charge-planned',
    'does not take more',
    {
      ...billing({ quantity: '5' }, { charges: [{ code: 'FR', amount: '55.01' }] }),
      ...ordered({}, { plannedCosts: [{ code: 'FR', amount: '100', quantity: '10' }] }),
      tolerance: abs('5'),
    },
    ['50.00', '55.01', '5.01', '10.02'],
    'CHARGE_OVER',
  ),
  row(
    'charge-planned',
    'leaves orders that do not plan this cost alone',
    { ...billing(), planned: { code: 'FR' } },
    inWords,
    null,
  ),
  row(
    'charge',
    'takes an agreed charge',
    {
      ...billing({}, { charges: [{ code: 'FR', amount: '20.00' }] }),
      ...ordered({}, { charges: [{ code: 'FR', amount: '20.00' }] }),
      tolerance: pct('0'),
    },
    ['20.00', '20.00', '0.00', '0'],
    null,
  ),
  row(
    'charge',
    'finds a charge nobody agreed',
    { ...billing({}, { charges: [{ code: 'FR', amount: '20.00' }] }), tolerance: pct('25') },
    ['0.00', '20.00', '20.00', null],
    'UNPLANNED_CHARGE',
  ),
  row('charge', 'has nothing to do without charges', { ...billing() }, inWords, null),
  row(
    'totals',
    'works a total out of the order and finds it equal',
    { ...billing(), planned: { field: 'balance' }, tolerance: pct('0', '0') },
    ['124.00', '124.00', '0.00', '0'],
    null,
  ),
  row(
    'totals',
    'finds a stated total too high',
    {
      ...billing({}, { totals: { balance: '130.00' } }),
      planned: { field: 'balance' },
      tolerance: pct('0', '0'),
    },
    ['124.00', '130.00', '6.00', '4.8387'],
    'AMOUNT_OVER_ORDERED',
  ),
  row(
    'totals',
    'cannot tell a total nobody states',
    { ...billing(), planned: { field: 'paperBags' } },
    inWords,
    null,
  ),
  row(
    'balance',
    'adds the parts of the invoice up',
    {
      ...billing({}, { taxes: [{ code: 'VAT', amount: '23.56' }], totalAmount: '147.58' }),
      tolerance: abs('0.02', '0.02'),
    },
    ['147.56', '147.58', '0.02', '0.0136'],
    null,
  ),
  row(
    'balance',
    'finds that they do not add up (INV-12)',
    {
      ...billing({}, { taxes: [{ code: 'VAT', amount: '23.56' }], totalAmount: '147.00' }),
      tolerance: abs('0.02', '0.02'),
    },
    ['147.56', '147.00', '-0.56', '-0.3795'],
    'INVOICE_OUT_OF_BALANCE',
  ),
  row('balance', 'cannot tell without a total', { ...billing() }, inWords, null),
  row(
    'tax',
    'takes the tax the rates come to',
    {
      ...billing(
        {},
        { taxes: [{ code: 'VAT', ratePercent: '19', taxableAmount: '124.00', amount: '23.56' }] },
      ),
      tolerance: abs('0', '0'),
    },
    ['23.56', '23.56', '0.00', '0'],
    null,
  ),
  row(
    'tax',
    'finds more tax than was determined',
    {
      ...billing({}, { taxes: [{ code: 'VAT', amount: '23.60' }] }),
      expectedTaxAmount: anInvoiceLine({ amount: '23.56' }).amount,
      tolerance: abs('0.02', '0.02'),
    },
    ['23.56', '23.60', '0.04', '0.1698'],
    'TAX_OVER',
  ),
  row(
    'tax',
    'finds too little',
    {
      ...billing({}, { taxes: [{ code: 'VAT', amount: '23.00' }] }),
      expectedTaxAmount: anInvoiceLine({ amount: '23.56' }).amount,
      tolerance: abs('0.02', '0.02'),
    },
    ['23.56', '23.00', '-0.56', '-2.3769'],
    'TAX_UNDER',
  ),
  row(
    'tax',
    'finds none',
    {
      ...billing(),
      expectedTaxAmount: anInvoiceLine({ amount: '23.56' }).amount,
      tolerance: abs('0.02', '0.02'),
    },
    ['23.56', '0.00', '-23.56', '-100'],
    'TAX_MISSING',
  ),
  row(
    'tax',
    'cannot tell a tax without its rate',
    { ...billing({}, { taxes: [{ code: 'VAT', amount: '23.56' }] }) },
    inWords,
    null,
  ),
  row('currency', 'finds the currency of the order', { ...billing() }, inWords, null),
  row(
    'currency',
    'finds another (INV-13)',
    { ...billing({}, { currency: 'USD' }) },
    inWords,
    'CURRENCY_MISMATCH',
  ),
  row(
    'duplicate-exact',
    'finds no other invoice of that number',
    { ...billing(), register: [aRegisteredInvoice()] },
    inWords,
    null,
  ),
  row(
    'duplicate-exact',
    'finds the number in other capitals',
    { ...billing(), register: [aRegisteredInvoice({ invoiceNumber: 'inv -1' })] },
    inWords,
    'DUPLICATE_SUSPECTED',
  ),
  row(
    'duplicate-similar',
    'finds none alike',
    { ...billing(), register: [aRegisteredInvoice()] },
    inWords,
    null,
  ),
  row(
    'duplicate-similar',
    'finds one all but alike',
    {
      ...billing({}, { totalAmount: '124.00' }),
      register: [aRegisteredInvoice({ invoiceNumber: 'INV-1A', invoiceDate: '2026-12-01' })],
    },
    inWords,
    'DUPLICATE_SUSPECTED',
  ),
  row(
    'weight-open-received',
    'bills what was weighed',
    { ...billing(weighed('200', '1040.00')), ...ordered(byWeight, weighedReceipt('200')) },
    ['200', '200', '0', '0'],
    null,
  ),
  row(
    'weight-open-received',
    'bills 4 kg more than the 200 that were weighed',
    {
      ...billing(weighed('204', '1060.80')),
      ...ordered(byWeight, weighedReceipt('200')),
      tolerance: pct('1'),
    },
    ['200', '204', '4', '2'],
    'WEIGHT_VARIANCE',
  ),
  row(
    'prepayment-agreed',
    'lets be billed in advance what was agreed',
    {
      ...billing({ amount: '37.20' }, { invoiceType: 'prepayment' }),
      ...inAdvance('37.20'),
      tolerance: pct('0'),
    },
    ['37.20', '37.20', '0.00', '0'],
    null,
  ),
  row(
    'prepayment-agreed',
    'finds more than was agreed',
    {
      ...billing({ amount: '40.00' }, { invoiceType: 'prepayment' }),
      ...inAdvance('37.20'),
      tolerance: pct('0'),
    },
    ['37.20', '40.00', '2.80', '7.5269'],
    'PREPAYMENT_OVER',
  ),
  row(
    'prepayment-clearing',
    'takes off what was paid',
    {
      ...billing({}, { prepayments: [{ invoiceNumber: 'pp 1', amount: '37.20' }] }),
      ...inAdvance('37.20', '37.20'),
      tolerance: pct('0', '0'),
    },
    ['37.20', '37.20', '0.00', '0'],
    null,
  ),
  row(
    'prepayment-clearing',
    'takes off no more than was paid',
    {
      ...billing({}, { prepayments: [{ invoiceNumber: 'PP1', amount: '40.00' }] }),
      ...inAdvance('37.20', '37.20'),
      tolerance: pct('0', '0'),
    },
    ['37.20', '40.00', '2.80', '7.5269'],
    'PREPAYMENT_OVER',
  ),
  row(
    'prepayment-clearing',
    'finds what was paid and is not taken off',
    { ...billing(), ...inAdvance('37.20', '37.20'), tolerance: pct('0', '0') },
    ['37.20', '0.00', '-37.20', '-100'],
    'PREPAYMENT_OPEN',
  ),
  row(
    'prepayment-clearing',
    'leaves open what the bill leaves, where the rules let it state that',
    {
      ...billing({}, { prepayments: [{ invoiceNumber: 'PP1', amount: '20.00' }] }),
      ...inAdvance('37.20', '37.20'),
      parameters: { clearing: 'as-stated' },
      tolerance: pct('0', '0'),
    },
    ['20.00', '20.00', '0.00', '0'],
    null,
  ),
  row(
    'tax-by-code',
    'agrees with the rate of the rules',
    {
      ...billing({}, { taxes: [{ code: 'S', amount: '23.56' }] }),
      ...ordered({ taxCode: 'S' }),
      planned: { code: 'S' },
      parameters: { taxTable: germanTaxes },
      tolerance: abs('0', '0'),
    },
    ['23.56', '23.56', '0.00', '0'],
    null,
  ),
  row(
    'tax-by-code',
    'misses a tax that is not billed',
    {
      ...billing(),
      ...ordered({ taxCode: 'S' }),
      planned: { code: 'S' },
      parameters: { taxTable: germanTaxes },
      tolerance: abs('0', '0'),
    },
    ['23.56', '0.00', '-23.56', '-100'],
    'TAX_MISSING',
  ),
  row(
    'exchange-rate',
    'takes the rate of the day from the rules, where they give one',
    {
      ...billing({}, { currency: 'USD', exchangeRate: '0.93' }),
      ...ordered({}, { currency: 'USD', exchangeRate: '0.90' }),
      parameters: { rateTable: dollarRates },
      tolerance: abs('1.00'),
    },
    // 124.00 x 0.92 and x 0.93
    ['114.08', '115.32', '1.24', '1.087'],
    'FX_VARIANCE',
  ),
  row(
    'exchange-rate',
    'has nothing to compare with before the first rate',
    {
      ...billing({}, { currency: 'USD', exchangeRate: '0.93', invoiceDate: '2025-12-31' }),
      ...ordered({}, { currency: 'USD' }),
      parameters: { rateTable: dollarRates },
    },
    inWords,
    'MISSING_DATA',
  ),
]

describe('every check', () => {
  it.each(matchCheckNames)('%s has a row inside and a row outside', (name) => {
    const own = rows.filter(({ check }) => check === name)
    expect(own.some(({ exception }) => exception === null)).toBe(true)
    expect(own.some(({ exception }) => exception !== null)).toBe(true)
  })

  it.each(rows)('$check $says', ({ check, example, numbers, exception }) => {
    const made = aCheckMade(check, example)
    const { expected, actual, variance, percent, answer, exceptionCode, within, effect } = made
    const shown = answer !== null ? [answer] : [expected, actual, variance, percent]
    expect(shown.every((one) => one === null) ? [] : shown).toEqual(numbers)
    expect(exceptionCode).toBe(exception)
    expect(within).toBe(exception === null)
    expect(effect).toBe(exception === null ? null : 'hold')
    expect(made.holdCode).toBe(exception === null ? null : 'CODE')
    expect(made.sentence).not.toBe('')
  })

  it('says what differs, whether it is accepted or not, and nothing where nothing does', () => {
    const made = (amount: string) =>
      aCheckMade('price-amount', {
        ...billing({ amount, scheduleNumber: '1' }),
        tolerance: pct('5'),
      }).discrepancy
    expect(made('124.00')).toBeNull()
    expect(made('125.24')).toEqual({
      kind: 'price-variance',
      documentNumber: 'INV-1',
      documentLineNumber: '1',
      orderNumber: '4711',
      orderLineNumber: '1',
      scheduleNumber: '1',
      expected: '124.00',
      actual: '125.24',
      difference: '1.24',
      percent: '1',
      currency: 'EUR',
    })
    expect(made('186.00')).toMatchObject({ kind: 'price-variance', percent: '50' })
  })

  it('says in words what may not be billed', () => {
    const said = (parameters: NonNullable<ExampleCheck['parameters']>) =>
      aCheckMade('billing-basis', { ...billing({ quantity: '11', amount: '136.40' }), parameters })
        .sentence
    expect(said({ billOn: 'ordered' })).toBe('exception: more is billed than was ordered')
    expect(said({ billOn: 'received' })).toBe('exception: more is billed than was received')
  })

  it('is refused when no comparison is called so, naming those there are', () => {
    expect(() => checkOf(aPlannedCheck('price-guess'))).toThrow(
      /^cannot make check `price-guess`: no comparison is called `price-guess`, use one of amount-ordered, /,
    )
  })
})
