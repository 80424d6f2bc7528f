import { limitRefusal } from '../authority/check-limit.ts'
import { checkCaseCommand } from '../exception/change-case.ts'
import { refusalOfTask } from '../exception/change-task.ts'
import { isOpenCase } from '../exception/open-case.ts'
import { hashOf } from '../hash/content-hash.ts'
import { type Answer, duplicate, parked, personOnly, refused } from '../message/answer.ts'
import type { Message } from '../message/message.ts'
import { masterErrors } from '../masters/record-master-check.ts'
import { applyDifferences } from '../order-change/apply-differences.ts'
import type { PurchaseOrder } from '../purchase-order/purchase-order.ts'
import { decidedByOrderMessage } from './ask-order-authority.ts'
import { answerToCancelAnswer, answerToLineCancel } from './check-cancellation.ts'
import { samePersonRefusal, supplierRefusal } from './order-duties.ts'
import type { OrderMessage } from './order-events.ts'
import { orderFactOf } from './record-order-event.ts'
import type { ToldFact } from './order-fact.ts'
import { buyerCalendarOf, type ChangeStanding, type OrderState } from './order-state.ts'
import { orderStatus } from './order-status.ts'
import { isAnythingToCome } from './record-control.ts'
import { clockOf } from './record-desk.ts'
import { isApproved } from './stand-order.ts'
import { recordTold, scheduleAt } from './record-told.ts'

/**
 * Why a message is not to be applied: it was before, it has to wait, or it is not allowed. Null when it is to be applied.
 */
export function checkOrderMessage(
  state: OrderState,
  message: Message,
  said: OrderMessage,
): Answer | null {
  if (state.desk.messageIds.includes(message.id)) {
    return duplicate('this message was applied before')
  }
  return (
    supplierRefusal(state, message, said) ??
    beforeTheOrder(state, said) ??
    afterTheArchive(state, said) ??
    answerTo(state, message, said) ??
    samePersonRefusal(state, message, said) ??
    beyondLimit(state, message, said) ??
    recordable(state, message, said)
  )
}

/** Nobody goes beyond the limit the host gave for them, whatever the order has come to since they were asked about. */
function beyondLimit(state: OrderState, { authority }: Message, said: OrderMessage): Answer | null {
  if (authority === undefined) return null
  const { exposure, decisionType } = decidedByOrderMessage(state, said)
  const refusal = limitRefusal(authority, exposure, decisionType)
  return refusal === null ? null : refused(refusal.reason, refusal.sentence)
}

const firstTypes: ReadonlySet<OrderMessage['type']> = new Set<OrderMessage['type']>([
  'order.drafted',
  'order.submitted',
  'order.approved',
  'order.returned',
  'order.recalled',
  'approval.rerouted',
  'approval.overdue',
  'order.issued',
  'order.imported',
  'unordered-goods.received',
  'note.recorded',
])

/** What is about an order that has not come waits for it. */
function beforeTheOrder(state: OrderState, said: OrderMessage): Answer | null {
  const { standing, desk } = state
  if (standing.order !== null || firstTypes.has(said.type)) return null
  if (said.type === 'document.moved' && orderStatus(state) === 'unordered-goods') return null
  // The desks of goods nobody ordered work without an order.
  const isOfDesk = said.type.startsWith('case.') && desk.cases.length > 0
  return isOfDesk
    ? null
    : parked('order-not-received', `\`${said.type}\` waits for the order itself`)
}

const commands: ReadonlySet<OrderMessage['type']> = new Set<OrderMessage['type']>([
  'order.drafted',
  'order.submitted',
  'order.approved',
  'order.returned',
  'order.recalled',
  'approval.rerouted',
  'order.held',
  'order.released',
  'order.cancel-requested',
  'order.cancel-answered',
  'line.cancel-requested',
  'line.cancel-answered',
  'change.decided',
  'schedule.short-closed',
  'line.cancelled',
  'line.short-closed',
  'line.reopened',
  'line.held',
  'line.released',
])

/** Documents that come after an order was put away are still recorded; nothing is decided about it any more. */
function afterTheArchive({ standing }: OrderState, { type }: OrderMessage): Answer | null {
  const isOver = standing.states.completion === 'archived' && commands.has(type)
  return isOver
    ? refused('order-archived', 'the order is archived: nothing is decided about it')
    : null
}

