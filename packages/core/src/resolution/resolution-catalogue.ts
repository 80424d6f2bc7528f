import type { ExceptionCode } from '../exception/exception.ts'
import type { ResolutionCode } from './resolution-code.ts'

/** What is usual for one kind of exception: who answers for it, by when, and how it can be settled. */
export type ExceptionStandard = {
  /** The desk that answers for it where no routing rule names another. */
  readonly ownerRole: string
  /** Working days or hours from opening to due time where no routing rule names others. */
  readonly due: { readonly count: number; readonly unit: 'business-day' | 'business-hour' }
  /** Every other code is refused, with this list. */
  readonly resolutions: readonly ResolutionCode[]
}

type Due = ExceptionStandard['due']
const days = (count: number): Due => ({ count, unit: 'business-day' })
const hours = (count: number): Due => ({ count, unit: 'business-hour' })

const standard = (
  ownerRole: string,
  due: Due,
  ...resolutions: readonly ResolutionCode[]
): ExceptionStandard => ({ ownerRole, due, resolutions })

const change = standard(
  'buyer',
  days(1),
  'accept',
  'accept-as-is',
  'counter',
  'reject',
  'alternative-supplier',
  'expedite',
  'change-order',
)
const notice = standard(
  'inbound',
  days(1),
  'request-asn',
  'accept',
  'refuse',
  're-label',
  'take-later',
  'keep',
)
const transport = standard('transport', hours(4), 'reroute', 'claim', 'carrier-claim', 'expedite')
const receiving = standard(
  'receiving',
  days(1),
  'accept-as-is',
  'accept-over',
  'short-close',
  'await-balance',
  'return-to-vendor',
  'replace',
  'rework',
  'scrap',
  'carrier-claim',
  'credit-request',
)
const quantity = (ownerRole: string): ExceptionStandard =>
  standard(
    ownerRole,
    days(3),
    'receipt-correction',
    'reduce-invoice',
    'credit-request',
    'debit-memo',
    'po-increase',
    'accept-variance',
    'short-close',
    'return-to-vendor',
    'replace',
    'await-inspection',
    'await-balance',
    'rebill',
    'write-off',
  )
const price = standard(
  'buyer',
  days(2),
  'accept-variance',
  'price-update',
  'credit-request',
  'debit-memo',
  'rebill',
  'reduce-invoice',
  'receipt-correction',
  'write-off',
)
const charge = standard(
  'logistics',
  days(2),
  'accept',
  'accept-variance',
  'dispute',
  'split-to-carrier',
  'credit-request',
  'debit-memo',
  'reduce-invoice',
  'write-off',
)
const header = (ownerRole: string): ExceptionStandard =>
  standard(
    ownerRole,
    days(2),
    'correct',
    'return-to-supplier',
    'self-assess',
    'accept',
    'accept-variance',
    'credit-request',
    'debit-memo',
    'rebill',
    'reject-invoice',
    'relink',
    'reduce-invoice',
    'write-off',
  )
const credit = standard(
  'accounts-payable',
  days(2),
  'return',
  'relink',
  'accept-variance',
  'return-to-supplier',
)
const blanket = standard(
  'buyer',
  days(2),
  'extend',
  'approve',
  'defer',
  'accept-variance',
  'reject-invoice',
)
const technical = standard(
  'integration',
  hours(4),
  'repair-replay',
  'fix-master',
  'discard',
  'accept',
)

/**
 * What is usual for each exception (MODEL §5). Routing rules say who answers and by when; where they name nobody, this
 * does. How a case may be settled is not theirs to widen.
 */
