import { personsActing } from '../approval/decide-approval.ts'
import { dutiesOfApproval } from '../approval/duties-of-approval.ts'
import {
  breachesOfDuty,
  type Duty,
  type DutyDone,
  dutyOfPersons,
  refusalOfBreach,
  withDuty,
} from '../authority/duty.ts'
import { type Answer, refused } from '../message/answer.ts'
import type { Message } from '../message/message.ts'
import type { OrderMessage } from './order-events.ts'
import type { ToldFact } from './order-fact.ts'
import type { OrderFacts } from './order-facts.ts'
import type { OrderState } from './order-state.ts'

/** What a supplier says for itself to an order. Whatever is not named here is the buyer's to say. */
const supplierTypes: ReadonlySet<OrderMessage['type']> = new Set<OrderMessage['type']>([
  'acknowledgment.received',
  'change.requested',
  'change.withdrawn',
  'order.delivered',
  'order.cancel-answered',
  'line.cancel-answered',
  'note.recorded',
  'case.proposed',
])

/** Why a person of the supplier may not say something to an order; null for everybody else, and for what is the supplier's to say. */
export function supplierRefusal(
  { facts }: OrderState,
  { actor }: Pick<Message, 'actor'>,
  said: OrderMessage,
): Answer | null {
  if (actor.kind !== 'supplier-user') return null
  const isOwn = supplierTypes.has(said.type) && !isBuyersChange(facts.changes, said)
  return isOwn
    ? null
    : refused('not-a-buyer', `only the buyer's side says \`${said.type}\` about this order`)
}

function isBuyersChange(changes: OrderState['facts']['changes'], said: OrderMessage): boolean {
  if (said.type === 'change.requested') return said.data.document.initiator === 'buyer'
  if (said.type !== 'change.withdrawn') return false
  return changes.some(
    ({ changeId, initiator }) => changeId === said.data.changeId && initiator === 'buyer',
  )
}

/**
 * Why a person may not do two things to one order; null when they may. Nobody approves what they wrote or asked for,
 * receives what they approved, or accepts a change they brought in (INV-15, INV-16).
 */
export function samePersonRefusal(
  { facts }: OrderState,
  message: Pick<Message, 'actor' | 'authority'>,
  said: OrderMessage,
): Answer | null {
  if (message.actor.kind !== 'user') return null
  for (const id of personsActing(message)) {
    const refusal = refusalOfOne(facts, id, said)
    if (refusal !== null) return refusal
  }
  return null
}

function refusalOfOne(facts: OrderFacts, id: string, said: OrderMessage): Answer | null {
  const { submittedBy, draftedBy, approvedBy } = facts.control
  if (said.type === 'order.approved' && [submittedBy, draftedBy].includes(id)) {
    return same(`\`${id}\` wrote the order or asked for its approval, so somebody else gives it`)
  }
  if (said.type === 'order.approved' || countTypes.has(said.type)) {
    if (countTypes.has(said.type) && approvedBy === id) {
      return same(`\`${id}\` approved the order, so somebody else says what came of it`)
    }
    const duty = said.type === 'order.approved' ? 'approve-order' : 'receive'
    const [breach] = breachesOfDuty({ persons: [id], duty, done: dutiesOfOrder(facts) })
    const refusal = breach === undefined ? null : refusalOfBreach(breach)
    return refusal === null ? null : refused(refusal.reason, refusal.sentence)
  }
  if (said.type !== 'change.decided' || said.data.decision !== 'accept') return null
  const isOwn = facts.changes.some(
    ({ changeId, requestedBy }) => changeId === said.data.changeId && requestedBy === id,
  )
  return isOwn ? same(`\`${id}\` brought the change in, so somebody else accepts it`) : null
}

/**
 * Who did which duty of an order, and who entered the invoices that bill it. Whoever agreed in any step of its approval approved
 * it, and so did those they acted for.
 */
export function dutiesOfOrder({
  control,
  approvals = [],
  receivedBy = [],
  ledger,
}: OrderFacts): readonly DutyDone[] {
  const { submittedBy, draftedBy, approvedBy, approvedFor = [] } = control
  const people: readonly (readonly [Duty, string | undefined])[] = [
    ['create-order', draftedBy],
    ['create-order', submittedBy],
    ...Object.values(ledger).flatMap(({ enteredBy = [] }) =>
      enteredBy.map((by) => ['enter-invoice', by] as const),
    ),
  ]
  const approvers =
    approvedBy === undefined ? [] : dutyOfPersons('approve-order', [approvedBy, ...approvedFor])
  return [
    ...people.flatMap(([duty, by]) => (by === undefined ? [] : [{ duty, by }])),
    ...approvers,
    ...approvals.flatMap((one) => dutiesOfApproval(one, 'approve-order')),
  ].reduce<readonly DutyDone[]>(withDuty, receivedBy)
}

/** Remembers who counted or inspected goods of an order, and who wrote it. */
export function withHands(facts: OrderFacts, { by, authority, type }: ToldFact): OrderFacts {
  if (by.kind !== 'user') return facts
  const persons = personsActing({ actor: by, authority })
  if (countTypes.has(type)) {
    const receivedBy = dutyOfPersons('receive', persons).reduce<readonly DutyDone[]>(
      withDuty,
      facts.receivedBy ?? [],
    )
    return { ...facts, receivedBy }
  }
  if (!writingTypes.has(type)) return facts
  return { ...facts, writtenBy: [...new Set([...(facts.writtenBy ?? []), ...persons])].toSorted() }
}

const countTypes: ReadonlySet<OrderMessage['type']> = new Set<OrderMessage['type']>([
  'receipt.recorded',
  'inspection.recorded',
])

const writingTypes: ReadonlySet<OrderMessage['type']> = new Set<OrderMessage['type']>([
  'order.drafted',
  'order.submitted',
  'order.issued',
  'change.requested',
])

function same(sentence: string): Answer {
  return refused('same-person', sentence)
}