function answerTo(state: OrderState, message: Message, said: OrderMessage): Answer | null {
  const { facts, standing } = state
  switch (said.type) {
    case 'order.drafted':
      if (facts.issued !== null) return refused('already-issued', 'the order was issued: change it')
      if (claimsApproval(message, said.data.document)) return refused(...notApprovedElsewhere)
      return facts.draft !== null && hashOf(facts.draft) === hashOf(said.data.document)
        ? duplicate('the same draft came before')
        : null
    case 'order.submitted':
    case 'order.approved':
    case 'order.returned':
    case 'order.recalled':
      return answerAboutApproval(state, message, said.type)
    case 'approval.rerouted':
      return facts.issued === null
        ? null
        : refused('already-issued', 'the order was issued: nobody has to approve it any more')
    case 'order.delivered':
      return (facts.control.deliveredVersion ?? 0) >= said.data.orderVersion
        ? duplicate(`version ${said.data.orderVersion} is known to have arrived`)
        : null
    case 'change.requested': {
      const { basedOnVersion } = said.data.document
      return basedOnVersion > (standing.order?.version ?? 0)
        ? parked('version-not-known', `the change waits for version ${basedOnVersion} of the order`)
        : null
    }
    case 'change.decided':
      return answerToDecision(state, message, said.data)
    case 'change.withdrawn':
    case 'change.expired':
    case 'impact.assessed':
      return answerAboutChange(standing.changes, said.data.changeId, said.type)
    case 'order.held':
      return facts.control.held === undefined ? null : duplicate('the order is on hold already')
    case 'order.released':
      return facts.control.held === undefined
        ? refused('not-held', 'the order is not on hold')
        : null
    case 'order.cancel-requested':
      return answerToCancel(state)
    case 'order.cancel-answered':
      if (facts.control.cancelRequested === undefined) {
        return parked('cancel-not-requested', 'nobody asked to cancel the order yet')
      }
      return facts.control.cancelAnswered?.accepted === said.data.accepted
        ? duplicate('the supplier said so before')
        : null
    case 'order.archived':
      return standing.states.completion === 'completed' ||
        standing.states.cancellation === 'cancelled'
        ? null
        : refused('not-completed', 'the order is neither completed nor cancelled')
    case 'line.cancel-requested':
      return answerToLineCancel(state, said.data)
    case 'line.cancel-answered':
      return answerToCancelAnswer(facts, said.data)
    case 'schedule.short-closed':
      return answerAboutSchedule(state, said.data)
    case 'line.short-closed':
    case 'line.cancelled':
    case 'line.reopened':
    case 'line.held':
    case 'line.released':
      return answerAboutLine(state, said.type, said.data.orderLineNumber)
    case 'allocation.requested': {
      const known = facts.ledger[said.data.invoiceKey]
      return known !== undefined && known.attempt >= said.data.attempt
        ? duplicate('this question, or a later one, was answered')
        : null
    }
    case 'case.classified':
    case 'case.assigned':
    case 'case.taken':
    case 'case.waiting':
    case 'case.proposed':
    case 'case.approved':
    case 'case.executing':
    case 'case.resolved':
    case 'case.verified':
    case 'case.closed':
    case 'case.bypassed':
    case 'case.merged':
    case 'case.reopened':
      return checkCaseCommand(state.desk.cases, {
        message,
        command: said,
        calendar: buyerCalendarOf(facts),
      })
    case 'task.added':
      return answerToTask(state, said.data.exceptionId)
    case 'task.taken':
    case 'task.assigned':
    case 'task.done':
    case 'task.cancelled': {
      const task = state.desk.tasks?.find(({ taskId }) => taskId === said.data.taskId)
      const refusal = refusalOfTask(task, said.type)
      return refusal === null ? null : refused(refusal.reason, refusal.sentence)
    }
    case 'acknowledgment.reminder-due':
    case 'acknowledgment.escalation-due':
    case 'acknowledgment.overdue':
    case 'ship-notice.overdue':
    case 'reconfirmation.due':
    case 'inspection.overdue':
    case 'approval.overdue':
    case 'case.overdue':
    case 'task.overdue':
      return clockOf(state.desk, said) === undefined
        ? duplicate('nothing waits for it any more')
        : null
    case 'order.issued':
    case 'order.imported':
    case 'acknowledgment.received':
    case 'receipt.recorded':
    case 'unordered-goods.received':
    case 'inspection.recorded':
    case 'goods.put-away':
    case 'document.moved':
    case 'write-back.answered':
    case 'note.recorded':
    case 'masters.looked-up':
    case 'ownership.compared':
    case 'shipment.announced':
    case 'shipment.arrived':
    case 'shipment.delayed':
    case 'billing.recorded':
    case 'billing.withdrawn':
    case 'agreement.answered':
      // Whether these say anything new is seen when they are recorded.
      return null
  }
}

