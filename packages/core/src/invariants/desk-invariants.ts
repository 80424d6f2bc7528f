import { personsActing } from '../approval/decide-approval.ts'
import { isOpenTask } from '../exception/change-task.ts'
import type { ExceptionCase } from '../exception/exception.ts'
import type { Task } from '../exception/task.ts'
import { isOpenCase } from '../exception/open-case.ts'
import { makersOf } from '../invoice-lifecycle/current-invoice.ts'
import { ChangeDecided, ChangeRequested } from '../order-lifecycle/order-events.ts'
import { changeIdOf } from '../order-lifecycle/record-change.ts'
import type { World } from '../world/world.ts'
import { authorities, dutiesApart } from './authority-invariants.ts'
import { atInvoice, atOrder, type Breach } from './invariant.ts'

/** INV-15: nobody approves what they asked for, wrote or entered themselves: an order, a change of one, or an invoice. */
export function approvers(world: World): readonly Breach[] {
  return [...approversOfInvoices(world), ...approversOfOrders(world), ...authorities(world)]
}

function approversOfInvoices(world: World): readonly Breach[] {
  return Object.entries(world.invoices).flatMap(([key, { facts }]) =>
    facts.approvals.flatMap(({ approvalId, decidedBy, requestedBy, state }) => {
      if (decidedBy === null || state !== 'approved') return []
      return decidedBy === requestedBy || makersOf(facts).includes(decidedBy)
        ? [atInvoice(key, `${decidedBy} approved ${approvalId}, their own work`)]
        : []
    }),
  )
}

/** Read from the log, and not from what the orders keep of it. */
function approversOfOrders(world: World): readonly Breach[] {
  const makers = new Map<string, string>()
  return world.log.flatMap((event) => {
    const { aggregate, actor } = event
    const made = madeBy(event)
    // Who wrote it last, asked last, or brought the change in.
    if (made !== null) makers.set(`${aggregate.key}|${made}`, actor.id)
    const persons = personsActing(event)
    const own = agreedBy(event).find((what) =>
      persons.includes(makers.get(`${aggregate.key}|${what}`) ?? ''),
    )
    return own === undefined
      ? []
      : [atOrder(aggregate.key, `${actor.id} agreed to \`${own}\`, their own work`)]
  })
}

/** What an event brings in that somebody else has to agree to; null for none. */
function madeBy({ type, data, actor }: World['log'][number]): string | null {
  if (type === 'order.drafted' || type === 'order.submitted') return type
  if (type !== 'change.requested' || actor.kind !== 'user') return null
  const asked = ChangeRequested.safeParse(data)
  return asked.success ? changeIdOf(asked.data.document) : null
}

/** What an event agrees to. */
function agreedBy({ type, data }: World['log'][number]): readonly string[] {
  if (type === 'order.approved') return ['order.drafted', 'order.submitted']
  if (type !== 'change.decided') return []
  const decided = ChangeDecided.safeParse(data)
  return decided.success && decided.data.decision === 'accept' ? [decided.data.changeId] : []
}

/** INV-16: whoever entered an invoice does not let its holds go, and whoever approved an order does not receive its goods. */
export function separateDuties(world: World): readonly Breach[] {
  return [...receiversOfOrders(world), ...dutiesApart(world)]
}

function receiversOfOrders(world: World): readonly Breach[] {
  const approved = new Map<string, string>()
  return world.log.flatMap(({ aggregate, actor, type }) => {
    if (type === 'order.approved') approved.set(aggregate.key, actor.id)
    if (type === 'order.returned' || type === 'order.drafted') approved.delete(aggregate.key)
    const isCount = type === 'receipt.recorded' || type === 'inspection.recorded'
    return isCount && actor.kind === 'user' && approved.get(aggregate.key) === actor.id
      ? [atOrder(aggregate.key, `${actor.id} approved it and said what came of it`)]
      : []
  })
}

