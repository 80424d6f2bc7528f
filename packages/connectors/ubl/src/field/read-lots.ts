import type { LotOrSerial } from '@counterfoil/core'
import type * as z from 'zod'
import { cutText } from '../finding/cut-text.ts'
import type { XmlElement } from '../xml/xml-element.ts'
import { childrenOf } from './find-element.ts'
import { dateAt } from './read-date.ts'
import { referenceAt } from './read-text.ts'
import type { UblReading } from './ubl-reading.ts'

type LotDraft = z.input<typeof LotOrSerial>

const numberCharactersMax = 80

/**
 * The lots and serial numbers of an Item: each ItemInstance with its LotIdentification, or a LotIdentification alone.
 * ExpiryDate counts, else BestBeforeDate.
 */
export const lotsOf = (reading: UblReading, item: XmlElement | undefined): LotDraft[] =>
  [
    ...childrenOf(item, 'ItemInstance').map((instance) => instanceOf(reading, instance)),
    ...childrenOf(item, 'LotIdentification').map((lot) => lotOf(reading, lot)),
  ].filter((one) => Object.values(one).some((value) => value !== undefined))

const instanceOf = (reading: UblReading, instance: XmlElement): LotDraft => {
  const serial = referenceAt(reading, instance, 'SerialID')
  const bestBefore = dateAt(reading, instance, 'BestBeforeDate')
  const [lot] = childrenOf(instance, 'LotIdentification')
  const known = lot === undefined ? {} : lotOf(reading, lot)
  return {
    ...known,
    serial: serial === undefined ? undefined : cutText(serial, numberCharactersMax),
    expiryDate: known.expiryDate ?? bestBefore,
  }
}

const lotOf = (reading: UblReading, element: XmlElement): LotDraft => {
  const lot = referenceAt(reading, element, 'LotNumberID')
  return {
    lot: lot === undefined ? undefined : cutText(lot, numberCharactersMax),
    expiryDate: dateAt(reading, element, 'ExpiryDate'),
  }
}
