import { find } from '../field/find-element.ts'
import { headerOf, isTrue } from '../field/read-header.ts'
import { textAt } from '../field/read-text.ts'
import { note, type UblReading } from '../field/ubl-reading.ts'
import { cutText, quoted } from '../finding/cut-text.ts'
import { type AcknowledgmentDraft, answeredOrder } from './map-order-response.ts'
import { meaningByDecision } from './response-codes.ts'

const reasonCharactersMax = 400

/** An OrderResponseSimple: yes or no to the whole order, by its AcceptedIndicator. */
export const mapOrderResponseSimple = (reading: UblReading): AcknowledgmentDraft => {
  const header = headerOf(reading, ['SellerSupplierParty'])
  const rejection = textAt(reading, reading.root, 'RejectionNote')
  const { decision, unlistedLines } = meaningByDecision[decisionOf(reading)]
  const reason = rejection ?? (decision === 'rejected' ? header.notes?.[0] : undefined)
  return {
    kind: 'acknowledgment',
    ...header,
    orderNumber: answeredOrder(reading),
    orderVersion: null,
    decision,
    unlistedLines: reading.settings.acknowledgment.unlistedLines ?? unlistedLines,
    reasonText: reason === undefined ? undefined : cutText(reason, reasonCharactersMax),
    lines: [],
  }
}

const decisionOf = (reading: UblReading): AcknowledgmentDraft['decision'] => {
  const element = find(reading.root, 'AcceptedIndicator')
  const text = textAt(reading, reading.root, 'AcceptedIndicator')
  if (element !== undefined && isTrue(element)) return 'accepted'
  if (text !== undefined && /^(?:false|0)$/i.test(text)) return 'rejected'
  note(reading, 'ubl-response-indicator', element ?? reading.root, {
    severity: 'warning',
    sentence: `${text === undefined ? 'the response has no AcceptedIndicator' : `AcceptedIndicator is ${quoted(text)}`}, which is neither yes nor no: the order counts as received, not as accepted`,
  })
  return 'received'
}
