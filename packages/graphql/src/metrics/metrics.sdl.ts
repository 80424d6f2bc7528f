import { defineEnum } from '../enum/define-enum.ts'
import { listMax } from '../request/list-max.ts'

/** Words about metrics. */
export const metricsEnums = [
  defineEnum('MetricDimension', 'What numbers are looked at by.', {
    supplier: 'The supplier.',
    item: 'The article, by the buyer’s number or else the supplier’s.',
    site: 'Where the goods go.',
    week: 'The week of ISO 8601 in which it counts, such as 2026-W48.',
    variant: 'Which reading of the metric, such as the day a delivery is held against.',
    currency: 'The currency of what is money.',
  }),
]

/** Metrics. */
export const metricsSdl = `
extend type Query {
  """
  Metrics of the books as they stand; null where the host measures none.
  """
  metrics(
    """
    Only these, such as on-time-inbound; all when absent.
    """
    names: [String!]
    """
    One row for each value of these. What may not be added up is kept apart in any case.
    """
    by: [MetricDimension!]
    """
    Only what has these values.
    """
    where: MetricFilter
  ): [Metric!]
}

"""
Only what has these values.
"""
input MetricFilter {
  """
  Of this supplier.
  """
  supplier: String
  """
  Of this article.
  """
  item: String
  """
  To this site.
  """
  site: String
  """
  In this week of ISO 8601, such as 2026-W48.
  """
  week: String
  """
  By this reading, such as first-promise.
  """
  variant: String
  """
  In this currency.
  """
  currency: String
}

"""
A metric by its one definition, and its numbers.
"""
type Metric {
  """
  Its name, such as on-time-inbound.
  """
  name: String!
  """
  The requirement it answers, such as R-124.
  """
  requirement: String!
  """
  What it is called.
  """
  title: String!
  """
  What is counted, when it counts, and what is left out.
  """
  counts: String!
  """
  Its readings.
  """
  variants: [String!]!
  """
  By which it is never added up.
  """
  apart: [String!]!
  """
  Its numbers, one row for each group; the first ${listMax}.
  """
  rows: [MetricRow!]!
}

"""
The numbers of one group.
"""
type MetricRow {
  """
  The supplier they are of, where they are looked at by that.
  """
  supplier: String
  """
  The article.
  """
  item: String
  """
  Where the goods go.
  """
  site: String
  """
  The week of ISO 8601.
  """
  week: String
  """
  Which reading.
  """
  variant: String
  """
  The currency of what is money.
  """
  currency: String
  """
  The numbers by name.
  """
  figures: [MetricFigure!]!
  """
  How many orders are behind them.
  """
  orderCount: Int!
  """
  Keys of the orders behind them, those that were purged too; the first ${listMax}.
  """
  orderKeys: [String!]!
  """
  Those of the first ${listMax} that are still in the books.
  """
  orders: [Order!]!
}

"""
One number.
"""
type MetricFigure {
  """
  Its name, such as medianHours.
  """
  name: String!
  """
  The number; null where there is nothing to make it of.
  """
  value: Decimal
}
`
