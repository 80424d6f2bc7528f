import { createRuntime } from '@counterfoil/runtime'
import { createPostgresStore } from '@counterfoil/store-postgres'
import { canonicalPolicies } from '../canonical-policy.ts'
import { createObligingConnector } from '../runtime/obliging-connector.ts'
import { createRunningClock, dayOfLives } from '../runtime/running-clock.ts'
import type { Desk, Place } from './desk.ts'

/** A runtime as a host would run it, with all its defaults. */
export function openCounterfoilDesk({ connectionString }: Place): Desk {
  const runtime = createRuntime({
    store: createPostgresStore({ connectionString }),
    policies: canonicalPolicies,
    connectors: [createObligingConnector()],
    clock: createRunningClock(dayOfLives),
  })
  const stop = new AbortController()
  const running = runtime.run({ signal: stop.signal })
  return {
    take: async (delivery) => {
      const { documents } = await runtime.receive(delivery)
      if (documents[0]?.outcome !== 'accepted') throw new Error('a document was not accepted')
    },
    close: async () => {
      stop.abort()
      await running
      await runtime.close()
    },
  }
}
