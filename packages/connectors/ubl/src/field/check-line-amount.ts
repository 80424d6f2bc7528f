import {
  absoluteExact,
  compareExact,
  type Decimal,
  type Exact,
  isZeroExact,
  multiplyExact,
  parseExact,
  subtractExact,
} from '@counterfoil/core'
import { quoted } from '../finding/cut-text.ts'
import type { XmlElement } from '../xml/xml-element.ts'
import type { StatedPrice } from './read-price.ts'
import { note, type UblReading } from './ubl-reading.ts'

/** The figures of a line as its document states them, signs and all. */
export type LineFigures = {
  /** The LineExtensionAmount. */
  readonly element: XmlElement
  readonly amount: Decimal
  readonly quantity: Decimal
  readonly unitOfMeasure: string
  readonly price: StatedPrice
  readonly charges: Decimal
  readonly allowances: Decimal
}

/** Price bases that senders forget to state. */
const forgottenBases = ['10', '12', '100', '1000', '10000']

/**
 * Compares a line's amount with quantity x price / base + charges - allowances, by cross-multiplication (Peppol
 * BIS Billing R120, BIS Ordering T01-R035). A miss by the factor of a price basis is named as one. A price for another
 * unit than the line's cannot be compared: the conversion is the item's.
 */
export const checkLineAmount = (reading: UblReading, figures: LineFigures): void => {
  const { price, quantity, unitOfMeasure } = figures
  if (price.perUnitOfMeasure !== unitOfMeasure) return
  const base = parseExact(price.perQuantity)
  const goods = multiplyExact(parseExact(quantity), parseExact(price.signed))
  const stated = subtractExact(
    parseExact(figures.amount),
    subtractExact(parseExact(figures.charges), parseExact(figures.allowances)),
  )
  const slack = multiplyExact(parseExact(reading.settings.lineAmountSlack), base)
  const statedTimesBase = multiplyExact(stated, base)
  if (isNear(statedTimesBase, goods, slack)) return
  const factor = forgottenBases.find((one) => {
    const times = parseExact(one)
    const wide = multiplyExact(slack, times)
    return (
      isNear(multiplyExact(statedTimesBase, times), goods, wide) ||
      isNear(statedTimesBase, multiplyExact(goods, times), slack)
    )
  })
  if (factor === undefined || isZeroExact(goods)) noteAmount(reading, figures)
  else noteBasis(reading, figures, factor)
}

const isNear = (a: Exact, b: Exact, slack: Exact): boolean =>
  compareExact(absoluteExact(subtractExact(a, b)), slack) <= 0

const noteAmount = (reading: UblReading, { element, amount, quantity, price }: LineFigures): void =>
  note(reading, 'ubl-line-amount', element, {
    severity: 'warning',
    sentence: `the line's amount ${quoted(amount)} is not ${quoted(quantity)} at ${quoted(price.signed)} per ${quoted(price.perQuantity)} with its charges and allowances: the amount is kept as stated`,
  })

const noteBasis = (
  reading: UblReading,
  { element, amount, price }: LineFigures,
  factor: string,
): void =>
  note(reading, 'ubl-price-basis-suspect', element, {
    severity: 'warning',
    sentence: `the line's amount ${quoted(amount)} and its price ${quoted(price.signed)} per ${quoted(price.perQuantity)} differ by the factor ${factor}: ask whether the price is per ${factor}`,
  })
