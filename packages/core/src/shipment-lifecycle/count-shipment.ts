import { addDecimals, compareDecimals, isPositiveDecimal } from '../decimal/decimal-arithmetic.ts'
import { subtractDecimals } from '../decimal/decimal-arithmetic.ts'
import { decimal, type Decimal } from '../decimal/decimal.ts'
import type { Discrepancy } from '../discrepancy/discrepancy.ts'
import { measureQuantity } from '../discrepancy/measure-discrepancy.ts'
import { joinKey } from '../identity/identity.ts'
import type { ShipNotice, ShipNoticeLine } from '../ship-notice/ship-notice.ts'
import type { GoodsReceivedLine } from './shipment-messages.ts'
import type { ShipmentFacts } from './shipment-state.ts'

/** One place where goods are counted: an order line in one unit, or an order as a whole where a line was not named. */
export type CountedPlace = {
  readonly orderNumber: string
  readonly orderLineNumber: string | null
  readonly unitOfMeasure: string
  /** The first line of the notice that announced goods for it; null when none did. */
  readonly documentLineNumber: string | null
  readonly quantityShipped: Decimal
  /** Receipts less reversals; what was sent back did arrive. */
  readonly quantityCounted: Decimal
  /** The receiver said that nothing more will come. */
  readonly isFinal: boolean
  /** Something arrived damaged, wrong or set aside. */
  readonly hasConditions: boolean
}

type Counts = ShipmentFacts['counts']
type Placed = Pick<CountedPlace, 'orderNumber' | 'orderLineNumber' | 'unitOfMeasure'>

const zero = decimal('0')

/** True once something of the shipment was counted and not taken back. */
export function isAnythingCounted({ counts }: Pick<ShipmentFacts, 'counts'>): boolean {
  return countShipment([], counts).some(({ quantityCounted }) => isPositiveDecimal(quantityCounted))
}

/**
 * Puts what was counted beside what was announced. Line numbers are compared without leading zeros; an order of which a
 * line was announced or counted without its number is counted as a whole. What was counted in another unit than it was
 * announced in has a place of its own: only the order can convert it.
 */
export function countShipment(
  announced: readonly ShipNoticeLine[],
  counts: Counts,
): readonly CountedPlace[] {
  const before = known.get(counts)
  if (before?.announced === announced) return before.places
  const places = placesOf(announced, counts)
  known.set(counts, { announced, places })
  return places
}

// Asked several times for one state of a shipment, which may have thousands of lines.
const known = new WeakMap<
  Counts,
  { readonly announced: readonly ShipNoticeLine[]; readonly places: readonly CountedPlace[] }
>()

function placesOf(announced: readonly ShipNoticeLine[], counts: Counts): readonly CountedPlace[] {
  const counted = Object.values(counts)
  const places = new Map<string, CountedPlace>()
  const wholeOrders = new Set(
    [...announced, ...counted]
      .filter(({ orderLineNumber }) => orderLineNumber === null)
      .map(({ orderNumber }) => orderNumber),
  )
  const placeOf = (line: ShipNoticeLine | GoodsReceivedLine): [string, CountedPlace] => {
    const { orderNumber, unitOfMeasure } = line
    const isWhole = wholeOrders.has(orderNumber)
    const place = { orderNumber, unitOfMeasure, ...lineNumberOf(isWhole ? null : line) }
    const key = placeKey(place)
    return [key, places.get(key) ?? { ...place, ...nothingCounted }]
  }
  for (const line of announced) {
    const [key, place] = placeOf(line)
    places.set(key, {
      ...place,
      documentLineNumber: place.documentLineNumber ?? line.documentLineNumber,
      quantityShipped: addDecimals(place.quantityShipped, line.quantityShipped),
    })
  }
  for (const line of counted) {
    const [key, place] = placeOf(line)
    places.set(key, {
      ...place,
      quantityCounted: addCount(place.quantityCounted, line),
      isFinal: place.isFinal || isLastCount(line),
      hasConditions: place.hasConditions || line.conditions.length > 0,
    })
  }
  return [...places].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, place]) => place)
}

/** Nothing more will come, says the receiver, or that some is missing. */
function isLastCount({ final, conditions }: GoodsReceivedLine): boolean {
  return final || conditions.some(({ condition }) => condition === 'short')
}

const nothingCounted = {
  documentLineNumber: null,
  quantityShipped: zero,
  quantityCounted: zero,
  isFinal: false,
  hasConditions: false,
} as const

function lineNumberOf(line: Pick<CountedPlace, 'orderLineNumber'> | null) {
  return { orderLineNumber: line?.orderLineNumber?.replace(/^0+(?=.)/, '') ?? null }
}

function placeKey({ orderNumber, orderLineNumber, unitOfMeasure }: Placed): string {
  return joinKey([orderNumber, orderLineNumber ?? '', unitOfMeasure])
}

function addCount(sum: Decimal, { receiptType, quantity }: GoodsReceivedLine): Decimal {
  if (receiptType === 'return') return sum
  return receiptType === 'reversal' ? subtractDecimals(sum, quantity) : addDecimals(sum, quantity)
}

/** True once everything the notice announced was counted, or the receiver said that no more will come. */
export function isAllCounted(notice: ShipNotice, counts: Counts): boolean {
  const places = countShipment(notice.lines, counts)
  return places.every(
    (place) =>
      place.isFinal ||
      compareDecimals(place.quantityCounted, place.quantityShipped) >= 0 ||
      isCountedOtherwise(places, place),
  )
}

/** Where announced and counted differ, in the unit of the notice. What was counted in another unit is for the order. */
export function countDifferences(notice: ShipNotice, counts: Counts): readonly Discrepancy[] {
  const places = countShipment(notice.lines, counts)
  return places
    .filter((place) => compareDecimals(place.quantityCounted, place.quantityShipped) !== 0)
    .filter((place) => !isCountedOtherwise(places, place))
    .map((place) => differenceAt(notice, place))
}

/** True where one order line was announced in one unit and counted in another. */
function isCountedOtherwise(places: readonly CountedPlace[], place: CountedPlace): boolean {
  return places.some(
    (other) =>
      other.unitOfMeasure !== place.unitOfMeasure &&
      other.orderNumber === place.orderNumber &&
      other.orderLineNumber === place.orderLineNumber &&
      isPositiveDecimal(other.quantityCounted) !== isPositiveDecimal(place.quantityCounted),
  )
}

function differenceAt(notice: ShipNotice, place: CountedPlace): Discrepancy {
  const { quantityShipped: expected, quantityCounted: actual, unitOfMeasure } = place
  const kind = compareDecimals(actual, expected) > 0 ? 'over-receipt' : 'short-receipt'
  const { documentNumber } = notice
  const { documentLineNumber, orderNumber, orderLineNumber } = place
  const at = { documentNumber, documentLineNumber, orderNumber, orderLineNumber }
  return measureQuantity(kind, { ...at, scheduleNumber: null }, { expected, actual, unitOfMeasure })
}
