import {
  compareDecimals,
  type Currency,
  type Decimal,
  type DeliveryTolerance,
  divideDecimals,
  isPositiveDecimal,
  type LinePrice,
  multiplyDecimals,
  type OrderLine,
  subtractDecimals,
  trimDecimal,
  type UnitConversion,
  decimal,
} from '@counterfoil/core'
import type * as z from 'zod'
import { quoted } from '../finding/cut-text.ts'
import { checkLineAmount } from '../field/check-line-amount.ts'
import { find } from '../field/find-element.ts'
import {
  allowanceChargesOf,
  allowancesAmount,
  chargesAmount,
} from '../field/read-allowance-charges.ts'
import { amountAt } from '../field/read-amount.ts'
import { decimalAt } from '../field/read-decimal.ts'
import { itemDescription, itemOf } from '../field/read-item.ts'
import {
  linePrice,
  openPrice,
  priceOf,
  pricingQuantityOf,
  type StatedPrice,
} from '../field/read-price.ts'
import { quantityAt, type StatedQuantity } from '../field/read-quantity.ts'
import { requiredTextAt, textAt } from '../field/read-text.ts'
import { note, type UblReading } from '../field/ubl-reading.ts'
import type { XmlElement } from '../xml/xml-element.ts'
import { type DeliveryRequest, schedulesOf } from './order-schedules.ts'

/** What a line takes from the rest of its order. */
export type OrderFrame = {
  readonly currency: Currency | null
  readonly request: DeliveryRequest | null
  readonly shipTo: string | null
}

/** An order line as a draft carries it. */
export type OrderLineDraft = z.input<typeof OrderLine>

/** An OrderLine. Undefined, with an error, where no quantity can be told. */
export const mapOrderLine = (
  reading: UblReading,
  orderLine: XmlElement,
  frame: OrderFrame,
): OrderLineDraft | undefined => {
  const lineItem = find(orderLine, 'LineItem')
  if (lineItem === undefined) return noLineItem(reading, orderLine)
  const orderLineNumber = requiredTextAt(reading, lineItem, 'ID')
  const ordered = quantityAt(reading, lineItem, ['Quantity'])
  if (ordered === undefined || !isPositiveDecimal(ordered.value))
    return noQuantity(reading, lineItem)
  const item = find(lineItem, 'Item')
  const identifiers = itemOf(reading, item)
  return {
    orderLineNumber,
    lineType: 'item',
    item: identifiers,
    description: itemDescription(reading, item) ?? '',
    unitOfMeasure: ordered.unitOfMeasure,
    quantityOrdered: ordered.value,
    ...moneyOf(reading, lineItem, { ordered, currency: frame.currency }),
    taxCode: textAt(reading, item, 'ClassifiedTaxCategory', 'ID'),
    matchTo: reading.settings.order.matchTo,
    deliveryTolerance: toleranceOf(reading, lineItem, ordered),
    unitConversions: packConversions(reading, item, { ordered, buyerItem: identifiers.buyerItem }),
    schedules: schedulesOf(reading, lineItem, { ordered, ...frame }),
  }
}

const noLineItem = (reading: UblReading, orderLine: XmlElement): undefined => {
  note(reading, 'ubl-field-missing', orderLine, {
    severity: 'error',
    sentence:
      'the line has no `LineItem`, so nothing is ordered by it: ask the buyer what is meant',
  })
}

const noQuantity = (reading: UblReading, lineItem: XmlElement): undefined => {
  note(reading, 'ubl-quantity-missing', find(lineItem, 'Quantity') ?? lineItem, {
    severity: 'error',
    sentence: 'the line orders no quantity above zero: ask the buyer how much is ordered',
  })
}

/** Price, allowances and charges, checked against the stated amount where there is one. */
const moneyOf = (
  reading: UblReading,
  lineItem: XmlElement,
  { ordered, currency }: { readonly ordered: StatedQuantity; readonly currency: Currency | null },
): Pick<
  OrderLineDraft,
  'price' | 'pricingQuantityOrdered' | 'discountAmount' | 'chargesAmount'
