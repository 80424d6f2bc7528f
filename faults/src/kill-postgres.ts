import { setTimeout as pause } from 'node:timers/promises'
import pg from 'pg'
import { openStore } from './books.ts'
import { chanceOf } from './chance.ts'
import { compareBooks } from './compare-books.ts'
import type { MistakeName } from './mistakes.ts'
import { booksOn, type Server, startServer } from './postgres-server.ts'
import { type Report, reportOf } from './report.ts'
import { startSenders } from './senders.ts'
import { drained, type LivedStage, seenBy } from './stage.ts'
import { openSystems, type Systems } from './systems.ts'

const ordersAtATime = 12
const workerCount = 3
// Between two deaths; long enough that the others notice the first, short enough that they are not done with it.
const betweenMillisecondsMax = 600
// The parts of background work by default, each the lock of one session.
const shards = 16

/** How often somebody dies. */
export type Deaths = {
  /** Workers killed (SIGKILL). */
  readonly kills: number
  /** Immediate stops of the server (SIGQUIT), which finds what it had not written in its log. */
  readonly stops: number
}

/**
 * Kills one of three processes that share a database, again and again, and stops the server in between without a
 * farewell, while partners go on sending to whoever is there; then lets the last ones end everything and looks what is
 * left.
 */
export async function killOnPostgres(
  stage: LivedStage,
  {
    kills,
    stops,
    seed,
    mistake,
  }: Deaths & { readonly seed: number; readonly mistake: MistakeName | null },
): Promise<Report> {
  const chance = chanceOf(seed)
  const server = await startServer()
  const systems = await openSystems()
  let started = 0
  const start = () => {
    started += 1
    const name = `worker-${started}`
    return {
      name,
      process: stage.start({ books: booksOn(server, name), systemUrls: systems.urls, mistake }),
    }
  }
  const workers = Array.from({ length: workerCount }, start)
  let answeredAt = 0
  const senders = startSenders({
    ask: async (envelope) => {
      const reply = await workers[chance.below(workerCount)]?.process.ask(envelope)
      if (reply?.kind === 'answered') answeredAt = performance.now()
      return reply ?? { kind: 'died' }
    },
    chance: chanceOf(seed + 1),
    orders: ordersAtATime,
  })
  await Promise.all(workers.map(({ process }) => process.begun))
  const takeovers: number[] = []
  const outages: { readonly answer: number; readonly effect: number }[] = []
  let stopped = 0
  for (let death = 1; death <= kills + stops; death += 1) {
    await pause(chance.below(betweenMillisecondsMax))
    // Spread evenly among the kills.
    if (stopped * (kills + stops) < death * stops) {
      stopped += 1
      await server.crash()
      await server.start()
      const back = performance.now()
      const answer = await sinceUntil(back, () => answeredAt > back)
      outages.push({ answer, effect: await sinceUntil(back, () => lastAskedAt(systems) > back) })
      continue
    }
    const index = chance.below(workerCount)
    const dead = workers[index]
    if (dead === undefined) continue
    await dead.process.kill()
    const taken = timeOfTakeover(server, dead.name)
    workers[index] = start()
    takeovers.push(await taken)
    await Promise.all(workers.map(({ process }) => process.begun))
  }
  await senders.finish()
  const store = openStore(booksOn(server, 'looking'))
  const isDrained = await drained(store, systems)
  const broken = workers.filter(({ process }) => process.broken() !== null).length
  await Promise.all(workers.map(({ process }) => process.close()))
  const faults = await compareBooks(store, { senders, asked: systems.asked }, stage.undisturbed)
  await store.close()
  await systems.close()
  await server.dispose()
  return reportOf({
    name: 'kill -9 of three processes on PostgreSQL, and immediate stops of the server',
    seen: { kills, 'stops of the server': stops, ...seenBy(senders, systems) },
    times: [
      { what: 'from a death until others own its work', milliseconds: takeovers },
      {
        what: 'from the start of the server to the next answer',
        milliseconds: outages.map(({ answer }) => answer),
      },
      {
        what: 'from the start of the server to the next effect',
        milliseconds: outages.map(({ effect }) => effect),
      },
    ],
    faults: {
      ...faults,
      'work that never ends': isDrained ? 0 : 1,
      'processes that gave up': broken,
    },
  })
}

const outageMillisecondsMax = 60_000

async function sinceUntil(since: number, isOver: () => boolean): Promise<number> {
  while (!isOver() && performance.now() - since < outageMillisecondsMax) await pause(1)
  return performance.now() - since
}

function lastAskedAt({ asked }: Systems): number {
  return asked.at(-1)?.at ?? 0
}

/** Asks the server until all parts of the background work are somebody's again. */
async function timeOfTakeover({ url }: Server, dead: string): Promise<number> {
  const since = performance.now()
  const client = new pg.Client({ connectionString: `${url}/postgres` })
  await client.connect()
  try {
    for (;;) {
      const { rows } = await client.query(ownedShards, [dead])
      if (Number(rows[0]?.owned) === shards) return performance.now() - since
      await pause(1)
    }
  } finally {
    await client.end()
  }
}

const ownedShards = `SELECT count(DISTINCT objid) AS owned FROM pg_locks JOIN pg_stat_activity USING (pid)
  WHERE locktype = 'advisory' AND granted AND objsubid = 2 AND mode = 'ExclusiveLock' AND application_name <> $1`
