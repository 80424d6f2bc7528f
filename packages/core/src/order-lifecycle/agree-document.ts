import { contentHashOf } from '../document/document-content-hash.ts'
import type { Acknowledgment } from '../acknowledgment/acknowledgment.ts'
import type { CalendarDate } from '../calendar/calendar-date.ts'
import type { NonNegativeDecimal } from '../decimal/decimal.ts'
import type { Discrepancy } from '../discrepancy/discrepancy.ts'
import { documentKey } from '../document/document-header.ts'
import {
  measureAmount,
  measureDate,
  measureQuantity,
  type QuantityDiscrepancyKind,
  type DateDiscrepancyKind,
} from '../discrepancy/measure-discrepancy.ts'
import { addFigures, readFigure, writeFigure, zeroFigure } from '../match/figure.ts'
import type { DecisionContext } from '../message/decision.ts'
import type { PolicyReference } from '../policy/policy.ts'
import { lastDay } from '../purchase-order/delivery-days.ts'
import type { OrderLine } from '../purchase-order/order-line.ts'
import type { Receipt } from '../receipt/receipt.ts'
import type { AgreedPlace, DocumentAgreement } from './document-agreement.ts'
import { limitsFor } from './judge-difference.ts'
import type { OrderFact } from './order-fact.ts'
import type { AnswerFact } from './order-facts.ts'
import type { LineStanding, OrderState, ScheduleStanding } from './order-state.ts'
import { lineNumberOf } from './place-facts.ts'

/** What of a document agrees, and of which document. */
export type AgreeingDocument = Pick<DocumentAgreement, 'kind' | 'documentNumber' | 'revision'> & {
  readonly places: readonly AgreedPlace[]
}

/** What of an acknowledgment or receipt that was just recorded is as ordered; null where nothing of it is, or counts. */
export function agreementOf(
  state: OrderState,
  told: OrderFact,
  context: DecisionContext,
): DocumentAgreement | null {
  if (state.standing.order === null) return null
  if (told.type === 'acknowledgment.received') {
    if (!isStanding(state, told.data)) return null
    const { documentNumber, revision } = told.data.document
    const places = answeredPlaces(state, documentNumber)
    return agreement(state, { kind: 'acknowledgment', documentNumber, revision, places }, context)
  }
  if (told.type !== 'receipt.recorded' || told.data.document.receiptType !== 'receipt') return null
  // What was used is owed for; whether it is as ordered was said when it came.
  if (told.data.document.movement === 'consumption') return null
  if (!isStanding(state, told.data)) return null
  const { documentNumber, revision } = told.data.document
  const places = countedPlaces(state, told.data.document)
  return agreement(state, { kind: 'receipt', documentNumber, revision, places }, context)
}

/** False for a text that a later revision, or another text of the same, takes the place of. */
function isStanding({ facts }: OrderState, { document, documentHash }: ToldDocument): boolean {
  const stamp = facts.documents[documentKey(document)]
  if (stamp?.revision !== document.revision) return false
  return stamp.rivals === undefined || stamp.hash === (documentHash ?? contentHashOf(document))
}

type ToldDocument = {
  readonly document: Acknowledgment | Receipt
  readonly documentHash?: string | undefined
}

/** Says in words that a document agrees, and under which limits; null where no place of it does. */
export function agreement(
  state: OrderState,
  agreeing: AgreeingDocument,
  context: DecisionContext,
): DocumentAgreement | null {
  const [first] = agreeing.places
  if (first === undefined) return null
  const { kind, documentNumber, revision, places } = agreeing
  return {
    kind,
    documentNumber,
    revision,
    within: true,
    sentence: sentenceOf(agreeing),
    places: [...places],
    rules: [...rulesFor(state, agreeing, first, context)],
  }
}

