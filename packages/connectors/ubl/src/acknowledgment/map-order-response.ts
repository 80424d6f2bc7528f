import type { Acknowledgment } from '@counterfoil/core'
import type * as z from 'zod'
import { childrenOf, find } from '../field/find-element.ts'
import { documentCurrency } from '../field/read-amount.ts'
import { headerOf } from '../field/read-header.ts'
import { readLines } from '../field/read-lines.ts'
import { orderNumbersOf } from '../field/read-order-number.ts'
import { textAt } from '../field/read-text.ts'
import { note, type UblReading } from '../field/ubl-reading.ts'
import { cutText, quoted } from '../finding/cut-text.ts'
import { mapResponseLine } from './map-response-line.ts'
import { promiseOf } from './read-promise.ts'
import { meaningByDecision, type ResponseMeaning, responseMeanings } from './response-codes.ts'

/** An acknowledgment as a draft carries it. */
export type AcknowledgmentDraft = z.input<typeof Acknowledgment>

const linesMax = 5000
const reasonCharactersMax = 400

/** An OrderResponse, as the whole answer or line by line. */
export const mapOrderResponse = (reading: UblReading): AcknowledgmentDraft => {
  const header = headerOf(reading, ['SellerSupplierParty'])
  const currency = documentCurrency(reading)
  const meaning = meaningOf(reading)
  const promise = promiseOf(reading, find(reading.root, 'Delivery'))
  const frame = { currency, promise, listedLines: meaning.listedLines }
  const lines = readLines(reading, { name: 'OrderLine', linesMax }, (element, numberOf) =>
    mapResponseLine(reading, element, { ...frame, numberOf }),
  )
  noteContradiction(reading, meaning, lines)
  const reason = header.notes?.[0]
  return {
    kind: 'acknowledgment',
    ...header,
    orderNumber: answeredOrder(reading),
    orderVersion: null,
    decision: meaning.decision,
    unlistedLines: reading.settings.acknowledgment.unlistedLines ?? meaning.unlistedLines,
    unlistedPromisedDate: promise?.meaning === 'delivery' ? promise.date : undefined,
    reasonText:
      reason === undefined || meaning.decision === 'accepted'
        ? undefined
        : cutText(reason, reasonCharactersMax),
    lines,
  }
}

/** The one order a response answers; two orders are two answers, which one document cannot be. */
export const answeredOrder = (reading: UblReading): string => {
  const [first, second] = orderNumbersOf(reading)
  const elements = childrenOf(reading.root, 'OrderReference')
  if (first === undefined) {
    note(reading, 'ubl-order-number-missing', elements[0] ?? reading.root, {
      severity: 'error',
      sentence:
        'the response does not say which order it answers: ask the supplier for OrderReference/ID',
    })
    return ''
  }
  if (second !== undefined) {
    note(reading, 'ubl-order-numbers-several', elements[1] ?? reading.root, {
      severity: 'error',
      sentence: `the response answers both ${quoted(first)} and ${quoted(second)}: ask the supplier for one response to each order`,
    })
  }
  return first
}

const meaningOf = (reading: UblReading): ResponseMeaning => {
  const code = textAt(reading, reading.root, 'OrderResponseCode')
  if (code === undefined) return silentMeaning(reading)
  const { responseCodes } = reading.settings.acknowledgment
  const own = Object.hasOwn(responseCodes, code) ? responseCodes[code] : undefined
  const known =
    own === undefined ? responseMeanings.get(code.toUpperCase()) : meaningByDecision[own]
  if (known !== undefined) return known
  const isDetailed = find(reading.root, 'OrderLine') !== undefined
  note(
    reading,
    'ubl-response-code-unknown',
    find(reading.root, 'OrderResponseCode') ?? reading.root,
    {
      severity: 'warning',
      sentence: `response code ${quoted(code)} is in no table of this reader: ${isDetailed ? 'the lines alone say what the supplier takes' : 'the order counts as received, not as accepted'}`,
    },
  )
  return meaningByDecision[isDetailed ? 'accepted-with-changes' : 'received']
}

/** Before Peppol a response had no code: it repeated the order as the supplier takes it. */
const silentMeaning = (reading: UblReading): ResponseMeaning => {
  const isDetailed = find(reading.root, 'OrderLine') !== undefined
  note(reading, 'ubl-response-code-missing', reading.root, {
    severity: isDetailed ? 'info' : 'warning',
    sentence: isDetailed
      ? 'the response carries no OrderResponseCode: what its lines state is taken as what the supplier accepts, to be compared with the order'
      : 'the response carries neither an OrderResponseCode nor lines: the order counts as received, not as accepted',
  })
  return meaningByDecision[isDetailed ? 'accepted-with-changes' : 'received']
}

/** A yes or no to the whole order and another answer to one of its lines cannot both be meant. */
const noteContradiction = (
  reading: UblReading,
  { decision }: ResponseMeaning,
  lines: AcknowledgmentDraft['lines'],
): void => {
  const at = find(reading.root, 'OrderResponseCode') ?? reading.root
  if (decision === 'accepted-with-changes' && find(reading.root, 'OrderLine') === undefined) {
    note(reading, 'ubl-response-lines-missing', at, {
      severity: 'warning',
      sentence:
        'the supplier accepts with changes and lists no line: nothing is answered until the changes are known',
    })
  }
  const actions = lines.flatMap(({ responses, wholeLine }) =>
    [...responses, ...(wholeLine === undefined ? [] : [wholeLine])].map(({ action }) => action),
  )
  const isOdd =
    (decision === 'accepted' &&
      actions.some((action) => action === 'reject' || action === 'cancel')) ||
    (decision === 'rejected' &&
      actions.some((action) => action === 'accept' || action === 'substitute'))
  if (!isOdd) return
  note(reading, 'ubl-response-contradicts', at, {
    severity: 'warning',
    sentence: `the order is ${decision === 'accepted' ? 'accepted and a line of it is not' : 'refused and a line of it is not'}: the line is believed`,
  })
}
