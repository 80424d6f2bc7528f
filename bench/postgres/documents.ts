import { deepStrictEqual } from 'node:assert'
import { print, say } from '../print.ts'
import { race } from '../race.ts'
import { openDeskBooks, type Tally } from './desk-books.ts'
import { openDeskProcesses } from './desk-processes.ts'
import type { Lives } from './desk-worker.ts'
import type { DeskName } from './desks.ts'
import { startCarefulServer } from './server.ts'

const documentsAnOrder = 9
const ordersCompared = 4
const rounds = 3

/** How many orders one round lives; those that take long live fewer, each takes as long. */
const contenders: readonly {
  readonly desk: DeskName
  readonly name: string
  readonly orders: number
}[] = [
  { desk: 'counterfoil', name: 'Counterfoil', orders: 32 },
  { desk: 'row-locks-deciding', name: 'row locks by hand, deciding by core', orders: 32 },
  { desk: 'row-locks-plain', name: 'row locks by hand, sums only', orders: 32 },
  { desk: 'dbos-deciding', name: 'DBOS, deciding by core', orders: 8 },
  { desk: 'dbos-plain', name: 'DBOS, sums only', orders: 8 },
]

/**
 * Documents from the door to the last effect on one PostgreSQL server, two processes each, every commit on disk: a runtime,
 * transactions under row locks written by hand, and workflows of DBOS.
 */
export async function benchPostgresDocuments(): Promise<void> {
  const server = await startCarefulServer()
  try {
    const open = await Promise.all(
      contenders.map(async ({ desk, name, orders }) => {
        const connectionString = await server.newDatabase(desk)
        const books = await openDeskBooks(desk, connectionString)
        const processes = await openDeskProcesses(desk, connectionString)
        const live = async (lives: Lives): Promise<void> => {
          await processes.live(lives)
          await books.drained()
        }
        return { name, orders, books, processes, live }
      }),
    )
    const tallies: Tally[] = []
    for (const { live, books } of open) {
      // Step by step: where a paper overtakes what another led to, a match is made again, and that is an event more.
      for (let step = 0; step < documentsAnOrder; step += 1) {
        await live({ orders: ordersCompared, first: 0, step })
      }
      tallies.push(await books.tally())
    }
    compare(tallies)
    console.log(`whole lives of orders on PostgreSQL, two processes`)
    const runners = open.map(({ name, orders, live }) => {
      let first = ordersCompared
      return {
        name,
        operations: orders * documentsAnOrder,
        run: async () => {
          await live({ orders, first, step: null })
          first += orders
        },
      }
    })
    const [ours, ...others] = runners
    if (ours === undefined) throw new Error('nobody is compared')
    const laps = await race([ours, ...others], rounds, 'wall')
    print(laps, 'Counterfoil')
    const timesOf = (index: number): number => -(laps[index]?.ratio ?? Number.NaN)
    say('times as fast as row locks that decide the same', timesOf(1), -12)
    say('times as fast as row locks that keep sums', timesOf(2), -12)
    say('times as fast as DBOS that decides the same', timesOf(3), -50)
    say('times as fast as DBOS that keeps sums', timesOf(4), -50)
    await Promise.all(open.map(({ processes }) => processes.close()))
    await Promise.all(open.map(({ books }) => books.close()))
  } finally {
    await server.dispose()
  }
}

function compare([ours, ...others]: readonly Tally[]): void {
  for (const other of others) {
    deepStrictEqual(other.quantities, ours?.quantities)
    deepStrictEqual(other.effects, ours?.effects)
    // Who keeps sums decides nothing.
    if (other.states.length === 0) continue
    deepStrictEqual(other.states, ours?.states)
    deepStrictEqual(other.events, ours?.events)
  }
}
