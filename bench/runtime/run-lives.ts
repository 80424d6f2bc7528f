import { createInMemoryConnector } from '@counterfoil/connector-in-memory'
import { createRuntime, createVirtualClock, type Store } from '@counterfoil/runtime'
import { canonicalPolicies } from '../canonical-policy.ts'
import { orderLives } from './order-lives.ts'

/** Deliveries handed over at once, as many as the runtime puts into one batch. */
const atOnce = 64

/**
 * Lives so many orders on a store, from the documents to the last effect, which a stand-in carries out, and gives the
 * number of documents. Throws where one was not accepted or an effect was not carried out.
 */
export async function runLives(
  store: Store,
  { orders, first = 0 }: { readonly orders: number; readonly first?: number },
): Promise<number> {
  const steps = orderLives(orders, first)
  const clock = createVirtualClock(steps[0]?.at ?? '')
  const policies = canonicalPolicies
  const connectors = [createInMemoryConnector()]
  const runtime = createRuntime({ store, policies, connectors, clock })
  let documents = 0
  for (const { at, deliveries } of steps) {
    clock.advanceTo(at)
    for (let from = 0; from < deliveries.length; from += atOnce) {
      const batch = deliveries.slice(from, from + atOnce)
      const answers = await Promise.all(batch.map((delivery) => runtime.receive(delivery)))
      const isAccepted = answers.every((answer) =>
        answer.documents.every(({ outcome }) => outcome === 'accepted'),
      )
      if (!isAccepted) throw new Error('a document was not accepted')
      documents += batch.length
      const { deadLetters, finished } = await runtime.tick()
      if (deadLetters > 0 || !finished) throw new Error('an effect was not carried out')
    }
  }
  return documents
}
