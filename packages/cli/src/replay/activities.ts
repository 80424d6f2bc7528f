/** What an activity of the log tells the aggregates. */
export type Telling =
  | 'order-issued'
  | 'order-changed'
  | 'order-acknowledged'
  | 'acknowledgment-updated'
  | 'invoice-sent'
  | 'credit-sent'
  | 'goods-received'
  | 'service-received'
  | 'invoice-known'
  | 'debit-known'
  | 'receipt-reversed'
  | 'invoice-reversed'
  | 'debit-reversed'
  | 'block-set'
  | 'block-removed'
  | 'invoice-paid'
  | 'line-cancelled'
  | 'line-reopened'
  | 'line-held'

/** A field of the order that a buyer's change concerns. */
export type ChangedField =
  | 'quantity'
  | 'price'
  | 'delivery-indicator'
  | 'currency'
  | 'storage-location'
  | 'payment-terms'
  | 'final-invoice-indicator'
  | 'rejection-indicator'

/** What becomes of an activity: it is told, or only recorded, with the reason. */
export type Activity =
  | { readonly tells: Telling; readonly field?: ChangedField }
  | { readonly recordedOnly: string }

const beforeTheOrder = 'happens in the sourcing system before the order exists'
const requisition = 'concerns a requisition, which is not an order yet'
const approvedAlready =
  'the log begins with orders that are issued, so an approval decides nothing any more'

const changes = (field: ChangedField): Activity => ({ tells: 'order-changed', field })

/** The 42 activities of the log, each with what becomes of it. */
export const activities: ReadonlyMap<string, Activity> = new Map<string, Activity>([
  ['Create Purchase Order Item', { tells: 'order-issued' }],
  ['Change Quantity', changes('quantity')],
  ['Change Price', changes('price')],
  ['Change Delivery Indicator', changes('delivery-indicator')],
  ['Change Currency', changes('currency')],
  ['Change Storage Location', changes('storage-location')],
  ['Change payment term', changes('payment-terms')],
  ['Change Final Invoice Indicator', changes('final-invoice-indicator')],
  ['Change Rejection Indicator', changes('rejection-indicator')],
  ['Receive Order Confirmation', { tells: 'order-acknowledged' }],
  ['Update Order Confirmation', { tells: 'acknowledgment-updated' }],
  ['Vendor creates invoice', { tells: 'invoice-sent' }],
  ['Vendor creates debit memo', { tells: 'credit-sent' }],
  ['Record Goods Receipt', { tells: 'goods-received' }],
  ['Record Service Entry Sheet', { tells: 'service-received' }],
  ['Record Invoice Receipt', { tells: 'invoice-known' }],
  ['Record Subsequent Invoice', { tells: 'debit-known' }],
  ['Cancel Goods Receipt', { tells: 'receipt-reversed' }],
  ['Cancel Invoice Receipt', { tells: 'invoice-reversed' }],
  ['Cancel Subsequent Invoice', { tells: 'debit-reversed' }],
  ['Set Payment Block', { tells: 'block-set' }],
  ['Remove Payment Block', { tells: 'block-removed' }],
  ['Clear Invoice', { tells: 'invoice-paid' }],
  ['Delete Purchase Order Item', { tells: 'line-cancelled' }],
  ['Reactivate Purchase Order Item', { tells: 'line-reopened' }],
  ['Block Purchase Order Item', { tells: 'line-held' }],
  ['SRM: Created', { recordedOnly: beforeTheOrder }],
  ['SRM: Complete', { recordedOnly: beforeTheOrder }],
  ['SRM: Awaiting Approval', { recordedOnly: beforeTheOrder }],
  ['SRM: Document Completed', { recordedOnly: beforeTheOrder }],
  ['SRM: Ordered', { recordedOnly: beforeTheOrder }],
  ['SRM: In Transfer to Execution Syst.', { recordedOnly: beforeTheOrder }],
  ['SRM: Change was Transmitted', { recordedOnly: beforeTheOrder }],
  ['SRM: Deleted', { recordedOnly: beforeTheOrder }],
  ['SRM: Transfer Failed (E.Sys.)', { recordedOnly: beforeTheOrder }],
  ['SRM: Transaction Completed', { recordedOnly: beforeTheOrder }],
  ['SRM: Incomplete', { recordedOnly: beforeTheOrder }],
  ['SRM: Held', { recordedOnly: beforeTheOrder }],
  ['Create Purchase Requisition Item', { recordedOnly: requisition }],
  ['Release Purchase Requisition', { recordedOnly: requisition }],
  ['Change Approval for Purchase Order', { recordedOnly: approvedAlready }],
  ['Release Purchase Order', { recordedOnly: approvedAlready }],
])

/** An activity the log format does not know is kept, and told to nobody. */
export const unknownActivity: { readonly recordedOnly: string } = {
  recordedOnly: 'an activity this log format does not know',
}
