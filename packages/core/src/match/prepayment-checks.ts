import type { Decimal } from '../decimal/decimal.ts'
import { normaliseInvoiceNumber } from '../identity/identity.ts'
import { invoiceTotal } from '../invoice/invoice-total.ts'
import type { CheckQuestion, InvoiceContext, Measurement } from './check.ts'
import {
  addFigures,
  compareFigures,
  type Figure,
  minFigure,
  readFigure,
  subtractFigures,
  zeroFigure,
} from './figure.ts'
import { compared, money, notApplicable } from './measurement.ts'
import { isCrediting, netAmountOf } from './order-line-ledger.ts'

/** What a prepayment invoice asks for before taxes against what was agreed with its orders and not asked for yet. */
export function prepaymentAgreed(header: InvoiceContext): Measurement {
  const { invoice, orders } = header
  if (invoice.invoiceType !== 'prepayment') {
    return notApplicable('prepayment', 'the invoice asks for nothing in advance')
  }
  const expected = orders
    .map(({ prepayment }) =>
      subtractFigures(
        readFigure(prepayment?.agreedAmount ?? zero),
        readFigure(prepayment?.billedAmount ?? zero),
      ),
    )
    .reduce(addFigures, zeroFigure)
  const actual = invoice.lines.reduce((sum, line) => addFigures(sum, netAmountOf(line)), zeroFigure)
  return compared('prepayment', money(header), { expected, actual })
}

const zero = '0' as Decimal

/**
 * What an invoice takes off of what was paid in advance against what is open of it: never more than is open of each
 * prepayment it names. An invoice that takes off less than it could leaves the rest open, which the lower limit is for;
 * with the parameter `clearing: as-stated` only too much is a variance. A credit of a prepayment gives back what is open.
 */
export function prepaymentClearing(
  header: InvoiceContext,
  { parameters }: CheckQuestion,
): Measurement {
  const { invoice } = header
  if (invoice.invoiceType === 'prepayment') {
    return notApplicable('prepayment', 'a prepayment takes off no other')
  }
  const total = readFigure(invoiceTotal(invoice).amount)
  if (isCrediting(invoice.invoiceType)) {
    if (!refundsPrepayment(header)) {
      return notApplicable('prepayment', 'it gives back no prepayment')
    }
    const expected = openOf(header, invoice.correctsInvoiceNumber ?? '')
    return compared('prepayment', money(header), { expected, actual: total })
  }
  const named = invoice.prepayments ?? []
  const open = openInvoices(header)
  if (named.length === 0 && open.length === 0) {
    return notApplicable('prepayment', 'nothing was paid in advance')
  }
  let taken = zeroFigure
  let allowed = zeroFigure
  for (const { invoiceNumber, amount } of named) {
    taken = addFigures(taken, readFigure(amount))
    allowed = addFigures(allowed, minFigure(readFigure(amount), openOf(header, invoiceNumber)))
  }
  const inAll = open.map(({ openAmount }) => readFigure(openAmount)).reduce(addFigures, zeroFigure)
  // Of more than is open of one prepayment nothing is made up for by another.
  const isTooMuch = parameters.clearing === 'as-stated' || isMore(taken, allowed)
  return compared('prepayment', money(header), {
    expected: isTooMuch ? allowed : minFigure(inAll, total),
    actual: taken,
  })
}

function isMore(taken: Figure, allowed: Figure): boolean {
  return compareFigures(taken, allowed) > 0
}

/** True for a credit that names a prepayment invoice of its orders. */
export function refundsPrepayment({ invoice, orders }: InvoiceContext): boolean {
  const { invoiceType, correctsInvoiceNumber: named } = invoice
  if (named === undefined || !isCrediting(invoiceType)) return false
  return orders.some(({ prepayment }) =>
    prepayment?.invoices.some(({ invoiceNumber }) => isSame(invoiceNumber, named)),
  )
}

/** A prepayment of several orders is told by each of them, and open once. */
function openInvoices({ orders }: InvoiceContext) {
  const byNumber = new Map(
    orders
      .flatMap(({ prepayment }) => prepayment?.invoices ?? [])
      .map((one) => [normaliseInvoiceNumber(one.invoiceNumber), one]),
  )
  return [...byNumber.values()]
}

function openOf(header: InvoiceContext, named: string): Figure {
  const found = openInvoices(header).find(({ invoiceNumber }) => isSame(invoiceNumber, named))
  return found === undefined ? zeroFigure : readFigure(found.openAmount)
}

function isSame(one: string, other: string): boolean {
  return normaliseInvoiceNumber(one) === normaliseInvoiceNumber(other)
}
