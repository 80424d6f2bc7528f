import type { ApprovalDecisionType } from '../approval/approval-requirement.ts'
import { askedRoles } from '../approval/run-approval.ts'
import { exposureOfChange } from '../approval/exposure.ts'
import type { AuthorityQuestion } from '../authority/authority-question.ts'
import type { Duty } from '../authority/duty.ts'
import { instant } from '../calendar/instant.ts'
import { localDateOf } from '../calendar/time-zone.ts'
import type { Message } from '../message/message.ts'
import { readMessage } from '../message/read-message.ts'
import type { Money } from '../money/money.ts'
import { applyDifferences } from '../order-change/apply-differences.ts'
import { isAcceptance } from '../resolution/resolution-code.ts'
import { openOrderApproval } from './order-approval.ts'
import { dutiesOfOrder } from './order-duties.ts'
import { type OrderMessage, orderMessages } from './order-events.ts'
import { buyerCalendarOf, newOrderState, type OrderState } from './order-state.ts'
import { orderValueOf } from './order-value.ts'

/** What is decided about an order by saying something to it, and how much is at stake. */
type DecidedByMessage = {
  readonly decisionType: ApprovalDecisionType | null
  /** Null where no money is, or how much is not known. */
  readonly exposure: Money | null
}

/** Whether the actor of a message may say it to an order: the question for the host; null for what cannot be read. */
export function askOrderAuthority(
  state: OrderState | null,
  message: Message,
): AuthorityQuestion | null {
  const read = readMessage<OrderMessage>(message, {
    aggregate: 'an order',
    schemas: orderMessages,
  })
  if (read.kind !== 'read') return null
  const current = state ?? newOrderState(message.aggregate.key)
  const { facts, standing } = current
  const order = standing.order ?? facts.draft
  const at = instant(message.receivedAt)
  return {
    tenant: message.tenant,
    actor: message.actor,
    action: message.type,
    ...decidedByOrderMessage(current, read.message),
    asRoles: rolesAsked(current, read.message),
    scope:
      order === null
        ? {}
        : { buyerOrganisation: order.buyerOrganisation, supplier: order.supplier },
    at,
    businessDate: localDateOf(at, buyerCalendarOf(facts).timeZone),
    duty: duties[read.message.type] ?? null,
    duties: dutiesOfOrder(facts),
  }
}

const duties: Readonly<Partial<Record<OrderMessage['type'], Duty>>> = {
  'order.drafted': 'create-order',
  'order.submitted': 'create-order',
  'order.approved': 'approve-order',
  'receipt.recorded': 'receive',
  'inspection.recorded': 'receive',
}

/** Where the rules ask for steps, one of the roles that are asked now. */
function rolesAsked({ facts }: OrderState, { type }: OrderMessage): readonly string[] | null {
  const approval = type === 'order.approved' ? openOrderApproval(facts) : undefined
  return approval === undefined ? null : askedRoles(approval)
}

/** What is decided by a message to an order, and how much is at stake. */
export function decidedByOrderMessage(state: OrderState, said: OrderMessage): DecidedByMessage {
  const { facts, desk } = state
  // Of seventy types these few decide about money.
  // oxlint-disable-next-line typescript/switch-exhaustiveness-check
  switch (said.type) {
    case 'order.approved':
      return {
        decisionType: 'order',
        exposure: facts.draft === null ? null : orderValueOf(facts.draft),
      }
    case 'approval.rerouted': {
      const approval = facts.approvals?.find((one) => one.approvalId === said.data.approvalId)
      if (approval === undefined) return undecided
      return { decisionType: approval.decisionType, exposure: approval.exposure }
    }
    case 'change.decided':
      return said.data.decision === 'accept'
        ? { decisionType: 'change', exposure: valueMovedBy(state, said.data.changeId) }
        : undecided
    case 'case.resolved':
    case 'case.bypassed': {
      const settled = desk.cases.find((one) => one.exceptionId === said.data.exceptionId)
      const accepts = said.type === 'case.bypassed' || isAcceptance(said.data.code)
      if (settled === undefined || !accepts) return undecided
      const decisionType = settled.code === 'RCV_OVER' ? 'over-receipt' : 'accept-variance'
      return { decisionType, exposure: settled.exposure ?? null }
    }
    default:
      return undecided
  }
}

const undecided: DecidedByMessage = { decisionType: null, exposure: null }

/** The value a change moves, up or down; null where the order has none, or it cannot be applied. */
function valueMovedBy({ standing }: OrderState, changeId: string): Money | null {
  const { order, changes } = standing
  const change = changes.find((one) => one.changeId === changeId)
  if (order === null || change === undefined) return null
  const applied = applyDifferences(order, change.differences)
  if (applied.outcome === 'refused') return null
  const before = orderValueOf(order)
  const after = orderValueOf(applied.order)
  if (before === null || after === null) return null
  // In another currency all of it is new.
  return before.currency === after.currency ? exposureOfChange({ before, after }) : after
}
