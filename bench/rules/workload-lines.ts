import { seededRandom } from '../random.ts'

type Text = string
type MaybeText = string | null

/** The facts of one invoice line, all that rules of any kind look at. */
export type WorkloadLine = {
  readonly order: {
    readonly number: Text
    readonly version: number
    readonly type: Text
    readonly supplier: Text
    readonly currency: Text
    readonly matchLevel: Text
  }
  readonly invoice: {
    readonly number: Text
    readonly type: Text
    readonly supplier: Text
    readonly currency: Text
    readonly channel: Text
    readonly invoiceDate: Text
    readonly totalAmount: Text
    readonly hasCharges: boolean
    readonly hasTaxes: boolean
  }
  readonly line: {
    readonly number: Text
    readonly orderNumber: Text
    readonly lineType: Text
    readonly priceType: Text
    readonly matchLevel: Text
    readonly unitOfMeasure: Text
    readonly isOtherUnit: boolean
    readonly hasPricingQuantity: boolean
    readonly quantity: Text
    readonly quantityOrdered: Text
    readonly amount: Text
    readonly price: Text
    readonly valueLimit: MaybeText
    readonly taxCode: Text
    readonly hasReceiptNumbers: boolean
    readonly inspection: Text
  }
  readonly item: {
    readonly buyerItem: Text
    readonly category: Text
    readonly stocked: boolean
    readonly catchWeight: boolean
    readonly inspection: Text
    readonly attributes: { readonly region: Text; readonly family: Text }
  }
  readonly supplier: { readonly id: Text; readonly class: Text; readonly status: Text }
  readonly discrepancy: {
    readonly kind: Text
    readonly difference: Text
    readonly percent: Text
    readonly differenceDays: number
    readonly unitOfMeasure: Text
    readonly currency: Text
  }
  readonly exception: {
    readonly code: Text
    readonly effect: Text
    readonly subject: { readonly aggregate: Text }
    readonly exposure: { readonly amount: Text; readonly currency: Text }
    readonly blocksPayment: boolean
  }
}

const kinds = [
  'over-shipment',
  'short-receipt',
  'price-variance',
  'weight-variance',
  'late-shipment',
  'early-shipment',
  'charge-variance',
  'tax-variance',
  'substitution',
  'damaged-goods',
]
const codes = [
  'RCV_OVER',
  'RCV_SHORT',
  'PRICE_OVER',
  'WEIGHT_VARIANCE',
  'LATE_ASN',
  'ASN_DATE',
  'CHARGE_OVER',
  'TAX_OVER',
  'QUALITY_PENDING',
  'DUPLICATE_SUSPECTED',
]

/** Invoice lines that are the same in every run, read from JSON as a host would have them. */
export function workloadLines(count: number, seed = 20_261_127): readonly WorkloadLine[] {
  const random = seededRandom(seed)
  return Array.from({ length: count }, (_, index): WorkloadLine =>
    JSON.parse(JSON.stringify(lineOf(index, random))),
  )
}

function lineOf(index: number, random: () => number): WorkloadLine {
  const whole = (max: number) => Math.floor(random() * max)
  const one = (...values: readonly string[]) => values[whole(values.length)] ?? ''
  const chance = (of: number) => random() < of
  const amount = (max: number, places = 2) => (random() * max).toFixed(places)
  const about = whole(kinds.length)
  const [kind = '', code = ''] = [kinds[about], codes[about]]
  const under = kind.startsWith('short') || kind.startsWith('early')
  const supplier = `S${100_000 + whole(900)}`
  const matchLevel = one('two-way', 'three-way', 'three-way', 'four-way')
  const currency = one('EUR', 'EUR', 'USD')
  return {
    order: {
      number: `4500${100_000 + index}`,
      version: 1 + whole(3),
      type: one('standard', 'standard', 'scheduling-release', 'blanket-release'),
      supplier,
      currency,
      matchLevel,
    },
    invoice: {
      number: `INV-${index}`,
      type: one('standard', 'standard', 'standard', 'credit'),
      supplier,
      currency,
      channel: one('x12', 'edifact', 'ubl', 'email', 'portal'),
      invoiceDate: `2026-0${1 + whole(9)}-1${whole(10)}`,
      totalAmount: amount(20_000),
      hasCharges: chance(0.3),
      hasTaxes: chance(0.9),
    },
    line: {
      number: String(10 * (1 + whole(20))),
      orderNumber: `4500${100_000 + index}`,
      lineType: one('item', 'item', 'item', 'item', 'charge', 'free-goods', 'service'),
      priceType: one('firm', 'estimated', 'contract', 'moving-average'),
      matchLevel,
      unitOfMeasure: one('EA', 'CS', 'KGM'),
      isOtherUnit: chance(0.1),
      hasPricingQuantity: chance(0.2),
      quantity: amount(500, 0),
      quantityOrdered: amount(500, 0),
      amount: amount(8_000),
      price: amount(90, 4),
      valueLimit: chance(0.2) ? amount(9_000) : null,
      taxCode: one('S1', 'S2', 'Z0'),
      hasReceiptNumbers: chance(0.6),
      inspection: one('none', 'pending', 'decided'),
    },
    item: {
      buyerItem: `ITEM-${whole(6_000)}`,
      category: one('meat', 'fish', 'produce', 'packaging', 'dry-goods', 'beverages'),
      stocked: chance(0.7),
      catchWeight: chance(0.25),
      inspection: one('none', 'sample', 'full'),
      attributes: { region: one('north', 'south', 'east'), family: `F${whole(90)}` },
    },
    supplier: {
      id: supplier,
      class: one('A', 'B', 'B', 'C', 'D'),
      status: one('active', 'active', 'active', 'onboarding'),
    },
    discrepancy: {
      kind,
      difference: amount(40),
      percent: `${under ? '-' : ''}${amount(9)}`,
      differenceDays: whole(9) - 4,
      unitOfMeasure: 'EA',
      currency,
    },
    exception: {
      code,
      effect: one('hold', 'hold', 'warn', 'wait'),
      subject: { aggregate: one('order', 'shipment', 'invoice') },
      exposure: { amount: amount(3_000), currency },
      blocksPayment: chance(0.5),
    },
  }
}
