import type { Tolerance } from '@counterfoil/core'

/** Where a limit of a case goes. */
type LimitPlace = 'upper.abs' | 'upper.pct' | 'lower.abs' | 'lower.pct'

/** The places a limit word of a case file fills. */
export type LimitWords = Readonly<Record<string, readonly LimitPlace[]>>

/** How a case file spells one of the general checks. */
export type CheckSpelling = {
  /** The general comparison. */
  readonly check: string
  /** The limits it has. Others mean nothing to it, as a lower limit of a quantity. */
  readonly words: LimitWords
  /** What its percentages are of. */
  readonly percentBase: Tolerance['percentBase']
}

const upper: LimitWords = { upperAbs: ['upper.abs'], upperPct: ['upper.pct'] }
const both: LimitWords = { ...upper, lowerAbs: ['lower.abs'], lowerPct: ['lower.pct'] }
const upperAmount: LimitWords = { upperAbs: ['upper.abs'] }
const none: LimitWords = {}
const cumulative: LimitWords = { upperPct: ['upper.pct'], maxQty: ['upper.abs'] }

const spelled = (
  check: string,
  words: LimitWords,
  percentBase: Tolerance['percentBase'] = 'line',
): CheckSpelling => ({ check, words, percentBase })

/** The general checks by the names case files call them. Checks of one system alone stand in its profile. */
export const generalChecks: Readonly<Record<string, CheckSpelling>> = {
  'price.amount': spelled('price-amount', both),
  'price.unit': spelled('price-unit', both),
  'price.total': spelled('price-total', both),
  'price.subsequent': spelled('price-subsequent', both),
  'qty.openReceived': spelled('quantity-open-received', upper, 'open'),
  'qty.noReceipt': spelled('quantity-no-receipt', upperAmount),
  'qty.cumReceived': spelled('quantity-cumulative-received', cumulative, 'cumulative'),
  'qty.cumOrdered': spelled('quantity-cumulative-ordered', cumulative, 'cumulative'),
  'qty.cumAccepted': spelled('quantity-cumulative-accepted', cumulative, 'cumulative'),
  'qty.matchedReceipt': spelled('quantity-matched-receipt', none),
  'ratio.orderPriceUnit': spelled('ratio-order-price-unit', both),
  charge: spelled('charge', both),
  'charge.planned': spelled('charge-planned', both),
  totals: spelled('totals', { pct: ['upper.pct', 'lower.pct'] }),
  'date.valueDays': spelled('date-value-days', upperAmount),
  'item.amount': spelled('item-amount', upperAmount),
  'blanket.amount': spelled('blanket-amount', both),
  'blanket.date': spelled('blanket-date', { maxDays: ['upper.abs'] }),
  'balance.small': spelled('balance', { upperAbs: ['upper.abs', 'lower.abs'] }),
  tax: spelled('tax', { overAbs: ['upper.abs'], underAbs: ['lower.abs'] }),
  currency: spelled('currency', none),
  'fx.rate': spelled('exchange-rate', upperAmount),
  'amount.schedule': spelled('amount-ordered', upperAmount),
  'amount.total': spelled('amount-total', upperAmount),
  'credit.maxReversal': spelled('credit-max-reversal', none),
  'receipt.over': spelled('receipt-over', { upperPct: ['upper.pct'] }),
  'quality.pending': spelled('quality-pending', none),
  'gr.required': spelled('receipt-required', none),
  'duplicate.exact': spelled('duplicate-exact', none),
  'duplicate.similarReference': spelled('duplicate-similar', none),
}

/** The limits of checks that one system has alone, by the word of that system. */
export const systemWords: LimitWords = {
  ...both,
  abs: ['upper.abs'],
  pct: ['upper.pct', 'lower.pct'],
  allowancePct: ['upper.pct'],
  difference: ['upper.abs', 'lower.abs'],
  fraction: ['upper.pct', 'lower.pct'],
}