/** What the facts themselves say: a document that is known, one that waits for another, one that names nothing here. */
function recordable(state: OrderState, message: Message, said: OrderMessage): Answer | null {
  const event = { ...message, sequence: state.sequence + 1 }
  const recording = recordTold(state, { ...orderFactOf(event), ...said } as ToldFact)
  return recording.kind === 'recorded' ? null : recording
}

const notApprovedElsewhere = [
  'approval-not-from-a-system',
  'approvals of a draft come with it from the system they were given in',
] as const

/** Who writes a draft by hand does not say that it is approved. */
function claimsApproval({ actor }: Message, { approvals = [] }: PurchaseOrder): boolean {
  return approvals.length > 0 && actor.kind !== 'connector' && actor.kind !== 'system'
}

function answerAboutApproval(
  { facts }: OrderState,
  message: Message,
  type: 'order.submitted' | 'order.approved' | 'order.returned' | 'order.recalled',
): Answer | null {
  const { submitted } = facts.control
  if (facts.issued !== null) return duplicate('the order was issued')
  if (facts.draft === null) return parked('no-draft', 'there is no draft of the order yet')
  if (type === 'order.submitted' && isApproved(facts)) return duplicate('the order is approved')
  if (type === 'order.submitted') {
    return submitted === true ? duplicate('the order waits for approval already') : null
  }
  if (type === 'order.returned' && isApproved(facts)) return null
  if (submitted !== true) return refused('not-submitted', 'nobody asked for approval')
  if (type === 'order.returned') return null
  if (type === 'order.recalled') {
    const { submittedBy } = facts.control
    return submittedBy === message.actor.id
      ? personOnly(message)
      : refused('not-requester', `only \`${submittedBy ?? ''}\`, who asked, takes the request back`)
  }
  if (isApproved(facts)) return duplicate('the order is approved')
  return personOnly(message) ?? notInMaster(facts)
}

/** What the master does not know is not passed on: nobody approves it or agrees to it before the master was mended. */
function notInMaster({ masters }: OrderState['facts']): Answer | null {
  const [first, ...others] = masterErrors(masters)
  if (first === undefined) return null
  const more = others.length === 0 ? '' : `, and ${others.length} more`
  return refused('master-data-missing', `mend the master data first: ${first.sentence}${more}`)
}

function answerToDecision(
  { facts, standing }: OrderState,
  message: Message,
  said: Extract<OrderMessage, { readonly type: 'change.decided' }>['data'],
): Answer | null {
  const change = standing.changes.find(({ changeId }) => changeId === said.changeId)
  if (message.actor.kind === 'ai') {
    return refused('not-a-buyer', 'only the buyer decides a change of the order')
  }
  const known = facts.decisions[said.changeId]
  if (known !== undefined) {
    return known.decision === said.decision
      ? duplicate('this was decided before')
      : refused('already-decided', `the change was decided: ${known.decision}`)
  }
  if (change === undefined) {
    return refused('change-unknown', `there is no open change \`${said.changeId}\``)
  }
  if (!decidable.has(change.state)) {
    return refused('change-not-open', `the change is ${change.state}`)
  }
  if (said.decision === 'counter' && said.counter === undefined) {
    return refused('counter-missing', 'a counter says what the buyer wants instead')
  }
  return said.decision === 'accept' ? acceptable(change, standing.order) : null
}

