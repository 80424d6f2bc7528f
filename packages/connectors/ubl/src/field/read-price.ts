import {
  absoluteDecimal,
  type Currency,
  type Decimal,
  isPositiveDecimal,
  type LinePrice,
  type UnitOfMeasure,
} from '@counterfoil/core'
import type * as z from 'zod'
import { quoted } from '../finding/cut-text.ts'
import type { XmlElement } from '../xml/xml-element.ts'
import { find } from './find-element.ts'
import { amountAt } from './read-amount.ts'
import { one, zero } from './read-decimal.ts'
import { quantityAt } from './read-quantity.ts'
import { note, type UblReading } from './ubl-reading.ts'

/** A line's net price as its document states it; `signed` keeps a minus that a canonical price cannot carry. */
export type StatedPrice = {
  readonly signed: Decimal
  readonly perQuantity: Decimal
  readonly perUnitOfMeasure: UnitOfMeasure
}

/**
 * Price/PriceAmount per Price/BaseQuantity, which is one of the line's unit where it is missing. The price is net:
 * Price/AllowanceCharge only tells how it came about. Undefined where the line states none.
 */
export const priceOf = (
  reading: UblReading,
  line: XmlElement | undefined,
  { unit, currency }: { readonly unit: UnitOfMeasure; readonly currency: Currency | null },
): StatedPrice | undefined => {
  const element = find(line, 'Price')
  const signed = amountAt(reading, element, ['PriceAmount'], currency)
  if (element === undefined || signed === undefined) return undefined
  markExplanation(reading, element)
  const base = quantityAt(reading, element, ['BaseQuantity'], unit)
  if (base === undefined) return { signed, perQuantity: one, perUnitOfMeasure: unit }
  if (isPositiveDecimal(base.value)) {
    return { signed, perQuantity: base.value, perUnitOfMeasure: base.unitOfMeasure }
  }
  note(reading, 'ubl-price-base', base.element, {
    severity: 'warning',
    sentence: `the price is stated for a quantity of ${quoted(base.value)}, which says nothing: it is taken for one`,
  })
  return { signed, perQuantity: one, perUnitOfMeasure: base.unitOfMeasure }
}

/** How a net price came about is no part of a document: it is read over, not missed. */
const markExplanation = (reading: UblReading, price: XmlElement): void => {
  const explanation = find(price, 'AllowanceCharge')
  for (const element of explanation?.children ?? []) reading.used.add(element)
}

/** The price as a document carries it, without its sign. */
export const linePrice = (price: StatedPrice): z.input<typeof LinePrice> => ({
  amount: absoluteDecimal(price.signed),
  perQuantity: price.perQuantity,
  perUnitOfMeasure: price.perUnitOfMeasure,
  priceType: 'firm',
})

/** What a line without a price costs: nothing known, and every bill is a question. */
export const openPrice = (unit: UnitOfMeasure): z.input<typeof LinePrice> => ({
  amount: zero,
  perQuantity: one,
  perUnitOfMeasure: unit,
  priceType: 'estimated',
})
