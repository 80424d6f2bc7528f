import type { ApprovalRequirement } from '../approval/approval-requirement.ts'
import type { ExceptionCode } from '../exception/exception.ts'
import { invoiceTotal } from '../invoice/invoice-total.ts'
import { absoluteDecimal } from '../decimal/decimal-arithmetic.ts'
import type { Decimal } from '../decimal/decimal.ts'
import type { KeptCheckResult, KeptMatchResult } from '../match/kept-match-result.ts'
import type { WantedException } from '../match/match-result.ts'
import type { DecisionContext } from '../message/decision.ts'
import type { PolicyAnswer, PolicyDecision } from '../policy/policy.ts'
import { currentInvoice, currentVersion } from './current-invoice.ts'
import { isOfRemedy } from './invoice-remedies.ts'
import { approvalFactsForRules, invoiceFactsForRules } from './invoice-rule-facts.ts'
import type { InvoiceFacts } from './invoice-state.ts'

/** What the approval rules say about an invoice that was routed for approval. */
export type WantedApproval =
  | {
      readonly kind: 'ask'
      readonly approverRole: string
      /** All that the rules ask for, and why; absent where no rule was written and the case's owner is asked. */
      readonly ruled?: {
        readonly requirement: ApprovalRequirement
        readonly policy: PolicyDecision
      }
    }
  | {
      readonly kind: 'ruled'
      readonly outcome: 'not-needed' | 'refused'
      readonly policy: PolicyDecision
    }

/**
 * Whether somebody has to approve an invoice whose match was routed for approval, and who. The approval rules are asked for
 * each difference that was routed, with the whole invoice at stake, and the strictest answer holds: refused for one is
 * refused; not needed only where no difference needs it. Where no approval rule was written, the owner of the difference's
 * case approves, as before there were such rules.
 */
export function wantedApproval(facts: InvoiceFacts, context: DecisionContext): WantedApproval {
  const routed = routedExceptions(facts)
  const codes = routed.length === 0 ? [null] : [...new Set(routed.map(({ code }) => code))]
  const answers = codes.map((code) => context.policy.approval(approvalFacts(facts, routed, code)))
  const ruled = answers.filter(({ decision }) => decision.firedRules.length > 0)
  const refused = ruled.find(({ value }) => value.outcome === 'refused')
  if (refused !== undefined) {
    return { kind: 'ruled', outcome: 'refused', policy: refused.decision }
  }
  const [strictest] = ruled.toSorted((a, b) => strictnessOf(b) - strictnessOf(a))
  if (strictest?.value.outcome === 'needed') {
    const approverRole = strictest.value.steps[0]?.roles[0] ?? ownerRole(facts, routed, context)
    const { value: requirement, decision: policy } = strictest
    return { kind: 'ask', approverRole, ruled: { requirement, policy } }
  }
  if (strictest !== undefined && ruled.length === answers.length) {
    return { kind: 'ruled', outcome: 'not-needed', policy: strictest.decision }
  }
  return { kind: 'ask', approverRole: ownerRole(facts, routed, context) }
}

/** More steps are stricter than fewer, and two persons than one. */
function strictnessOf({ value }: PolicyAnswer<ApprovalRequirement>): number {
  return value.outcome === 'needed' ? 2 * value.steps.length + (value.fourEyes ? 1 : 0) : 0
}

/** What an approval is for: this text of this invoice, so that a corrected one has to be approved anew. */
export function approvalSubject(facts: InvoiceFacts): string {
  return `${facts.invoiceKey}#${currentVersion(facts)?.hash.slice(0, 12) ?? ''}`.slice(-400)
}

/**
 * Whether a difference of the last match is somebody's to approve: by itself, or beside others that are held. Letting those
 * go does not approve this one.
 */
export function isRoutedForApproval({ match }: InvoiceFacts): boolean {
  return match?.result.decision === 'route-approval' || match?.asksBesideHolds === true
}

