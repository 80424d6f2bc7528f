import {
  absoluteDecimal,
  type Currency,
  type Decimal,
  divideDecimals,
  isPositiveDecimal,
  isZeroDecimal,
  type LinePrice,
  multiplyDecimals,
  trimDecimal,
  type UnitOfMeasure,
} from '@counterfoil/core'
import type * as z from 'zod'
import { quoted } from '../finding/cut-text.ts'
import type { XmlElement } from '../xml/xml-element.ts'
import { find } from './find-element.ts'
import { amountAt } from './read-amount.ts'
import { one, zero } from './read-decimal.ts'
import { countsAlike, quantityAt } from './read-quantity.ts'
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
  // A price per C62 for a line in EA is a price for the line's own unit.
  const perUnitOfMeasure = countsAlike(base.unitOfMeasure, unit) ? unit : base.unitOfMeasure
  if (isPositiveDecimal(base.value)) {
    return { signed, perQuantity: base.value, perUnitOfMeasure }
  }
  note(reading, 'ubl-price-base', base.element, {
    severity: 'warning',
    sentence: `the price is stated for a quantity of ${quoted(base.value)}, which says nothing: it is taken for one`,
  })
  return { signed, perQuantity: one, perUnitOfMeasure }
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

/** Digits of a weight computed from an amount: a gram of a tonne. */
const pricingPlaces = 6

/**
 * How much of the price's unit a line is about, where it counts in another one: 20 cases priced per kilogram. UBL has
 * no field for the weight, but amount and price make it. Undefined where they do not, or the units are alike.
 */
export const pricingQuantityOf = (
  reading: UblReading,
  element: XmlElement,
  {
    goods,
    price,
    unit,
  }: { readonly goods: Decimal; readonly price: StatedPrice; readonly unit: UnitOfMeasure },
): Decimal | undefined => {
  const { signed, perQuantity, perUnitOfMeasure } = price
  if (perUnitOfMeasure === unit || isZeroDecimal(signed)) return undefined
  const computed = trimDecimal(
    divideDecimals(multiplyDecimals(goods, perQuantity), signed, pricingPlaces),
  )
  if (!isPositiveDecimal(computed)) return undefined
  note(reading, 'ubl-pricing-quantity', find(element, 'Price') ?? element, {
    severity: 'info',
    sentence: `the line counts in ${quoted(unit)} and is priced by ${quoted(perUnitOfMeasure)}: its amount and its price make ${quoted(computed)} of that`,
  })
  return computed
}

/** What a line without a price costs: nothing known, and every bill is a question. */
export const openPrice = (unit: UnitOfMeasure): z.input<typeof LinePrice> => ({
  amount: zero,
  perQuantity: one,
  perUnitOfMeasure: unit,
  priceType: 'estimated',
})
