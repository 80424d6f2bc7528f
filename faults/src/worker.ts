/**
 * A process that is to be killed: a runtime on books that others may share, with real systems over HTTP and the clock of
 * the machine, set to when the stories play. Its parent hands it documents and is told each answer.
 */
import type { DocumentEnvelope } from '@counterfoil/core'
import { CounterfoilError } from '@counterfoil/core'
import {
  createRuntime,
  createSystemClock,
  type Runtime,
  type RuntimeLimits,
} from '@counterfoil/runtime'
import { type Books, openStore, policiesFrom } from './books.ts'
import { httpConnectors } from './http-connectors.ts'
import { type Mistake, type MistakeName, mistakes } from './mistakes.ts'

/** What a worker is started with. */
export type WorkerSettings = {
  readonly books: Books
  /** The file that holds the rule sets. */
  readonly ruleSets: string
  /** Where each system is reached. */
  readonly systemUrls: Readonly<Record<string, string>>
  /** How far its clock is from that of the machine, in milliseconds. */
  readonly clockOffset: number
  readonly limits: Partial<RuntimeLimits>
  readonly mistake: MistakeName | null
}

/** What a worker is told. */
export type Told =
  | { readonly kind: 'receive'; readonly id: number; readonly envelope: DocumentEnvelope }
  | { readonly kind: 'set-clock'; readonly clockOffset: number }
  | { readonly kind: 'close' }

/** What a worker says. `outcomes` are those of the documents of a delivery. */
export type Said =
  | { readonly kind: 'answered'; readonly id: number; readonly outcomes: readonly string[] }
  | {
      readonly kind: 'unavailable'
      readonly id: number
      readonly code: string
      readonly sentence: string
    }
  | { readonly kind: 'broken'; readonly sentence: string }

function say(said: Said): void {
  // Nobody listens any more when the parent is gone.
  if (process.connected) process.send?.(said)
}

function setClock(now: () => number, offset: number): void {
  Date.now = () => Math.trunc(now() + offset)
}

function openRuntime({ books, ruleSets, systemUrls, limits, mistake }: WorkerSettings): Runtime {
  const planted: Mistake = mistake === null ? {} : mistakes[mistake]
  const {
    plantStore = (it) => it,
    plantConnector = (it) => it,
    plantClock = (it) => it,
    plantRuntime = (it) => it,
    plantDriver = () => {},
  } = planted
  plantDriver()
  return plantRuntime(
    createRuntime({
      store: plantStore(openStore(books)),
      policies: policiesFrom(ruleSets),
      connectors: httpConnectors(systemUrls).map(plantConnector),
      clock: plantClock(createSystemClock()),
      limits,
    }),
  )
}

async function receive(runtime: Runtime, id: number, envelope: DocumentEnvelope): Promise<void> {
  try {
    const { documents } = await runtime.receive(envelope)
    say({ kind: 'answered', id, outcomes: documents.map(({ outcome }) => outcome) })
  } catch (error) {
    if (!CounterfoilError.is(error)) throw error
    say({ kind: 'unavailable', id, code: error.code, sentence: error.message })
  }
}

/** Works until it is told to close, or killed. */
async function work(settings: WorkerSettings): Promise<void> {
  const now = Date.now
  setClock(now, settings.clockOffset)
  const runtime = openRuntime(settings)
  const stop = new AbortController()
  process.on('disconnect', () => process.exit())
  process.on('message', (told: Told) => {
    if (told.kind === 'set-clock') return setClock(now, told.clockOffset)
    if (told.kind === 'close') return stop.abort()
    void receive(runtime, told.id, told.envelope)
  })
  try {
    await runtime.run({ signal: stop.signal })
    await runtime.close()
  } catch (error) {
    say({ kind: 'broken', sentence: error instanceof Error ? error.message : String(error) })
  }
  process.disconnect()
}

const [, program, settings] = process.argv
if (program === import.meta.filename && settings !== undefined) await work(JSON.parse(settings))
