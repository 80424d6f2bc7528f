import { fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import type { DeskName } from './desks.ts'
import type { DeskSaid, DeskTold, DeskWorkerSettings, Lives } from './desk-worker.ts'

/** One process with a desk. */
export type DeskProcess = {
  /** Has orders lived. Resolves when all documents are answered. */
  readonly live: (lives: Lives) => Promise<void>
  /** Kills it (SIGKILL). Resolves when it is dead. */
  readonly kill: () => Promise<void>
  /** Lets it end what is under way. */
  readonly close: () => Promise<void>
}

const processCount = 2

/** Starts two processes on the same books, which divide orders between them. */
export async function openDeskProcesses(
  desk: DeskName,
  connectionString: string,
): Promise<Omit<DeskProcess, 'kill'>> {
  const processes: DeskProcess[] = []
  // One after another: some make their tables at the start.
  for (let process = 0; process < processCount; process += 1) {
    processes.push(await startDesk({ desk, place: { connectionString, process } }))
  }
  return {
    live: async ({ orders, first, step }) => {
      const each = Math.ceil(orders / processCount)
      await Promise.all(
        processes.map(({ live }, index) => {
          const from = index * each
          return live({ orders: Math.min(each, orders - from), first: first + from, step })
        }),
      )
    },
    close: async () => {
      await Promise.all(processes.map(({ close }) => close()))
    },
  }
}

// A peer calls the driver in a way that the driver's next release will refuse, and is warned each time.
const childFlags = [...process.execArgv, '--no-deprecation']

/** Starts a process with a desk. Resolves when it takes documents. */
export async function startDesk(settings: DeskWorkerSettings): Promise<DeskProcess> {
  const program = fileURLToPath(new URL('desk-worker.ts', import.meta.url))
  const child = fork(program, [JSON.stringify(settings)], { execArgv: childFlags })
  const ended = once(child, 'exit')
  const endedEarly = ended.then((): never => {
    throw new Error('a process ended before its time')
  })
  // Whoever waits for something hears of it.
  endedEarly.catch(() => undefined)
  const said = async (kind: DeskSaid['kind']): Promise<void> => {
    const [heard]: readonly DeskSaid[] = await Promise.race([once(child, 'message'), endedEarly])
    if (heard?.kind !== kind) throw new Error('a process said something else')
  }
  const tell = (told: DeskTold): void => {
    child.send(told)
  }
  await said('open')
  return {
    live: async (lives) => {
      tell({ kind: 'live', ...lives })
      await said('lived')
    },
    kill: async () => {
      child.kill('SIGKILL')
      await ended
    },
    close: async () => {
      tell({ kind: 'close' })
      await ended
    },
  }
}
