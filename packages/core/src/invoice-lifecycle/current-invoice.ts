import { compareInstants } from '../calendar/instant.ts'
import { isPositiveDecimal } from '../decimal/decimal-arithmetic.ts'
import { LineNumber, OrderNumber } from '../identity/identity.ts'
import type { Invoice, InvoiceLine } from '../invoice/invoice.ts'
import { invoiceTotal } from '../invoice/invoice-total.ts'
import { compareMoney, sumMoney } from '../money/money.ts'
import type { InvoiceFacts, InvoiceVersion } from './invoice-state.ts'

/**
 * The version of the invoice that counts: the one booked or closed with, else the highest revision; of two texts of one
 * revision the one issued first, so that the order in which they came in does not matter.
 */
export function currentVersion(facts: InvoiceFacts): InvoiceVersion | null {
  const frozen = frozenHash(facts)
  if (frozen !== null) return facts.versions.find((version) => version.hash === frozen) ?? null
  const candidates = facts.versions.filter((version) => !facts.setAside.includes(version.hash))
  return candidates.toSorted(byPrecedence)[0] ?? null
}

/** The invoice as it counts, with the order lines a clerk named filled in; null before it came. */
export function currentInvoice(facts: InvoiceFacts): Invoice | null {
  const version = currentVersion(facts)
  if (version === null) return null
  return { ...version.document, lines: version.document.lines.map((line) => linked(line, facts)) }
}

/** True once the text is sure: nothing in it was read with doubt, or a person confirmed what was. */
export function isSure(version: InvoiceVersion): boolean {
  return version.doubtedFields.length === 0 || version.confirmedBy !== null
}

/**
 * Texts that contradict the one that counts: another content under the same revision, or a correction that came after
 * booking or closing. They wait for a person.
 */
export function contradictingVersions(facts: InvoiceFacts): InvoiceVersion[] {
  const current = currentVersion(facts)
  if (current === null) return []
  return facts.versions.filter(
    (version) =>
      version.hash !== current.hash &&
      !facts.setAside.includes(version.hash) &&
      version.document.revision >= current.document.revision,
  )
}

/** The orders the invoice bills, each once, in the order of its lines. */
export function billedOrders(invoice: Invoice): OrderNumber[] {
  const orders = invoice.lines.map((line) => line.orderNumber).filter((order) => order !== null)
  return [...new Set(orders)]
}

/** Lines that name no order, or an order or order line that is not there. */
export function unlinkedLines(facts: InvoiceFacts): InvoiceLine[] {
  const invoice = currentInvoice(facts)
  if (invoice === null) return []
  const known = new Map(
    Object.entries(facts.answers).map(([order, { view }]) => [
      order,
      new Set<string>(view?.lines.map(({ orderLineNumber }) => orderLineNumber)),
    ]),
  )
  return invoice.lines.filter((line) => {
    if (line.orderNumber === null) return true
    const answer = facts.answers[line.orderNumber]
    if (answer === undefined) return false
    if (answer.view === null) return true
    return (
      line.orderLineNumber !== null &&
      known.get(line.orderNumber)?.has(line.orderLineNumber) !== true
    )
  })
}

/** True once finance paid it and nobody took that back. */
export function isPaid({ payments }: InvoiceFacts): boolean {
  return payments.some(({ reversed }) => !reversed)
}

/** True once credits give back all that the invoice asks for. */
export function isCreditedInFull(facts: InvoiceFacts): boolean {
  const invoice = currentInvoice(facts)
  if (invoice === null) return false
  const { currency } = invoice
  const amounts = facts.credits
    .map(({ amount }) => amount)
    .filter((amount) => amount.currency === currency)
  const given = sumMoney(amounts, currency)
  // Giving nothing back ends no invoice, not even one over nothing.
  return isPositiveDecimal(given.amount) && compareMoney(given, invoiceTotal(invoice)) >= 0
}

/** A cancellation or reversal bills nothing; it takes effect on the invoice it names. */
export function isCorrectionOnly(facts: InvoiceFacts): boolean {
  const type = currentVersion(facts)?.document.invoiceType
  return type === 'cancellation' || type === 'reversal'
}

/** True when the last match was of the text that counts now. */
export function isMatched(facts: InvoiceFacts): boolean {
  return facts.match !== null && facts.match.documentHash === currentVersion(facts)?.hash
}

/** Everyone who entered a text of the invoice or confirmed what was read from it. They release and approve nothing of it. */
export function makersOf(facts: InvoiceFacts): string[] {
  const makers = facts.versions.flatMap((version) => [
    ...(version.enteredBy.kind === 'user' ? [version.enteredBy.id] : []),
    ...(version.confirmedBy === null ? [] : [version.confirmedBy]),
  ])
  return [...new Set(makers)]
}

function frozenHash(facts: InvoiceFacts): string | null {
  return facts.posting?.documentHash ?? facts.closing?.documentHash ?? null
}

function byPrecedence(a: InvoiceVersion, b: InvoiceVersion): number {
  const revision = b.document.revision - a.document.revision
  if (revision !== 0) return revision
  const issued = compareInstants(a.document.issuedAt, b.document.issuedAt)
  return issued !== 0 ? issued : a.hash < b.hash ? -1 : 1
}

function linked(line: InvoiceLine, facts: InvoiceFacts): InvoiceLine {
  const link = facts.links[line.documentLineNumber]
  if (link === undefined) return line
  return {
    ...line,
    orderNumber: OrderNumber.parse(link.orderNumber),
    orderLineNumber: LineNumber.parse(link.orderLineNumber),
  }
}
