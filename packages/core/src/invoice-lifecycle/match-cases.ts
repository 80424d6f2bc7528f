import { absoluteDecimal, addDecimals, compareDecimals } from '../decimal/decimal-arithmetic.ts'
import type { ExceptionCase, ExceptionCode } from '../exception/exception.ts'
import { isOpenDispute } from '../dispute/change-dispute.ts'
import { isOpenCase } from '../exception/open-case.ts'
import type { WantedException } from '../match/match-result.ts'
import { isOpenRemedy } from '../resolution/remedy.ts'
import { currentInvoice, isMatched } from './current-invoice.ts'
import { remediesOfCase } from './invoice-remedies.ts'
import type { InvoiceFacts } from './invoice-state.ts'
import { isApproved, isRouted } from './wanted-approval.ts'
import { subjectOf, type WantedCase } from './wanted-case.ts'
import { isAccepted } from './wanted-holds.ts'

/** The cases the last match calls for, one for each cause, less what a person let pass. */
export function matchCases(facts: InvoiceFacts): readonly WantedCase[] {
  return causesOf(facts).flatMap((found) => {
    const left = found.filter((one) => !isLetPass(facts, one, keyOf(found[0] ?? one)))
    const [first] = left
    return first === undefined ? [] : [matchCase(facts, { found, left, first })]
  })
}

/** A person let its hold go, or it was routed for approval and is approved while nothing is claimed for it. */
function isLetPass(facts: InvoiceFacts, wanted: WantedException, key: string): boolean {
  const { holdText } = wanted
  if (holdText !== null) return isAccepted(facts, holdText)
  return isRouted(facts, wanted) && isApproved(facts) && !isClaimed(facts, key)
}

/** What was asked of the supplier, or is disputed, is followed to its end although the invoice was approved. */
function isClaimed(facts: InvoiceFacts, key: string): boolean {
  return facts.cases
    .filter((one) => isOpenCase(one) && facts.caseKeys[one.exceptionId] === key)
    .some(
      ({ exceptionId }) =>
        remediesOfCase(facts, exceptionId).some(isOpenRemedy) ||
        facts.disputes.some((one) => one.exceptionId === exceptionId && isOpenDispute(one)),
    )
}

/** The key of the case a hold of the last match belongs to; null where the match wants no case for it. */
export function caseKeyOfHold(facts: InvoiceFacts, text: string): string | null {
  const found = causesOf(facts).find((cause) => cause.some(({ holdText }) => holdText === text))
  return found?.[0] === undefined ? null : keyOf(found[0])
}

/** What the match found, by cause: two lines that bill one order line of which goods are missing miss the same goods. */
function causesOf(facts: InvoiceFacts): readonly (readonly WantedException[])[] {
  if (!isMatched(facts) || facts.match === null) return []
  return [...Map.groupBy(facts.match.result.exceptions, causeOf).values()]
}

/** What is wrong with the goods of an order line, whichever line of the invoice bills them. */
const ofGoods: ReadonlySet<ExceptionCode> = new Set<ExceptionCode>([
  'INVOICE_BEFORE_RECEIPT',
  'QTY_OVER_RECEIVED',
  'QTY_OVER_ORDERED',
  'QTY_UNDER_ORDERED',
  'BILLED_RETURNED_GOODS',
  'SHORT_SHIPMENT',
  'QUALITY_PENDING',
  'QUALITY_REJECTED',
  'RCV_OVER',
  'BLANKET_EXPIRED',
])

function causeOf(wanted: WantedException): string {
  const { code, orderNumber, orderLineNumber, chargeCode, field, discrepancy } = wanted
  if (orderLineNumber === null || chargeCode !== null || field !== null) return keyOf(wanted)
  const place = [code, orderNumber, orderLineNumber]
  if (ofGoods.has(code)) return JSON.stringify(place)
  if (discrepancy === null) return keyOf(wanted)
  return JSON.stringify([...place, discrepancy.kind, discrepancy.expected, discrepancy.actual])
}

function keyOf(wanted: WantedException): string {
  const { code, invoiceLineNumber, orderNumber, orderLineNumber, chargeCode, field } = wanted
  return ['match', code, invoiceLineNumber, orderNumber, orderLineNumber, chargeCode, field].join(
    '|',
  )
}

type Cause = {
  readonly found: readonly WantedException[]
  /** Of `found`, what nobody let pass. */
  readonly left: readonly WantedException[]
  readonly first: WantedException
}

function matchCase(facts: InvoiceFacts, { found, left, first }: Cause): WantedCase {
  const { code, invoiceLineNumber, chargeCode, field, discrepancy } = first
  return {
    key: keyOf(found[0] ?? first),
    code,
    subject: subjectOf(facts, {
      ...(invoiceLineNumber === null ? {} : { line: invoiceLineNumber }),
      ...(chargeCode === null ? {} : { charge: chargeCode }),
      ...(field === null ? {} : { field }),
    }),
    discrepancy,
    sentence: sentenceOf(left),
    route: { value: first.route, decision: first.policy },
    exposure: exposureInAll(facts, left),
    isJoined: found.length > 1,
  }
}

function sentenceOf(left: readonly WantedException[]): string {
  const [first] = left
  if (left.length < 2) return first?.sentence ?? ''
  const lines = left.map(({ invoiceLineNumber }) => invoiceLineNumber ?? '').join(', ')
  const sentences = [...new Set(left.map(({ sentence }) => sentence))].join('; ')
  return `lines ${lines}: ${sentences}`.slice(0, 1000)
}

/**
 * The money at stake in all lines of a cause. Goods are counted over all that is billed of the order line, so the largest
 * of them holds the others; what differs alike in price differs once for each line.
 */
function exposureInAll(facts: InvoiceFacts, left: readonly WantedException[]) {
  const exposures = left.flatMap((wanted) => exposureOf(facts, wanted) ?? [])
  const [first] = exposures
  if (first === undefined) return null
  const isOfGoods = left.some(({ code }) => ofGoods.has(code))
  const amounts = exposures.map(({ amount }) => amount)
  const amount = amounts.reduce((one, other) => {
    if (!isOfGoods) return addDecimals(one, other)
    return compareDecimals(one, other) < 0 ? other : one
  })
  return { ...first, amount }
}

/** Money at stake: the difference itself where it is money, else the value of the quantity that differs. */
function exposureOf(facts: InvoiceFacts, wanted: WantedException): ExceptionCase['exposure'] {
  const currency = currentInvoice(facts)?.currency
  if (currency === undefined) return null
  const { discrepancy, code, invoiceLineNumber } = wanted
  if (discrepancy !== null && 'currency' in discrepancy) {
    return { amount: absoluteDecimal(discrepancy.difference), currency }
  }
  const check = facts.match?.result.checks.find(
    (one) => one.exceptionCode === code && one.invoiceLineNumber === invoiceLineNumber,
  )
  const amount = check?.varianceAmount ?? null
  return amount === null ? null : { amount: absoluteDecimal(amount), currency }
}
