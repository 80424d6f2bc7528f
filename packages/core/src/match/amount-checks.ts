import type { CalendarDate } from '../calendar/calendar-date.ts'
import { daysBetween } from '../calendar/calendar-days.ts'
import type { CheckQuestion, LinkedLine, Measurement, OrderLineContext } from './check.ts'
import {
  addFigures,
  type Figure,
  figureOfInteger,
  multiplyFigures,
  oneFigure,
  readFigure,
  zeroFigure,
} from './figure.ts'
import { orderedValueOf } from './line-price.ts'
import {
  accountingMoney,
  compared,
  days,
  missing,
  money,
  noPricingQuantity,
  notApplicable,
} from './measurement.ts'
import { billedBefore, billedNow } from './order-line-sums.ts'

/** The value ordered against the value billed: everything so far, or this line alone. */
export function amountOrdered(line: LinkedLine, { parameters }: CheckQuestion): Measurement {
  const expected = orderedValueOf(line)
  if (expected === null) return missing(noPricingQuantity)
  const reading = parameters.reading ?? 'net'
  const now = billedNow(line, reading).amount
  const isCumulative = parameters.billed !== 'line'
  return compared('ordered-amount', money(line.header), {
    expected,
    actual: isCumulative ? addFigures(billedBefore(line, reading).amount, now) : now,
  })
}

/** The order line's value at the order's exchange rate against everything billed at the invoice's. */
export function amountTotal(line: LinkedLine, { parameters }: CheckQuestion): Measurement {
  const ordered = orderedValueOf(line)
  if (ordered === null) return missing(noPricingQuantity)
  const reading = parameters.reading ?? 'net'
  const billed = addFigures(billedBefore(line, reading).amount, billedNow(line, reading).amount)
  return compared('ordered-amount', accountingMoney(line), {
    expected: multiplyFigures(ordered, orderRateOf(line)),
    actual: multiplyFigures(billed, invoiceRateOf(line)),
  })
}

/**
 * The line amount at the order's exchange rate against the same at the invoice's; where the rules give a table of rates, at
 * the rate in force on the invoice's day instead of the order's. What differs is in the accounting currency.
 */
export function exchangeRate(line: LinkedLine, { parameters }: CheckQuestion): Measurement {
  const amount = readFigure(line.invoiceLine.amount)
  const { currency, invoiceDate } = line.header.invoice
  const rate =
    parameters.rateTable === undefined
      ? orderRateOf(line)
      : rateOn(parameters.rateTable, currency, invoiceDate)
  if (rate === null) return missing(`no rate of ${currency} is on file for ${invoiceDate}`)
  return compared('exchange-rate', accountingMoney(line), {
    expected: multiplyFigures(amount, rate),
    actual: multiplyFigures(amount, invoiceRateOf(line)),
  })
}

/** The rate that came into force last on or before a day; null where none had. */
function rateOn(
  table: NonNullable<CheckQuestion['parameters']['rateTable']>,
  currency: string,
  day: CalendarDate,
): Figure | null {
  let found: (typeof table)[number] | null = null
  for (const entry of table) {
    if (entry.currency !== currency || entry.validFrom > day) continue
    if (found === null || entry.validFrom > found.validFrom) found = entry
  }
  return found === null ? null : readFigure(found.rate)
}

// A document without a rate is in the accounting currency itself.
function orderRateOf({ order }: OrderLineContext): Figure {
  return order.exchangeRate === null ? oneFigure : readFigure(order.exchangeRate)
}

/** What one of the invoice's currency is worth in the accounting currency. */
export function invoiceRateOf({ header }: OrderLineContext): Figure {
  const { exchangeRate: rate } = header.invoice
  return rate === undefined ? oneFigure : readFigure(rate)
}

/** A single large amount, whatever it should be: the limit itself is what is expected at most. */
export function itemAmount(line: LinkedLine, { tolerance }: CheckQuestion): Measurement {
  const actual = readFigure(line.invoiceLine.amount)
  if (tolerance.upper.abs === null) return notApplicable('large-amount', 'no amount limit is set')
  const limit = readFigure(tolerance.upper.abs)
  const measured = compared('large-amount', money(line.header), { expected: limit, actual })
  return { ...measured, base: null, limited: actual }
}

/** Everything billed on a blanket line so far against its value limit. */
export function blanketAmount(line: LinkedLine, { parameters }: CheckQuestion): Measurement {
  const { valueLimit } = line.orderLine
  if (valueLimit === undefined) {
    return notApplicable('blanket-amount', 'the order line has no value limit')
  }
  const reading = parameters.reading ?? 'net'
  return compared('blanket-amount', money(line.header), {
    expected: readFigure(valueLimit),
    actual: addFigures(billedBefore(line, reading).amount, billedNow(line, reading).amount),
  })
}

/** Days the invoice was entered after the last day of validity of a blanket line. */
export function blanketDate({ orderLine, header }: OrderLineContext): Measurement {
  if (orderLine.validTo === undefined) {
    return notApplicable('blanket-validity', 'the order line has no last day of validity')
  }
  const late = figureOfInteger(daysBetween(orderLine.validTo, header.entryDate))
  return {
    ...compared('blanket-validity', days, { expected: zeroFigure, actual: late }),
    base: null,
  }
}

/** Amount x days an invoice is entered before the goods are due: money asked for too early. */
export function dateValueDays(line: LinkedLine): Measurement {
  const { orderLine, order, header, invoiceLine } = line
  if (order.orderType === 'scheduling-release') {
    return notApplicable('early-invoice', 'scheduling agreements are billed by their own calendar')
  }
  const due = dueDateOf(line)
  if (due === null) {
    return notApplicable(
      'early-invoice',
      `order line ${orderLine.orderLineNumber} has no requested date`,
    )
  }
  const early = Math.max(0, daysBetween(header.entryDate, due))
  const actual = multiplyFigures(readFigure(invoiceLine.amount), figureOfInteger(early))
  return {
    ...compared('early-invoice', money(header), { expected: zeroFigure, actual }),
    base: null,
  }
}

/** The day the billed goods are due: of the schedule the invoice line names, else the line's first. */
function dueDateOf({ orderLine, invoiceLine }: LinkedLine): CalendarDate | null {
  const named = orderLine.schedules.find(
    (schedule) => schedule.scheduleNumber === invoiceLine.scheduleNumber,
  )
  if (named !== undefined) return named.requestedDate
  let first: CalendarDate | null = null
  for (const { requestedDate } of orderLine.schedules) {
    if (requestedDate !== null && (first === null || requestedDate < first)) first = requestedDate
  }
  return first
}
