import type { ExceptionCode } from '../exception/exception.ts'
import type { DiscrepancyKind } from './discrepancy.ts'

type DocumentDiscrepancyCodes = { readonly [Kind in DiscrepancyKind]?: ExceptionCode }

/**
 * The code of the case that a difference outside tolerance opens (MODEL §5), for differences between an order and the
 * documents that answer it. What an invoice is held for is named by the rules that check it. No code: the difference is
 * recorded, and a clock or another document decides whether it matters (a line not answered yet, less shipped so far).
 */
const documentCodes: DocumentDiscrepancyCodes = {
  'quantity-change': 'QTY_CHANGE',
  'date-change': 'DATE_CHANGE',
  'price-change': 'PRICE_CHANGE',
  'unit-change': 'UOM_CHANGE',
  split: 'SPLIT',
  substitution: 'SUBSTITUTION',
  backorder: 'BACKORDER',
  rejection: 'SUPPLIER_REJECTION',
  'stale-version': 'STALE_VERSION',
  'unknown-line': 'UNMATCHED_LINE',
  'conflicting-document': 'CONFLICTING_DOCUMENT',
  'over-shipment': 'ASN_OVER',
  'item-not-ordered': 'ASN_ITEM',
  'order-not-open': 'ASN_ITEM',
  'late-shipment': 'ASN_DATE',
  'early-shipment': 'ASN_DATE',
  'incomplete-ship-notice': 'ASN_INCOMPLETE',
  'duplicate-pack': 'ASN_DUPLICATE',
  'short-receipt': 'RCV_SHORT',
  'over-receipt': 'RCV_OVER',
  'over-returned': 'RCV_OVER_RETURNED',
  'damaged-goods': 'RCV_DAMAGED',
  'wrong-item': 'RCV_WRONG_ITEM',
  'quality-defect': 'RCV_QUALITY',
  'rejected-goods': 'RCV_REJECTED',
  'goods-on-hold': 'RCV_HOLD',
  'packaging-fault': 'RCV_PACKAGING',
  'no-ship-notice': 'RCV_NO_ASN',
  'expired-goods': 'RCV_EXPIRY',
  'lot-or-serial-missing': 'RCV_LOT_SERIAL',
  'nominal-weight-variance': 'WEIGHT_VARIANCE',
  'wrong-unit': 'RCV_WRONG_UOM',
  'early-receipt': 'RCV_EARLY',
  'late-receipt': 'RCV_LATE',
  'unordered-goods': 'RCV_UNORDERED',
}

/** The code of the case a difference outside tolerance opens, or null where it opens none by itself. */
export function exceptionCodeOf(kind: DiscrepancyKind): ExceptionCode | null {
  return documentCodes[kind] ?? null
}