const decidable: ReadonlySet<ChangeStanding['state']> = new Set<ChangeStanding['state']>([
  'submitted',
  'pending-impact',
  'pending-decision',
  'expired',
])

function acceptable(change: ChangeStanding, order: OrderState['standing']['order']): Answer | null {
  if (order === null) return null
  if (change.differences.length === 0) {
    return refused(
      'nothing-to-apply',
      'the answer cannot be taken over as it stands: counter it, or ask the supplier for another',
    )
  }
  const applied = applyDifferences(order, change.differences)
  return applied.outcome === 'refused' ? refused('change-not-applicable', applied.sentence) : null
}

function answerAboutChange(
  changes: readonly ChangeStanding[],
  changeId: string,
  type: 'change.withdrawn' | 'change.expired' | 'impact.assessed',
): Answer | null {
  const change = changes.find((one) => one.changeId === changeId)
  if (change === undefined) {
    return parked('change-not-known', `\`${type}\` waits for change \`${changeId}\``)
  }
  if (type === 'change.withdrawn' && change.facts.isWithdrawn) return duplicate('it was taken back')
  if (type === 'change.expired' && change.facts.isExpired) return duplicate('it has fallen')
  if (type === 'impact.assessed' && change.facts.isImpactKnown)
    return duplicate('its impact is known')
  return decidable.has(change.state) || change.state === 'draft'
    ? null
    : refused('change-not-open', `the change is ${change.state}`)
}

function answerToCancel({ facts, standing }: OrderState): Answer | null {
  const { cancelRequested, cancelAnswered } = facts.control
  // Whoever was refused may ask again.
  if (cancelRequested !== undefined && cancelAnswered?.accepted !== false) {
    return duplicate('it is to be cancelled already')
  }
  return standing.states.fulfilment === 'fulfilled'
    ? refused('nothing-open', 'everything was delivered: send the goods back instead')
    : null
}

function answerAboutSchedule(
  { facts, standing }: OrderState,
  place: { readonly orderLineNumber: string; readonly scheduleNumber: string },
): Answer | null {
  const schedule = scheduleAt(standing, place)
  if (schedule === undefined) {
    const { orderLineNumber, scheduleNumber } = place
    return refused('unknown-place', `the order has no line ${orderLineNumber}/${scheduleNumber}`)
  }
  const known = facts.lineControl[place.orderLineNumber]?.shortClosed?.[place.scheduleNumber]
  if (known !== undefined) return duplicate('the rest was given up before')
  return isAnythingToCome(schedule)
    ? null
    : refused('nothing-open', 'nothing of it is open any more')
}

function answerAboutLine(
  { facts, standing }: OrderState,
  type: 'line.short-closed' | 'line.cancelled' | 'line.reopened' | 'line.held' | 'line.released',
  orderLineNumber: string,
): Answer | null {
  const line = standing.lines.find((one) => one.orderLineNumber === orderLineNumber)
  const control = facts.lineControl[orderLineNumber]
  if (line === undefined)
    return refused('unknown-place', `the order has no line ${orderLineNumber}`)
  switch (type) {
    case 'line.short-closed':
      return line.schedules.some(isAnythingToCome)
        ? null
        : duplicate('nothing of the line is open any more')
    case 'line.cancelled':
      if (control?.cancelled !== undefined) return duplicate('the line is cancelled already')
      return line.schedules.some(isAnythingToCome)
        ? null
        : refused('nothing-open', 'everything was delivered: send the goods back instead')
    case 'line.reopened':
      return control?.cancelled === undefined &&
        control?.shortClosed === undefined &&
        control?.cancelAsked === undefined
        ? refused('not-cancelled', 'the line is open')
        : null
    case 'line.held':
      return control?.held === undefined ? null : duplicate('the line is on hold already')
    case 'line.released':
      return control?.held === undefined ? refused('not-held', 'the line is not on hold') : null
  }
}

/** A task helps to settle an open case, or stands by itself. */
function answerToTask({ desk }: OrderState, exceptionId: string | null): Answer | null {
  if (exceptionId === null) return null
  const of = desk.cases.find((one) => one.exceptionId === exceptionId)
  if (of === undefined) return refused('case-unknown', 'there is no such case')
  return isOpenCase(of) ? null : refused('case-settled', 'the case is settled')
}
