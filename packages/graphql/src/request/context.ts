import type { Actor } from '@counterfoil/core'
import type { Runtime } from '@counterfoil/runtime'
import type { MetricsDesk } from '../metrics/metrics-desk.ts'

/**
 * What the host says of whoever asks; the only thing the schema believes. Tenant and actor come from the host's sign-in,
 * never from the query. Give each request an object of its own.
 */
export type CounterfoilContext = {
  /** The company whose books are read. Without one every query is refused. */
  readonly tenant: string
  /** Who decides; needed by mutations only. Recorded in every event and audit entry. */
  readonly actor?: Actor | undefined
  /** The runtime to ask, for hosts that merge `resolvers` into a schema of their own. */
  readonly runtime?: Runtime | undefined
  /** Where metrics are asked for, for hosts that merge `resolvers`; `createMetricsDesk` of `@counterfoil/insight`. */
  readonly metrics?: MetricsDesk | undefined
  /** The instant ages are counted to; the computer's clock where absent. */
  readonly now?: string | undefined
}
