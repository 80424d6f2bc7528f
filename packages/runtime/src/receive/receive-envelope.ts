import { type DocumentReader, type Envelope, instant } from '@counterfoil/core'
import type { Writer } from '../decide/writer.ts'
import type { Hold } from './admission.ts'
import { checkEnvelope } from './check-envelope.ts'
import type { ReceiveAnswer } from './document-answer.ts'
import { readDelivery } from './read-delivery.ts'
import { type Intake, takeIn } from './take-in.ts'

/** Takes a delivery in: every document of it is answered, and the answers are durable. */
export async function receiveEnvelope(
  {
    intake,
    writer,
    readers,
    bodyCharactersMax,
    hold,
  }: {
    readonly intake: Intake
    readonly writer: Writer
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
      writer.submit((draft) => takeIn(intake, draft, { header, receivedAt, read })),
    ),
  )
  return { receivedAt, documents }
}
