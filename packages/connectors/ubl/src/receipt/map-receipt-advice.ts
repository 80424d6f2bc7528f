import type { Receipt } from '@counterfoil/core'
import type * as z from 'zod'
import { childrenOf, find } from '../field/find-element.ts'
import { dateAt } from '../field/read-date.ts'
import { headerOf } from '../field/read-header.ts'
import { noteNoLines, readLines } from '../field/read-lines.ts'
import { orderNumbersOf } from '../field/read-order-number.ts'
import { referenceAt, textAt } from '../field/read-text.ts'
import { note, type UblReading } from '../field/ubl-reading.ts'
import { cutText } from '../finding/cut-text.ts'
import { shipToOf } from '../purchase-order/order-schedules.ts'
import { mapReceiptLine } from './map-receipt-line.ts'

type ReceiptDraft = z.input<typeof Receipt>

const linesMax = 5000
const locationCharactersMax = 80

/** A ReceiptAdvice: what the dock counted, and what of it was refused. */
export const mapReceiptAdvice = (reading: UblReading): ReceiptDraft => {
  const isRecount = statusOf(reading)
  const header = headerOf(
    reading,
    ['SellerSupplierParty', 'DespatchSupplierParty'],
    isRecount ? 1 : 0,
  )
  const notices = childrenOf(reading.root, 'DespatchDocumentReference').flatMap(
    (element) => referenceAt(reading, element, 'ID') ?? [],
  )
  const frame = { orders: orderNumbersOf(reading), notices }
  const lines = readLines(reading, { name: 'ReceiptLine', linesMax }, (element, numberOf) =>
    mapReceiptLine(reading, element, { ...frame, numberOf }),
  )
  noteNoLines(reading, lines, {
    severity: 'error',
    sentence: 'the receipt counts nothing: ask the receiver what came, line by line',
  })
  return {
    kind: 'receipt',
    ...header,
    receiptType: 'receipt',
    receivedDate: receivedDate(reading) ?? '',
    location: locationOf(reading),
    lines,
  }
}

/** True for a recount of what was sent before. A cancelled receipt takes goods back, which has to be said in numbers. */
const statusOf = (reading: UblReading): boolean => {
  const code = textAt(reading, reading.root, 'DocumentStatusCode')?.toUpperCase()
  if (code === '1' || code === 'CANCELLED') {
    note(
      reading,
      'ubl-receipt-cancelled',
      find(reading.root, 'DocumentStatusCode') ?? reading.root,
      {
        severity: 'error',
        sentence:
          'the receipt is cancelled: reverse the receipt it cancels in the warehouse system instead',
      },
    )
  }
  return code === '4' || code === '5' || code === 'REVISED'
}

const receivedDate = (reading: UblReading): string | undefined => {
  const [first] = childrenOf(reading.root, 'ReceiptLine')
  return (
    dateAt(reading, find(reading.root, 'Shipment', 'Delivery'), 'ActualDeliveryDate') ??
    dateAt(reading, first, 'ReceivedDate') ??
    dateAt(reading, reading.root, 'IssueDate')
  )
}

const locationOf = (reading: UblReading): string | null => {
  const customer = find(reading.root, 'DeliveryCustomerParty')
  const location =
    shipToOf(reading, find(reading.root, 'Shipment', 'Delivery')) ??
    referenceAt(reading, customer, 'Party', 'PartyIdentification', 'ID')
  return location === undefined ? null : cutText(location, locationCharactersMax)
}
