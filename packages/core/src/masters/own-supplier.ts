import type { TradeDocument } from '../document/document.ts'
import type { Master } from './master.ts'
import { businessDayOf } from './business-day.ts'
import { dayOfIssue } from '../purchase-order/order-day.ts'

/**
 * A document under the number its supplier has in the master. Two numbers of one supplier would be two suppliers to
 * everything after: an invoice under the old one would never meet the order under the new one.
 */
export function withOwnSupplier(master: Master, document: TradeDocument): TradeDocument {
  const on = businessDayOf(document)?.on ?? dayOfIssue(document)
  const own = master.supplier(document.supplier, on)?.supplier
  return own === undefined || own === document.supplier ? document : { ...document, supplier: own }
}
