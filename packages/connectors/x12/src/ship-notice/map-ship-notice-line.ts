import type { CalendarDate, LotOrSerial, ShipNoticeLine } from '@counterfoil/core'
import type * as z from 'zod'
import { identifyItem, type ItemNumbers, readItemNumbers } from '../element/item-numbers.ts'
import { takeDate } from '../element/read-date.ts'
import { isAboveZero, readQuantity } from '../element/read-quantity.ts'
import { cutText, quoted } from '../finding/finding-log.ts'
import type { LineNumbering } from '../loop/line-numbers.ts'
import { takeLineReference } from '../loop/line-reference.ts'
import { orderNumberOf } from '../loop/order-number.ts'
import { note, type SetReading, takeAll, takeFirst, takeReference } from '../set/set-reading.ts'
import { elementText, hasElement, type Segment } from '../syntax/segment.ts'
import { type Level, pathOf } from './hierarchy.ts'

/** What a line takes from the rest of its notice. */
export type ShipNoticeFrame = {
  readonly numbering: LineNumbering
  /** The pack a loop's contents are in; null where they lie loose or in several packs. */
  readonly packIdOf: (level: Level) => string | null
  /** The order of lines that name none, when the whole notice names just one. */
  readonly onlyOrder: string | null
}

/** A ship-notice line as a draft carries it. */
export type ShipNoticeLineDraft = z.input<typeof ShipNoticeLine>

/** An item loop with LIN and SN1. Null where nothing of the item was shipped, or an error says why it cannot be read. */
export const mapShipNoticeLine = (
  reading: SetReading,
  level: Level,
  frame: ShipNoticeFrame,
): ShipNoticeLineDraft | null => {
  const { below } = level
  const shipped = takeFirst(reading, below, 'SN1')
  const line = takeFirst(reading, below, 'LIN')
  const place = line ?? shipped ?? level.segment
  if (shipped === null) return noQuantity(reading, level)
  const stated = readQuantity(reading, { segment: shipped, element: 2 }, 3)
  if (stated === null) return hasElement(shipped, 2) ? null : noQuantity(reading, level)
  if (!isAboveZero(stated.quantity)) return nothingShipped(reading, shipped)
  const numbers: ItemNumbers = line === null ? new Map() : readItemNumbers(reading, line, 2, 32)
  const number = frame.numbering.claim(line ?? shipped, 1)
  const orderNumber = findOrderNumber(reading, level, numbers) ?? frame.onlyOrder
  if (orderNumber === null) return noOrder(reading, place)
  reading.traceLine(place)
  const packId = frame.packIdOf(level)
  return {
    documentLineNumber: number.own,
    orderNumber: cutText(orderNumber, orderNumberCharactersMax),
    orderLineNumber: findOrderLine(reading, level, { numbers, stated: number.stated }),
    item: identifyItem(reading, place, numbers),
    quantityShipped: stated.quantity,
    unitOfMeasure: stated.unitOfMeasure,
    ...(packId === null ? {} : { packId }),
    lots: readLots(reading, below, numbers),
    ...countryOf(numbers),
  }
}

const orderNumberCharactersMax = 80

const noQuantity = (reading: SetReading, { segment }: Level): null => {
  note(
    reading,
    'x12-quantity-missing',
    { segment },
    {
      severity: 'error',
      sentence:
        'the item loop has no SN1 with a quantity: ask the supplier how much of it was shipped',
    },
  )
  return null
}

const nothingShipped = (reading: SetReading, segment: Segment): null => {
  note(
    reading,
    'x12-nothing-shipped',
    { segment, element: 2 },
    {
      severity: 'warning',
      sentence: `the line says that ${quoted(elementText(segment, 2))} was shipped, which is nothing: it is left out`,
    },
  )
  return null
}

const noOrder = (reading: SetReading, segment: Segment): null => {
  note(
    reading,
    'x12-order-number-missing',
    { segment },
    {
      severity: 'error',
      sentence:
        'neither the line nor the loops around it name an order, in PRF01, REF*PO or LIN: ask the supplier which order was shipped',
    },
  )
  return null
}

/** The order of a line: its own PRF, item number pair `PO` or REF, else those of the loops around it. */
const findOrderNumber = (
  reading: SetReading,
  level: Level,
  numbers: ItemNumbers,
): string | null => {
  const paired = numbers.get('PO')?.value
  for (const one of pathOf(level)) {
    const prf = takeFirst(reading, one.below, 'PRF', (segment) => hasElement(segment, 1))
    if (prf !== null) return orderNumberOf(reading, prf, prfPlace)
    if (one === level && paired !== undefined) return paired
    const reference = takeReference(reading, one.below, ['PO'])
    if (reference !== null) return reference
  }
  return null
}

/** Where PRF has the order's number and its release. */
export const prfPlace = { number: 1, release: 2 }

/** The order's line: named as such, else PRF05 of the item, else LIN01 where the partner sends back the order's. */
const findOrderLine = (
  reading: SetReading,
  { below }: Level,
  { numbers, stated }: { readonly numbers: ItemNumbers; readonly stated: string | null },
): string | null => {
  const reference = takeLineReference(reading, numbers, below)
  if (reference !== null) return reference
  const prf = below.find((segment) => segment.id === 'PRF' && hasElement(segment, 5))
  if (prf !== undefined) return elementText(prf, 5)
  return reading.settings.shipNotice.lineNumbers === 'order' ? stated : null
}

type LotDraft = z.input<typeof LotOrSerial>
const lotCharactersMax = 80

/** Lot, serial numbers and expiry: item number pairs LT, B8 and SN, REF LT, BT and SE, DTM 036 and 208. */
const readLots = (
  reading: SetReading,
  below: readonly Segment[],
  numbers: ItemNumbers,
): LotDraft[] => {
  const lot =
    numbers.get('LT')?.value ??
    numbers.get('B8')?.value ??
    takeReference(reading, below, ['LT', 'BT'])
  const expiry = takeDate(reading, below, ['036', '208'])
  const serials = [
    ...[numbers.get('SN')?.value ?? []].flat(),
    ...takeAll(
      reading,
      below,
      'REF',
      (one) => elementText(one, 1) === 'SE' && hasElement(one, 2),
    ).map((segment) => elementText(segment, 2)),
  ]
  const common = lotFields(lot, expiry?.from ?? null)
  if (serials.length > 0) {
    return serials.map((serial) => ({ ...common, serial: cutText(serial, lotCharactersMax) }))
  }
  return Object.keys(common).length === 0 ? [] : [common]
}

const lotFields = (lot: string | null, expiryDate: CalendarDate | null): LotDraft => ({
  ...(lot === null ? {} : { lot: cutText(lot, lotCharactersMax) }),
  ...(expiryDate === null ? {} : { expiryDate }),
})

const countryOf = (numbers: ItemNumbers): { countryOfOrigin?: string } => {
  const country = numbers.get('CH')?.value ?? ''
  return /^[A-Z]{2}$/.test(country) ? { countryOfOrigin: country } : {}
}
