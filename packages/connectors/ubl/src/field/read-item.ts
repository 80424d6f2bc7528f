import type { ItemIdentifiers } from '@counterfoil/core'
import type * as z from 'zod'
import { cutText, quoted } from '../finding/cut-text.ts'
import type { XmlElement } from '../xml/xml-element.ts'
import { find } from './find-element.ts'
import { describeAt, referenceAt } from './read-text.ts'
import { note, type UblReading } from './ubl-reading.ts'

/** The numbers of an Item. A StandardItemIdentification that is no GTIN is reported and left out. */
export const itemOf = (
  reading: UblReading,
  item: XmlElement | undefined,
): z.input<typeof ItemIdentifiers> => ({
  buyerItem: numberAt(reading, item, 'BuyersItemIdentification'),
  supplierItem: numberAt(reading, item, 'SellersItemIdentification'),
  gtin: gtinOf(reading, item),
  manufacturerItem: numberAt(reading, item, 'ManufacturersItemIdentification'),
})

const numberCharactersMax = 80

const numberAt = (
  reading: UblReading,
  item: XmlElement | undefined,
  name: string,
): string | undefined => {
  const number = referenceAt(reading, item, name, 'ID')
  return number === undefined ? undefined : cutText(number, numberCharactersMax)
}

/** GTIN-8, -12, -13 and -14, the schemes `0160` and the older `GTIN`; the scheme is often wrong or missing, so the digits count. */
const gtinPattern = /^\d{8}(?:\d{4,6})?$/

const gtinOf = (reading: UblReading, item: XmlElement | undefined): string | undefined => {
  const number = referenceAt(reading, item, 'StandardItemIdentification', 'ID')
  if (number === undefined || gtinPattern.test(number)) return number
  const element = find(item, 'StandardItemIdentification', 'ID')
  if (element === undefined) return undefined
  note(reading, 'ubl-item-not-gtin', element, {
    severity: 'info',
    sentence: `${quoted(number)} is given as the item's standard number and is no GTIN: it is left out`,
  })
  return undefined
}

/** What the item is called: Name, else Description. */
export const itemDescription = (
  reading: UblReading,
  item: XmlElement | undefined,
): string | undefined => {
  const name = describeAt(reading, item, 'Name')
  const description = describeAt(reading, item, 'Description')
  return name ?? description
}
