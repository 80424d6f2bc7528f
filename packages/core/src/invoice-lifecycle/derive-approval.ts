import type { Approval } from '../approval/approval.ts'
import {
  beginProgress,
  currentStep,
  isOpenApproval,
  nextStep,
  roleToCall,
} from '../approval/run-approval.ts'
import { compareDecimals } from '../decimal/decimal-arithmetic.ts'
import { addBusinessHours } from '../calendar/business-hours.ts'
import { type Instant, instant } from '../calendar/instant.ts'
import { officeHours } from '../calendar/office-hours.ts'
import { tenantOfKey } from '../identity/identity.ts'
import { invoiceTotal } from '../invoice/invoice-total.ts'
import type { DecisionContext } from '../message/decision.ts'
import { systemActor } from '../message/actor.ts'
import { currentInvoice, isMatched, isPaid } from './current-invoice.ts'
import type { Deriving } from './derive-invoice-decision.ts'
import type { InvoiceDecision } from './invoice-events.ts'
import { isOfRemedy, remediesOf } from './invoice-remedies.ts'
import type { InvoiceFacts } from './invoice-state.ts'
import { isBeingMatched } from './payable-amount.ts'
import {
  approvalSubject,
  isRoutedForApproval,
  routedDifferences,
  wantedApproval,
} from './wanted-approval.ts'
import { approvalOfWait } from './wanted-waits.ts'

/** An approval falls when what it was asked for, or asked on, is no longer the same. */
export function supersedeApproval({ facts }: Deriving): InvoiceDecision | null {
  for (const approval of facts.approvals) {
    const because = reasonToFall(facts, approval)
    if (because === null) continue
    return { type: 'approval.superseded', data: { approvalId: approval.approvalId, because } }
  }
  return null
}

function reasonToFall(facts: InvoiceFacts, approval: Approval): string | null {
  const isOpen = isOpenApproval(approval)
  if (!isOpen && approval.state !== 'approved') return null
  if (isOfRemedy(facts, approval)) return isOpen ? reasonOfRemedyToFall(facts, approval) : null
  if (approval.subject !== approvalSubject(facts)) {
    return facts.closing === null ? 'the invoice was corrected' : 'the invoice was closed'
  }
  if (facts.closing !== null) return isOpen ? 'the invoice was closed' : null
  const order = laterOrder(facts, approval)
  if (order !== null) return order
  if (isBeyond(facts, approval)) return 'matched again, and it differs in what was not asked about'
  const isMoot = isMatched(facts) && !isRoutedForApproval(facts)
  return isOpen && isMoot && !isBeingMatched(facts)
    ? 'matched again, and nothing is left to approve'
    : null
}

/** Another difference was routed than those it was asked for, or one of them has grown. */
function isBeyond(facts: InvoiceFacts, { covers }: Approval): boolean {
  if (covers === undefined || facts.posting !== null || isPaid(facts)) return false
  if (!isMatched(facts) || !isRoutedForApproval(facts)) return false
  return Object.entries(routedDifferences(facts)).some(([place, size]) => {
    const covered = covers[place]
    if (covered === undefined) return true
    return covered !== null && size !== null && compareDecimals(size, covered) > 0
  })
}

/** What is not asked for any more needs nobody's consent. */
function reasonOfRemedyToFall(facts: InvoiceFacts, { subject }: Approval): string | null {
  const remedy = remediesOf(facts).find(({ remedyId }) => remedyId === subject)
  if (remedy?.state !== 'cancelled') return null
  return remedy.ended?.because ?? 'it is not asked for any more'
}

/** What is booked or paid was approved as the orders stood then. */
function laterOrder(facts: InvoiceFacts, { orderVersions = {} }: Approval): string | null {
  if (facts.posting !== null || isPaid(facts)) return null
  const [later] = Object.entries(versionsOfOrders(facts)).filter(
    ([order, version]) => version > (orderVersions[order] ?? version),
  )
  return later === undefined ? null : `order ${later[0]} was changed: it is at version ${later[1]}`
}

