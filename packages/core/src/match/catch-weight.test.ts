import { describe, expect, it } from 'vitest'
import { isOpenCase } from '../exception/open-case.ts'
import { anInvoice, anInvoiceLine } from '../invoice/invoice.examples.ts'
import { anOrderKey } from '../order-lifecycle/order-lifecycle.examples.ts'
import {
  anOrderLine,
  anOrderSchedule,
  aPurchaseOrder,
} from '../purchase-order/purchase-order.examples.ts'
import { aReceipt, aReceiptLine } from '../receipt/receipt.examples.ts'
import { aWorldTold } from '../world/world.examples.ts'
import { aBillingFact, aCheckMade, anOrderMatchView, aReceiptFact } from './match.examples.ts'

// Twenty cases of cheese, nominally 10 kg each, at 7.95 a kilogram.
const cheese = anOrderLine({
  unitOfMeasure: 'XCS',
  quantityOrdered: '20',
  pricingQuantityOrdered: '200',
  price: { amount: '7.95', perQuantity: '1', perUnitOfMeasure: 'KGM', priceType: 'firm' },
  schedules: [anOrderSchedule({ quantityOrdered: '20' })],
})

const weighed = (quantity: string, pricingQuantity: string | null, receiptNumber = 'GR-1') =>
  aReceiptFact({ receiptNumber, quantity, unitOfMeasure: 'XCS', pricingQuantity })

const billed = (quantity: string, pricingQuantity: string, amount: string) =>
  anInvoice({
    lines: [anInvoiceLine({ quantity, unitOfMeasure: 'XCS', pricingQuantity, amount })],
  })

const viewOf = (
  receipts: Parameters<typeof anOrderMatchView>[0] extends infer V
    ? NonNullable<V extends { receipts?: infer R } ? R : never>
    : never,
  more: Parameters<typeof anOrderMatchView>[0] = {},
) => [anOrderMatchView({ lines: [cheese], receipts, ...more })]

const nothingOver = { upper: { abs: null, pct: '0' } }
const atReceipt = { parameters: { weighed: 'receipt' } } as const

