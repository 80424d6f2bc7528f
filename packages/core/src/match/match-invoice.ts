import { CalendarDate } from '../calendar/calendar-date.ts'
import type { Instant } from '../calendar/instant.ts'
import type { Decimal } from '../decimal/decimal.ts'
import { hashOf } from '../hash/content-hash.ts'
import type { Invoice } from '../invoice/invoice.ts'
import { minorUnitsOf } from '../money/currency.ts'
import type { Conduct, Policy, PolicyFacts } from '../policy/policy.ts'
import type { CheckFinding } from './check-finding.ts'
import type { InvoiceContext, LinkedLine } from './check.ts'
import { concludeMatch } from './conclude-match.ts'
import { withoutCase } from './waiting-line.ts'
import { type LinkedLines, linkLines, type UnlinkedLine } from './link-lines.ts'
import { checkHeader, checkLine } from './make-checks.ts'
import { headerFacts, lineFacts } from './match-facts.ts'
import type { OrderMatchView, RegisteredInvoice } from './match-input.ts'
import type { MatchResult } from './match-result.ts'
import { matchLevelDefault, resolveMatchLevel, strictestMatchLevel } from './resolve-match-level.ts'
import { openCaseFinding, unlinkedFinding } from './standing-findings.ts'
import type { MadeFinding } from './wanted-exceptions.ts'

/** Everything a match looks at. Plain data and a pinned policy; nothing is fetched. */
export type MatchInput = {
  readonly invoice: Invoice
  readonly invoiceKey: string
  /** 1 for the first; each re-match is the next. */
  readonly attempt: number
  /** The orders the invoice bills, each as it stands now. */
  readonly orders: readonly OrderMatchView[]
  /** Other invoices to search for duplicates; an entry with this invoice's own key does not count. */
  readonly register: readonly RegisteredInvoice[]
  readonly policy: Policy
  /** The clock of the host. */
  readonly now: Instant
  /** When this invoice came in: of two alike, the later one is the suspect. */
  readonly receivedAt?: Instant
  /** For the search for suppliers of nearly the same name. */
  readonly supplierName?: string
  /** What the buyer's own tax determination says; without it the tax is worked out from the invoice's rates. */
  readonly expectedTaxAmount?: Decimal
}

/** A match result before its inputs are hashed. */
export type UnhashedMatchResult = Omit<MatchResult, 'inputHash'>

/**
 * Matches an invoice with its orders, receipts and earlier invoices: makes the checks the policy plans,
 * holds each variance against its limits, and says what follows, each with its reason. A function of its
 * input alone: the same input gives the same bytes. Throws `RULE_SET_INVALID` where the policy asks for a
 * comparison that does not exist; everything wrong with the documents is in the result.
 */
export function matchInvoice(input: MatchInput): MatchResult {
  return { ...matchInvoiceUnhashed(input), inputHash: hashMatchInput(input) }
}

/** The hash of the documents a match looks at: sha-256 of their canonical JSON. It costs more than the match. */
export function hashMatchInput(input: MatchInput): string {
  const { invoice, orders, register, receivedAt, supplierName, expectedTaxAmount } = input
  return hashOf({ invoice, orders, register, receivedAt, supplierName, expectedTaxAmount })
}

/** `matchInvoice` for a caller that hashes the inputs itself or not at all. */
export function matchInvoiceUnhashed(input: MatchInput): UnhashedMatchResult {
  const { invoiceKey, attempt, policy } = input
  // The lines know their header and the header its lines: it gets them as soon as they are linked.
  const linked: LinkedLine[] = []
  const bare = contextOf(input, linked, 'half-up')
  const conduct = policy.conduct(headerFacts(bare, null)).value
  const header = { ...bare, roundingMode: conduct.roundingMode }
  const lines = linkLines(header)
  linked.push(...lines.linked)
  const made = checkEverything(lines, header, conduct, policy)
  return {
    tenant: input.invoice.tenant,
    invoiceKey,
    attempt,
    ...concludeMatch(made, header, conduct, policy),
    allocations: [...lines.allocations],
    remainders: [...lines.remainders],
    references: [...policy.references],
  }
}

