import type { Connector, DocumentReader, TradeDocument, WriteBackIntent } from '@counterfoil/core'
import type * as z from 'zod'

/** A record of a system whose owner gave it a version. */
export type AmendedRecord = {
  readonly tenant: string
  readonly system: z.infer<typeof WriteBackIntent>['system']
  readonly record: string
  readonly version: number
}

/**
 * A connector on a system of its own, and the handles by which the suite plays the world around it. Making one touches
 * nothing: the suite makes one only to see what the connector offers.
 */
export type ConnectorHarness = {
  readonly connector: Connector
  /** Makes a document wait at the system, as its users or partners would; after it resolves it can be read. */
  readonly arrive: (document: TradeDocument) => Promise<void>
  /** Reads the text of a delivery; needed where deliveries are text. */
  readonly reader?: DocumentReader
  /** How many things the system itself did so far. */
  readonly carriedOut: () => Promise<number>
  /** The owner of a record changes it. Needed where records are written back. */
  readonly amend?: (record: AmendedRecord) => Promise<void>
  /** From now on the system cannot be reached. */
  readonly cutOff: () => Promise<void>
  /** From now on the system can be reached again. */
  readonly restore: () => Promise<void>
  readonly dispose: () => Promise<void>
}

/** One sentence of the contract, and how it is checked: `run` rejects when the connector breaks it. */
export type ConformanceCase = { readonly name: string; readonly run: () => Promise<void> }

/** A check of one group, on a harness of its own. */
export type ConnectorCheck = {
  readonly name: string
  readonly check: (harness: ConnectorHarness) => Promise<void>
}
