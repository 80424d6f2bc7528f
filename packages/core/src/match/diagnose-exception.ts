import { isZeroDecimal } from '../decimal/decimal-arithmetic.ts'
import type { ExceptionCode } from '../exception/exception.ts'
import type { Concern, InvoiceContext, Measured, OrderLineContext } from './check.ts'
import {
  addFigures,
  compareFigures,
  type Figure,
  figureOf,
  figureOfInteger,
  absoluteFigure,
  isZeroFigure,
  multiplyFigures,
  roundFigure,
  signOfFigure,
} from './figure.ts'
import type { Verdict } from './judge-variance.ts'
import type { MatchDiscrepancyKind } from './match-discrepancy.ts'
import { receivedOf } from './order-line-sums.ts'

/** What a variance means: the exception it becomes when it is too large, and the difference it is. */
export type Diagnosis = {
  readonly exceptionCode: ExceptionCode
  readonly discrepancyKind: MatchDiscrepancyKind
}

/** What there is to tell from: the numbers, which way they lean, and the documents around them. */
export type Evidence = {
  readonly concern: Concern
  readonly measured: Measured | null
  readonly direction: Verdict['direction']
  readonly line: OrderLineContext | null
  readonly header: InvoiceContext
  /** Totals field, for a check of totals. */
  readonly field: string | null
}

const says = (exceptionCode: ExceptionCode, discrepancyKind: MatchDiscrepancyKind): Diagnosis => ({
  exceptionCode,
  discrepancyKind,
})

/** Tells from the documents what is behind a difference, as a clerk would before sending it to a desk. */
export function diagnoseException(evidence: Evidence): Diagnosis {
  const isOver = evidence.direction !== 'under'
  switch (evidence.concern) {
    case 'price':
    case 'credit-price':
      return diagnosePrice(evidence)
    case 'credit':
      return diagnoseCredit(evidence)
    case 'received':
      return isOver ? diagnoseNotReceived(evidence) : billedUnder
    case 'uncovered':
      return diagnoseNotReceived(evidence)
    case 'accepted':
      return isOver ? diagnoseNotAccepted(evidence) : billedUnder
    case 'ordered':
      return isOver ? says('QTY_OVER_ORDERED', 'billed-over-ordered') : billedUnder
    case 'ordered-amount':
      return isOver
        ? says('AMOUNT_OVER_ORDERED', 'amount-over-ordered')
        : says('PRICE_UNDER', 'price-variance')
    case 'charge':
      return diagnoseCharge(evidence)
    case 'total':
      return diagnoseTotal(evidence)
    case 'prepayment':
      return isOver
        ? says('PREPAYMENT_OVER', 'prepayment-over')
        : says('PREPAYMENT_OPEN', 'prepayment-open')
    case 'tax':
      return diagnoseTax(evidence)
    case 'price-unit-ratio':
    case 'discount':
    case 'early-invoice':
    case 'large-amount':
    case 'blanket-amount':
    case 'blanket-validity':
    case 'balance':
    case 'currency':
    case 'exchange-rate':
    case 'duplicate':
    case 'credit-reference':
    case 'inspection':
    case 'over-receipt':
    case 'missing-data':
    case 'unlinked':
    case 'wrong-order':
    case 'unit-conversion':
    case 'open-case':
      return alwaysTheSame[evidence.concern]
  }
}

const billedUnder = says('QTY_UNDER_ORDERED', 'billed-under-ordered')

const alwaysTheSame = {
  'price-unit-ratio': says('WEIGHT_VARIANCE', 'weight-variance'),
  discount: says('DISCOUNT_NOT_GRANTED', 'discount-not-granted'),
  'early-invoice': says('EARLY_INVOICE', 'early-invoice'),
  'large-amount': says('ITEM_AMOUNT_REVIEW', 'large-amount'),
  'blanket-amount': says('BLANKET_AMOUNT_EXCEEDED', 'blanket-amount-exceeded'),
  'blanket-validity': says('BLANKET_EXPIRED', 'blanket-expired'),
  balance: says('INVOICE_OUT_OF_BALANCE', 'out-of-balance'),
  currency: says('CURRENCY_MISMATCH', 'currency-mismatch'),
  'exchange-rate': says('FX_VARIANCE', 'exchange-rate-variance'),
  duplicate: says('DUPLICATE_SUSPECTED', 'duplicate-invoice'),
  'credit-reference': says('CREDIT_INCOMPLETE', 'unmatched-line'),
  inspection: says('QUALITY_PENDING', 'inspection-pending'),
  'over-receipt': says('RCV_OVER', 'over-receipt'),
  'missing-data': says('MISSING_DATA', 'unmatched-line'),
  unlinked: says('UNMATCHED_LINE', 'unmatched-line'),
  'wrong-order': says('WRONG_PO', 'unmatched-line'),
  'unit-conversion': says('MASTER_DATA_MISSING', 'unit-change'),
  'open-case': says('INVOICE_BEFORE_RECEIPT', 'receipt-required'),
} as const satisfies Partial<Record<Concern, Diagnosis>>

function diagnosePrice({ measured, direction, line, header }: Evidence): Diagnosis {
  if (measured !== null && isPowerOfTenApart(measured, header)) {
    return says('PRICE_UNIT_MISMATCH', 'price-unit-mismatch')
  }
  if (direction === 'under') return says('PRICE_UNDER', 'price-variance')
  if (line?.orderLine.lineType === 'free-goods') {
    return says('FREE_GOODS_BILLED', 'free-goods-billed')
  }
  const isEstimate = line?.orderLine.price.priceType === 'estimated'
  return says(isEstimate ? 'PRICE_OVER_ESTIMATE' : 'PRICE_OVER', 'price-variance')
}

