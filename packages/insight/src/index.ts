// create-insight
export {
  createInsight,
  type Insight,
  type KeptMeasurements,
  type MetricRequest,
  type MetricRow,
} from './create-insight.ts'
// follow-books
export { followBooks } from './follow-books.ts'
// measure
export { measureInvoice } from './measure/measure-invoice.ts'
export { measureOrder } from './measure/measure-order.ts'
export { measureShipment } from './measure/measure-shipment.ts'
// measurement
export type { DimensionName, Dimensions, Measurement, MetricName } from './measurement.ts'
// metric-definition
export type { MetricDefinition } from './metric-definition.ts'
// metrics
export { metricDefinitions } from './metrics.ts'
// take-archive
export { takeArchive } from './take-archive.ts'
// metrics-desk
export { createMetricsDesk, type MetricsDesk } from './metrics-desk.ts'
// summarise
export { summarise } from './summarise/summarise.ts'
export type { Band, Summary } from './summarise/summary.ts'
