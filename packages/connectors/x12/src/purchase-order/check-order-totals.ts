import {
  type Currency,
  Decimal,
  equalDecimals,
  LinePrice,
  sumDecimals,
  UnitOfMeasure,
} from '@counterfoil/core'
import { readDecimal } from '../element/read-decimal.ts'
import { quoted } from '../finding/finding-log.ts'
import { checkLineCount } from '../loop/check-count.ts'
import { lineAmount } from '../loop/line-amount.ts'
import { note, type SetReading, takeFirst } from '../set/set-reading.ts'
import { elementText, type Segment } from '../syntax/segment.ts'
import type { OrderLineDraft } from './map-order-line.ts'

/** What the totals of an order are compared with. */
export type OrderSums = {
  readonly lines: readonly OrderLineDraft[]
  readonly linesFound: number
  readonly currency: Currency
}

/** Sum of the lines' amounts; null where a price is for another unit than its line. */
export const sumOrderLines = ({ lines, currency }: OrderSums): Decimal | null => {
  const amounts = lines.map((line) => amountOf(line, currency))
  const known = amounts.filter((amount) => amount !== null)
  return known.length === amounts.length ? sumDecimals(known) : null
}

const amountOf = (line: OrderLineDraft, currency: Currency): Decimal | null => {
  const price = LinePrice.safeParse(line.price)
  const unit = UnitOfMeasure.safeParse(line.unitOfMeasure)
  const quantity = Decimal.safeParse(line.quantityOrdered)
  if (!price.success || !unit.success || !quantity.success) return null
  return lineAmount({
    quantity: quantity.data,
    unitOfMeasure: unit.data,
    price: price.data,
    currency,
  })
}

/** Compares CTT with the lines that arrived: CTT01 counts them, CTT02 is the sum of their quantities. */
export const checkOrderTotals = (
  reading: SetReading,
  summary: readonly Segment[],
  sums: OrderSums,
): void => {
  const totals = takeFirst(reading, summary, 'CTT')
  if (totals !== null) {
    checkLineCount(reading, totals, sums.linesFound)
    checkQuantities(reading, totals, sums.lines)
  }
  const amount = takeFirst(reading, summary, 'AMT', (one) =>
    totalQualifiers.has(elementText(one, 1)),
  )
  if (amount !== null) checkAmount(reading, amount, sumOrderLines(sums))
}

/** AMT01 (X12 522): `TT` total amount of the transaction, `1` line item total. */
const totalQualifiers: ReadonlySet<string> = new Set(['TT', '1'])

const checkQuantities = (
  reading: SetReading,
  segment: Segment,
  lines: readonly OrderLineDraft[],
): void => {
  const stated = readDecimal(reading, { segment, element: 2 })
  if (stated === null) return
  const found = sumDecimals(lines.map((line) => Decimal.parse(line.quantityOrdered)))
  if (equalDecimals(stated, found)) return
  note(
    reading,
    'x12-quantity-sum',
    { segment, element: 2 },
    {
      severity: 'warning',
      sentence: `CTT adds the quantities up to ${quoted(stated)} where the lines have ${quoted(found)}: ask the sender which is right`,
    },
  )
}

const checkAmount = (reading: SetReading, segment: Segment, found: Decimal | null): void => {
  const stated = readDecimal(reading, { segment, element: 2 })
  if (stated === null || found === null || equalDecimals(stated, found)) return
  note(
    reading,
    'x12-amount-sum',
    { segment, element: 2 },
    {
      severity: 'info',
      sentence: `AMT states ${quoted(stated)} where the lines come to ${quoted(found)}: the lines are believed`,
    },
  )
}
