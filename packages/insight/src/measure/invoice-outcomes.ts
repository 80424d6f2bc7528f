import {
  type Decimal,
  decimal,
  type ExceptionCode,
  instant,
  type Invoice,
  type InvoiceState,
  isPositiveDecimal,
  sumDecimals,
  subtractDecimals,
} from '@counterfoil/core'
import type { Measurement } from '../measurement.ts'
import { measured, oneIf } from './measure.ts'

type Facts = InvoiceState['facts']
type Place = Pick<Measurement, 'orderKeys' | 'at'>

/** Of an invoice: whether anything about it needed somebody, and what of it was paid for haste. */
export function measureInvoiceOutcomes(
  facts: Facts,
  invoice: Invoice,
  orderKeys: readonly string[],
): readonly Measurement[] {
  const receivedAt = facts.versions[0]?.receivedAt
  if (receivedAt === undefined) return []
  const place = { orderKeys, at: instant(receivedAt) }
  return [excepted(facts, invoice, place), ...expedited(facts, invoice, place)]
}

/** Cases that say a system could not do its part: nothing of them is in the invoice. */
const ofSystems: ReadonlySet<ExceptionCode> = new Set([
  'DEAD_LETTER',
  'WRITEBACK_FAILED',
  'MAPPING_FAILED',
  'SOR_CONFLICT',
])

function excepted({ cases, holds }: Facts, invoice: Invoice, place: Place): Measurement {
  const isExcepted = holds.length > 0 || cases.some(({ code }) => !ofSystems.has(code))
  return measured({
    metric: 'document-exception-rate',
    subject: 'invoice',
    ...place,
    dimensions: { tenant: invoice.tenant, supplier: invoice.supplier, variant: 'invoice' },
    figures: { counted: decimal(1), excepted: oneIf(isExcepted) },
  })
}

/** Codes of charges for haste, in capitals and without anything but letters. */
const ofHaste: ReadonlySet<string> = new Set([
  'EXPEDITE',
  'EXPEDITED',
  'EXPEDITEDFREIGHT',
  'EXPRESS',
  'EXPRESSFREIGHT',
  'RUSH',
])

type Sign = 'billed' | 'given-back'

const signs: Readonly<Partial<Record<Invoice['invoiceType'], Sign>>> = {
  standard: 'billed',
  debit: 'billed',
  'self-billed': 'billed',
  consolidated: 'billed',
  'subsequent-debit': 'billed',
  credit: 'given-back',
  'subsequent-credit': 'given-back',
}

function expedited({ released }: Facts, invoice: Invoice, place: Place): readonly Measurement[] {
  const sign = signs[invoice.invoiceType]
  if (released === null || sign === undefined) return []
  const charges = invoice.charges.filter(({ code }) =>
    ofHaste.has(code.toUpperCase().replaceAll(/[^A-Z]/g, '')),
  )
  const cost = sumDecimals(charges.map(({ amount }) => amount))
  const goods = sumDecimals(invoice.lines.map(({ amount }) => amount))
  return [
    measured({
      metric: 'expedite-cost',
      subject: 'invoice',
      ...place,
      dimensions: {
        tenant: invoice.tenant,
        supplier: invoice.supplier,
        currency: invoice.currency,
      },
      figures: {
        invoices: oneIf(sign === 'billed'),
        expedited: oneIf(sign === 'billed' && isPositiveDecimal(cost)),
        cost: signed(cost, sign),
        goods: signed(goods, sign),
      },
    }),
  ]
}

function signed(amount: Decimal, sign: Sign): Decimal {
  return sign === 'billed' ? amount : subtractDecimals(decimal(0), amount)
}
