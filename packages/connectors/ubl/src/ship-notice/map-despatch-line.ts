import { isPositiveDecimal, type ShipNoticeLine } from '@counterfoil/core'
import type * as z from 'zod'
import { find } from '../field/find-element.ts'
import { itemOf } from '../field/read-item.ts'
import { type LineNumbering, lineReferenceAt } from '../field/read-lines.ts'
import { lotsOf } from '../field/read-lots.ts'
import { orderOfLine } from '../field/read-order-number.ts'
import { quantityAt, type StatedQuantity } from '../field/read-quantity.ts'
import { referenceAt, textAt } from '../field/read-text.ts'
import { note, type UblReading } from '../field/ubl-reading.ts'
import { cutText, quoted } from '../finding/cut-text.ts'
import type { XmlElement } from '../xml/xml-element.ts'
import type { PackList } from './read-packs.ts'

/** A ship-notice line as a draft carries it. */
export type ShipNoticeLineDraft = z.input<typeof ShipNoticeLine>

/** What a line takes from the rest of its notice. */
export type DespatchFrame = {
  readonly numberOf: LineNumbering
  /** The orders the whole notice names. */
  readonly orders: readonly string[]
  readonly packList: PackList
  /** Where goods that did not leave are written down, since a ship notice only counts those that did. */
  readonly shortfalls: string[]
}

/** A DespatchLine. Undefined where nothing of it was shipped, or an error says why it cannot be read. */
export const mapDespatchLine = (
  reading: UblReading,
  line: XmlElement,
  frame: DespatchFrame,
): ShipNoticeLineDraft | undefined => {
  const documentLineNumber = frame.numberOf(line)
  const shipped = quantityAt(reading, line, ['DeliveredQuantity'])
  const { orderNumber, reference } = orderOfLine(reading, line, frame.orders)
  const item = find(line, 'Item')
  noteShortfalls(reading, line, { shipped, documentLineNumber, shortfalls: frame.shortfalls })
  if (shipped === undefined) return noQuantity(reading, line)
  if (!isPositiveDecimal(shipped.value)) return nothingShipped(reading, shipped)
  if (orderNumber === undefined) return noOrder(reading, line, frame.orders)
  return {
    documentLineNumber,
    orderNumber,
    orderLineNumber: lineReferenceAt(reading, reference, 'LineID') ?? null,
    item: itemOf(reading, item),
    quantityShipped: shipped.value,
    unitOfMeasure: shipped.unitOfMeasure,
    packId: packOf(reading, line, { documentLineNumber, packList: frame.packList }),
    lots: lotsOf(reading, item),
    countryOfOrigin: countryOf(reading, item),
  }
}

const noQuantity = (reading: UblReading, line: XmlElement): undefined => {
  if (find(line, 'DeliveredQuantity')?.text) return undefined
  note(reading, 'ubl-quantity-missing', line, {
    severity: 'error',
    sentence: 'the line has no DeliveredQuantity: ask the supplier how much of it was shipped',
  })
}

const nothingShipped = (reading: UblReading, { element }: StatedQuantity): undefined => {
  note(reading, 'ubl-nothing-shipped', element, {
    severity: 'warning',
    sentence: `the line says that ${quoted(element.text)} was shipped, which is nothing: it is left out`,
  })
}

const noOrder = (reading: UblReading, line: XmlElement, orders: readonly string[]): undefined => {
  note(reading, 'ubl-order-number-missing', find(line, 'OrderLineReference') ?? line, {
    severity: 'error',
    sentence:
      orders.length === 0
        ? 'neither the line nor the notice names an order: ask the supplier which order was shipped'
        : `the notice is about ${orders.length} orders and the line does not say which it belongs to: ask the supplier for OrderLineReference/OrderReference`,
  })
}

/** The one pack a line lies in. Of several nobody can say from here how much each holds. */
const packOf = (
  reading: UblReading,
  line: XmlElement,
  {
    documentLineNumber,
    packList,
  }: { readonly documentLineNumber: string; readonly packList: PackList },
): string | undefined => {
  const own = packList.packIdsOf(line)
  const packIds = own.length > 0 ? own : (packList.packIdsByLine.get(documentLineNumber) ?? [])
  const [first] = packIds
  const packId = packList.outermost(packIds)
  if (packId !== undefined || first === undefined) return packId
  note(reading, 'ubl-line-in-several-packs', line, {
    severity: 'info',
    sentence: `the line lies in ${packIds.length} packs: it names none of them`,
  })
  return undefined
}

const countryOf = (reading: UblReading, item: XmlElement | undefined): string | undefined => {
  const code = referenceAt(reading, item, 'OriginCountry', 'IdentificationCode')?.toUpperCase()
  return code !== undefined && /^[A-Z]{2}$/.test(code) ? code : undefined
}

/** Quantities of a despatch line that did not go, with the element that says why. */
const shortfallNames = [
  ['OutstandingQuantity', 'OutstandingReason', 'outstanding'],
  ['BackorderQuantity', 'BackorderReason', 'on backorder'],
] as const

const noteCharactersMax = 2000

/** Goods that did not leave are a note for people; the order's own account shows them as not shipped. */
const noteShortfalls = (
  reading: UblReading,
  line: XmlElement,
  {
    shipped,
    documentLineNumber,
    shortfalls,
  }: {
    readonly shipped: StatedQuantity | undefined
    readonly documentLineNumber: string
    readonly shortfalls: string[]
  },
): void => {
  for (const [name, reasonName, words] of shortfallNames) {
    const missing = quantityAt(reading, line, [name], shipped?.unitOfMeasure)
    const reason = textAt(reading, line, reasonName)
    if (missing === undefined || !isPositiveDecimal(missing.value)) continue
    const why = reason === undefined ? '' : `: ${reason}`
    const sentence = `line ${documentLineNumber}: ${missing.value} ${missing.unitOfMeasure} ${words}${why}`
    shortfalls.push(cutText(sentence, noteCharactersMax))
    note(reading, 'ubl-short-shipment', missing.element, {
      severity: 'info',
      sentence: cutText(sentence, 600),
    })
  }
}
