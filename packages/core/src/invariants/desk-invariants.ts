import type { ExceptionCase } from '../exception/exception.ts'
import { isOpenCase } from '../exception/open-case.ts'
import { makersOf } from '../invoice-lifecycle/current-invoice.ts'
import type { World } from '../world/world.ts'
import { atInvoice, type Breach } from './invariant.ts'

/** INV-15: nobody approves what they asked for or entered themselves. */
export function approvers(world: World): readonly Breach[] {
  return Object.entries(world.invoices).flatMap(([key, { facts }]) =>
    facts.approvals.flatMap(({ approvalId, decidedBy, requestedBy, state }) => {
      if (decidedBy === null || state !== 'approved') return []
      return decidedBy === requestedBy || makersOf(facts).includes(decidedBy)
        ? [atInvoice(key, `${decidedBy} approved ${approvalId}, their own work`)]
        : []
    }),
  )
}

/** INV-16: whoever entered an invoice does not let its holds go. */
export function separateDuties(world: World): readonly Breach[] {
  return Object.entries(world.invoices).flatMap(([key, { facts }]) =>
    facts.holds.flatMap(({ code, released }) =>
      released !== null && makersOf(facts).includes(released.by)
        ? [atInvoice(key, `${released.by} entered it and released ${code}`)]
        : [],
    ),
  )
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

/** Every case there is, of orders, shipments and invoices. */
function casesOf(world: World): readonly ExceptionCase[] {
  return [
    ...Object.values(world.orders).flatMap(({ desk }) => desk.cases),
    ...Object.values(world.shipments).flatMap(({ facts }) => facts.cases),
    ...Object.values(world.invoices).flatMap(({ facts }) => facts.cases),
  ]
}
