import {
  addMilliseconds,
  type Connector,
  CounterfoilError,
  type Envelope,
  instant,
} from '@counterfoil/core'
import type { Clock } from '../clock/clock.ts'
import type { Writer } from '../decide/writer.ts'
import type { ReceiveAnswer } from '../receive/document-answer.ts'
import type { RuntimeLimits, TickReport } from '../runtime.ts'
import type { Store } from '../store/store.ts'
import { withinTime } from './within-time.ts'

/** What reading connectors needs. */
export type Reading = {
  readonly store: Store
  readonly writer: Writer
  readonly connectors: readonly Connector[]
  readonly clock: Clock
  readonly limits: RuntimeLimits
  readonly signal: AbortSignal
  readonly receive: (envelope: Envelope) => Promise<ReceiveAnswer>
}

/** Takes in what waits at the connectors. One that cannot be read is reported and does not hold up the others. */
export async function readConnectors(
  reading: Reading,
): Promise<Pick<TickReport, 'deliveriesRead' | 'connectorsUnavailable'>> {
  let deliveriesRead = 0
  const connectorsUnavailable: { readonly connector: string; readonly sentence: string }[] = []
  for (const connector of reading.connectors) {
    if (connector.capabilities.reads.length === 0) continue
    try {
      deliveriesRead += await readConnector(reading, connector)
    } catch (error) {
      if (CounterfoilError.is(error) && error.code.startsWith('STORE_')) throw error
      const sentence = error instanceof Error ? error.message : String(error)
      connectorsUnavailable.push({ connector: connector.name, sentence })
    }
  }
  return { deliveriesRead, connectorsUnavailable }
}

async function readConnector(reading: Reading, connector: Connector): Promise<number> {
  const { store, writer, clock, limits, signal, receive } = reading
  let cursor = await store.cursor({ connector: connector.name })
  let deliveriesRead = 0
  for (let page = 0; page < limits.readPagesMax && !signal.aborted; page += 1) {
    const from = cursor
    const until = addMilliseconds(instant(clock.now()), limits.leaseSeconds * 1000)
    const read = await withinTime({ clock, until, signal }, (heeded) =>
      connector.read({ cursor: from, limit: limits.readPageMax, signal: heeded }),
    )
    for (const delivery of read.deliveries) {
      await receive(allowed(connector, delivery))
      deliveriesRead += 1
    }
    // Only now: after a crash in between the page is read again, and every delivery of it is known as a repeat.
    const next = read.cursor
    if (next !== null && next !== cursor) {
      await writer.submit(async (draft) => {
        draft.pieces.push({ cursors: [{ connector: connector.name, cursor: next }] })
      })
      cursor = next
    }
    if (!read.more) break
  }
  return deliveriesRead
}

function allowed({ name, tenants }: Connector, delivery: Envelope): Envelope {
  if (tenants?.includes(delivery.tenant) ?? true) return delivery
  throw new CounterfoilError(
    'CONNECTOR_REPLY_INVALID',
    `connector \`${name}\` brought a delivery for tenant \`${delivery.tenant}\`, for which it does not work`,
  )
}
