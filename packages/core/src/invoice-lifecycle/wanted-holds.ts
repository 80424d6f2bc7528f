import { isDecimal } from '../decimal/decimal-text.ts'
import { absoluteDecimal, compareDecimals } from '../decimal/decimal-arithmetic.ts'
import type { KeptCheckResult } from '../match/kept-match-result.ts'
import type { WantedHold } from '../match/match-result.ts'
import { contradictingVersions, isMatched, isPaid } from './current-invoice.ts'
import { openBreaches } from './invoice-duties.ts'
import type { InvoiceFacts } from './invoice-state.ts'
import { masterDoubts } from './master-doubts.ts'
import { type SupplierDoubt, supplierDoubts } from './supplier-standing.ts'

/** A hold the facts call for; `caseKey` names the case it belongs to, where that is none of the match. */
export type InvoiceHold = WantedHold & { readonly caseKey?: string }

/**
 * The holds that the facts call for now: those of the last match less what a person let pass, one while two texts
 * contradict each other, and those of a supplier that is blocked or not known by its account, or of what the master data
 * does not know. Those open and not wanted
 * are cured, those wanted and not open are placed.
 */
export function wantedHolds(facts: InvoiceFacts): InvoiceHold[] {
  if (facts.closing !== null) return []
  const matched = isMatched(facts) ? (facts.match?.result.holds ?? []) : []
  const contradicted = contradictingVersions(facts).length > 0 ? [contradictionHold] : []
  return [
    ...matched.filter((hold) => !isAccepted(facts, hold.text)),
    ...contradicted,
    ...supplierHolds(facts),
    ...dutyHolds(facts),
  ]
}

/** The code of the hold on what one person did alone though two have to. */
export const dutiesHoldCode = 'DUTIES'

/** Nothing is paid on the word of one person where two have to speak. */
function dutyHolds(facts: InvoiceFacts): InvoiceHold[] {
  return dutyDoubts(facts).map(({ key, sentence }) => ({
    code: dutiesHoldCode,
    text: key,
    scope: 'invoice',
    scopeKey: null,
    blocks: 'payment',
    reason: sentence,
    caseKey: key,
  }))
}

/** What one person did in the case though two have to, while the invoice is not paid. */
export function dutyDoubts(
  facts: InvoiceFacts,
): readonly { readonly key: string; readonly sentence: string }[] {
  if (isPaid(facts)) return []
  return openBreaches(facts).map(({ person, did, duty, conflict }) => ({
    key: `${dutiesHoldCode}:${did}/${duty}/${person}`,
    sentence: `\`${person}\` did both \`${did}\` and \`${duty}\`: ${conflict.because}`,
  }))
}

/** What the master of suppliers doubts is not paid until it says otherwise, or a person lets this doubt pass. */
function supplierHolds(facts: InvoiceFacts): InvoiceHold[] {
  return standingDoubts(facts).map(({ code, key, blocks, sentence }) => ({
    code,
    text: key,
    scope: 'invoice',
    scopeKey: null,
    blocks,
    reason: sentence,
    caseKey: key,
  }))
}

/** What the masters doubt, less what a person let pass. */
export function standingDoubts(facts: InvoiceFacts): readonly SupplierDoubt[] {
  return [...supplierDoubts(facts), ...masterDoubts(facts)].filter(
    ({ key }) => !isAccepted(facts, key),
  )
}

/** True when a person let this difference pass and it has not grown since. */
export function isAccepted(facts: InvoiceFacts, holdText: string): boolean {
  const accepted = facts.accepted[holdText]
  if (accepted === undefined) return false
  const { variance } = varianceBehind(facts, holdText)
  if (variance === accepted.variance) return true
  if (!isDecimal(variance) || !isDecimal(accepted.variance)) return false
  return compareDecimals(absoluteDecimal(variance), absoluteDecimal(accepted.variance)) <= 0
}

/** The measured difference behind a hold of the last match; null where nothing was measured in numbers. */
export function varianceBehind(
  facts: InvoiceFacts,
  holdText: string,
): { readonly variance: string | null } {
  const check = facts.match?.result.checks.find(
    (candidate) => !candidate.within && textsOf(candidate).includes(holdText),
  )
  return { variance: check?.variance ?? null }
}

/** Every way the match may write the hold of a check: `PRICE`, `PRICE:2`, `CHARGE_OVER:FREIGHT`, `TOTAL:net`. */
function textsOf(check: KeptCheckResult): string[] {
  if (check.holdCode === null) return []
  const scopes = [check.invoiceLineNumber, check.code, check.field].filter((key) => key !== null)
  return [check.holdCode, ...scopes.map((scope) => `${check.holdCode}:${scope}`)]
}

const contradictionHold: InvoiceHold = {
  text: 'CONFLICTING_DOCUMENT',
  code: 'CONFLICTING_DOCUMENT',
  scope: 'invoice',
  scopeKey: null,
  blocks: 'payment',
  reason: 'another text came under the same number: a person decides which one counts',
  caseKey: 'contradiction',
}