function contextOf(
  input: MatchInput,
  linked: readonly LinkedLine[],
  roundingMode: InvoiceContext['roundingMode'],
): InvoiceContext {
  const { invoice, invoiceKey, orders, register, now } = input
  return {
    invoice,
    invoiceKey,
    orders,
    linked,
    register,
    now,
    entryDate: invoice.entryDate ?? CalendarDate.parse(now.slice(0, dayLength)),
    receivedAt: input.receivedAt ?? null,
    supplierName: input.supplierName ?? null,
    expectedTaxAmount: input.expectedTaxAmount ?? null,
    roundingMode,
    amountPlaces: minorUnitsOf(invoice.currency),
  }
}

const dayLength = 'YYYY-MM-DD'.length

/** Every check that was made, in the order of the invoice's lines, the header's last. */
function checkEverything(
  { linked, unlinked }: LinkedLines,
  header: InvoiceContext,
  conduct: Conduct,
  policy: Policy,
): readonly MadeFinding[] {
  const levels = linked.map((line) => levelOf(line, conduct))
  const ofHeader = headerFacts(header, strictestMatchLevel(levels))
  const withFacts = (facts: PolicyFacts) => (finding: CheckFinding) => ({ finding, facts })
  return [
    ...unlinked
      .filter((line) => isToBeLinked(line, header, conduct))
      .map((line) => unlinkedFinding(header, line))
      .map(withFacts(ofHeader)),
    ...linked.flatMap((line, index) => {
      const facts = lineFacts(line, levels[index] ?? matchLevelDefault, ofHeader)
      return findingsOnLine(line, facts, policy).map(withFacts(facts))
    }),
    ...checkHeader(header, ofHeader, policy).map(withFacts(ofHeader)),
  ]
}

function levelOf({ orderLine, order, header, invoiceLine }: LinkedLine, conduct: Conduct) {
  return resolveMatchLevel({
    orderLine: orderLine.matchLevel,
    order: order.matchLevel,
    item: orderLine.item.buyerItem ?? invoiceLine.item.buyerItem,
    supplier: header.invoice.supplier,
    table: conduct.matchLevels,
    override: conduct.matchLevelOverride ?? 'any',
  })
}

/** A cancellation or reversal takes back what was billed, on whatever lines and whether or not goods are in dispute. */
function takesWholeBack({ invoiceType }: MatchInput['invoice']): boolean {
  return invoiceType === 'cancellation' || invoiceType === 'reversal'
}

/** A line without an order line is held only where matching asks for one; what bills another's order is held always. */
function isToBeLinked(
  { invoiceLine, reason }: UnlinkedLine,
  { invoice }: InvoiceContext,
  conduct: Conduct,
): boolean {
  if (takesWholeBack(invoice)) return false
  if (reason === 'other-supplier') return true
  const level = resolveMatchLevel({
    orderLine: undefined,
    order: undefined,
    item: invoiceLine.item.buyerItem,
    supplier: invoice.supplier,
    table: conduct.matchLevels,
    override: conduct.matchLevelOverride ?? 'any',
  })
  return level !== 'none' && level !== 'totals'
}

/** Nothing of an order line is sent to a desk while goods or the settling of a receiving case are waited for. */
function findingsOnLine(
  line: LinkedLine,
  facts: PolicyFacts,
  policy: Policy,
): readonly CheckFinding[] {
  const openCase = takesWholeBack(line.header.invoice) ? null : openCaseFinding(line)
  const planned = checkLine(line, facts, policy)
  const isWaiting = openCase !== null || planned.some(({ effect }) => effect === 'wait')
  return [
    ...(openCase === null ? [] : [openCase]),
    ...(isWaiting ? planned.map((finding) => withoutCase(finding, openCase !== null)) : planned),
  ]
}
