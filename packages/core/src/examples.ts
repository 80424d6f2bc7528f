/** Builders of plausible documents, policies and cases for tests of hosts: each gives a whole one, give only what matters. */
export { aCase } from './exception/exception.examples.ts'
export { anInvoice, anInvoiceLine } from './invoice/invoice.examples.ts'
export { aMilestone } from './milestone/milestone.examples.ts'
export {
  aPolicy,
  aPolicyReference,
  aRoute,
  aTolerance,
  type PolicyAnswers,
} from './policy/policy.examples.ts'
export {
  anOrderLine,
  anOrderSchedule,
  aPurchaseOrder,
} from './purchase-order/purchase-order.examples.ts'
export { anInspection, aReceipt, aReceiptLine } from './receipt/receipt.examples.ts'
export { aPack, aShipNotice, aShipNoticeLine } from './ship-notice/ship-notice.examples.ts'