/** Whether a match holds some differences and routes others for approval. */
export function asksBesideHolds({ decision, checks }: KeptMatchResult): boolean {
  return decision === 'hold' && checks.some(isRoutedCheck)
}

/** Whether what was routed for approval was approved, or the rules said that nobody has to. */
export function isApproved(facts: InvoiceFacts): boolean {
  const isGiven = facts.approvals.some(
    (approval) => approval.state === 'approved' && !isOfRemedy(facts, approval),
  )
  return isGiven || isApprovalNotNeeded(facts)
}

/** Whether the invoice stops until what was routed for approval is approved. */
export function lacksApproval(facts: InvoiceFacts): boolean {
  return isRoutedForApproval(facts) && !isApproved(facts)
}

/** Whether this difference was routed for approval and is not held besides. */
export function isRouted({ match }: InvoiceFacts, wanted: WantedException): boolean {
  if (match === null || wanted.holdText !== null) return false
  return match.result.checks.some(
    (check) => isRoutedCheck(check) && placeOfCheck(check) === placeOfException(wanted),
  )
}

/** What approval is asked for: each routed difference by its place, with how much it is; null where it is no quantity. */
export function routedDifferences({
  match,
}: InvoiceFacts): Readonly<Record<string, Decimal | null>> {
  const routed = match?.result.checks.filter(isRoutedCheck) ?? []
  return Object.fromEntries(routed.map((check) => [placeOfCheck(check), sizeOf(check)]))
}

const isRoutedCheck = ({ effect }: KeptCheckResult): boolean => effect === 'route-approval'

function sizeOf({ varianceAmount, variance }: KeptCheckResult): Decimal | null {
  const size = varianceAmount ?? variance
  return size === null ? null : absoluteDecimal(size)
}

function placeOfCheck(check: KeptCheckResult): string {
  const { exceptionCode, invoiceLineNumber, orderNumber, orderLineNumber, code, field } = check
  return placeOf([exceptionCode, invoiceLineNumber, orderNumber, orderLineNumber, code, field])
}

function placeOfException(wanted: WantedException): string {
  const { code, invoiceLineNumber, orderNumber, orderLineNumber, chargeCode, field } = wanted
  return placeOf([code, invoiceLineNumber, orderNumber, orderLineNumber, chargeCode, field])
}

const placeOf = (parts: readonly (string | null)[]): string => parts.join('|').slice(0, 400)

/** The cases of the differences that were routed for approval. */
function routedExceptions({ match }: InvoiceFacts): readonly WantedException[] {
  const codes = new Set(
    match?.result.checks.filter(isRoutedCheck).map(({ exceptionCode }) => exceptionCode),
  )
  return match?.result.exceptions.filter(({ code }) => codes.has(code)) ?? []
}

function approvalFacts(
  facts: InvoiceFacts,
  routed: readonly WantedException[],
  code: ExceptionCode | null,
) {
  const invoice = currentInvoice(facts)
  return approvalFactsForRules(facts, {
    decisionType: 'accept-variance',
    // What approving lets go is the whole invoice, however small the difference.
    exposure: invoice === null ? null : invoiceTotal(invoice),
    exceptionCode: code,
    discrepancy: routed.find((one) => one.code === code)?.discrepancy ?? null,
  })
}

function ownerRole(
  facts: InvoiceFacts,
  [routed]: readonly WantedException[],
  { policy }: DecisionContext,
): string {
  if (routed !== undefined) return routed.route.ownerRole
  return policy.routing({
    exception: { code: 'ITEM_AMOUNT_REVIEW', exposure: null },
    invoice: invoiceFactsForRules(facts),
  }).value.ownerRole
}

/** True where the rules said of the last match that nobody has to approve it. */
export function isApprovalNotNeeded({ match, approvalRuling }: InvoiceFacts): boolean {
  return (
    match !== null &&
    approvalRuling?.outcome === 'not-needed' &&
    approvalRuling.attempt === match.result.attempt
  )
}
