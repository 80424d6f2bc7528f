import {
  compareDecimals,
  type Decimal,
  equalDecimals,
  isPositiveDecimal,
  type ReceiptCondition,
  type ReceiptLine,
  subtractDecimals,
} from '@counterfoil/core'
import type * as z from 'zod'
import { find } from '../field/find-element.ts'
import { itemOf } from '../field/read-item.ts'
import { type LineNumbering, lineReferenceAt } from '../field/read-lines.ts'
import { lotsOf } from '../field/read-lots.ts'
import { orderOfLine } from '../field/read-order-number.ts'
import { quantityAt, type StatedQuantity } from '../field/read-quantity.ts'
import { referenceAt } from '../field/read-text.ts'
import { note, type UblReading } from '../field/ubl-reading.ts'
import { quoted } from '../finding/cut-text.ts'
import type { XmlElement } from '../xml/xml-element.ts'

type ReceiptLineDraft = z.input<typeof ReceiptLine>

/** What a line takes from the rest of its receipt. */
export type ReceiptFrame = {
  readonly numberOf: LineNumbering
  readonly orders: readonly string[]
  /** The ship notices the whole receipt answers. */
  readonly notices: readonly string[]
}

/** A ReceiptLine. Undefined where nothing came, or an error says why it cannot be read. */
export const mapReceiptLine = (
  reading: UblReading,
  line: XmlElement,
  frame: ReceiptFrame,
): ReceiptLineDraft | undefined => {
  const documentLineNumber = frame.numberOf(line)
  const counted = countOf(reading, line)
  const { orderNumber, reference } = orderOfLine(reading, line, frame.orders)
  const item = find(line, 'Item')
  if (counted === undefined) return undefined
  const [notice, secondNotice] = frame.notices
  return {
    documentLineNumber,
    orderNumber: orderNumber ?? null,
    orderLineNumber: lineReferenceAt(reading, reference, 'LineID') ?? null,
    shipNoticeNumber:
      referenceAt(reading, line, 'DespatchLineReference', 'DocumentReference', 'ID') ??
      (secondNotice === undefined ? notice : undefined),
    item: itemOf(reading, item),
    ...counted,
    lots: lotsOf(reading, item),
    final: false,
  }
}

type Count = Pick<
  ReceiptLineDraft,
  | 'quantity'
  | 'unitOfMeasure'
  | 'quantityAccepted'
  | 'quantityRejected'
  | 'conditions'
  | 'disposition'
>

/** ReceivedQuantity with the parts of it that are not as they should be. */
const countOf = (reading: UblReading, line: XmlElement): Count | undefined => {
  const received = quantityAt(reading, line, ['ReceivedQuantity'])
  const unit = received?.unitOfMeasure
  const rejected = quantityAt(reading, line, ['RejectedQuantity'], unit)
  const refused = rejected !== undefined && isPositiveDecimal(rejected.value) ? rejected : undefined
  const came = wholeCount(reading, line, { received, refused })
  if (came === undefined) return undefined
  const short = quantityAt(reading, line, ['ShortQuantity'], unit)
  const over = quantityAt(reading, line, ['OversupplyQuantity'], unit)
  const isAllRefused = refused !== undefined && equalDecimals(refused.value, came.value)
  return {
    quantity: came.value,
    unitOfMeasure: came.unitOfMeasure,
    quantityAccepted: refused === undefined ? null : subtractDecimals(came.value, refused.value),
    quantityRejected: refused?.value ?? null,
    conditions: [
      ...conditionOf('rejected', refused),
      ...conditionOf('short', short),
      ...conditionOf('over', over),
    ],
    disposition: isAllRefused ? 'blocked' : 'stock',
  }
}

const conditionOf = (
  condition: ReceiptCondition,
  quantity: StatedQuantity | undefined,
): { condition: ReceiptCondition; quantity: Decimal }[] =>
  quantity !== undefined && isPositiveDecimal(quantity.value)
    ? [{ condition, quantity: quantity.value }]
    : []

/** What came in all: some senders leave what they refused out of ReceivedQuantity, which then is less than it. */
const wholeCount = (
  reading: UblReading,
  line: XmlElement,
  {
    received,
    refused,
  }: {
    readonly received: StatedQuantity | undefined
    readonly refused: StatedQuantity | undefined
  },
): StatedQuantity | undefined => {
  const came = received !== undefined && isPositiveDecimal(received.value) ? received : undefined
  if (
    came !== undefined &&
    refused !== undefined &&
    compareDecimals(refused.value, came.value) > 0
  ) {
    note(reading, 'ubl-rejected-over', refused.element, {
      severity: 'error',
      sentence: `${quoted(refused.value)} of ${quoted(came.value)} received are refused, which is more than came: ask the receiver how much came in all`,
    })
  }
  if (came !== undefined) return came
  if (refused !== undefined) return refused
  note(reading, 'ubl-nothing-received', received?.element ?? line, {
    severity: 'warning',
    sentence: 'the line counts nothing received and nothing refused: it is left out',
  })
  return undefined
}
