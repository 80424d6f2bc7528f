import { find } from '../field/find-element.ts'
import { orderNumbersOf } from '../field/read-order-number.ts'
import { textAt } from '../field/read-text.ts'
import { note, type UblReading } from '../field/ubl-reading.ts'
import { cutText, quoted } from '../finding/cut-text.ts'
import { mapOrder, type OrderDraft } from './map-order.ts'

const reasonCharactersMax = 400
const attributeCharactersMax = 200

/**
 * An OrderChange: the order as it now stands, whole, in the version its SequenceNumberID counts. The first change makes
 * version 2. A line that is not listed, or listed as cancelled, is no longer ordered.
 */
export const mapOrderChange = (reading: UblReading): OrderDraft => {
  const order = mapOrder(reading)
  const orderNumber = changedOrder(reading)
  const version = versionOf(reading)
  const [reason] = order.notes ?? []
  note(reading, 'ubl-order-change', reading.root, {
    severity: 'warning',
    sentence: `the order is changed, and taken whole as version ${version}: what the change does not list is no longer ordered`,
  })
  return {
    ...order,
    documentNumber: orderNumber,
    revision: version - 1,
    orderNumber,
    version,
    revisionReason: reason === undefined ? undefined : cutText(reason, reasonCharactersMax),
    attributes: {
      ...order.attributes,
      'ubl-order-change': cutText(order.documentNumber, attributeCharactersMax),
    },
  }
}

/** The one order that is changed. */
const changedOrder = (reading: UblReading): string => {
  const [first, second] = orderNumbersOf(reading)
  if (first !== undefined && second === undefined) return first
  note(reading, 'ubl-order-number-missing', find(reading.root, 'OrderReference') ?? reading.root, {
    severity: 'error',
    sentence:
      first === undefined
        ? 'the change does not say which order it changes: ask the buyer for OrderReference/ID'
        : `the change names both ${quoted(first)} and ${quoted(second ?? '')}: ask the buyer for one change to each order`,
  })
  return first ?? ''
}

const firstChange = 2

/** SequenceNumberID counts changes from 1; without one the change is taken as the first. */
const versionOf = (reading: UblReading): number => {
  const sequence = textAt(reading, reading.root, 'SequenceNumberID')
  if (sequence !== undefined && /^\d{1,6}$/.test(sequence)) {
    return Math.max(firstChange, Number(sequence) + 1)
  }
  note(reading, 'ubl-change-sequence', find(reading.root, 'SequenceNumberID') ?? reading.root, {
    severity: 'warning',
    sentence: `the change has no SequenceNumberID to count it by, and is taken as the first: a second change needs one`,
  })
  return firstChange
}