/** INV-17: every open case and every open task has an owner and a due time. */
export function caseOwners(world: World): readonly Breach[] {
  const owned = [
    ...casesOf(world)
      .filter(isOpenCase)
      .map((one) => ({ ...one, what: `case ${one.code}` })),
    ...tasksOf(world)
      .filter(isOpenTask)
      .map((one) => ({ ...one, what: `task \`${one.sentence}\`` })),
  ]
  return owned.flatMap(({ what, subject, owner, dueAt }) => {
    const place = `${subject.aggregate}:${subject.key}`
    return [
      ...(owner.role.trim() === '' ? [{ place, sentence: `${what} has no owner` }] : []),
      ...(dueAt.trim() === '' ? [{ place, sentence: `${what} has no due time` }] : []),
    ]
  })
}

/**
 * INV-22, of cases and disputes: what ended stays ended. A case is taken up again only by a person who says why; a dispute
 * not at all: another is opened.
 */
export function endedDesks(world: World): readonly Breach[] {
  const over = new Set<string>()
  return world.log.flatMap((event) => {
    const what = deskRecordOf(event)
    if (what === null) return []
    const { type, data, actor } = event
    const place = `${event.aggregate.kind}:${event.aggregate.key}`
    if (type === 'case.reopened') {
      over.delete(what)
      const isExplained = typeof data['reason'] === 'string' && data['reason'].trim() !== ''
      return actor.kind === 'user' && isExplained
        ? []
        : [{ place, sentence: `${actor.id} took ${what} up again without reason or authority` }]
    }
    const breach = over.has(what)
      ? [{ place, sentence: `${type} moved ${what}, which had ended` }]
      : []
    if (ending.has(type)) over.add(what)
    return breach
  })
}

const ending: ReadonlySet<string> = new Set([
  'case.closed',
  'case.bypassed',
  'case.merged',
  'case.cured',
  'dispute.closed',
  'dispute.withdrawn',
  'dispute.ended',
])

/** The case or dispute an event moves; null for none. Its place is part of the name. */
function deskRecordOf({ type, data, aggregate }: World['log'][number]): string | null {
  const [kind] = type.split('.')
  const field = kind === 'case' ? 'exceptionId' : kind === 'dispute' ? 'disputeId' : null
  const id = field === null ? undefined : data[field]
  return typeof id === 'string' ? `${kind} ${id} of ${aggregate.key}` : null
}

/** INV-25: whatever waits has a clock running. */
export function runningClocks(world: World): readonly Breach[] {
  const running = new Set(
    world.timers.map(({ aggregate, timerId }) => `${aggregate.kind}:${aggregate.key}|${timerId}`),
  )
  const wanted = [
    ...Object.entries(world.invoices).flatMap(([key, { facts }]) =>
      Object.entries(facts.waits).flatMap(([timerId, { over }]) =>
        over ? [] : [{ place: `invoice:${key}`, timerId }],
      ),
    ),
    ...Object.entries(world.shipments).flatMap(([key, { facts }]) =>
      Object.entries(facts.waits).flatMap(([timerId, { over }]) =>
        over ? [] : [{ place: `shipment:${key}`, timerId }],
      ),
    ),
    ...Object.entries(world.agreements).flatMap(([key, { facts }]) =>
      Object.entries(facts.waits).flatMap(([timerId, { over }]) =>
        over ? [] : [{ place: `agreement:${key}`, timerId }],
      ),
    ),
    ...Object.entries(world.orders).flatMap(([key, { desk }]) =>
      Object.keys(desk.clocks).map((timerId) => ({ place: `order:${key}`, timerId })),
    ),
  ]
  return wanted.flatMap(({ place, timerId }) =>
    running.has(`${place}|${timerId}`)
      ? []
      : [{ place, sentence: `waits for ${timerId}, and no such clock runs` }],
  )
}

/** Every task there is, of orders and invoices. */
function tasksOf(world: World): readonly Task[] {
  return [
    ...Object.values(world.orders).flatMap(({ desk }) => desk.tasks ?? []),
    ...Object.values(world.invoices).flatMap(({ facts }) => facts.tasks ?? []),
  ]
}

/** Every case there is, of orders, shipments, invoices and agreements. */
function casesOf(world: World): readonly ExceptionCase[] {
  return [
    ...Object.values(world.orders).flatMap(({ desk }) => desk.cases),
    ...Object.values(world.shipments).flatMap(({ facts }) => facts.cases),
    ...Object.values(world.invoices).flatMap(({ facts }) => facts.cases),
    ...Object.values(world.agreements).flatMap(({ facts }) => facts.cases),
  ]
}
