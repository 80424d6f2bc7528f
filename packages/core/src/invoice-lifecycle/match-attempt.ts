import type { Invoice } from '../invoice/invoice.ts'
import type { MatchInput } from '../match/match-invoice.ts'
import type { RegisteredInvoice } from '../match/match-input.ts'
import type { MatchResult } from '../match/match-result.ts'
import { compareInstants, instant, type Instant } from '../calendar/instant.ts'
import { normaliseInvoiceNumber } from '../identity/identity.ts'
import type { Policy } from '../policy/policy.ts'
import { billedOrders, currentInvoice, currentVersion, isSure } from './current-invoice.ts'
import type { InvoiceFacts } from './invoice-state.ts'

/** Matches an invoice; a pure function. */
export type MatchInvoice = (input: MatchInput) => MatchResult

/** True when another attempt is to begin: something changed and the text is sure. */
export function isAttemptDue(facts: InvoiceFacts): boolean {
  const version = currentVersion(facts)
  if (facts.closing !== null || version === null || !isSure(version)) return false
  return facts.rematchBecause !== null
}

/** The orders the next attempt asks. A cancellation or reversal that lists no lines asks none. */
export function ordersToAsk(facts: InvoiceFacts): ReturnType<typeof billedOrders> {
  const invoice = currentInvoice(facts)
  return invoice === null ? [] : billedOrders(invoice)
}

/** True from the start of an attempt until its match. */
export function isAttemptOpen(facts: InvoiceFacts): boolean {
  return (
    facts.closing === null &&
    facts.attempt !== null &&
    facts.attempt.documentHash === currentVersion(facts)?.hash &&
    (facts.match?.result.attempt ?? 0) < facts.attempt.number &&
    facts.appliedTo === null
  )
}

/** True when the order answered the question of the attempt under way. */
export function isAnswered(facts: InvoiceFacts, orderNumber: string): boolean {
  return facts.answers[orderNumber]?.attempt === facts.attempt?.number
}

/** True when everything asked in the attempt under way was answered. */
export function isAttemptComplete(facts: InvoiceFacts): boolean {
  const { attempt } = facts
  if (attempt === null || !isAttemptOpen(facts) || facts.rematchBecause !== null) return false
  return (
    facts.register?.lookUpId === attempt.lookUpId &&
    attempt.orders.every((order) => isAnswered(facts, order))
  )
}

/** Everything a match looks at but the rules: what is kept of it, and what it is tried with again under others. */
export type MatchDocuments = Omit<MatchInput, 'policy'>

/** The match of the attempt under way. */
export function matchRequest(
  facts: InvoiceFacts,
  { policy, now }: { readonly policy: Policy; readonly now: string },
): MatchInput | null {
  const documents = matchDocuments(facts, now)
  return documents === null ? null : { ...documents, policy }
}

/** The documents of the attempt under way, as they stand. */
export function matchDocuments(facts: InvoiceFacts, now: string): MatchDocuments | null {
  const invoice = currentInvoice(facts)
  const { attempt } = facts
  if (invoice === null || attempt === null) return null
  const receivedAt = firstReceivedAt(facts)
  return {
    invoice,
    invoiceKey: facts.invoiceKey,
    attempt: attempt.number,
    orders: attempt.orders
      .map((order) => facts.answers[order]?.view ?? null)
      .filter((view) => view !== null),
    register: comparableEntries(facts, invoice),
    now: instant(now),
    ...(receivedAt === null ? {} : { receivedAt }),
  }
}

/** When the invoice first came in, in whatever text; null before it came. */
export function firstReceivedAt(facts: InvoiceFacts): Instant | null {
  const instants = facts.versions.map((version) => instant(version.receivedAt))
  return instants.toSorted(compareInstants)[0] ?? null
}

/**
 * Entries of the register the invoice may repeat: not itself, not what it corrects, not what a person cleared, and of two
 * alike only the one that came first, so that the one that came first is never held for the other.
 */
export function comparableEntries(facts: InvoiceFacts, invoice: Invoice): RegisteredInvoice[] {
  const corrected = invoice.correctsInvoiceNumber
  const receivedAt = firstReceivedAt(facts)
  return (facts.register?.entries ?? []).filter((entry) => {
    const number = normaliseInvoiceNumber(entry.invoiceNumber)
    if (entry.invoiceKey === facts.invoiceKey || facts.clearedNumbers.includes(number)) return false
    if (corrected !== undefined && number === normaliseInvoiceNumber(corrected)) return false
    if (entry.receivedAt === undefined || receivedAt === null) return true
    const order = compareInstants(entry.receivedAt, receivedAt)
    return order < 0 || (order === 0 && (entry.invoiceKey ?? '') < facts.invoiceKey)
  })
}
