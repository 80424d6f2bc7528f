import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import pg from 'pg'
import { type Books, openStore } from './books.ts'
import { chanceOf } from './chance.ts'
import { compareBooks } from './compare-books.ts'
import type { MistakeName } from './mistakes.ts'
import { booksOn, type Server, startServer } from './postgres-server.ts'
import { type Report, reportOf, skipped } from './report.ts'
import { startSenders } from './senders.ts'
import { mountSmallDisk, type SmallDisk } from './small-disk.ts'
import { drained, type LivedStage, seenBy } from './stage.ts'
import { openSystems } from './systems.ts'

/** Where the disk is that fills up: under the file of SQLite, or under a PostgreSQL server. */
export type DiskUnder = Books['kind']

const names: Readonly<Record<DiskUnder, string>> = {
  sqlite: 'a disk that is full under a SQLite file',
  postgres: 'a disk that is full under a PostgreSQL server',
}
// A new server has forty megabytes of its own.
const diskMegabytes: Readonly<Record<DiskUnder, number>> = { sqlite: 12, postgres: 96 }
const serverSettings = ['min_wal_size=32MB', 'max_wal_size=32MB']
const ordersAtATime = 4
const fullSeconds = 3
const fillsDefault = 3

/**
 * Works on a small disk that is filled to the last byte, and freed, again and again. While it is full documents are
 * refused, each with a sentence that says why, and none is forgotten that was acknowledged. A server is at last left no
 * room for its log either: it ends itself, and is started once there is room.
 */
export async function diskFull(
  stage: LivedStage,
  {
    under,
    seed,
    mistake,
    fills = fillsDefault,
  }: {
    readonly under: DiskUnder
    readonly seed: number
    readonly mistake: MistakeName | null
    /** How often the disk is full before a server is left no room for its log; three times where absent. */
    readonly fills?: number
  },
): Promise<Report> {
  const disk = mountSmallDisk(stage.pathOf('disk'), diskMegabytes[under])
  if (disk === null) {
    const why = 'no disk can be mounted here: run it as root, or in `unshare -Urm`'
    return skipped(names[under], why)
  }
  let server: Server | null = null
  try {
    server = under === 'postgres' ? await startServer(serverSettings, disk.folder) : null
    return await fillAgainAndAgain(stage, { under, disk, server, seed, mistake, fills })
  } finally {
    await server?.dispose()
    disk.unmount()
  }
}

async function fillAgainAndAgain(
  stage: LivedStage,
  {
    under,
    disk,
    server,
    seed,
    mistake,
    fills,
  }: {
    readonly under: DiskUnder
    readonly disk: SmallDisk
    readonly server: Server | null
    readonly seed: number
    readonly mistake: MistakeName | null
    readonly fills: number
  },
): Promise<Report> {
  const books = (name: string): Books =>
    server === null
      ? { kind: 'sqlite', file: join(disk.folder, 'books.sqlite') }
      : booksOn(server, name)
  const systems = await openSystems()
  const worker = stage.start({ books: books('worker'), systemUrls: systems.urls, mistake })
  const senders = startSenders({ ask: worker.ask, chance: chanceOf(seed), orders: ordersAtATime })
  await worker.begun
  let [workedOn, ended] = [0, 0]
  const fill = async (meanwhile: () => Promise<void>): Promise<void> => {
    disk.fill()
    await meanwhile()
    disk.free()
    if (server?.isRunning() === false) {
      ended += 1
      await server.start()
    }
    const before = senders.acknowledged.size
    await until(() => senders.acknowledged.size > before)
    if (senders.acknowledged.size > before) workedOn += 1
  }
  for (let full = 0; full < fills; full += 1) await fill(() => pause(fullSeconds * 1000))
  const refusals = [...senders.refusals]
  if (server !== null) await fill(() => useUpLog(server))
  await senders.finish()
  const store = openStore(books('looking'))
  const isDrained = await drained(store, systems)
  const broken = worker.broken() === null ? 0 : 1
  await worker.close()
  const faults = await compareBooks(store, { senders, asked: systems.asked }, stage.undisturbed)
  await store.close()
  await systems.close()
  const times = server === null ? fills : fills + 1
  return reportOf({
    name: names[under],
    seen: {
      'times it was full': times,
      ...(server === null ? {} : { 'times the server ended itself': ended }),
      ...seenBy(senders, systems),
      refusals: senders.unheard(),
    },
    faults: {
      ...faults,
      'times nothing was refused': refusals.length === 0 ? 1 : 0,
      'refusals that do not say why': refusals.filter((one) => !saysFull.test(one)).length,
      'refusals that are no outage': [...senders.refusals].filter((one) => !isOutage.test(one))
        .length,
      'times work did not go on': times - workedOn,
      'work that never ends': isDrained ? 0 : 1,
      'processes that gave up': broken,
    },
  })
}

const isOutage = /^STORE_UNAVAILABLE: /
const saysFull = /is full|No space left/

/** Has a server begin new parts of its log until it can write no more of it, and ends itself. */
async function useUpLog(server: Server): Promise<void> {
  const client = new pg.Client({ connectionString: `${server.url}/postgres` })
  client.on('error', () => {})
  try {
    await client.connect()
    for (;;) await client.query("SELECT pg_logical_emit_message(false, '', 'x'), pg_switch_wal()")
  } catch {
    await until(() => !server.isRunning())
  }
  await client.end().catch(() => undefined)
}

const untilSecondsMax = 60

async function until(isOver: () => boolean): Promise<void> {
  const end = performance.now() + untilSecondsMax * 1000
  while (!isOver() && performance.now() < end) await pause(20)
}
