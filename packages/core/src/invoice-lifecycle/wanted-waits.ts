import type { Approval } from '../approval/approval.ts'
import { isOpenApproval } from '../approval/run-approval.ts'
import { addBusinessHours } from '../calendar/business-hours.ts'
import { addDays, type CalendarDate } from '../calendar/calendar-date.ts'
import { instant, type Instant } from '../calendar/instant.ts'
import { officeHours } from '../calendar/office-hours.ts'
import { instantOf, TimeOfDay } from '../calendar/time-zone.ts'
import { isOpenCase, nextEscalationOf } from '../exception/open-case.ts'
import type { DecisionContext } from '../message/decision.ts'
import type { MessageData } from '../message/message.ts'
import { currentInvoice, isCorrectionOnly } from './current-invoice.ts'
import { isAnswered, isAttemptOpen } from './match-attempt.ts'
import { isOfRemedy } from './invoice-remedies.ts'
import { matchingState, paymentState } from './invoice-regions.ts'
import type { InvoiceFacts } from './invoice-state.ts'
import { deskWaits } from './wanted-desk-waits.ts'

/** A clock the facts call for. `fixedAt` when the instant follows from the facts; else the policy's timing says how long. */
export type WantedWait = {
  readonly timerId: string
  readonly type: string
  readonly waitingFor: string
  readonly fixedAt: Instant | null
  readonly data: MessageData
  /** It reminds those who are waited for, at the first time the policy's timing names; absent where it ends a wait. */
  readonly isReminder?: boolean
  /** Working hours it lasts at most where the policy lets it last for ever; absent where it may. */
  readonly hoursMax?: number
}

/** Everything the invoice waits for now, each with the clock that says when it took too long. */
export function wantedWaits(facts: InvoiceFacts): WantedWait[] {
  const cases = [...caseWaits(facts), ...deskWaits(facts)]
  if (facts.closing !== null) return cases
  return [
    ...answerWaits(facts),
    ...matchWaits(facts),
    ...approvalWaits(facts),
    ...paymentWaits(facts),
    ...cases,
  ]
}

/** Waits to start, or to start anew because their instant moved. */
export function waitsToStart(facts: InvoiceFacts): WantedWait[] {
  return wantedWaits(facts).filter((wanted) => {
    const running = facts.waits[wanted.timerId]
    if (running === undefined) return true
    return wanted.fixedAt !== null && wanted.fixedAt !== running.dueAt
  })
}

/** Clocks whose wait is over. */
export function waitsToEnd(facts: InvoiceFacts): string[] {
  const wanted = new Set(wantedWaits(facts).map((wait) => wait.timerId))
  return Object.keys(facts.waits).filter((timerId) => !wanted.has(timerId))
}

/** When a wait is overdue; null when the policy lets it last for ever. */
export function dueAtOf(
  wanted: WantedWait,
  facts: InvoiceFacts,
  context: DecisionContext,
): Instant | null {
  if (wanted.fixedAt !== null) return wanted.fixedAt
  const timing = context.policy.timing({
    waiting: { for: wanted.waitingFor },
    invoice: { supplier: currentInvoice(facts)?.supplier ?? null },
  }).value
  const [reminderHours = null] = timing.remindAfterBusinessHours
  const overdueHours = timing.overdueAfterBusinessHours ?? wanted.hoursMax ?? null
  const hours = wanted.isReminder === true ? reminderHours : overdueHours
  if (hours === null) return null
  return addBusinessHours(instant(context.now), hours, facts.calendar ?? officeHours)
}

function wait(
  facts: InvoiceFacts,
  name: string,
  wanted: Pick<WantedWait, 'type' | 'waitingFor'> & Partial<WantedWait>,
): WantedWait {
  const timerId = `${facts.invoiceKey}/${name}`
  return { timerId, fixedAt: null, data: { timerId }, ...wanted }
}

