import type { ItemNumbers } from '../element/item-numbers.ts'
import { cutText } from '../finding/finding-log.ts'
import { noteRelease, orderNumberOf } from '../loop/order-number.ts'
import { type SetReading, takeAll, takeReference } from '../set/set-reading.ts'
import { elementText, hasElement, type Segment } from '../syntax/segment.ts'

/** What an invoice, or one line of it, says it bills. */
export type BilledReferences = {
  /** Null where no order is named, or several are and none for this line. */
  readonly orderNumber: string | null
  /** Receiving numbers (REF RV). */
  readonly receiptNumbers: readonly string[]
  /** The ship notice, shipment or packing list (REF MA, SI, PK). */
  readonly shipNoticeNumber: string | null
}

const numberCharactersMax = 80
const receiptsMax = 200

const orderPlace = { number: 4, release: 5 }

/** The references of the invoice as a whole: BIG04, else the one order that REF PO names. */
export const readInvoiceReferences = (
  reading: SetReading,
  begin: Segment,
  rest: readonly Segment[],
): BilledReferences => {
  const named = referencesOf(reading, rest, 'PO')
  const own = orderNumberOf(reading, begin, orderPlace)
  noteRelease(reading, begin, { place: orderPlace, severity: 'info' })
  const orders = new Set(own === '' ? named : [own])
  const [order] = orders
  return {
    orderNumber: orders.size === 1 && order !== undefined ? cutNumber(order) : null,
    receiptNumbers: referencesOf(reading, rest, 'RV').map(cutNumber),
    shipNoticeNumber: takeShipNotice(reading, rest),
  }
}

/** The references of one line: its item number pair `PO` or REF PO, else what the invoice as a whole says. */
export const readLineReferences = (
  reading: SetReading,
  below: readonly Segment[],
  { numbers, whole }: { readonly numbers: ItemNumbers; readonly whole: BilledReferences },
): BilledReferences => {
  const order = numbers.get('PO')?.value ?? takeReference(reading, below, ['PO'])
  const receipts = referencesOf(reading, below, 'RV').map(cutNumber)
  return {
    orderNumber: order === null ? whole.orderNumber : cutNumber(order),
    receiptNumbers: receipts.length > 0 ? receipts : whole.receiptNumbers,
    shipNoticeNumber: takeShipNotice(reading, below) ?? whole.shipNoticeNumber,
  }
}

const referencesOf = (
  reading: SetReading,
  segments: readonly Segment[],
  qualifier: string,
): readonly string[] =>
  [
    ...new Set(
      takeAll(
        reading,
        segments,
        'REF',
        (one) => elementText(one, 1) === qualifier && hasElement(one, 2),
      ).map((segment) => elementText(segment, 2)),
    ),
  ].slice(0, receiptsMax)

const takeShipNotice = (reading: SetReading, segments: readonly Segment[]): string | null => {
  const number = takeReference(reading, segments, ['MA', 'SI', 'PK'])
  return number === null ? null : cutNumber(number)
}

const cutNumber = (number: string): string => cutText(number, numberCharactersMax)

/** The invoice a credit, debit or correction answers: REF OI, else REF IV, when it is another one. */
export const takeCorrectedInvoice = (
  reading: SetReading,
  rest: readonly Segment[],
  ownNumber: string,
): string | null => {
  const number = takeReference(reading, rest, ['OI', 'IV'])
  return number === null || number === ownNumber ? null : cutNumber(number)
}
