import type { DimensionName, MetricName } from './measurement.ts'
import type { Summary } from './summarise/summary.ts'

/** The one definition of a metric: what it counts, and which numbers are made of it. */
export type MetricDefinition = {
  readonly name: MetricName
  /** The requirement it answers, as in `R-118`. */
  readonly requirement: string
  readonly title: string
  /** What is counted, when it counts, and what is left out. */
  readonly counts: string
  readonly variants: readonly string[]
  /** By which it is always looked at, since adding up over them would mean nothing. */
  readonly apart: readonly DimensionName[]
  readonly summaries: { readonly [name: string]: Summary }
}
