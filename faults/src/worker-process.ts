import { fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import type { DocumentEnvelope } from '@counterfoil/core'
import { build } from 'esbuild'
import type { Said, Told, WorkerSettings } from './worker.ts'

/** What came of asking a worker: what became of the documents, why it cannot tell, or nothing because it died. */
export type Reply =
  | { readonly kind: 'answered'; readonly outcomes: readonly string[] }
  | { readonly kind: 'unavailable'; readonly code: string; readonly sentence: string }
  | { readonly kind: 'died' }

/** A running worker, as its parent sees it. */
export type WorkerProcess = {
  readonly ask: (envelope: DocumentEnvelope) => Promise<Reply>
  readonly setClock: (clockOffset: number) => void
  /** Kills it (SIGKILL). Resolves when it is dead. */
  readonly kill: () => Promise<void>
  /** Lets it end what is under way. */
  readonly close: () => Promise<void>
  /** Resolves at its first answer, or when it dies before. */
  readonly begun: Promise<void>
  /** Why its background work ended for good; null while it did not. */
  readonly broken: () => string | null
}

/** Makes one file of the program of workers, which die too young to spend their lives on reading it in parts. */
export async function buildWorker(file: string): Promise<void> {
  await build({
    entryPoints: [fileURLToPath(new URL('worker.ts', import.meta.url))],
    outfile: file,
    bundle: true,
    platform: 'node',
    format: 'esm',
    conditions: ['@counterfoil/source'],
    external: ['pg-native'],
    // The driver of PostgreSQL asks for its parts as only older modules can.
    banner: {
      js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);",
    },
    logLevel: 'error',
  })
}

/** Starts a worker in a process of its own. */
export function startWorker(program: string, settings: WorkerSettings): WorkerProcess {
  const child = fork(program, [JSON.stringify(settings)], {
    env: { ...process.env, NODE_COMPILE_CACHE: `${program}-compiled` },
  })
  const waiting = new Map<number, (reply: Reply) => void>()
  const begun = Promise.withResolvers<void>()
  let isDead = false
  let asked = 0
  let broken: string | null = null
  const ended = once(child, 'exit').then(([code]) => {
    isDead = true
    if (code !== null && code !== 0) throw new Error('a worker died of itself, not of a fault')
    begun.resolve()
    for (const reply of waiting.values()) reply({ kind: 'died' })
    waiting.clear()
  })
  child.on('message', (said: Said) => {
    if (said.kind === 'broken') {
      broken = said.sentence
      return
    }
    const { id, ...reply } = said
    waiting.get(id)?.(reply)
    waiting.delete(id)
    if (said.kind === 'answered') begun.resolve()
  })
  const tell = (told: Told): void => {
    // It may die on the way; then it is known to be dead soon.
    if (!isDead && child.connected) child.send(told, () => {})
  }
  return {
    ask: (envelope) =>
      new Promise((resolve) => {
        if (isDead) return resolve({ kind: 'died' })
        asked += 1
        waiting.set(asked, resolve)
        tell({ kind: 'receive', id: asked, envelope })
      }),
    setClock: (clockOffset) => tell({ kind: 'set-clock', clockOffset }),
    kill: async () => {
      child.kill('SIGKILL')
      await ended
    },
    close: async () => {
      tell({ kind: 'close' })
      await ended
    },
    begun: begun.promise,
    broken: () => broken,
  }
}
