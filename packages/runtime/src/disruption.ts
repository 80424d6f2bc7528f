/** What a disruption touches, and how work that it touches is given to others: looked at first, then done as it was seen. */
export {
  type AppliedItem,
  applySelection,
  type SelectionReport,
} from './disruption/apply-selection.ts'
export { Disruption, Struck } from './disruption/disruption.ts'
export { previewChange } from './disruption/preview-change.ts'
export {
  type DisruptionReview,
  reviewDisruption,
  touchedPage,
} from './disruption/review-disruption.ts'
export { BulkChange, readSelection, SelectedItem, Selection } from './disruption/selection.ts'
export {
  type DisruptionTotals,
  sumDisruption,
  type TouchedCustomer,
} from './disruption/sum-disruption.ts'
export type {
  Touched,
  TouchedHead,
  TouchedInvoice,
  WaitingApproval,
  TouchedOrder,
  TouchedSchedule,
  TouchedShipment,
} from './disruption/touched.ts'