/** More is given back than was billed, or something of it is left out. */
function diagnoseCredit({ measured, direction }: Evidence): Diagnosis {
  const isMoney = measured?.unit.kind === 'money'
  if (direction === 'under') {
    return says('CREDIT_INCOMPLETE', isMoney ? 'credit-amount-incomplete' : 'credit-incomplete')
  }
  const kind = isMoney ? 'credit-amount-over-invoiced' : 'credit-over-invoiced'
  return says('CREDIT_EXCEEDS_INVOICED', kind)
}

const powersOfTenMax = 6

/** A price per 1000 billed as a price per 100: what is billed is the expected amount with the point moved. */
function isPowerOfTenApart({ expected, actual }: Measured, header: InvoiceContext): boolean {
  if (signOfFigure(expected) <= 0 || signOfFigure(actual) <= 0) return false
  const isFarApart =
    compareFigures(actual, multiplyFigures(expected, five)) > 0 ||
    compareFigures(expected, multiplyFigures(actual, five)) > 0
  if (!isFarApart) return false
  for (let power = 1; power <= powersOfTenMax; power += 1) {
    for (const factor of [figureOfInteger(10 ** power), tenthTo(power)]) {
      const moved = multiplyFigures(expected, factor)
      if (compareFigures(moved, actual) === 0) return true
      const rounded = roundFigure(moved, header.amountPlaces, header.roundingMode)
      if (compareFigures(rounded, actual) === 0) return true
    }
  }
  return false
}

const five = figureOfInteger(5)
const tenthTo = (power: number): Figure => figureOf({ mantissa: 1, scale: power })

/** More billed than arrived: sent back, not shipped, not here yet, or simply too much. */
function diagnoseNotReceived({ measured, line }: Evidence): Diagnosis {
  if (line === null) return says('QTY_OVER_RECEIVED', 'billed-over-received')
  const { received, returned, claimed } = receivedOf(line)
  const billed = measured === null ? null : billedInAll(measured, received)
  if (billed !== null && !isZeroFigure(returned)) {
    if (compareFigures(billed, addFigures(received, returned)) <= 0) {
      return says('BILLED_RETURNED_GOODS', 'billed-returned-goods')
    }
  }
  if (signOfFigure(received) <= 0) return says('INVOICE_BEFORE_RECEIPT', 'billed-not-received')
  if (billed !== null && compareFigures(claimed, received) > 0) {
    if (compareFigures(billed, claimed) <= 0) {
      return says('SHORT_SHIPMENT', 'short-shipped-billed-full')
    }
  }
  return says('QTY_OVER_RECEIVED', 'billed-over-received')
}

/** Whatever the check compares, the excess over what arrived is the size of its variance. */
function billedInAll({ variance }: Measured, received: Figure): Figure {
  return addFigures(received, absoluteFigure(variance))
}

function diagnoseNotAccepted(evidence: Evidence): Diagnosis {
  const { line } = evidence
  if (line === null) return says('QUALITY_REJECTED', 'billed-not-accepted')
  const { received, accepted, rejected, isInspectionPending } = receivedOf(line)
  if (signOfFigure(received) <= 0) return diagnoseNotReceived(evidence)
  if (isZeroFigure(rejected) && isInspectionPending) {
    return says('QUALITY_PENDING', 'billed-not-accepted')
  }
  // All that arrived was accepted: what is missing did not arrive.
  if (compareFigures(accepted, received) >= 0) return diagnoseNotReceived(evidence)
  return says('QUALITY_REJECTED', 'billed-not-accepted')
}

function diagnoseCharge({ measured }: Evidence): Diagnosis {
  const isPlanned = measured !== null && !isZeroFigure(measured.expected)
  return isPlanned
    ? says('CHARGE_OVER', 'charge-variance')
    : says('UNPLANNED_CHARGE', 'unplanned-charge')
}

function diagnoseTotal(evidence: Evidence): Diagnosis {
  const { field } = evidence
  const isUnder = evidence.direction === 'under'
  if (field === 'salesTax') {
    return { ...diagnoseTax(evidence), discrepancyKind: 'total-variance' }
  }
  if (field === 'charges') {
    return { ...diagnoseCharge(evidence), discrepancyKind: 'total-variance' }
  }
  if (field === 'roundOff') return says('INVOICE_OUT_OF_BALANCE', 'total-variance')
  if (field === 'totalDiscount') {
    return isUnder
      ? says('DISCOUNT_NOT_GRANTED', 'discount-not-granted')
      : says('INVOICE_TOTAL', 'total-variance')
  }
  return says(isUnder ? 'INVOICE_TOTAL' : 'AMOUNT_OVER_ORDERED', 'total-variance')
}

function diagnoseTax({ direction, header, measured }: Evidence): Diagnosis {
  if (direction !== 'under') return says('TAX_OVER', 'tax-variance')
  const isMissing =
    header.invoice.taxes.every(({ amount }) => isZeroDecimal(amount)) ||
    (measured !== null && isZeroFigure(measured.actual))
  return says(isMissing ? 'TAX_MISSING' : 'TAX_UNDER', 'tax-variance')
}