function versionsOfOrders({ answers }: InvoiceFacts): Readonly<Record<string, number>> {
  const known = Object.entries(answers).flatMap(([order, { view }]) =>
    view === null ? [] : [[order, view.orderVersion] as const],
  )
  return Object.fromEntries(known.toSorted(([a], [b]) => (a < b ? -1 : 1)))
}

/** Once a step is done the next one is asked. */
export function askNextStep({ facts, context }: Deriving): InvoiceDecision | null {
  for (const approval of facts.approvals) {
    const step = nextStep(approval)
    if (step === null || approval.requirement?.outcome !== 'needed') continue
    const hours = approval.requirement.steps[step - 1]?.dueBusinessHours
    if (hours === undefined) continue
    const dueAt = inHours(facts, context, hours)
    return { type: 'approval.asked', data: { approvalId: approval.approvalId, step, dueAt } }
  }
  return null
}

/** Nobody answered in time: the role named for that is called, once in a step, and may decide. */
export function escalateStep({ facts, context }: Deriving): InvoiceDecision | null {
  for (const [timerId, { type, over }] of Object.entries(facts.waits)) {
    const approval =
      over && type === 'approval.overdue' ? approvalOfWait(facts, timerId) : undefined
    if (approval === undefined || !isOpenApproval(approval)) continue
    const step = currentStep(approval)
    const toRole = roleToCall(approval)
    if (step === null || toRole === null || approval.progress === undefined) continue
    const roles = step.roles.join(', ')
    return {
      type: 'approval.escalated',
      data: {
        approvalId: approval.approvalId,
        step: approval.progress.step,
        toRole,
        dueAt: inHours(facts, context, step.dueBusinessHours),
        because: `${roles} did not decide by ${approval.progress.dueAt}, so ${toRole} may`,
      },
    }
  }
  return null
}

/**
 * Asks for the approval that the rules call for, or writes down that they call for none or allow none. What is held besides is
 * asked about at once, so that the desks work side by side.
 */
export function requestApproval({ facts, context, recordId }: Deriving): InvoiceDecision | null {
  const invoice = currentInvoice(facts)
  if (invoice === null || facts.closing !== null || !isMatched(facts)) return null
  if (facts.match === null || !isRoutedForApproval(facts) || isPaid(facts)) return null
  const subject = approvalSubject(facts)
  const earlier = facts.approvals.filter((approval) => approval.subject === subject)
  if (earlier.some(({ state }) => state !== 'superseded')) return null
  const { attempt } = facts.match.result
  if (facts.approvalRuling?.attempt === attempt) return null
  const wanted = wantedApproval(facts, context)
  if (wanted.kind === 'ruled') {
    const { outcome, policy } = wanted
    const because = policy.because.join('; ').slice(0, 2000)
    return { type: 'approval.ruled', data: { attempt, outcome, because, policy } }
  }
  const at = instant(context.now)
  const approval: Approval = {
    tenant: tenantOfKey(facts.invoiceKey),
    approvalId: recordId,
    decisionType: 'accept-variance',
    subject,
    requestedBy: earlier.at(-1)?.decidedBy ?? systemActor.id,
    requestedAt: at,
    exposure: invoiceTotal(invoice),
    approverRole: wanted.approverRole,
    state: 'requested',
    decidedBy: null,
    decidedAt: null,
    reason: null,
    ...wanted.ruled,
    covers: routedDifferences(facts),
    ...stepsOf(facts, wanted.ruled?.requirement, at),
  }
  return { type: 'approval.requested', data: { approval } }
}

function stepsOf(
  facts: InvoiceFacts,
  requirement: Approval['requirement'],
  at: Instant,
): Pick<Approval, 'progress' | 'orderVersions'> {
  const orderVersions = versionsOfOrders(facts)
  if (requirement?.outcome !== 'needed') return { orderVersions }
  const progress = beginProgress(requirement, { at, calendar: facts.calendar ?? officeHours })
  return progress === null ? { orderVersions } : { progress, orderVersions }
}

function inHours(facts: InvoiceFacts, { now }: DecisionContext, hours: number): Instant {
  return addBusinessHours(instant(now), hours, facts.calendar ?? officeHours)
}
