import type { Envelope } from '@counterfoil/core'
import { DBOS } from '@dbos-inc/dbos-sdk'
import type { Clerk, Effect } from './clerk.ts'
import { documentOf, type Desk, orderNumberOf, type Place } from './desk.ts'
import { openOrderBooks } from './order-books.ts'

/**
 * A workflow a document: one step enters it in the books, in a transaction under the lock of its order's row, and one step
 * each carries an effect out. The workflow is the outbox.
 */
export async function openDbosDesk(place: Place, clerk: Clerk): Promise<Desk> {
  const books = openOrderBooks(place, { clerk, withOutbox: false })
  const carryOut = async (orderNumber: string, effects: readonly Effect[]): Promise<void> => {
    for (const effect of effects) {
      const more = await DBOS.runStep(
        async () => {
          // Here the system would be asked; it takes everything.
          if (clerk.carriedOut === null || effect.destination === 'people') return []
          return books.carriedOut(orderNumber, [effect])
        },
        { name: `carry out at ${effect.destination}` },
      )
      await carryOut(orderNumber, more)
    }
  }
  const workflow = DBOS.registerWorkflow(
    async (delivery: Envelope) => {
      const effects = await DBOS.runStep(() => books.take(delivery), { name: 'enter' })
      await carryOut(orderNumberOf(documentOf(delivery)), effects)
      return effects.length
    },
    { name: 'take' },
  )
  DBOS.setConfig({
    name: 'bench',
    systemDatabaseUrl: place.connectionString,
    systemDatabasePoolSize: 16,
    executorID: `process-${place.process}`,
    logLevel: 'error',
  })
  await DBOS.launch()
  return {
    take: async (delivery) => {
      const document = documentOf(delivery)
      const workflowID = `${document.kind}:${document.documentNumber}:${document.revision}`
      const handle = await DBOS.startWorkflow(workflow, { workflowID })(delivery)
      await handle.getResult()
    },
    close: async () => {
      await DBOS.shutdown()
      await books.pool.end()
    },
  }
}