function answerWaits(facts: InvoiceFacts): WantedWait[] {
  if (!isAttemptOpen(facts) || facts.attempt === null) return []
  const isLookedUp = facts.register?.lookUpId === facts.attempt.lookUpId
  const isAllocated = facts.attempt.orders.every((order) => isAnswered(facts, order))
  const register = wait(facts, 'register', { type: 'register.overdue', waitingFor: 'register' })
  const allocation = wait(facts, 'allocation', {
    type: 'allocation.overdue',
    waitingFor: 'allocation',
  })
  return [...(isLookedUp ? [] : [register]), ...(isAllocated ? [] : [allocation])]
}

function matchWaits(facts: InvoiceFacts): WantedWait[] {
  const matching = matchingState(facts)
  if (matching === 'awaiting-receipt' || matching === 'awaiting-resolution') {
    return [wait(facts, 'receipt', { type: 'receipt.overdue', waitingFor: 'receipt' })]
  }
  if (matching !== 'awaiting-approval') return []
  return facts.approvals
    .filter(
      (approval) =>
        approval.state === 'requested' &&
        approval.progress === undefined &&
        !isOfRemedy(facts, approval),
    )
    .map(({ approvalId }) => approvalWait(facts, approvalId, {}))
}

/** The clocks of approvals that run in steps: of the step, and of the request as a whole where it falls some day. */
function approvalWaits(facts: InvoiceFacts): WantedWait[] {
  return facts.approvals.filter(isOpenApproval).flatMap(({ approvalId, progress }) => {
    if (progress === undefined) return []
    const { dueAt, expiresAt } = progress
    const step = approvalWait(facts, approvalId, { fixedAt: dueAt })
    if (expiresAt === undefined) return [step]
    const limit = { type: 'approval.expired', waitingFor: 'approval', fixedAt: expiresAt }
    return [step, wait(facts, `approval/${approvalId}/limit`, limit)]
  })
}

function approvalWait(
  facts: InvoiceFacts,
  approvalId: string,
  fixed: Pick<Partial<WantedWait>, 'fixedAt'>,
): WantedWait {
  return wait(facts, `approval/${approvalId}`, {
    type: 'approval.overdue',
    waitingFor: 'approval',
    ...fixed,
  })
}

/** The approval a clock is of, be it of its step or of the request as a whole. */
export function approvalOfWait(facts: InvoiceFacts, timerId: string): Approval | undefined {
  return facts.approvals.find(({ approvalId }) => {
    const name = `${facts.invoiceKey}/approval/${approvalId}`
    return timerId === name || timerId === `${name}/limit`
  })
}

function paymentWaits(facts: InvoiceFacts): WantedWait[] {
  const payment = paymentState(facts)
  const invoice = currentInvoice(facts)
  if (invoice === null || payment === 'paid' || isCorrectionOnly(facts)) return []
  const posting =
    payment === 'released'
      ? [wait(facts, 'posting', { type: 'posting.overdue', waitingFor: 'posting' })]
      : []
  const dueDate = dueDateOf(facts)
  if (dueDate === null) return posting
  const dueAt = startOfDay(facts, dueDate)
  return [
    ...posting,
    wait(facts, 'payment', { type: 'payment.due', waitingFor: 'payment', fixedAt: dueAt }),
  ]
}

/** Day the invoice has to be paid: as printed, else counted from the invoice date by its terms; null when neither is known. */
export function dueDateOf(facts: InvoiceFacts): CalendarDate | null {
  const invoice = currentInvoice(facts)
  if (invoice === null) return null
  if (invoice.dueDate !== null) return invoice.dueDate
  const days = invoice.paymentTerms?.netDays ?? null
  return days === null ? null : addDays(invoice.invoiceDate, days)
}

function startOfDay(facts: InvoiceFacts, date: CalendarDate): Instant {
  return instantOf(date, TimeOfDay.parse('00:00'), (facts.calendar ?? officeHours).timeZone)
}

function caseWaits(facts: InvoiceFacts): WantedWait[] {
  return facts.cases.filter(isOpenCase).flatMap((one) => {
    const next = nextEscalationOf(one, facts.calendar ?? officeHours)
    if (next === null) return []
    const { exceptionId } = one
    return [
      wait(facts, `case/${exceptionId}`, {
        type: 'case.overdue',
        waitingFor: 'case',
        fixedAt: next.at,
        data: { exceptionId, level: next.level },
      }),
    ]
  })
}
