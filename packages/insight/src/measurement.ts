import type { BusinessCalendar, Decimal, Instant } from '@counterfoil/core'

/** The eight metrics of how the process runs, and six of what comes of it. */
export type MetricName =
  | 'confirmation-cycle-time'
  | 'change-response-time'
  | 'ship-notice-accuracy'
  | 'receiving-discrepancy-rate'
  | 'touchless-match-rate'
  | 'exception-aging'
  | 'on-time-inbound'
  | 'supplier-variance'
  | 'order-error-rate'
  | 'document-exception-rate'
  | 'supplier-response-time'
  | 'inventory-accuracy'
  | 'expedite-cost'
  | 'on-time-fulfilment'

/** What a metric may be looked at by. Null where it does not apply or is not known. */
export type Dimensions = {
  readonly tenant: string
  readonly supplier: string | null
  /** The buyer's number of the article, else the supplier's. */
  readonly item: string | null
  /** Where the goods go. */
  readonly site: string | null
  /** ISO 8601 week of `at`, as in `2026-W48`. */
  readonly week: string
  /** Which reading of the metric: who asked for a change, which day a delivery is held against. */
  readonly variant: string
  /** Currency of the figures that are money; null where none is. */
  readonly currency: string | null
}

/** The names of the dimensions. */
export type DimensionName = keyof Dimensions

/** One thing counted: a schedule, a change, a line of a ship notice or receipt, an invoice, a case. Plain JSON. */
export type Measurement = {
  readonly metric: MetricName
  /** What was measured in its aggregate, such as `2/1` for schedule 1 of line 2; unique in metric and variant. */
  readonly subject: string
  /** When it belongs to; says the week. */
  readonly at: Instant
  readonly dimensions: Dimensions
  /** The orders behind it. */
  readonly orderKeys: readonly string[]
  readonly figures: { readonly [name: string]: Decimal }
  /**
   * What has not ended: its figure `hours` is counted from here until somebody looks, in the hours of the calendar, or round
   * the clock where that is null.
   */
  readonly running?: { readonly since: Instant; readonly calendar: BusinessCalendar | null }
  /** It does not count before: a delivery is not late before its day is over. */
  readonly countsFrom?: Instant
}
