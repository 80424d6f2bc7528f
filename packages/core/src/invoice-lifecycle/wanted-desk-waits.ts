import { awaitsSupplier } from '../dispute/change-dispute.ts'
import type { Dispute } from '../dispute/dispute.ts'
import { isOpenTask } from '../exception/change-task.ts'
import { isWaitingCase } from '../exception/steer-case.ts'
import type { ExceptionCase } from '../exception/exception.ts'
import type { InvoiceFacts } from './invoice-state.ts'
import type { WantedWait } from './wanted-waits.ts'

/** The clocks of tasks, of cases that wait for somebody, and of disputes the supplier is to answer. */
export function deskWaits(facts: InvoiceFacts): readonly WantedWait[] {
  return [...taskWaits(facts), ...caseWaits(facts), ...disputeWaits(facts)]
}

/** A task is brought to mind when the rules say, and called overdue at its due time. */
function taskWaits(facts: InvoiceFacts): readonly WantedWait[] {
  return (facts.tasks ?? []).filter(isOpenTask).flatMap(({ taskId, dueAt, overdueSince }) => {
    if (overdueSince !== undefined) return []
    const timerId = `${facts.invoiceKey}/task/${taskId}`
    const data = { timerId, taskId }
    const reminder = reminderOf(timerId)
    return [
      { timerId, type: 'task.overdue', waitingFor: 'task', fixedAt: dueAt, data },
      {
        timerId: reminder,
        type: 'task.reminder-due',
        waitingFor: 'task',
        fixedAt: null,
        data: { timerId: reminder, taskId },
        isReminder: true,
      },
    ]
  })
}

function caseWaits(facts: InvoiceFacts): readonly WantedWait[] {
  return facts.cases.filter(isWaitingCase).flatMap((one): readonly WantedWait[] => {
    const { exceptionId } = one
    const timerId = `${facts.invoiceKey}/waiting/${exceptionId}/${waitedFor(one)}`
    const waitingFor = waitedFor(one)
    const reminder = reminderOf(timerId)
    return [
      {
        timerId,
        type: 'waiting.overdue',
        waitingFor,
        fixedAt: null,
        data: { timerId, exceptionId },
        // A case whose own clock stands still would wait for ever, and nobody would know.
        hoursMax: one.route.dueBusinessHours,
      },
      {
        timerId: reminder,
        type: 'waiting.reminder-due',
        waitingFor,
        fixedAt: null,
        data: { timerId: reminder, exceptionId },
        isReminder: true,
      },
    ]
  })
}

/** Whom a waiting case waits for, as the timing rules are asked: `supplier`, `internal` or `approval`. */
export function waitedFor({ state }: Pick<ExceptionCase, 'state'>): string {
  return state.replace('waiting-', '')
}

function disputeWaits(facts: InvoiceFacts): readonly WantedWait[] {
  return facts.disputes.filter(awaitsSupplier).flatMap((dispute): readonly WantedWait[] => {
    const { disputeId } = dispute
    const timerId = disputeTimer(facts, dispute)
    const reminder = reminderOf(timerId)
    const waitingFor = 'dispute-answer'
    return [
      {
        timerId,
        type: 'dispute.overdue',
        waitingFor,
        fixedAt: null,
        data: { timerId, disputeId },
      },
      {
        timerId: reminder,
        type: 'dispute.reminder-due',
        waitingFor,
        fixedAt: null,
        data: { timerId: reminder, disputeId },
        isReminder: true,
      },
    ]
  })
}

/** The clock of one round of a dispute: each offer of the buyer's gives the supplier its time anew. */
export function disputeTimer(facts: InvoiceFacts, { disputeId, offers = [] }: Dispute): string {
  return `${facts.invoiceKey}/dispute/${disputeId}/${offers.length}`
}

function reminderOf(timerId: string): string {
  return `${timerId}/reminder`
}
