import type { AcknowledgmentAction, Decimal, UnitOfMeasure } from '@counterfoil/core'
import { identifyItem, type ItemDraft, readItemNumbers } from '../element/item-numbers.ts'
import { readNonNegative } from '../element/read-decimal.ts'
import { readUnit } from '../element/read-unit.ts'
import { quoted } from '../finding/finding-log.ts'
import { note, type SetReading } from '../set/set-reading.ts'
import { elementText, hasElement, type Segment } from '../syntax/segment.ts'
import { lineActions, lineReasons } from './acknowledgment-codes.ts'
import { type DatePromise, readPromiseAt } from './promised-dates.ts'

/** One ACK: the answer to a line or to a part of it. */
export type LineStatus = {
  readonly segment: Segment
  /** ACK01 as sent. */
  readonly code: string
  readonly action: AcknowledgmentAction
  /** ACK02; null where it is not stated, zero where zero is stated. */
  readonly quantity: Decimal | null
  /** ACK03; null where it is not stated. */
  readonly unitOfMeasure: UnitOfMeasure | null
  readonly promise: DatePromise | null
  /** The item numbers from ACK07 on; null where there are none. */
  readonly item: ItemDraft | null
  readonly reasonText: string
}

/** Reads an ACK. An unknown status holds the line rather than accepting it. */
export const readLineStatus = (reading: SetReading, segment: Segment): LineStatus => {
  const code = elementText(segment, 1)
  const hasDate = hasElement(segment, 5)
  return {
    segment,
    code,
    action: actionOf(reading, segment, code),
    quantity: readNonNegative(reading, { segment, element: 2 }),
    unitOfMeasure: readUnit(reading, { segment, element: 3 }),
    promise: hasDate ? readPromiseAt(reading, segment, 4) : null,
    item: readSubstitute(reading, segment),
    reasonText: reasonOf(segment, code),
  }
}

const actionOf = (reading: SetReading, segment: Segment, code: string): AcknowledgmentAction => {
  const { statusCodes } = reading.settings.acknowledgment
  const own = Object.hasOwn(statusCodes, code) ? statusCodes[code] : undefined
  const known = own ?? lineActions.get(code)
  if (known !== undefined) return known
  note(
    reading,
    'x12-line-status-unknown',
    { segment, element: 1 },
    {
      severity: 'warning',
      sentence: `line status ${quoted(code)} is in no table of this reader: the line counts as on hold until the partner's settings say what it means`,
    },
  )
  return 'hold'
}

/** ACK07 to ACK26 are pairs; ACK27 to ACK29 name a reason code list and its code. */
const reasonElement = 29

const readSubstitute = (reading: SetReading, segment: Segment): ItemDraft | null => {
  const item = identifyItem(reading, segment, readItemNumbers(reading, segment, 7))
  return Object.keys(item).length === 0 ? null : item
}

const reasonOf = (segment: Segment, code: string): string => {
  const known = lineReasons.get(code) ?? ''
  const industryCode = elementText(segment, reasonElement)
  if (industryCode === '') return known
  const list = [elementText(segment, 27), elementText(segment, 28)].filter((one) => one !== '')
  const named = `code ${industryCode}${list.length === 0 ? '' : ` of list ${list.join(' ')}`}`
  return known === '' ? named : `${known}, ${named}`
}
