import { setTimeout as pause } from 'node:timers/promises'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { CounterfoilError, type Envelope } from '@counterfoil/core'
import { createRuntime, type Runtime } from '@counterfoil/runtime'
import { canonicalPolicies } from '../canonical-policy.ts'
import { createObligingConnector } from '../runtime/obliging-connector.ts'
import { orderLives } from '../runtime/order-lives.ts'
import { createRunningClock, dayOfLives } from '../runtime/running-clock.ts'
import type { SoakBooks } from './soak-books.ts'

/** How it stood at the end of one stretch, and how long answers took during it. */
export type Sample = {
  readonly minute: number
  /** Answered since the beginning. */
  readonly documents: number
  /** From when a document was due to be sent to its answer: a stall counts for all that should have come meanwhile. */
  readonly p50Milliseconds: number
  readonly p99Milliseconds: number
  /** After garbage was collected. */
  readonly heapMegabytes: number
  readonly rssMegabytes: number
  readonly storeMegabytes: number
  readonly effectsWaiting: number
  /** How often a document was not taken because too much waited, and came again. */
  readonly putOff: number
}

const ordersTogether = 64
const stretchSecondsMax = 60
const stretchesMin = 20

/** Sends so many documents a second for so long, from orders that live together, and looks how it stands as time goes by. */
export async function* steadyLoad(
  { store, size }: SoakBooks,
  { minutes, perSecond }: { readonly minutes: number; readonly perSecond: number },
): AsyncGenerator<Sample> {
  const runtime = createRuntime({
    store,
    policies: canonicalPolicies,
    connectors: [createObligingConnector()],
    clock: createRunningClock(dayOfLives),
  })
  const stop = new AbortController()
  const running = runtime.run({ signal: stop.signal })
  const documents = endlessDocuments()
  const collect = garbageCollector()
  const stretchSeconds = Math.min(stretchSecondsMax, (minutes * 60) / stretchesMin)
  const start = performance.now()
  let [sent, answered, putOff] = [0, 0, 0]
  for (let stretch = 1; stretch * stretchSeconds <= minutes * 60; stretch += 1) {
    const waits: number[] = []
    for (; sent < stretch * stretchSeconds * perSecond; sent += 1) {
      const due = start + (sent * 1000) / perSecond
      const early = due - performance.now()
      if (early > 0) await pause(early)
      const { value } = documents.next()
      void offer(runtime, value).then((timesPutOff) => {
        putOff += timesPutOff
        answered += 1
        waits.push(performance.now() - due)
      })
    }
    collect()
    const { heapUsed, rss } = process.memoryUsage()
    const { work } = await runtime.health()
    yield {
      minute: (stretch * stretchSeconds) / 60,
      documents: answered,
      p50Milliseconds: share(waits, 0.5),
      p99Milliseconds: share(waits, 0.99),
      heapMegabytes: heapUsed / 1e6,
      rssMegabytes: rss / 1e6,
      storeMegabytes: (await size()) / 1e6,
      effectsWaiting: work?.effects.reduce((sum, { count }) => sum + count, 0) ?? Number.NaN,
      putOff,
    }
  }
  while (answered < sent) await pause(100)
  stop.abort()
  await running
  await runtime.close()
}

/** Offers a document until it is taken, as senders do; gives how often it was put off. Anything else ends the run. */
async function offer(runtime: Runtime, delivery: Envelope): Promise<number> {
  for (let putOff = 0; ; putOff += 1) {
    try {
      const { documents } = await runtime.receive(delivery)
      const outcome = documents[0]?.outcome
      // One that overtook another that was put off may have to wait for it.
      if (outcome === 'accepted' || outcome === 'parked') return putOff
      throw new Error(`a document was answered \`${outcome}\``)
    } catch (error) {
      if (!CounterfoilError.is(error) || error.code !== 'LIMIT_EXCEEDED') throw error
      await pause(Number(error.details['retryAfterSeconds']) * 1000)
    }
  }
}

function* endlessDocuments(): Generator<Envelope, never> {
  for (let first = 0; ; first += ordersTogether) {
    for (const { deliveries } of orderLives(ordersTogether, first)) yield* deliveries
  }
}

function garbageCollector(): () => void {
  setFlagsFromString('--expose-gc')
  return runInNewContext('gc')
}

function share(values: readonly number[], part: number): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length * part)] ?? Number.NaN
}
