import {
  absoluteDecimal,
  type Currency,
  type Decimal,
  equalDecimals,
  multiplyDecimals,
  NonNegativeDecimal,
  PositiveDecimal,
  trimDecimal,
  type UnitOfMeasure,
} from '@counterfoil/core'
import { readDecimal } from '../element/read-decimal.ts'
import type { StatedPrice } from '../element/read-price.ts'
import { countsAlike, isAboveZero, type StatedQuantity } from '../element/read-quantity.ts'
import { readUnit } from '../element/read-unit.ts'
import { quoted } from '../finding/finding-log.ts'
import { lineAmount } from '../loop/line-amount.ts'
import { type ElementAt, note, type SetReading } from '../set/set-reading.ts'
import { elementText, hasElement, type Segment } from '../syntax/segment.ts'

/** What a line is billed at, without a sign. */
export type LineAmount = {
  readonly amount: NonNegativeDecimal
  /** The quantity the price is for, where it is priced in another unit than it is billed in. */
  readonly pricingQuantity: PositiveDecimal | null
}

/** The line an amount is worked out for; the quantity and the price may carry a sign. */
export type LineToPrice = {
  readonly start: Segment
  readonly below: readonly Segment[]
  readonly billed: StatedQuantity
  readonly price: StatedPrice | null
  readonly currency: Currency
}

/**
 * The line's amount as it is stated (PAM, CTP08, AMT 1), else quantity x price. Goods priced by weight and
 * billed by the case need the weight too, in CTP04, QTY or MEA. Null, with an error, where nothing tells.
 */
export const readLineAmount = (reading: SetReading, line: LineToPrice): LineAmount | null => {
  const stated = readStatedAmount(reading, line)
  const pricing = readPricingQuantity(reading, line)
  const computed = computeAmount(line, pricing)
  const amount = stated?.amount ?? computed
  if (amount === null) return noAmount(reading, line)
  if (stated !== null && computed !== null) compare(reading, stated, computed)
  return { amount, pricingQuantity: pricing }
}

type StatedAmount = { readonly amount: NonNegativeDecimal; readonly at: ElementAt }

const readStatedAmount = (reading: SetReading, { below }: LineToPrice): StatedAmount | null => {
  for (const segment of below) {
    const element = amountElement(segment)
    if (element === null) continue
    const amount = readDecimal(reading, { segment, element })
    if (amount === null) continue
    reading.use(segment)
    return { amount: absoluteDecimal(amount), at: { segment, element } }
  }
  return null
}

/** PAM04 and AMT01 (X12 522) say which amount it is: `1` is the line's own. */
const amountElement = (segment: Segment): number | null => {
  if (segment.id === 'PAM' && elementText(segment, 4) === '1' && hasElement(segment, 5)) return 5
  if (segment.id === 'AMT' && elementText(segment, 1) === '1' && hasElement(segment, 2)) return 2
  return segment.id === 'CTP' && hasElement(segment, 8) ? 8 : null
}

/** Where a quantity in the price's unit may stand: the elements of number and unit. */
const quantityPlaces: ReadonlyMap<string, readonly [quantity: number, unit: number]> = new Map([
  ['CTP', [4, 5]],
  ['QTY', [2, 3]],
  ['MEA', [3, 4]],
])

const readPricingQuantity = (
  reading: SetReading,
  { below, billed, price }: LineToPrice,
): PositiveDecimal | null => {
  const unit = price?.price.perUnitOfMeasure
  if (unit === undefined || countsAlike(unit, billed.unitOfMeasure)) return null
  for (const segment of below) {
    const found = quantityIn(reading, segment, unit)
    if (found === null) continue
    reading.use(segment)
    return found
  }
  return null
}

const quantityIn = (
  reading: SetReading,
  segment: Segment,
  unitWanted: UnitOfMeasure,
): PositiveDecimal | null => {
  const [element, unitElement] = quantityPlaces.get(segment.id) ?? []
  if (element === undefined || unitElement === undefined) return null
  if (!hasElement(segment, element) || !hasElement(segment, unitElement)) return null
  const unit = readUnit(reading, { segment, element: unitElement })
  if (unit === null || !countsAlike(unit, unitWanted)) return null
  const quantity = readDecimal(reading, { segment, element })
  if (quantity === null) return null
  const size = trimDecimal(absoluteDecimal(quantity))
  return isAboveZero(size) ? PositiveDecimal.parse(size) : null
}

const computeAmount = (
  { billed, price, currency }: LineToPrice,
  pricing: PositiveDecimal | null,
): NonNegativeDecimal | null => {
  if (price === null) return null
  const amount = lineAmount({
    quantity: pricing ?? absoluteDecimal(billed.quantity),
    unitOfMeasure: pricing === null ? billed.unitOfMeasure : price.price.perUnitOfMeasure,
    price: price.price,
    currency,
  })
  return amount === null ? null : absoluteDecimal(amount)
}

const noAmount = (reading: SetReading, { start, billed, price }: LineToPrice): null => {
  const unit = price?.price.perUnitOfMeasure ?? billed.unitOfMeasure
  note(
    reading,
    'x12-line-amount-missing',
    { segment: start, element: price === null ? 4 : 5 },
    {
      severity: 'error',
      sentence:
        price === null
          ? 'the line states neither a price nor an amount: ask the supplier what it costs'
          : `the line is billed in ${quoted(billed.unitOfMeasure)} and priced per ${quoted(unit)}, and states no quantity in ${quoted(unit)}: ask the supplier for it`,
    },
  )
  return null
}

/** Factors by which an amount misses when its price is for another number of units than stated. */
const suspectFactors = ['10', '12', '100', '1000']

/** The factor between two amounts that betrays a wrong price basis; null for any other difference. */
export const basisFactorOf = (a: Decimal, b: Decimal): string | null =>
  suspectFactors.find((factor) => isMultiple(a, b, factor) || isMultiple(b, a, factor)) ?? null

const isMultiple = (a: Decimal, b: Decimal, factor: string): boolean =>
  isAboveZero(a) && equalDecimals(multiplyDecimals(a, NonNegativeDecimal.parse(factor)), b)

const compare = (
  reading: SetReading,
  { amount, at }: StatedAmount,
  computed: NonNegativeDecimal,
): void => {
  if (equalDecimals(amount, computed)) return
  const factor = basisFactorOf(amount, computed)
  note(reading, factor === null ? 'x12-line-amount' : 'x12-price-basis-suspect', at, {
    severity: 'warning',
    sentence:
      factor === null
        ? `the line states ${quoted(amount)} where quantity and price come to ${quoted(computed)}: the amount is what is billed and is taken`
        : `the line states ${quoted(amount)} where quantity and price come to ${quoted(computed)}, ${factor} times off: the price is probably for another number of units; the amount is taken`,
  })
}
