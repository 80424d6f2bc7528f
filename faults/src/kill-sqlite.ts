import { DatabaseSync } from 'node:sqlite'
import { setTimeout as pause } from 'node:timers/promises'
import { type Books, openStore } from './books.ts'
import { chanceOf } from './chance.ts'
import { compareBooks } from './compare-books.ts'
import type { MistakeName } from './mistakes.ts'
import { type Report, reportOf } from './report.ts'
import { drained, type LivedStage, seenBy } from './stage.ts'
import { startSenders } from './senders.ts'
import { openSystems } from './systems.ts'
import type { WorkerProcess } from './worker-process.ts'

const ordersAtATime = 8
// From the first answer of a process on: within this time any instant may be its last.
const livedMillisecondsMax = 250

/**
 * Kills the one process that works on a SQLite file (SIGKILL), starts another at once, and again, while partners go on
 * sending; then lets the last one end everything and looks what is left.
 */
export async function killOnSqlite(
  stage: LivedStage,
  {
    kills,
    seed,
    mistake,
  }: { readonly kills: number; readonly seed: number; readonly mistake: MistakeName | null },
): Promise<Report> {
  const chance = chanceOf(seed)
  const file = stage.pathOf('killed.sqlite')
  const books: Books = { kind: 'sqlite', file }
  const systems = await openSystems()
  const start = (): WorkerProcess => stage.start({ books, systemUrls: systems.urls, mistake })
  let worker = start()
  const senders = startSenders({
    ask: (envelope) => worker.ask(envelope),
    chance: chanceOf(seed + 1),
    orders: ordersAtATime,
  })
  await worker.begun
  const recoveries: number[] = []
  for (let killed = 0; killed < kills; killed += 1) {
    await pause(chance.below(livedMillisecondsMax))
    await worker.kill()
    const deadSince = performance.now()
    worker = start()
    await worker.begun
    recoveries.push(performance.now() - deadSince)
  }
  await senders.finish()
  const store = openStore(books)
  const isDrained = await drained(store, systems)
  const broken = worker.broken() === null ? 0 : 1
  await worker.close()
  const faults = await compareBooks(store, { senders, asked: systems.asked }, stage.undisturbed)
  await store.close()
  await systems.close()
  return reportOf({
    name: 'kill -9 of the process on a SQLite file',
    seen: { kills, ...seenBy(senders, systems) },
    times: [
      { what: 'from a death to the first answer of the next process', milliseconds: recoveries },
    ],
    faults: {
      ...faults,
      'work that never ends': isDrained ? 0 : 1,
      'processes that gave up': broken,
      'files broken': isWhole(file) ? 0 : 1,
    },
  })
}

function isWhole(file: string): boolean {
  const database = new DatabaseSync(file)
  const found = database.prepare('PRAGMA integrity_check').get()
  database.close()
  return found?.['integrity_check'] === 'ok'
}
