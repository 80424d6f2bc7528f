import { setTimeout as pause } from 'node:timers/promises'
import type { DomainEvent } from '@counterfoil/core'
import type { Store } from '@counterfoil/runtime'
import { type Books, openStore } from './books.ts'
import { chanceOf } from './chance.ts'
import { brokenPromises } from './compare-books.ts'
import type { MistakeName } from './mistakes.ts'
import { orderLife, tenants } from './order-life.ts'
import { readBooks } from './read-books.ts'
import { type Report, reportOf } from './report.ts'
import { startSenders } from './senders.ts'
import { drained, type LivedStage, seenBy } from './stage.ts'
import { openSystems } from './systems.ts'
import type { WorkerProcess } from './worker-process.ts'

const hour = 3_600_000
/** By how much the clock is set, one jump after another: forward a day, back an hour. */
const jumps = [24 * hour, -hour, 24 * hour, -hour, 24 * hour, -hour]
const betweenMilliseconds = 1500
// Numbers no other order of the run has; their suppliers never answer.
const firstUnanswered = 500_000

/**
 * Sets the clock of a running process forward by days and back by hours while orders come in, of which some are never
 * answered, so that timers are due all along, and while systems are slow, so that leases end before their time.
 */
export async function clockJumps(
  stage: LivedStage,
  {
    orders,
    seed,
    mistake,
  }: { readonly orders: number; readonly seed: number; readonly mistake: MistakeName | null },
): Promise<Report> {
  const books: Books = { kind: 'sqlite', file: stage.pathOf('clock.sqlite') }
  const systems = await openSystems(async () => {
    await pause(betweenMilliseconds / 2)
    return null
  })
  // As long as a lease is by default: only the clock ends one before its time.
  const limits = { leaseSeconds: 60 }
  const worker = stage.start({ books, systemUrls: systems.urls, mistake, limits })
  const unanswered = Math.ceil(orders / 4)
  const senders = startSenders({
    ask: worker.ask,
    chance: chanceOf(seed),
    orders: 2,
    ordersMax: orders,
  })
  await sendUnanswered(worker, unanswered)
  let offset = stage.clockOffset
  const jump = (milliseconds: number): void => {
    offset += milliseconds
    worker.setClock(offset)
  }
  for (const milliseconds of jumps) {
    await pause(betweenMilliseconds)
    jump(milliseconds)
  }
  await senders.done()
  const store = openStore(books)
  const isDrained = await drained(store, systems)
  // Back while it sleeps, and on to when everything is due: whoever sleeps through the hour comes too late for all of it.
  jump(-hour)
  await pause(2 * betweenMilliseconds)
  jump(14 * 24 * hour)
  const due = await timersLeft(store, () => new Date(Date.now() + offset).toISOString())
  await drained(store, systems)
  await worker.close()
  const rung = (await Promise.all(tenants.map((tenant) => readBooks(store, tenant)))).flatMap(
    ({ world }) => world.log.filter(({ id }) => /^timer:.*#0$/.test(id)),
  )
  const faults = await brokenPromises(store, { senders, asked: systems.asked })
  await store.close()
  await systems.close()
  const reminded = new Set(
    systems.asked
      .filter(({ destination }) => destination === 'supplier')
      .map(({ aggregate }) => aggregate.key),
  )
  return reportOf({
    name: 'a clock that is set forward by a day and back by an hour',
    seen: { jumps: jumps.length + 2, ...seenBy(senders, systems), 'timers that rang': rung.length },
    faults: {
      ...faults,
      'timers lost': due,
      'timers that rang twice': rung.length - new Set(rung.map(ringOf)).size,
      'timers that rang before their time': rung.filter(isEarly).length,
      'suppliers that were never reminded': Math.max(0, unanswered - reminded.size),
      'asked while being asked': systems.overlaps(),
      'work that never ends': isDrained ? 0 : 1,
    },
  })
}

async function sendUnanswered(worker: WorkerProcess, count: number): Promise<void> {
  for (let index = 0; index < count; index += 1) {
    const [order] = orderLife(firstUnanswered + index).deliveries
    if (order === undefined) continue
    const reply = await worker.ask(order)
    if (reply.kind !== 'answered') throw new Error('an order was not taken in')
  }
}

const timersSecondsMax = 60

/** Waits until no timer is due any more; gives how many still are when that does not come. */
async function timersLeft(store: Store, now: () => string): Promise<number> {
  const end = performance.now() + timersSecondsMax * 1000
  for (;;) {
    const due = await store.dueTimers({ now: now(), limit: 1000 })
    if (due.length === 0 || performance.now() > end) return due.length
    await pause(100)
  }
}

const ringOf = ({ aggregate, type, occurredAt, causedBy }: DomainEvent): string =>
  JSON.stringify([aggregate, type, occurredAt, causedBy])

const isEarly = ({ occurredAt, receivedAt }: DomainEvent): boolean =>
  Date.parse(receivedAt) < Date.parse(occurredAt)