describe('cheese by the case, paid by the kilogram', () => {
  it('agrees where bill and scales say 203.4 kg: 203.4 x 7.95 = 1,617.03', () => {
    const example = {
      orders: viewOf([weighed('20', '203.4')]),
      invoice: billed('20', '203.4', '1617.03'),
      tolerance: nothingOver,
    }
    expect(aCheckMade('price-amount', { ...example, ...atReceipt })).toMatchObject({
      within: true,
      expected: '1617.03',
      variance: '0.00',
    })
    expect(aCheckMade('weight-open-received', example)).toMatchObject({
      within: true,
      expected: '203.4',
      actual: '203.4',
    })
  })

  it('is held where 205 kg are billed of 203.4: 1.6 kg are 12.72 too much', () => {
    const example = {
      orders: viewOf([weighed('20', '203.4')]),
      // 205 x 7.95
      invoice: billed('20', '205', '1629.75'),
      tolerance: nothingOver,
    }
    // By its own weight the bill is right.
    expect(aCheckMade('price-amount', example)).toMatchObject({ within: true })
    expect(aCheckMade('price-amount', { ...example, ...atReceipt })).toMatchObject({
      within: false,
      expected: '1617.03',
      variance: '12.72',
    })
    expect(aCheckMade('weight-open-received', example)).toMatchObject({
      within: false,
      variance: '1.6',
      // 1.6 of 203.4
      percent: '0.7866',
      varianceAmount: '12.72',
      exceptionCode: 'WEIGHT_VARIANCE',
      discrepancy: { kind: 'weight-variance', unitOfMeasure: 'KGM' },
    })
  })

  it('is let pass inside 1 % of the weight, and held for 10.00 in value', () => {
    const example = {
      orders: viewOf([weighed('20', '203.4')]),
      invoice: billed('20', '205', '1629.75'),
    }
    expect(
      aCheckMade('weight-open-received', {
        ...example,
        tolerance: { upper: { abs: null, pct: '1' } },
      }),
    ).toMatchObject({ within: true })
    expect(
      aCheckMade('weight-open-received', {
        ...example,
        tolerance: { upper: { abs: '10.00', pct: null } },
        parameters: { absoluteLimit: 'value' },
      }),
    ).toMatchObject({ within: false, varianceAmount: '12.72' })
  })

  it('is shared by the receipts it came with: 12 cases of 122.4 kg, 3 of the 8 of 81 kg', () => {
    // 122.4 + 3 x 81 / 8 = 152.775 kg x 7.95 = 1,214.56125; the other 5 weigh 50.625 kg: 402.46875.
    const receipts = [weighed('12', '122.4'), weighed('8', '81', 'GR-2')]
    const [first, second] = [billed('15', '152.775', '1214.56'), billed('5', '50.625', '402.47')]
    expect(
      aCheckMade('price-amount', {
        orders: viewOf(receipts),
        invoice: first,
        tolerance: nothingOver,
        ...atReceipt,
      }),
    ).toMatchObject({ within: true, expected: '1214.56', variance: '0.00' })
    const rest = viewOf(receipts, {
      billings: [
        aBillingFact({
          quantity: '15',
          unitOfMeasure: 'XCS',
          pricingQuantity: '152.775',
          amount: '1214.56',
        }),
      ],
      allocations: [
        {
          invoiceLineNumber: '1',
          orderNumber: '4711',
          orderLineNumber: '1',
          receiptNumber: 'GR-2',
          receiptLineNumber: '1',
          quantity: '5',
        },
      ],
    })
    const later = { orders: rest, invoice: second, tolerance: nothingOver }
    expect(aCheckMade('price-amount', { ...later, ...atReceipt })).toMatchObject({
      within: true,
      expected: '402.47',
    })
    // 122.4 + 81 - 152.775
    expect(aCheckMade('weight-open-received', later)).toMatchObject({
      within: true,
      expected: '50.625',
    })
  })

  it('weighs less when cases go back: 2 of 20 that weighed 203.4 are 20.34 kg', () => {
    const returned = aReceiptFact({
      receiptNumber: 'RT-1',
      receiptType: 'return',
      reversesReceiptNumber: 'GR-1',
      quantity: '2',
      unitOfMeasure: 'XCS',
    })
    expect(
      aCheckMade('weight-open-received', {
        orders: viewOf([weighed('20', '203.4'), returned]),
        invoice: billed('18', '183.06', '1455.33'),
        tolerance: nothingOver,
      }),
    ).toMatchObject({ within: true, expected: '183.06', variance: '0' })
  })

  it('is for a person where nobody weighed it', () => {
    const example = {
      orders: viewOf([weighed('20', null)]),
      invoice: billed('20', '203.4', '1617.03'),
      tolerance: nothingOver,
    }
    expect(aCheckMade('weight-open-received', example)).toMatchObject({
      within: false,
      exceptionCode: 'MISSING_DATA',
      sentence: expect.stringContaining('receipt GR-1 states no weight'),
    })
    expect(aCheckMade('price-amount', { ...example, ...atReceipt })).toMatchObject({
      within: false,
      exceptionCode: 'MISSING_DATA',
    })
  })

  it('has nothing to be weighed where pieces are paid by the piece', () => {
    expect(aCheckMade('weight-open-received')).toMatchObject({ within: true, expected: null })
  })
})

describe('what the scales at the dock say of the nominal weight', () => {
  const order = aPurchaseOrder({
    lines: [
      anOrderLine({
        ...cheese,
        deliveryTolerance: {
          overPercent: '0',
          underPercent: '0',
          overUnlimited: false,
          weightPercent: '2',
        },
      }),
    ],
  })
  const casesFor = (pricingQuantity: string, of = order) => {
    const line = aReceiptLine({ quantity: '20', unitOfMeasure: 'XCS', pricingQuantity })
    const world = aWorldTold([of, aReceipt({ lines: [line] })])
    return (world.orders[anOrderKey]?.desk.cases ?? [])
      .filter(isOpenCase)
      .map(({ code, sentence }) => [code, sentence])
  }

  it.each(['203.4', '204', '196'])('%s kg of 200 are inside 2 %%, either way', (weight) => {
    expect(casesFor(weight)).toEqual([])
  })

  it.each([
    ['204.01', '4.01 more'],
    ['195.99', '4.01 less'],
  ])('%s kg are a case: %s', (weight, off) => {
    expect(casesFor(weight)).toEqual([
      ['WEIGHT_VARIANCE', `line 1: the goods weigh ${weight} KGM where 200 are nominal, ${off}`],
    ])
  })

  it('nobody asks where the order does not say how far it may be off', () => {
    expect(casesFor('300', aPurchaseOrder({ lines: [cheese] }))).toEqual([])
  })
})
