import type {
  ExceptionLifecycleContext,
  ExceptionLifecycleEvent,
} from '../src/exception/exception-lifecycle.machine.ts'
import type {
  OrderLifecycleEvent,
  OrderLifecycleFacts,
} from '../src/order-lifecycle/order-lifecycle.machine.ts'

/** An order as somebody would keep it who wants its states and nothing else. */
export type HandOrder = {
  readonly value: Readonly<Record<string, string>>
  readonly context: OrderLifecycleFacts
}

/** The order lifecycle written by hand: new facts over the known ones, and a state of every region read off them. */
export function orderByHand(before: HandOrder, event: OrderLifecycleEvent): HandOrder {
  const context = { ...before.context, ...event.facts }
  return { value: orderStatesByHand(context, before.value['issuing']), context }
}

/** The states of an order by its facts; once it was sent, it stays so. */
export function orderStatesByHand(
  facts: OrderLifecycleFacts,
  issuing?: string,
): HandOrder['value'] {
  const { schedules } = facts
  const isOut = facts.isIssued || issuing === 'sent' || issuing === 'delivered'
  const isAnswered = schedules > 0 && facts.answered >= schedules
  return {
    issuing: isOut ? (facts.isDelivered ? 'delivered' : 'sent') : draftOf(facts),
    acknowledgment: isAnswered
      ? answerOf(facts)
      : facts.answered > 0
        ? 'partially-acknowledged'
        : 'unacknowledged',
    fulfilment: !facts.isUnderWay
      ? 'awaiting-shipment'
      : schedules > 0 && facts.delivered >= schedules
        ? 'fulfilled'
        : 'in-fulfilment',
    billing:
      facts.partInvoiced === 0
        ? 'not-invoiced'
        : schedules > 0 && facts.invoiced >= schedules
          ? 'invoiced'
          : 'part-invoiced',
    control: facts.isHeld ? 'on-hold' : 'active',
    cancellation: cancellationOf(facts),
    completion: completionOf(facts),
  }
}

function draftOf({ isApproved, isSubmitted }: OrderLifecycleFacts): string {
  return isApproved ? 'approved' : isSubmitted ? 'pending-approval' : 'draft'
}

function answerOf({ rejected, schedules, changed }: OrderLifecycleFacts): string {
  if (rejected >= schedules) return 'rejected'
  return changed > 0 ? 'acknowledged-with-changes' : 'acknowledged'
}

function cancellationOf(facts: OrderLifecycleFacts): string {
  if (!facts.isCancelRequested) return 'not-cancelled'
  if (facts.isCancelConsented) return 'cancelled'
  return facts.isCancelRefused ? 'cancel-refused' : 'cancel-pending'
}

function completionOf(facts: OrderLifecycleFacts): string {
  if (facts.isArchived) return 'archived'
  const { schedules, closed, openCases, heldInvoices, isHeld } = facts
  const isOver = schedules > 0 && closed >= schedules
  return isOver && openCases === 0 && heldInvoices === 0 && !isHeld ? 'completed' : 'open'
}

/** A case as somebody would keep it who wants its states and nothing else. */
export type HandCase = {
  readonly value: { readonly work: string | { readonly open: string }; readonly escalation: string }
  readonly context: ExceptionLifecycleContext
}

/** The lifecycle of a case written by hand: one switch over what may happen, the same case where nothing does. */
export function caseByHand(before: HandCase, event: ExceptionLifecycleEvent): HandCase {
  const { value, context } = before
  const { work } = value
  if (event.type === 'escalate') {
    if (typeof work === 'string') return before
    const escalationLevel = context.escalationLevel + 1
    return { value: { work, escalation: 'escalated' }, context: { ...context, escalationLevel } }
  }
  const next =
    typeof work === 'string' ? afterwards(work, event) : opened(work.open, event, context)
  return next === null ? before : { value: { work: next, escalation: value.escalation }, context }
}

type Work = HandCase['value']['work']

function afterwards(work: string, { type }: ExceptionLifecycleEvent): Work | null {
  if (type === 'reopen') return { open: 'in-progress' }
  if (type === 'verify' && work === 'resolved') return 'verified'
  return type === 'close' && work === 'verified' ? 'closed' : null
}

function opened(
  open: string,
  event: ExceptionLifecycleEvent,
  { bypassAllowed }: ExceptionLifecycleContext,
): Work | null {
  switch (event.type) {
    case 'classify':
      return open === 'detected' ? { open: 'classified' } : null
    case 'approve':
      return open === 'resolution-proposed' ? { open: 'approved' } : null
    case 'execute':
      return open === 'approved' ? { open: 'executing' } : null
    case 'assign':
      return { open: 'assigned' }
    case 'take':
      return { open: 'in-progress' }
    case 'wait':
      return { open: `waiting-${event.for}` }
    case 'propose':
      return { open: 'resolution-proposed' }
    case 'resolve':
      return 'resolved'
    case 'cure':
      return 'auto-resolved'
    case 'bypass':
      return bypassAllowed ? 'bypassed' : null
    case 'merge':
      return 'merged'
    case 'verify':
    case 'close':
    case 'escalate':
    case 'reopen':
      return null
  }
}
