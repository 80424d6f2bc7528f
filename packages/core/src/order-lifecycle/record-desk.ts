import { changeCases } from '../exception/change-case.ts'
import { isOpenTask } from '../exception/change-task.ts'
import { canonicalJson } from '../hash/canonical-json.ts'
import { isApprovalDecision } from './order-approval.ts'
import type { OrderFact, OrderFactOf } from './order-fact.ts'
import type { OrderFacts } from './order-facts.ts'
import { ownBillingOf } from './own-billing.ts'
import { buyerCalendarOf, type OrderDesk } from './order-state.ts'
import { type OrderTaskFact, recordOrderTask, recordResumed } from './order-tasks.ts'

/** What happens to a case of an order: opened, worked on by people, called for again, or gone with its reason. */
export type OrderCaseFact = Exclude<
  Extract<OrderFact, { readonly type: `case.${string}` }>,
  { readonly type: 'case.resumed' }
>

/** Adds an event to what the desks of an order know: what the rules answered, cases, clocks, and who was told what. */
export function recordOnDesk(
  desk: OrderDesk,
  fact: OrderFact,
  { facts, key }: { readonly facts: OrderFacts; readonly key: string },
): OrderDesk {
  if (fact.type === 'case.resumed') return recordResumed(desk, fact, facts)
  if (fact.type === 'task.opened' || fact.type === 'task.dropped') {
    return recordOrderTask(desk, fact, { facts, key })
  }
  if (fact.type === 'conduct.adopted') {
    const { conduct, orderVersion: conductVersion } = fact.data
    return { ...desk, conduct, ...(conductVersion !== undefined && { conductVersion }) }
  }
  if (fact.type === 'variance.recorded') {
    return { ...desk, judged: { ...desk.judged, ...judgedOf(fact) } }
  }
  if (fact.type === 'clock.started') {
    const { timerId, type, dueAt, data } = fact.data
    return { ...desk, clocks: { ...desk.clocks, [timerId]: { dueAt, type, data } } }
  }
  if (fact.type === 'clocks.started') {
    const started = fact.data.clocks.map(({ timerId, type, dueAt, data }) => [
      timerId,
      { dueAt, type, data },
    ])
    return { ...desk, clocks: { ...desk.clocks, ...Object.fromEntries(started) } }
  }
  if (fact.type === 'clocks.stopped') {
    const stopped = new Set(fact.data.timerIds)
    return {
      ...desk,
      clocks: withoutKeys(desk.clocks, stopped),
      rung: withoutKeys(desk.rung, stopped),
    }
  }
  if (fact.type === 'clock.stopped') {
    const { [fact.data.timerId]: _, ...clocks } = desk.clocks
    const { [fact.data.timerId]: __, ...rung } = desk.rung
    return { ...desk, clocks, rung }
  }
  if (fact.type === 'shipment.compared') {
    const { shipmentKey, answerHash } = fact.data
    return { ...desk, compared: { ...desk.compared, [shipmentKey]: answerHash } }
  }
  if (fact.type === 'document.compared' || isApprovalDecision(fact)) return desk
  if (fact.type === 'goods.billed') {
    return { ...desk, ownBillings: [...(desk.ownBillings ?? []), ownBillingOf(fact.data)] }
  }
  if (fact.type === 'case.opened') {
    const { case: opened, wantedKey } = fact.data
    return {
      ...desk,
      cases: [...desk.cases, opened],
      caseKeys: { ...desk.caseKeys, [opened.exceptionId]: wantedKey },
    }
  }
  if (fact.type === 'case.cured') return withCase(desk, fact, facts)
  return documentTypes.has(fact.type) ? desk : withMessage(desk, fact, { facts, key })
}

function withoutKeys<Value>(
  record: { readonly [key: string]: Value },
  keys: ReadonlySet<string>,
): { readonly [key: string]: Value } {
  return Object.fromEntries(Object.entries(record).filter(([key]) => !keys.has(key)))
}

/** A document is known again by its number and content, not by the message it came in. */
const documentTypes: ReadonlySet<OrderFact['type']> = new Set<OrderFact['type']>([
  'order.drafted',
  'order.issued',
  'order.imported',
  'change.requested',
  'acknowledgment.received',
  'receipt.recorded',
  'unordered-goods.received',
  'inspection.recorded',
  'document.moved',
])

function judgedOf({ data }: OrderFactOf<'variance.recorded'>): OrderDesk['judged'] {
  return Object.fromEntries(
    data.variances.map(({ identity, judgement, line }) => [identity, { judgement, line }]),
  )
}

function withMessage(
  desk: OrderDesk,
  fact: OrderFact,
  { facts, key }: { readonly facts: OrderFacts; readonly key: string },
): OrderDesk {
  const messageId = messageIdOf(fact.id)
  const heard = { ...desk, messageIds: [...desk.messageIds, messageId] }
  const rang = withRung(heard, fact)
  if (isTask(fact)) return recordOrderTask(rang, fact, { facts, key })
  return isCase(fact) ? withCase(rang, fact, facts) : rang
}