function answeredPlaces({ facts, standing }: OrderState, documentNumber: string): AgreedPlace[] {
  const orderLines = byLineNumber(standing.order?.lines ?? [])
  return standing.lines.flatMap((line) => {
    const ordered = orderLines.get(line.orderLineNumber)
    if (ordered === undefined) return []
    const answers = facts.lines[line.orderLineNumber]?.answers ?? []
    const price = priceIn(answers, documentNumber, ordered)
    return line.schedules
      .filter((schedule) => schedule.answeredBy === documentNumber)
      .filter(({ scheduleNumber }) => !line.differences.some(isOf(documentNumber, scheduleNumber)))
      .map((schedule) => ({
        orderLineNumber: line.orderLineNumber,
        ...(line.schedules.length > 1 && { scheduleNumber: schedule.scheduleNumber }),
        ...answeredValues(schedule),
        unitOfMeasure: ordered.unitOfMeasure,
        ...(price !== undefined && { priceExpected: ordered.price.amount, priceFound: price }),
      }))
  })
}

function answeredValues({ quantities, requestedDate, promisedDate }: ScheduleStanding) {
  return {
    quantityExpected: quantities.ordered as NonNegativeDecimal,
    quantityFound: quantities.confirmed as NonNegativeDecimal,
    ...datesOf(requestedDate, promisedDate),
  }
}

/** The one price a document says of a line, where it speaks of the price unit of the order; several are not one. */
function priceIn(answers: readonly AnswerFact[], documentNumber: string, { price }: OrderLine) {
  const prices = answers
    .filter((answer) => answer.documentNumber === documentNumber)
    .flatMap(({ responses, wholeLine }) => [...responses, ...(wholeLine ? [wholeLine] : [])])
    .flatMap((said) => said.price ?? [])
  const [first] = prices
  const isOne = prices.every(
    ({ amount, perQuantity, perUnitOfMeasure }) =>
      amount === first?.amount &&
      perQuantity === price.perQuantity &&
      perUnitOfMeasure === price.perUnitOfMeasure,
  )
  return isOne ? first?.amount : undefined
}

function countedPlaces({ standing }: OrderState, document: Receipt): AgreedPlace[] {
  const lines = standing.order?.lines ?? []
  const orderLines = byLineNumber(lines)
  const standings = byLineNumber(standing.lines)
  const places = new Map<string, AgreedPlace>()
  for (const counted of document.lines) {
    const { orderLineNumber, item, quantity: value, unitOfMeasure, shipNoticeNumber } = counted
    const clue = { orderLineNumber, item, quantity: { value, unitOfMeasure } }
    const number = lineNumberOf(lines, clue)
    const ordered = orderLines.get(number ?? '')
    const line = standings.get(number ?? '')
    if (ordered === undefined || line === undefined || places.has(ordered.orderLineNumber)) continue
    const about = new Set<string>([document.documentNumber, standing.order?.orderNumber ?? ''])
    if (shipNoticeNumber !== undefined) about.add(shipNoticeNumber)
    if (line.differences.some(({ discrepancy }) => isOfGoods(discrepancy, about))) continue
    places.set(ordered.orderLineNumber, countedPlace(ordered, line, document.receivedDate))
  }
  return [...places.values()]
}

/** What a receipt is held against beside its own words: the order and the ship notice, of which only goods are compared. */
function isOfGoods({ kind, documentNumber }: Discrepancy, about: ReadonlySet<string>): boolean {
  if (!about.has(documentNumber)) return false
  return kind !== 'over-shipment' && kind !== 'late-shipment' && kind !== 'early-shipment'
}

function countedPlace(
  { orderLineNumber, quantityOrdered, unitOfMeasure }: OrderLine,
  { schedules }: LineStanding,
  receivedDate: CalendarDate,
): AgreedPlace {
  const received = schedules
    .map(({ quantities }) => readFigure(quantities.received))
    .reduce(addFigures, zeroFigure)
  const due = lastDay(
    schedules.map(({ promisedDate, requestedDate }) => promisedDate ?? requestedDate),
  )
  return {
    orderLineNumber,
    quantityExpected: quantityOrdered,
    quantityFound: writeFigure(received),
    unitOfMeasure,
    ...datesOf(due, receivedDate),
  }
}

function byLineNumber<Line extends { readonly orderLineNumber: string }>(
  lines: readonly Line[],
): ReadonlyMap<string, Line> {
  return new Map(lines.map((line) => [line.orderLineNumber, line]))
}

