import type { Instant } from '@counterfoil/core'

/**
 * Where metrics are asked for: `createMetricsDesk` of `@counterfoil/insight`, or a host's own over numbers it keeps
 * elsewhere.
 */
export type MetricsDesk = {
  /** Every metric there is, by its one definition. */
  readonly definitions: readonly {
    readonly name: string
    readonly requirement: string
    readonly title: string
    readonly counts: string
    readonly variants: readonly string[]
    readonly apart: readonly string[]
  }[]
  /** The numbers of a metric, one row for each group. */
  readonly read: (request: MetricsRequest) => Promise<readonly MetricsRow[]>
}

/** Names of what numbers are looked at by. */
export type MetricsDimension = 'supplier' | 'item' | 'site' | 'week' | 'variant' | 'currency'

/** What is asked of a metric. */
export type MetricsRequest = {
  readonly tenant: string
  readonly metric: string
  /** The instant ages are counted to. */
  readonly now: Instant
  readonly where: { readonly [Name in MetricsDimension]?: string }
  readonly by: readonly MetricsDimension[]
}

/** The numbers of one group, with the orders behind them. */
export type MetricsRow = {
  readonly dimensions: { readonly [Name in MetricsDimension]?: string | null }
  readonly summaries: { readonly [name: string]: string | null }
  readonly orderKeys: readonly string[]
}