/** Events are numbered after the message they follow from; the message itself is number 0. */
function messageIdOf(eventId: string): string {
  return eventId.endsWith('#0') ? eventId.slice(0, -2) : eventId
}

const clockTypes: ReadonlySet<OrderFact['type']> = new Set<OrderFact['type']>([
  'acknowledgment.reminder-due',
  'acknowledgment.escalation-due',
  'acknowledgment.overdue',
  'ship-notice.overdue',
  'reconfirmation.due',
  'inspection.overdue',
  'approval.overdue',
  'change.expired',
  'case.overdue',
  'task.overdue',
])

/** True for the message of a clock that ran out. */
export function isClockMessage(type: string): boolean {
  return (clockTypes as ReadonlySet<string>).has(type)
}

/** The clock a message comes from; undefined when no such clock runs. */
export function clockOf(
  desk: Pick<OrderDesk, 'clocks'>,
  { type, data }: { readonly type: string; readonly data: object },
): string | undefined {
  const said = canonicalJson(data)
  return Object.entries(desk.clocks).find(
    ([, clock]) => clock.type === type && canonicalJson(clock.data) === said,
  )?.[0]
}

function withRung(desk: OrderDesk, fact: OrderFact): OrderDesk {
  if (!isClockMessage(fact.type)) return desk
  const timerId = clockOf(desk, fact)
  if (timerId === undefined) return desk
  const { [timerId]: clock, ...clocks } = desk.clocks
  return clock === undefined
    ? desk
    : { ...desk, clocks, rung: { ...desk.rung, [timerId]: clock.dueAt } }
}

function isCase(fact: OrderFact): fact is OrderCaseFact {
  return fact.type.startsWith('case.')
}

function isTask(fact: OrderFact): fact is OrderTaskFact {
  return fact.type.startsWith('task.')
}

function withCase(
  desk: OrderDesk,
  fact: Exclude<OrderCaseFact, { readonly type: 'case.opened' }>,
  facts: OrderFacts,
): OrderDesk
function withCase(desk: OrderDesk, fact: OrderCaseFact, facts: OrderFacts): OrderDesk
function withCase(desk: OrderDesk, fact: OrderCaseFact, facts: OrderFacts): OrderDesk {
  if (fact.type === 'case.opened') return desk
  const cases = changeCases(desk.cases, fact, buyerCalendarOf(facts))
  const next = { ...desk, cases, settled: settledBy(desk, fact), ...notReplacedBy(desk, fact) }
  return fact.type === 'case.merged' ? withTasksMoved(next, fact.data) : next
}

/** The open tasks of a merged case go on with the one that goes on. */
function withTasksMoved(
  desk: OrderDesk,
  { exceptionId, into }: { readonly exceptionId: string; readonly into: string },
): OrderDesk {
  if (desk.tasks === undefined) return desk
  const tasks = desk.tasks.map((task) =>
    task.exceptionId === exceptionId && isOpenTask(task) ? { ...task, exceptionId: into } : task,
  )
  return { ...desk, tasks }
}

/** Goods that go back for good are remembered until they have gone. */
function notReplacedBy(desk: OrderDesk, fact: OrderCaseFact): Pick<OrderDesk, 'notReplaced'> {
  if (fact.type !== 'case.resolved' || fact.data.noReplacement !== true) return {}
  const { exceptionId, note } = fact.data
  const line = desk.cases.find((one) => one.exceptionId === exceptionId)?.subject.line
  if (line === undefined) return {}
  const reason = note ?? 'the goods went back and are not wanted again'
  return { notReplaced: { ...desk.notReplaced, [line]: reason } }
}

/** What a person settled is not brought up again, unless it is measured anew or the case is taken up again. */
function settledBy(desk: OrderDesk, fact: OrderCaseFact): OrderDesk['settled'] {
  if (fact.type === 'case.opened') return desk.settled
  const { exceptionId } = fact.data
  const key = desk.caseKeys[exceptionId]
  if (key === undefined) return desk.settled
  if (settling.has(fact.type)) return { ...desk.settled, [key]: exceptionId }
  if (fact.type !== 'case.reopened') return desk.settled
  const { [key]: _, ...others } = desk.settled
  return others
}

const settling: ReadonlySet<OrderFact['type']> = new Set<OrderFact['type']>([
  'case.resolved',
  'case.bypassed',
  'case.merged',
])

/** The lines an event of the desk says something about. */
export function linesOfCases(desk: OrderDesk, fact: OrderFact): readonly string[] {
  if (fact.type === 'variance.recorded') {
    return fact.data.variances.flatMap(({ line }) => line ?? [])
  }
  if (!isCase(fact)) return []
  const subject =
    fact.type === 'case.opened'
      ? fact.data.case.subject
      : desk.cases.find(({ exceptionId }) => exceptionId === fact.data.exceptionId)?.subject
  return subject?.line === undefined ? [] : [subject.line]
}
