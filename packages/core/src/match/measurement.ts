import type {
  Answered,
  CheckQuestion,
  Concern,
  InvoiceContext,
  Measured,
  MeasureUnit,
  OrderLineContext,
} from './check.ts'
import { type Figure, subtractFigures } from './figure.ts'

/** Two numbers side by side: percentages are of the expected one, and the variance has the limits. */
export function compared(
  concern: Concern,
  unit: MeasureUnit,
  { expected, actual }: { readonly expected: Figure; readonly actual: Figure },
): Measured {
  const variance = subtractFigures(actual, expected)
  return {
    kind: 'measured',
    concern,
    unit,
    expected,
    actual,
    variance,
    base: expected,
    limited: variance,
    varianceAmount: null,
    isWithin: null,
    associated: null,
    isShared: false,
  }
}

/** An answer without numbers. */
export function answered(
  concern: Concern,
  isWithin: boolean,
  sentence: string,
  more: Partial<
    Pick<Answered, 'answer' | 'finding' | 'behind' | 'expectedText' | 'actualText'>
  > = {},
): Answered {
  return {
    kind: 'answered',
    concern,
    isWithin,
    sentence,
    answer: null,
    finding: null,
    behind: null,
    expectedText: null,
    actualText: null,
    ...more,
  }
}

/** The check has nothing to compare on these documents, and so finds nothing wrong. */
export function notApplicable(concern: Concern, sentence: string): Answered {
  return answered(concern, true, sentence)
}

/** A number the check needs is on no document: that is for a person to see, not to pass over. */
export function missing(sentence: string): Answered {
  return answered('missing-data', false, sentence)
}

/** Amounts in the invoice's currency. */
export function money({ invoice, amountPlaces }: InvoiceContext): MeasureUnit {
  return { kind: 'money', currency: invoice.currency, places: amountPlaces }
}

/** Amounts in the accounting currency, whose code the order's attribute `accountingCurrency` tells. */
export function accountingMoney({ order, header }: OrderLineContext): MeasureUnit {
  const currency = order.attributes['accountingCurrency'] ?? noCurrency
  return { kind: 'accounting-money', currency, places: header.amountPlaces }
}

// ISO 4217's code for no currency.
const noCurrency = 'XXX'

/** Quantities in the order line's unit. */
export function units({ orderLine }: OrderLineContext): MeasureUnit {
  return { kind: 'quantity', unitOfMeasure: orderLine.unitOfMeasure }
}

/** Counts of days. */
export const days: MeasureUnit = { kind: 'days' }

/** Ratios of one quantity to another. */
export const ratios: MeasureUnit = { kind: 'ratio' }

/** The base a tolerance asks percentages of, where the check offers it; else the expected value. */
export function withBase(
  measured: Measured,
  { tolerance }: CheckQuestion,
  bases: { readonly [base in CheckQuestion['tolerance']['percentBase']]?: Figure | null },
): Measured {
  const base = bases[tolerance.percentBase]
  return base === undefined || base === null ? measured : { ...measured, base }
}

/** Why a price cannot be compared on a line priced by weight that states none. */
export const noPricingQuantity =
  'the line is priced in another unit than it is billed in, and says no quantity in that unit'
