import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import type { RuntimeLimits, Store } from '@counterfoil/runtime'
import { type Books, openStore, writeRuleSets } from './books.ts'
import { chanceOf } from './chance.ts'
import { type Undisturbed, undisturbedEnd } from './compare-books.ts'
import { storyStart, tenants } from './order-life.ts'
import { type Senders, startSenders } from './senders.ts'
import { openSystems, type Systems } from './systems.ts'
import { buildWorker, startWorker, type WorkerProcess } from './worker-process.ts'
import type { WorkerSettings } from './worker.ts'

/** Limits under which faults are done: what the dead had begun is taken up again in seconds, not in minutes. */
const quickLimits: Partial<RuntimeLimits> = {
  leaseSeconds: 2,
  retryDelaySeconds: 0.1,
  retryDelaySecondsMax: 1,
  idleSecondsMax: 1,
  conflictRetriesMax: 1000,
  effectAttemptsMax: 1000,
  // Who kills is us and no effect, again and again while one is under way.
  leasesLostMax: 1000,
}

/** Where faults are done: a folder, rule sets, one clock, and how orders end when nothing disturbs them. */
export type Stage = {
  /** A path in the folder that nobody else has. */
  readonly pathOf: (name: string) => string
  /** How far the clocks of processes are from that of the machine at first. */
  readonly clockOffset: number
  /** Starts a process that works on books, asks systems and may have a mistake in it. */
  readonly start: (
    given: Pick<WorkerSettings, 'books' | 'systemUrls' | 'mistake'> & {
      readonly limits?: Partial<RuntimeLimits>
    },
  ) => WorkerProcess
}

/** A stage with how orders end on it undisturbed. */
export type LivedStage = Stage & {
  readonly undisturbed: Undisturbed
  /** Deletes the folder. */
  readonly close: () => void
}

/** Makes a stage, and lives a few orders on it undisturbed. */
export async function openStage(): Promise<LivedStage> {
  const folder = mkdtempSync(join(tmpdir(), 'counterfoil-faults-'))
  // A server that is started here runs as a user of its own, who must get through.
  chmodSync(folder, 0o755)
  const close = (): void => rmSync(folder, { recursive: true, force: true })
  const ruleSets = join(folder, 'rule-sets')
  const program = join(folder, 'worker.mjs')
  // One for all processes: their clocks go on from one to the next.
  const clockOffset = storyStart - Date.now()
  let paths = 0
  const stage: Stage = {
    pathOf: (name) => join(folder, `${(paths += 1)}-${name}`),
    clockOffset,
    start: ({ limits = {}, ...given }) =>
      startWorker(program, {
        ...given,
        ruleSets,
        clockOffset,
        limits: { ...quickLimits, ...limits },
      }),
  }
  try {
    writeRuleSets(ruleSets)
    await buildWorker(program)
    return { ...stage, close, undisturbed: await livedUndisturbed(stage) }
  } catch (error) {
    close()
    throw error
  }
}

const quietMilliseconds = 3000
const drainSecondsMax = 120

/** Waits until nothing waits to be carried out and the systems were asked nothing for a while; true when that came. */
export async function drained(store: Store, { asked }: Pick<Systems, 'asked'>): Promise<boolean> {
  const end = performance.now() + drainSecondsMax * 1000
  let [seen, since] = [asked.length, performance.now()]
  while (performance.now() < end) {
    await pause(100)
    const waiting = await Promise.all(
      tenants.map(
        async (tenant) => (await store.effects({ tenant, state: 'waiting', limit: 1 })).rows,
      ),
    )
    if (asked.length !== seen || waiting.flat().length > 0) {
      ;[seen, since] = [asked.length, performance.now()]
    } else if (performance.now() - since > quietMilliseconds) return true
  }
  return false
}

/** What came in and went out, in numbers. */
export function seenBy(senders: Senders, { asked }: Pick<Systems, 'asked'>) {
  const repeated = asked.filter(({ isRepeated }) => isRepeated).length
  return {
    orders: senders.lives.length,
    'documents accepted': senders.acknowledged.size,
    'sent again because nobody answered': senders.unheard(),
    'effects delivered': asked.length - repeated,
    'effects asked again under their key': repeated,
  }
}

/** Lives a few orders that nothing disturbs, to know how they end. */
async function livedUndisturbed({ pathOf, start }: Stage): Promise<Undisturbed> {
  const books: Books = { kind: 'sqlite', file: pathOf('undisturbed.sqlite') }
  const systems = await openSystems()
  const worker = start({ books, systemUrls: systems.urls, mistake: null })
  const senders = startSenders({ ask: worker.ask, chance: chanceOf(0), orders: 3, ordersMax: 3 })
  await senders.done()
  const store = openStore(books)
  await drained(store, systems)
  await worker.close()
  const end = await undisturbedEnd(store, senders.lives, systems.asked)
  await store.close()
  await systems.close()
  return end
}
