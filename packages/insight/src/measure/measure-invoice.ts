import {
  type KeptCheckResult,
  currentInvoice,
  decimal,
  type Decimal,
  type Invoice,
  type InvoiceState,
  instant,
  isPositiveDecimal,
  maxDecimal,
  multiplyDecimals,
  orderKey,
  roundDecimal,
  sumDecimals,
  trimDecimal,
} from '@counterfoil/core'
import type { Measurement } from '../measurement.ts'
import { measureCases } from './cases.ts'
import { measureInvoiceOutcomes } from './invoice-outcomes.ts'
import { itemNumber, measured, oneIf } from './measure.ts'

/** Everything the metrics count of one invoice. */
export function measureInvoice({ facts }: InvoiceState): readonly Measurement[] {
  const invoice = currentInvoice(facts)
  if (invoice === null) return []
  const dimensions = { tenant: invoice.tenant, supplier: invoice.supplier }
  const orderKeys = ordersOf(invoice)
  return [
    ...touchless(facts, invoice),
    ...priceVariances(facts, invoice),
    ...leakage(facts, invoice),
    ...measureInvoiceOutcomes(facts, invoice, orderKeys),
    ...measureCases(facts.cases, ({ subject }) => ({
      dimensions: { ...dimensions, item: itemOf(invoice, subject.line ?? null) },
      orderKeys,
    })),
  ]
}

type Facts = InvoiceState['facts']

function ordersOf(invoice: Invoice): readonly string[] {
  const numbers = new Set(invoice.lines.flatMap(({ orderNumber }) => orderNumber ?? []))
  return [...numbers].map((orderNumber) => orderKey({ ...invoice, orderNumber }))
}

function itemOf(invoice: Invoice, line: string | null): string | null {
  return itemNumber(
    invoice.lines.find(({ documentLineNumber }) => documentLineNumber === line)?.item,
  )
}

/** Whether it went from coming in to being released without a hand, once it is released or ended otherwise. */
function touchless(facts: Facts, invoice: Invoice): readonly Measurement[] {
  const { released, closing, touchedBy, match, versions } = facts
  const receivedAt = versions[0]?.receivedAt
  const isDecided = released !== null || closing !== null
  if (!isDecided || closing?.as === 'duplicate' || receivedAt === undefined) return []
  const isReleased = released !== null
  return [
    measured({
      metric: 'touchless-match-rate',
      subject: 'invoice',
      at: instant(receivedAt),
      dimensions: { tenant: invoice.tenant, supplier: invoice.supplier },
      orderKeys: ordersOf(invoice),
      figures: {
        invoices: decimal(1),
        touchless: oneIf(isReleased && touchedBy.length === 0),
        firstAttempt: oneIf(isReleased && match?.result.attempt === 1),
      },
    }),
  ]
}

const priceChecks: ReadonlySet<string> = new Set(['price-amount', 'price-unit'])

/**
 * Each price that was compared, in percent of the order's: under too, inside tolerance too. One invoice sent twice, or
 * one that was taken back, says nothing of a price.
 */
function priceVariances(facts: Facts, invoice: Invoice): readonly Measurement[] {
  const isNone = facts.closing !== null || facts.match?.result.decision === 'suspect-duplicate'
  if (isNone) return []
  const checks = (facts.match?.result.checks ?? []).filter(({ check }) => priceChecks.has(check))
  const lines = new Set<string>()
  return checks.flatMap(({ percent, invoiceLineNumber, orderNumber }) => {
    // One price is compared as a whole and for a unit: it counts once.
    if (percent === null || invoiceLineNumber === null || lines.has(invoiceLineNumber)) return []
    lines.add(invoiceLineNumber)
    return measured({
      metric: 'supplier-variance',
      subject: invoiceLineNumber,
      at: instant(`${invoice.invoiceDate}T00:00:00Z`),
      dimensions: {
        tenant: invoice.tenant,
        supplier: invoice.supplier,
        item: itemOf(invoice, invoiceLineNumber),
        variant: 'price',
      },
      orderKeys: orderNumber === null ? [] : [orderKey({ ...invoice, orderNumber })],
      figures: { variance: trimDecimal(percent) },
    })
  })
}

/**
 * What was paid above the order and nobody refused: each difference in money above nothing that was inside tolerance or let
 * pass by a person, of an invoice that was released.
 */
function leakage(facts: Facts, invoice: Invoice): readonly Measurement[] {
  const { released, match } = facts
  if (released === null || match === null) return []
  const byLine = Map.groupBy(
    match.result.checks.filter(isPaid(facts)),
    (check) => check.invoiceLineNumber ?? 'invoice',
  )
  return [...byLine].flatMap(([subject, checks]) => {
    const paidAbove = overpaid(checks, invoice)
    if (!isPositiveDecimal(paidAbove)) return []
    const orderNumber = checks.find((check) => check.orderNumber !== null)?.orderNumber ?? null
    return measured({
      metric: 'supplier-variance',
      subject,
      at: instant(`${invoice.invoiceDate}T00:00:00Z`),
      dimensions: {
        tenant: invoice.tenant,
        supplier: invoice.supplier,
        item: itemOf(invoice, subject),
        variant: 'leakage',
        currency: invoice.currency,
      },
      orderKeys: orderNumber === null ? ordersOf(invoice) : [orderKey({ ...invoice, orderNumber })],
      figures: { leakage: trimDecimal(paidAbove) },
    })
  })
}

const isPaid =
  ({ accepted }: Facts) =>
  ({ within, holdCode, invoiceLineNumber }: KeptCheckResult): boolean =>
    within ||
    (holdCode !== null &&
      [holdCode, `${holdCode}:${invoiceLineNumber}`].some((text) => Object.hasOwn(accepted, text)))

/** Price, quantity and charges of a line: several checks look at one price or one quantity, and the widest counts. */
function overpaid(checks: readonly KeptCheckResult[], invoice: Invoice): Decimal {
  const charges = checks.filter(({ check }) => check === 'charge' || check === 'charge-planned')
  return sumDecimals([
    widest(checks.map((check) => abovePrice(check, invoice))),
    widest(checks.map(aboveQuantity)),
    ...charges.map(({ variance }) => maxDecimal(variance ?? none, none)),
  ])
}

const none = decimal(0)

function widest(amounts: readonly Decimal[]): Decimal {
  return amounts.reduce(maxDecimal, none)
}

function abovePrice(
  { check, variance, invoiceLineNumber }: KeptCheckResult,
  invoice: Invoice,
): Decimal {
  if (variance === null || !priceChecks.has(check)) return none
  if (check === 'price-amount') return variance
  const line = invoice.lines.find((one) => one.documentLineNumber === invoiceLineNumber)
  return line === undefined ? none : roundDecimal(multiplyDecimals(variance, line.quantity), 4)
}

function aboveQuantity({ check, varianceAmount }: KeptCheckResult): Decimal {
  return check.startsWith('quantity-') ? (varianceAmount ?? none) : none
}
