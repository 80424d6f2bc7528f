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
  /** Aborted when nothing new is taken any more. */
  readonly draining: AbortSignal
  /** Whether there is room for documents of these tenants; of every tenant where none is named. */
  readonly hasRoom: (tenants: readonly string[] | undefined) => Promise<boolean>
  readonly receive: (envelope: Envelope) => Promise<ReceiveAnswer>
}

/** What was read from connectors. */
export type ReadingReport = Pick<TickReport, 'deliveriesRead' | 'connectorsUnavailable'>

/**
 * Takes in what waits at the connectors, each of them beside the others and once at a time. One that cannot be read, or
 * takes long to answer, does not hold up the rest.
 */
export type ConnectorReader = {
  /** Begins to read every connector that is not being read. */
  readonly start: () => void
  /** The same, and gives what was read when all of it is. Throws when the store cannot take it in. */
  readonly readAll: () => Promise<ReadingReport>
  /** Resolves when nothing is being read. */
  readonly settle: () => Promise<void>
}

/** A reader that is not reading. */
export function createConnectorReader(reading: Reading): ConnectorReader {
  const connectors = reading.connectors.filter(({ capabilities }) => capabilities.reads.length > 0)
  const underWay = new Map<Connector, Promise<ReadingReport>>()

  const read = (connector: Connector): Promise<ReadingReport> => {
    const begun = underWay.get(connector)
    if (begun !== undefined) return begun
    const report = reportOf(reading, connector).finally(() => underWay.delete(connector))
    underWay.set(connector, report)
    return report
  }
  return {
    start: () => {
      // An outage of the store shows in everything else a tick does.
      for (const connector of connectors) read(connector).catch(() => undefined)
    },
    readAll: async () => {
      const reports = await Promise.all(connectors.map(read))
      return {
        deliveriesRead: reports.reduce((sum, { deliveriesRead }) => sum + deliveriesRead, 0),
        connectorsUnavailable: reports.flatMap((report) => report.connectorsUnavailable),
      }
    },
    settle: async () => {
      await Promise.allSettled(underWay.values())
    },
  }
}

async function reportOf(reading: Reading, connector: Connector): Promise<ReadingReport> {
  try {
    const deliveriesRead = await readConnector(reading, connector)
    return { deliveriesRead, connectorsUnavailable: [] }
  } catch (error) {
    if (CounterfoilError.is(error) && error.code.startsWith('STORE_')) throw error
    const sentence = error instanceof Error ? error.message : String(error)
    return { deliveriesRead: 0, connectorsUnavailable: [{ connector: connector.name, sentence }] }
  }
}

async function readConnector(reading: Reading, connector: Connector): Promise<number> {
  const { store, writer, clock, limits, draining, receive } = reading
  let cursor = await store.cursor({ connector: connector.name })
  let deliveriesRead = 0
  for (let page = 0; page < limits.readPagesMax && !draining.aborted; page += 1) {
    // What waits there waits in a better place than here.
    if (!(await reading.hasRoom(connector.tenants))) break
    const from = cursor
    const until = addMilliseconds(instant(clock.now()), limits.leaseSeconds * 1000)
    const read = await withinTime({ clock, until, signal: draining }, (heeded) =>
      connector.read({ cursor: from, limit: limits.readPageMax, signal: heeded }),
    )
    for (const delivery of read.deliveries) {
      // The rest of the page is read again by whoever comes next.
      if (draining.aborted) return deliveriesRead
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
