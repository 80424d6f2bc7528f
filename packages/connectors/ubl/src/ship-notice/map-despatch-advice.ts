import type { ShipNotice } from '@counterfoil/core'
import type * as z from 'zod'
import { childrenOf, find } from '../field/find-element.ts'
import { dateAt } from '../field/read-date.ts'
import { headerOf } from '../field/read-header.ts'
import { noteNoLines, readLines } from '../field/read-lines.ts'
import { orderNumbersOf } from '../field/read-order-number.ts'
import { referenceAt, textAt } from '../field/read-text.ts'
import { note, type UblReading } from '../field/ubl-reading.ts'
import { cutText, quoted } from '../finding/cut-text.ts'
import { shipToOf } from '../purchase-order/order-schedules.ts'
import { mapDespatchLine } from './map-despatch-line.ts'
import { readPacks } from './read-packs.ts'

type ShipNoticeDraft = z.input<typeof ShipNotice>

const linesMax = 10_000
const notesMax = 100

/** A DespatchAdvice: what left the dock, in which packs, for which orders. */
export const mapDespatchAdvice = (reading: UblReading): ShipNoticeDraft => {
  const purpose = purposeOf(reading)
  const revision = purpose === 'original' ? 0 : 1
  const header = headerOf(reading, ['SellerSupplierParty', 'DespatchSupplierParty'], revision)
  const elements = childrenOf(reading.root, 'DespatchLine')
  const frame = {
    orders: orderNumbersOf(reading),
    packList: readPacks(reading, elements.slice(0, linesMax)),
    shortfalls: [],
  }
  const lines = readLines(reading, { name: 'DespatchLine', linesMax }, (element, numberOf) =>
    mapDespatchLine(reading, element, { ...frame, numberOf }),
  )
  noteNoLines(reading, lines, {
    severity: 'error',
    sentence:
      'the notice lists nothing that was shipped: a notice, also one that cancels another, must say of which lines',
  })
  const notes = [...(header.notes ?? []), ...frame.shortfalls].slice(0, notesMax)
  return {
    kind: 'ship-notice',
    ...header,
    notes: notes.length === 0 ? undefined : notes,
    purpose,
    ...datesOf(reading),
    ...transportOf(reading),
    packs: frame.packList.packs,
    lines,
  }
}

/** DocumentStatusCode: UNTDID 1225 as Peppol logistics uses it, and UBL's own words. */
const purposes: ReadonlyMap<string, ShipNotice['purpose']> = new Map([
  ['1', 'cancel'],
  ['CANCELLED', 'cancel'],
  ['3', 'cancel'],
  ['4', 'replace'],
  ['5', 'replace'],
  ['REVISED', 'replace'],
  ['7', 'original'],
  ['9', 'original'],
  ['NOSTATUS', 'original'],
])

const purposeOf = (reading: UblReading): ShipNotice['purpose'] => {
  const code = textAt(reading, reading.root, 'DocumentStatusCode')
  if (code === undefined) return 'original'
  const known = purposes.get(code.toUpperCase())
  if (known !== undefined) return known
  note(reading, 'ubl-status-unknown', find(reading.root, 'DocumentStatusCode') ?? reading.root, {
    severity: 'info',
    sentence: `document status ${quoted(code)} is in no table of this reader: the notice is taken as an original`,
  })
  return 'original'
}

const datesOf = (
  reading: UblReading,
): Pick<ShipNoticeDraft, 'shipDate' | 'estimatedDeliveryDate'> => {
  const delivery = find(reading.root, 'Shipment', 'Delivery')
  const shipDate =
    dateAt(reading, delivery, 'Despatch', 'ActualDespatchDate') ??
    dateAt(reading, delivery, 'Despatch', 'EstimatedDespatchDate') ??
    dateAt(reading, delivery, 'Despatch', 'RequestedDespatchDate')
  const delivered = dateAt(reading, delivery, 'ActualDeliveryDate')
  const [latest] = ['EstimatedDeliveryPeriod', 'PromisedDeliveryPeriod']
    .flatMap((period) => [
      dateAt(reading, delivery, period, 'EndDate'),
      dateAt(reading, delivery, period, 'StartDate'),
    ])
    .filter((date) => date !== undefined)
  return { shipDate: shipDate ?? null, estimatedDeliveryDate: latest ?? delivered ?? null }
}

const textCharactersMax = 120
const locationCharactersMax = 80

/** Where goods come from and go to, who carries them, and by which number they can be traced. */
const transportOf = (
  reading: UblReading,
): Pick<ShipNoticeDraft, 'shipFrom' | 'shipTo' | 'carrier' | 'trackingNumber'> => {
  const shipment = find(reading.root, 'Shipment')
  const delivery = find(shipment, 'Delivery')
  const customer = find(reading.root, 'DeliveryCustomerParty')
  const shipTo =
    shipToOf(reading, delivery) ??
    referenceAt(reading, customer, 'Party', 'PartyIdentification', 'ID') ??
    referenceAt(reading, customer, 'CustomerAssignedAccountID')
  const shipFrom =
    referenceAt(reading, delivery, 'Despatch', 'DespatchLocation', 'ID') ??
    referenceAt(reading, delivery, 'Despatch', 'DespatchAddress', 'ID') ??
    nameOf(reading, 'DespatchSupplierParty', 'Party')
  const tracking =
    referenceAt(reading, delivery, 'TrackingID') ??
    referenceAt(reading, shipment, 'Consignment', 'CarrierAssignedID') ??
    referenceAt(reading, shipment, 'Consignment', 'ID')
  return {
    shipFrom: cutOptional(shipFrom),
    shipTo: shipTo === undefined ? null : cutText(shipTo, locationCharactersMax),
    carrier: cutOptional(carrierOf(reading)),
    trackingNumber: cutOptional(tracking),
  }
}

const cutOptional = (text: string | undefined): string | undefined =>
  text === undefined ? undefined : cutText(text, textCharactersMax)

const carrierPlaces: readonly (readonly string[])[] = [
  ['Shipment', 'Consignment', 'CarrierParty'],
  ['Shipment', 'ShipmentStage', 'CarrierParty'],
  ['Shipment', 'Delivery', 'CarrierParty'],
]

const carrierOf = (reading: UblReading): string | undefined => {
  for (const place of carrierPlaces) {
    const name = nameOf(reading, ...place)
    if (name !== undefined) return name
  }
  return undefined
}

/** What a party is called; its number where it has no name. */
const nameOf = (reading: UblReading, ...place: readonly string[]): string | undefined => {
  const party = find(reading.root, ...place)
  const name = referenceAt(reading, party, 'PartyName', 'Name')
  const legalName = referenceAt(reading, party, 'PartyLegalEntity', 'RegistrationName')
  const number = referenceAt(reading, party, 'PartyIdentification', 'ID')
  return name ?? legalName ?? number
}
