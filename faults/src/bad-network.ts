import { setTimeout as pause } from 'node:timers/promises'
import { type Books, openStore } from './books.ts'
import { chanceOf } from './chance.ts'
import { compareBooks } from './compare-books.ts'
import { openFaultProxy } from './fault-proxy.ts'
import { systemNames } from './http-connectors.ts'
import type { MistakeName } from './mistakes.ts'
import { type Report, reportOf } from './report.ts'
import { startSenders } from './senders.ts'
import { drained, type LivedStage, seenBy } from './stage.ts'
import { openSystems } from './systems.ts'

const ordersAtATime = 8
const slowSystem = 'finance'
const slowSecondsMax = 90
/** Under a planted mistake some never come, and it only has to show. */
const plantedSecondsMax = 15

/**
 * Puts a bad network between a runtime and every system, and one system that answers nobody until everything that does
 * not wait for it is done.
 */
export async function badNetwork(
  stage: LivedStage,
  {
    orders,
    seed,
    mistake,
  }: { readonly orders: number; readonly seed: number; readonly mistake: MistakeName | null },
): Promise<Report> {
  const books: Books = { kind: 'sqlite', file: stage.pathOf('network.sqlite') }
  const awake = Promise.withResolvers<void>()
  const systems = await openSystems(async ({ destination }) => {
    if (destination === slowSystem) await awake.promise
    return null
  })
  const lines = await Promise.all(
    systemNames.map(async (name, index) => {
      const proxy = await openFaultProxy(systems.port, chanceOf(seed + index + 2))
      return [name, proxy] as const
    }),
  )
  const worker = stage.start({
    books,
    mistake,
    systemUrls: Object.fromEntries(
      lines.map(([name, { port }]) => [name, `http://127.0.0.1:${port}/${name}`]),
    ),
    // Many wait for the slow one at any time; all others must get through beside them.
    limits: { effectsPerDestinationMax: 4 },
  })
  const chance = chanceOf(seed + 1)
  const senders = startSenders({
    ask: worker.ask,
    chance,
    orders: ordersAtATime,
    ordersMax: orders,
  })
  await senders.done()
  const expected = senders.lives.reduce(
    (sum, { kind }) => sum + othersOf(stage.undisturbed[kind].asked),
    0,
  )
  const arrived = (): number => systems.asked.filter(({ isRepeated }) => !isRepeated).length
  const secondsMax = mistake === null ? slowSecondsMax : plantedSecondsMax
  const end = performance.now() + secondsMax * 1000
  while (arrived() < expected && performance.now() < end) await pause(50)
  const heldUp = Math.max(0, expected - arrived())
  awake.resolve()
  const store = openStore(books)
  const isDrained = await drained(store, systems)
  await worker.close()
  const faults = await compareBooks(store, { senders, asked: systems.asked }, stage.undisturbed)
  await store.close()
  await systems.close()
  const troubles = lines.map(([, { done }]) => done)
  await Promise.all(lines.map(([, { close }]) => close()))
  const count = (trouble: keyof (typeof troubles)[number]): number =>
    troubles.reduce((sum, done) => sum + done[trouble], 0)
  return reportOf({
    name: 'a bad network to every system, and one system that does not answer',
    seen: {
      ...seenBy(senders, systems),
      'requests late': count('late'),
      'requests in slices': count('sliced'),
      'lines reset before the request arrived': count('reset-before'),
      'lines reset before the answer arrived': count('reset-after'),
      'requests that vanished': count('black-hole'),
    },
    faults: {
      ...faults,
      'effects held up by a system they do not wait for': heldUp,
      'work that never ends': isDrained ? 0 : 1,
    },
  })
}

function othersOf(asked: Readonly<Record<string, number>>): number {
  return Object.entries(asked).reduce(
    (sum, [name, count]) => (name === slowSystem ? sum : sum + count),
    0,
  )
}