> => {
  const all = allowanceChargesOf(reading, lineItem, currency)
  const charges = chargesAmount(all)
  const allowances = allowancesAmount(all)
  const price = priceOf(reading, lineItem, { unit: ordered.unitOfMeasure, currency })
  const element = find(lineItem, 'LineExtensionAmount')
  const amount = amountAt(reading, lineItem, ['LineExtensionAmount'], currency)
  if (price !== undefined && element !== undefined && amount !== undefined) {
    const { value: quantity, unitOfMeasure } = ordered
    checkLineAmount(reading, {
      element,
      amount,
      quantity,
      unitOfMeasure,
      price,
      charges,
      allowances,
    })
  }
  return {
    price: orderPrice(reading, lineItem, { price, ordered, amount, charges, allowances }),
    pricingQuantityOrdered:
      price === undefined || amount === undefined
        ? undefined
        : pricingQuantityOf(reading, lineItem, {
            goods: subtractDecimals(amount, subtractDecimals(charges, allowances)),
            price,
            unit: ordered.unitOfMeasure,
          }),
    discountAmount: allowances,
    chargesAmount: charges,
  }
}

/** The stated price; else the line's amount for its whole quantity, which needs no division; else an open one. */
const orderPrice = (
  reading: UblReading,
  lineItem: XmlElement,
  {
    price,
    ordered,
    amount,
    charges,
    allowances,
  }: {
    readonly price: StatedPrice | undefined
    readonly ordered: StatedQuantity
    readonly amount: Decimal | undefined
    readonly charges: Decimal
    readonly allowances: Decimal
  },
): z.input<typeof LinePrice> => {
  if (price !== undefined && compareDecimals(price.signed, zero) >= 0) return linePrice(price)
  const goods = amount && subtractDecimals(amount, subtractDecimals(charges, allowances))
  const isKnown = goods !== undefined && isPositiveDecimal(goods)
  note(reading, 'ubl-price-missing', find(lineItem, 'Price') ?? lineItem, {
    severity: isKnown ? 'info' : 'warning',
    sentence: isKnown
      ? `the line states no price: its amount ${quoted(goods)} for ${quoted(ordered.value)} is taken as one`
      : 'the line states no price: it is taken as an estimate of zero, so every invoice for it will be asked about',
  })
  if (!isKnown) return openPrice(ordered.unitOfMeasure)
  return {
    amount: goods,
    perQuantity: ordered.value,
    perUnitOfMeasure: ordered.unitOfMeasure,
    priceType: 'firm',
  }
}

const zero = decimal('0')
const hundred = decimal('100')

/** Digits of a tolerance computed from quantities; cut off, so that never more is allowed than was written. */
const percentPlaces = 6

/** MinimumQuantity and MaximumQuantity as percentages of the ordered quantity; else what the settings say. */
const toleranceOf = (
  reading: UblReading,
  lineItem: XmlElement,
  ordered: StatedQuantity,
): z.input<typeof DeliveryTolerance> => {
  const least = decimalAt(reading, lineItem, 'MinimumQuantity')
  const most = decimalAt(reading, lineItem, 'MaximumQuantity')
  const { deliveryTolerance } = reading.settings.order
  if (least === undefined && most === undefined) return deliveryTolerance
  const percent = (difference: Decimal): Decimal =>
    trimDecimal(
      divideDecimals(multiplyDecimals(difference, hundred), ordered.value, percentPlaces, 'down'),
    )
  const over = most === undefined ? undefined : percent(subtractDecimals(most, ordered.value))
  const under = least === undefined ? undefined : percent(subtractDecimals(ordered.value, least))
  return {
    overPercent: over === undefined ? deliveryTolerance.overPercent : atLeastZero(over),
    underPercent: under === undefined ? deliveryTolerance.underPercent : atLeastZero(under),
    overUnlimited: over === undefined && deliveryTolerance.overUnlimited,
  }
}

const atLeastZero = (value: Decimal): Decimal => (compareDecimals(value, zero) < 0 ? zero : value)

/** Item/PackQuantity: how many of another unit one ordered unit holds, as in a case of 12 EA. */
const packConversions = (
  reading: UblReading,
  item: XmlElement | undefined,
  {
    ordered,
    buyerItem,
  }: { readonly ordered: StatedQuantity; readonly buyerItem: string | undefined },
): z.input<typeof UnitConversion>[] => {
  const pack = quantityAt(reading, item, ['PackQuantity'], ordered.unitOfMeasure)
  if (pack === undefined || !isPositiveDecimal(pack.value)) return []
  if (pack.unitOfMeasure === ordered.unitOfMeasure) return []
  return [
    {
      item: buyerItem,
      from: ordered.unitOfMeasure,
      to: pack.unitOfMeasure,
      numerator: pack.value,
      denominator: '1',
    },
  ]
}
