import { setTimeout as pause } from 'node:timers/promises'
import type { DomainEvent } from '@counterfoil/core'
import type { Store } from '@counterfoil/runtime'
import { type Books, openStore } from './books.ts'
import { chanceOf } from './chance.ts'
import { brokenPromises } from './compare-books.ts'
import type { MistakeName } from './mistakes.ts'
import { orderLife, tenants } from './order-life.ts'
import { booksOn, startServer } from './postgres-server.ts'
import { readBooks } from './read-books.ts'
import { type Report, reportOf } from './report.ts'
import { startSenders } from './senders.ts'
import { drained, type LivedStage, seenBy } from './stage.ts'
import { openSystems } from './systems.ts'
import type { WorkerProcess } from './worker-process.ts'

const names: Readonly<Record<Books['kind'], string>> = {
  sqlite: 'a clock that is set forward by a day and back by an hour, on a SQLite file',
  postgres: 'such a clock of one of two processes on PostgreSQL',
}
const hour = 3_600_000
/** By how much the clock is set, one jump after another: forward a day, back an hour. */
const jumps = [24 * hour, -hour, 24 * hour, -hour, 24 * hour, -hour]
const betweenMilliseconds = 1500
// Numbers no other order of the run has; their suppliers never answer.
const firstUnanswered = 500_000

// On PostgreSQL a second process works beside the one whose clock jumps, by the right time.
const workersOn: Readonly<Record<Books['kind'], number>> = { sqlite: 1, postgres: 2 }

/** Where a clock jumps, and how much work there is meanwhile. */
export type JumpedOver = {
  readonly on: Books['kind']
  readonly orders: number
  readonly seed: number
  readonly mistake: MistakeName | null
}

/**
 * Sets the clock of a running process forward by days and back by hours while orders come in, of which some are never
 * answered, so that timers are due all along, and while systems are slow, so that leases end before their time.
 */
export async function clockJumps(stage: LivedStage, given: JumpedOver): Promise<Report> {
  if (given.on === 'sqlite') {
    const file = stage.pathOf('clock.sqlite')
    return jumpOver(stage, given, () => ({ kind: 'sqlite', file }))
  }
  const server = await startServer()
  const report = await jumpOver(stage, given, (name) => booksOn(server, name))
  await server.dispose()
  return report
}

async function jumpOver(
  stage: LivedStage,
  { on, orders, seed, mistake }: JumpedOver,
  booksOf: (name: string) => Books,
): Promise<Report> {
  const systems = await openSystems(async () => {
    await pause(betweenMilliseconds / 2)
    return null
  })
  // As long as a lease is by default: only the clock ends one before its time.
  const limits = { leaseSeconds: 60 }
  const [worker, ...others] = Array.from({ length: workersOn[on] }, (_, index) =>
    stage.start({ books: booksOf(`worker-${index}`), systemUrls: systems.urls, mistake, limits }),
  )
  if (worker === undefined) throw new Error('nobody works')
  const workers = [worker, ...others]
  const unanswered = Math.ceil(orders / 4)
  const chance = chanceOf(seed + 1)
  const senders = startSenders({
    ask: (envelope) => (workers[chance.below(workers.length)] ?? worker).ask(envelope),
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
  const store = openStore(booksOf('looking'))
  const isDrained = await drained(store, systems)
  // Back while it sleeps, and on to when everything is due: whoever sleeps through the hour comes too late for all of it.
  jump(-hour)
  await pause(2 * betweenMilliseconds)
  jump(14 * 24 * hour)
  for (const other of others) other.setClock(offset)
  const due = await timersLeft(store, () => new Date(Date.now() + offset).toISOString())
  await drained(store, systems)
  await Promise.all(workers.map((one) => one.close()))
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
    name: names[on],
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
    const { timersLate } = await store.standing({ now: now() })
    if (timersLate.count === 0 || performance.now() > end) return timersLate.count
    await pause(100)
  }
}

const ringOf = ({ aggregate, type, occurredAt, causedBy }: DomainEvent): string =>
  JSON.stringify([aggregate, type, occurredAt, causedBy])

const isEarly = ({ occurredAt, receivedAt }: DomainEvent): boolean =>
  Date.parse(receivedAt) < Date.parse(occurredAt)
