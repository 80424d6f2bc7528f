import { setTimeout as pause } from 'node:timers/promises'
import pg from 'pg'
import { say } from '../print.ts'
import { openDeskBooks } from './desk-books.ts'
import { type DeskProcess, startDesk } from './desk-processes.ts'
import { startCarefulServer } from './server.ts'

const kills = 20
const orders = 16
// The parts of the background work by default.
const shards = 16
// The step in which every order leads to work in the background.
const answerStep = 2

/**
 * From a kill -9 of one of two processes on PostgreSQL until the other owns all background work, and until it has done what
 * came in at the moment of the kill, beside the same work with nobody killed.
 */
export async function benchTakeover(): Promise<void> {
  const server = await startCarefulServer()
  const connectionString = await server.newDatabase('takeover')
  const books = await openDeskBooks('counterfoil', connectionString)
  const client = new pg.Client({ connectionString })
  client.on('error', () => {})
  await client.connect()
  let processes = 0
  const start = (): Promise<DeskProcess> => {
    processes += 1
    return startDesk({ desk: 'counterfoil', place: { connectionString, process: processes } })
  }
  const times = { owned: new Array<number>(), done: new Array<number>(), calm: new Array<number>() }
  try {
    const survivor = await start()
    for (let kill = 0; kill < kills; kill += 1) {
      const doomed = await start()
      await sharesAre(client, [shards / 2, shards / 2])
      for (const isKill of [false, true]) {
        const lives = { orders, first: (2 * kill + Number(isKill)) * orders }
        for (let step = 0; step < answerStep; step += 1) await survivor.live({ ...lives, step })
        await books.drained()
        const since = performance.now()
        if (isKill) await doomed.kill()
        const lived = survivor.live({ ...lives, step: answerStep })
        if (isKill) {
          await sharesAre(client, [shards])
          times.owned.push(performance.now() - since)
        }
        await lived
        await books.drained()
        times[isKill ? 'done' : 'calm'].push(performance.now() - since)
      }
    }
    await survivor.close()
    console.log(`kill -9 of one of two processes on PostgreSQL, ${kills} times`)
    tell('until the other owns all background work', times.owned)
    tell('until it has done what came in meanwhile', times.done)
    tell('the same with nobody killed', times.calm)
    console.log('  parts are compared every 100 ms; a process that hangs loses its own after 15 s')
    say('99 of 100 within ms', hundredth(times.owned), 150)
    await client.end()
    await books.close()
  } finally {
    await server.dispose()
  }
}

/** Waits until the shards are divided so among those who are there. */
async function sharesAre(client: pg.Client, wanted: readonly number[]): Promise<void> {
  for (;;) {
    const { rows } = await client.query<{ readonly owned: number }>(owned)
    if (rows.map((row) => row.owned).join() === wanted.join()) return
    await pause(1)
  }
}

const owned = `SELECT count(*)::int AS owned FROM pg_locks
  WHERE locktype = 'advisory' AND granted AND objsubid = 2 AND mode = 'ExclusiveLock' GROUP BY pid`

function tell(name: string, times: readonly number[]): void {
  const sorted = times.toSorted((a, b) => a - b)
  const middle = sorted[sorted.length >> 1] ?? Number.NaN
  console.log(
    `  ${name.padEnd(56)} median ${middle.toFixed(0)} ms, 99 of 100 within ${hundredth(times).toFixed(0)} ms`,
  )
}

function hundredth(times: readonly number[]): number {
  return times.toSorted((a, b) => a - b)[Math.floor(times.length * 0.99)] ?? Number.NaN
}
