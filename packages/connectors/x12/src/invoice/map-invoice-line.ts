import {
  absoluteDecimal,
  type Currency,
  type Decimal,
  type InvoiceLine,
  isNegativeDecimal,
  isZeroDecimal,
  type UnitOfMeasure,
} from '@counterfoil/core'
import type * as z from 'zod'
import { identifyItem, readItemNumbers } from '../element/item-numbers.ts'
import { readLinePrice, type StatedPrice } from '../element/read-price.ts'
import { readQuantity, type StatedQuantity } from '../element/read-quantity.ts'
import { type AllowanceCharge, readAllowanceCharges } from '../loop/allowance-charges.ts'
import type { LineNumbering } from '../loop/line-numbers.ts'
import { takeLineReference } from '../loop/line-reference.ts'
import { readDescription } from '../loop/notes.ts'
import { splitParties } from '../loop/parties.ts'
import type { SetLine } from '../loop/split-lines.ts'
import { note, type SetReading } from '../set/set-reading.ts'
import type { Segment } from '../syntax/segment.ts'
import { type BilledReferences, readLineReferences } from './invoice-references.ts'
import { type LineAmount, readLineAmount } from './read-line-amount.ts'
import { readTaxes, type StatedTax } from './read-taxes.ts'

/** What a line takes from the rest of its invoice. */
export type InvoiceFrame = {
  readonly numbering: LineNumbering
  readonly currency: Currency
  readonly whole: BilledReferences
}

/** An invoice line as a draft carries it. */
export type InvoiceLineDraft = z.input<typeof InvoiceLine>

/** A line as it is billed, before the invoice as a whole says which sign is which. */
export type BilledLine = {
  readonly segment: Segment
  /** True where quantity x price is below zero. */
  readonly isNegative: boolean
  /** Without a sign. */
  readonly quantity: Decimal
  readonly unitOfMeasure: UnitOfMeasure
  readonly amount: LineAmount['amount']
  readonly charges: readonly AllowanceCharge[]
  readonly taxes: readonly StatedTax[]
  /** All of the line but its charges and discounts. */
  readonly draft: Omit<InvoiceLineDraft, 'chargesAmount' | 'discountAmount'>
}

/** An IT1 with what stands below it. Null where it bills nothing, or an error says why it cannot be read. */
export const mapInvoiceLine = (
  reading: SetReading,
  line: SetLine,
  frame: InvoiceFrame,
): BilledLine | null => {
  const { start } = line
  const { own, stated } = frame.numbering.claim(start, 1)
  reading.use(start)
  const { rest } = splitParties(line.below)
  const billed = readBilled(reading, start, rest)
  if (billed === null) return null
  const price = readLinePrice(reading, start, rest, billed.unitOfMeasure)
  const { currency } = frame
  const money = readLineAmount(reading, { start, below: rest, billed, price, currency })
  if (money === null) return null
  const quantity = absoluteDecimal(billed.quantity)
  const charges = readAllowanceCharges(reading, rest, { currency, amount: money.amount, quantity })
  const numbers = readItemNumbers(reading, start, 6)
  const references = readLineReferences(reading, rest, { numbers, whole: frame.whole })
  const isOrders = reading.settings.invoice.lineNumbers === 'order'
  return {
    segment: start,
    isNegative: isNegativeLine(billed, price),
    quantity,
    unitOfMeasure: billed.unitOfMeasure,
    amount: money.amount,
    charges,
    taxes: readTaxes(reading, rest, currency),
    draft: {
      documentLineNumber: own,
      orderNumber: references.orderNumber,
      orderLineNumber: takeLineReference(reading, numbers, rest) ?? (isOrders ? stated : null),
      receiptNumbers: [...references.receiptNumbers],
      ...(references.shipNoticeNumber === null
        ? {}
        : { shipNoticeNumber: references.shipNoticeNumber }),
      item: identifyItem(reading, start, numbers),
      ...describe(readDescription(reading, rest)),
      quantity,
      unitOfMeasure: billed.unitOfMeasure,
      ...(money.pricingQuantity === null ? {} : { pricingQuantity: money.pricingQuantity }),
      ...(price === null ? {} : { price: price.price }),
      amount: money.amount,
    },
  }
}

const describe = (description: string): { description?: string } =>
  description === '' ? {} : { description }

const isNegativeLine = ({ quantity }: StatedQuantity, price: StatedPrice | null): boolean =>
  isNegativeDecimal(quantity) !== (price !== null && isNegativeDecimal(price.signed))

/** IT102 and IT103. A line of nothing is left out, unless money hangs on it. */
const readBilled = (
  reading: SetReading,
  start: Segment,
  below: readonly Segment[],
): StatedQuantity | null => {
  const billed = readQuantity(reading, { segment: start, element: 2 }, 3)
  // A missing unit was already said; a missing or unreadable number makes the line unusable as well.
  if (billed === null) return noQuantity(reading, start)
  if (!isZeroDecimal(billed.quantity)) return billed
  const costs = below.some(({ id }) => id === 'SAC' || id === 'TXI')
  note(
    reading,
    'x12-nothing-billed',
    { segment: start, element: 2 },
    {
      severity: costs ? 'error' : 'warning',
      sentence: costs
        ? 'the line bills a quantity of zero and charges or taxes on it, which belong to no goods: ask the supplier for what they are'
        : 'the line bills a quantity of zero: it is left out',
    },
  )
  return null
}

const noQuantity = (reading: SetReading, segment: Segment): null => {
  note(
    reading,
    'x12-quantity-missing',
    { segment, element: 2 },
    {
      severity: 'error',
      sentence:
        'the line bills no quantity that can be read: ask the supplier how much of what is billed',
    },
  )
  return null
}