function isOf(documentNumber: string, scheduleNumber: string) {
  return ({ discrepancy }: LineStanding['differences'][number]) =>
    discrepancy.documentNumber === documentNumber &&
    (discrepancy.scheduleNumber === null || discrepancy.scheduleNumber === scheduleNumber)
}

/** Two days that can be held against each other; nothing where one is missing. */
export function datesOf(
  dateExpected: CalendarDate | null,
  dateFound: CalendarDate | null,
): Pick<AgreedPlace, 'dateExpected' | 'dateFound'> {
  return dateExpected === null || dateFound === null ? {} : { dateExpected, dateFound }
}

type Kinds = { readonly quantity: QuantityDiscrepancyKind; readonly date: DateDiscrepancyKind }
const kindsCompared: Readonly<Record<DocumentAgreement['kind'], Kinds>> = {
  acknowledgment: { quantity: 'quantity-change', date: 'date-change' },
  'ship-notice': { quantity: 'over-shipment', date: 'late-shipment' },
  receipt: { quantity: 'over-receipt', date: 'late-receipt' },
}

/** The rules are asked for the limits of what was compared, as they are where something differs. */
function rulesFor(
  state: OrderState,
  { kind, documentNumber }: AgreeingDocument,
  first: AgreedPlace,
  context: DecisionContext,
): readonly PolicyReference[] {
  const { order } = state.standing
  const { orderLineNumber, scheduleNumber = null, unitOfMeasure } = first
  const orderNumber = order?.orderNumber ?? null
  const documentLineNumber = null
  const place = { documentNumber, documentLineNumber, orderNumber, orderLineNumber, scheduleNumber }
  const { quantityExpected, dateExpected, priceExpected } = first
  const quantity = { expected: quantityExpected, actual: quantityExpected, unitOfMeasure }
  const kinds = kindsCompared[kind]
  const asked = [measureQuantity(kinds.quantity, place, quantity)]
  if (dateExpected !== undefined) {
    asked.push(measureDate(kinds.date, place, { expected: dateExpected, actual: dateExpected }))
  }
  if (priceExpected !== undefined && order !== null) {
    const { currency } = order
    const price = { expected: priceExpected, actual: priceExpected, currency }
    asked.push(measureAmount('price-change', place, price))
  }
  const references = asked.map(
    (discrepancy) => limitsFor(state, discrepancy, context).decision.reference,
  )
  return [...new Map(references.map((reference) => [reference.hash, reference])).values()]
}

const wordsOf: Readonly<Record<DocumentAgreement['kind'], string>> = {
  acknowledgment: 'says what was ordered',
  'ship-notice': 'agrees with what was ordered and promised',
  receipt: 'is as ordered so far',
}

/** Places named in a sentence; the others are in the record. */
const placesMax = 5

function sentenceOf({ kind, documentNumber, places }: AgreeingDocument): string {
  const named = places.slice(0, placesMax).map(describePlace).join('; ')
  const others = places.length > placesMax ? `; and ${places.length - placesMax} more` : ''
  const name = kind === 'ship-notice' ? 'ship notice' : kind
  return `${name} ${documentNumber} ${wordsOf[kind]}: ${named}${others}`.slice(0, 1000)
}

function describePlace(place: AgreedPlace): string {
  const { orderLineNumber, scheduleNumber, quantityExpected, quantityFound, priceFound } = place
  const at = scheduleNumber === undefined ? '' : `, schedule ${scheduleNumber}`
  const price = priceFound === undefined ? '' : `, at ${priceFound}`
  const quantity = `${quantityFound} of ${quantityExpected} ${place.unitOfMeasure}`
  return `line ${orderLineNumber}${at}: ${quantity}${describeDays(place)}${price}`
}

function describeDays({ dateExpected, dateFound }: AgreedPlace): string {
  if (dateExpected === undefined || dateFound === undefined) return ''
  return dateFound === dateExpected
    ? `, on ${dateFound}`
    : `, on ${dateFound}, expected by ${dateExpected}`
}
