import { type DocumentReader, type Envelope, instant } from '@counterfoil/core'
import type { Finished, Watcher } from '../watch/watcher.ts'
import type { Hold } from './admission.ts'
import { checkEnvelope } from './check-envelope.ts'
import type { DocumentAnswer, ReceiveAnswer } from './document-answer.ts'
import { readDelivery } from './read-delivery.ts'
import { type Intake, takeIn } from './take-in.ts'

/** Takes a delivery in: every document of it is answered, and the answers are durable. */
export async function receiveEnvelope(
  {
    intake,
    watcher,
    readers,
    bodyCharactersMax,
    hold,
  }: {
    readonly intake: Intake
    readonly watcher: Watcher
    readonly readers: readonly DocumentReader[]
    readonly bodyCharactersMax: number
    readonly hold: Hold
  },
  envelope: Envelope,
): Promise<ReceiveAnswer> {
  const header = checkEnvelope(envelope)
  const receivedAt = instant(header.receivedAt ?? intake.conductor.now())
  const arrivals = readDelivery({ envelope, header, readers, bodyCharactersMax })
  hold(arrivals)
  const documents = await Promise.all(
    arrivals.map((read) =>
      watcher.submit(
        () => ({
          kind: 'document',
          facts: {
            tenant: header.tenant,
            connection: header.connection,
            messageId: read.deliveryKey,
          },
        }),
        (draft, conductor) => takeIn({ ...intake, conductor }, draft, { header, receivedAt, read }),
        finishedOf,
      ),
    ),
  )
  return { receivedAt, documents }
}

function finishedOf(answer: DocumentAnswer): Finished {
  const { outcome, document } = answer
  return {
    outcome,
    ...('reason' in answer && { reason: answer.reason }),
    ...('aggregates' in answer && {
      aggregates: answer.aggregates,
      order: answer.aggregates[0]?.key ?? '',
    }),
    ...(document !== null && { documentKind: document.kind, supplier: document.supplier }),
  }
}