export const resolutionCatalogue: Readonly<Record<ExceptionCode, ExceptionStandard>> = {
  LATE_CONFIRMATION: standard('buyer', days(1), 'chase', 'accept-phone', 'cancel-reissue'),
  STALE_VERSION: standard('buyer', days(1), 'resend', 'accept-as-change'),
  SUPPLIER_REJECTION: standard(
    'buyer',
    hours(4),
    'resource-alternative',
    'change-order',
    'cancel',
    'accept',
    'accept-as-is',
  ),
  QTY_CHANGE: change,
  DATE_CHANGE: change,
  PRICE_CHANGE: change,
  UOM_CHANGE: change,
  SPLIT: change,
  SUBSTITUTION: change,
  BACKORDER: change,
  AT_RISK: standard('buyer', days(1), 'outreach', 'expedite', 'buffer', 'none'),
  MISSING_ASN: notice,
  LATE_ASN: notice,
  ASN_OVER: notice,
  ASN_ITEM: notice,
  ASN_DATE: notice,
  ASN_INCOMPLETE: notice,
  ASN_DUPLICATE: notice,
  SHIPMENT_DELAY: transport,
  LOST: transport,
  RCV_SHORT: receiving,
  RCV_OVER: receiving,
  RCV_OVER_RETURNED: receiving,
  RCV_DAMAGED: receiving,
  RCV_WRONG_ITEM: receiving,
  RCV_QUALITY: receiving,
  RCV_REJECTED: receiving,
  RCV_HOLD: receiving,
  RCV_PACKAGING: receiving,
  RCV_NO_ASN: receiving,
  RCV_EXPIRY: receiving,
  RCV_LOT_SERIAL: receiving,
  RCV_WRONG_UOM: receiving,
  RCV_EARLY: receiving,
  RCV_LATE: receiving,
  RCV_UNORDERED: receiving,
  INVOICE_BEFORE_RECEIPT: standard(
    'receiving',
    days(3),
    'await-receipt',
    'post-receipt',
    'receipt-correction',
    'reject-invoice',
    'credit-request',
    'debit-memo',
    'short-close',
    'accept-variance',
  ),
  QTY_OVER_RECEIVED: quantity('receiving'),
  QTY_OVER_ORDERED: quantity('buyer'),
  QTY_UNDER_ORDERED: quantity('buyer'),
  BILLED_RETURNED_GOODS: quantity('accounts-payable'),
  SHORT_SHIPMENT: quantity('receiving'),
  FREE_GOODS_BILLED: quantity('accounts-payable'),
  QUALITY_PENDING: quantity('quality'),
  QUALITY_REJECTED: quantity('quality'),
  PRICE_OVER: price,
  PRICE_UNDER: price,
  PRICE_OVER_ESTIMATE: price,
  PRICE_UNIT_MISMATCH: price,
  WEIGHT_VARIANCE: price,
  DISCOUNT_NOT_GRANTED: price,
  AMOUNT_OVER_ORDERED: price,
  CHARGE_OVER: charge,
  UNPLANNED_CHARGE: charge,
  TAX_OVER: header('tax'),
  TAX_UNDER: header('tax'),
  TAX_MISSING: header('tax'),
  CURRENCY_MISMATCH: header('accounts-payable'),
  FX_VARIANCE: header('treasury'),
  INVOICE_OUT_OF_BALANCE: header('accounts-payable'),
  INVOICE_TOTAL: header('accounts-payable'),
  MISSING_DATA: header('accounts-payable'),
  UNMATCHED_LINE: header('accounts-payable'),
  WRONG_PO: header('accounts-payable'),
  BLOCKED_SUPPLIER: header('accounts-payable'),
  UNVERIFIED_SENDER: header('accounts-payable'),
  BANK_CHANGE: header('treasury'),
  PREPAYMENT_OPEN: header('accounts-payable'),
  PREPAYMENT_OVER: header('accounts-payable'),
  DUPLICATE_SUSPECTED: standard('accounts-payable', days(1), 'confirm-duplicate', 'not-duplicate'),
  CREDIT_EXCEEDS_INVOICED: credit,
  CREDIT_INCOMPLETE: credit,
  BLANKET_AMOUNT_EXCEEDED: blanket,
  BLANKET_EXPIRED: blanket,
  ITEM_AMOUNT_REVIEW: blanket,
  EARLY_INVOICE: blanket,
  SOR_CONFLICT: technical,
  WRITEBACK_FAILED: technical,
  MAPPING_FAILED: technical,
  MASTER_DATA_MISSING: technical,
  DEAD_LETTER: technical,
  CONFLICTING_DOCUMENT: standard(
    'accounts-payable',
    days(1),
    'keep',
    'take-later',
    'accept',
    'accept-as-is',
    'return-to-supplier',
    'discard',
  ),
}
