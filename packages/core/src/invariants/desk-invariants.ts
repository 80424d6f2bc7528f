import { personsActing } from '../approval/decide-approval.ts'
import type { ExceptionCase } from '../exception/exception.ts'
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

/** INV-17: every open case has an owner and a due time. */
export function caseOwners(world: World): readonly Breach[] {
  return casesOf(world)
    .filter(isOpenCase)
    .flatMap(({ code, subject, owner, dueAt }) => {
      const place = `${subject.aggregate}:${subject.key}`
      return [
        ...(owner.role.trim() === '' ? [{ place, sentence: `case ${code} has no owner` }] : []),
        ...(dueAt.trim() === '' ? [{ place, sentence: `case ${code} has no due time` }] : []),
      ]
    })
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

/** Every case there is, of orders, shipments, invoices and agreements. */
function casesOf(world: World): readonly ExceptionCase[] {
  return [
    ...Object.values(world.orders).flatMap(({ desk }) => desk.cases),
    ...Object.values(world.shipments).flatMap(({ facts }) => facts.cases),
    ...Object.values(world.invoices).flatMap(({ facts }) => facts.cases),
    ...Object.values(world.agreements).flatMap(({ facts }) => facts.cases),
  ]
}
