import * as z from 'zod'
import { Acknowledgment } from '../acknowledgment/acknowledgment.ts'
import { Invoice } from '../invoice/invoice.ts'
import { Milestone } from '../milestone/milestone.ts'
import { PurchaseAgreement } from '../agreement/purchase-agreement.ts'
import { ChangeRequest } from '../order-change/order-change.ts'
import { PurchaseOrder } from '../purchase-order/purchase-order.ts'
import { Inspection, Receipt } from '../receipt/receipt.ts'
import { ShipNotice } from '../ship-notice/ship-notice.ts'

/** Any canonical document, told apart by `kind`. */
export const TradeDocument = z.discriminatedUnion('kind', [
  PurchaseOrder,
  ChangeRequest,
  Acknowledgment,
  ShipNotice,
  Milestone,
  Receipt,
  Inspection,
  Invoice,
  PurchaseAgreement,
])
export type TradeDocument = z.infer<typeof TradeDocument>
/** Which document it is, as the field `kind` of each says: `purchase-order`, `ship-notice`. */
export type TradeDocumentKind = TradeDocument['kind']
