import {
  type AcknowledgmentAction,
  type AcknowledgmentLine,
  type AcknowledgmentResponse,
  type Currency,
  type Decimal,
  equalDecimals,
  isNegativeDecimal,
  isPositiveDecimal,
  type LinePrice,
  sumDecimals,
  type UnitOfMeasure,
  type WholeLineAnswer,
} from '@counterfoil/core'
import type * as z from 'zod'
import { checkLineAmount } from '../field/check-line-amount.ts'
import { childrenOf, find } from '../field/find-element.ts'
import {
  allowanceChargesOf,
  allowancesAmount,
  chargesAmount,
} from '../field/read-allowance-charges.ts'
import { amountAt } from '../field/read-amount.ts'
import { itemOf } from '../field/read-item.ts'
import { type LineNumbering, lineReferenceAt } from '../field/read-lines.ts'
import { linePrice, priceOf, type StatedPrice } from '../field/read-price.ts'
import { quantityAt, type StatedQuantity } from '../field/read-quantity.ts'
import { textAt, textsAt } from '../field/read-text.ts'
import { note, type UblReading } from '../field/ubl-reading.ts'
import { cutText, quoted } from '../finding/cut-text.ts'
import type { XmlElement } from '../xml/xml-element.ts'
import { type DatePromise, promiseOf } from './read-promise.ts'
import { lineActions, plainStatusCodes, statusReasons } from './response-codes.ts'

/** What a line takes from the rest of its response. */
export type ResponseFrame = {
  readonly currency: Currency | null
  readonly promise: DatePromise | null
  /** The answer to a line that carries no code of its own. */
  readonly listedLines: AcknowledgmentAction
}

/** An acknowledgment line as a draft carries it. */
export type AcknowledgmentLineDraft = z.input<typeof AcknowledgmentLine>

type ResponseDraft = z.input<typeof AcknowledgmentResponse>
type WholeDraft = z.input<typeof WholeLineAnswer>

/** An OrderLine of a response. Undefined, with an error, where it holds no line. */
export const mapResponseLine = (
  reading: UblReading,
  orderLine: XmlElement,
  frame: ResponseFrame & { readonly numberOf: LineNumbering },
): AcknowledgmentLineDraft | undefined => {
  const lineItem = find(orderLine, 'LineItem')
  if (lineItem === undefined) return noLineItem(reading, orderLine)
  const documentLineNumber = frame.numberOf(lineItem)
  return {
    documentLineNumber,
    orderLineNumber: orderLineOf(reading, orderLine, lineItem),
    supplierLineNumber:
      lineReferenceAt(reading, orderLine, 'OrderLineReference', 'SalesOrderLineID') ??
      lineReferenceAt(reading, lineItem, 'SalesOrderID'),
    item: itemOf(reading, find(lineItem, 'Item')),
    ...answerOf(reading, { orderLine, lineItem, frame }),
  }
}

const noLineItem = (reading: UblReading, orderLine: XmlElement): undefined => {
  note(reading, 'ubl-field-missing', orderLine, {
    severity: 'error',
    sentence:
      'the line has no `LineItem`, so nothing is answered by it: ask the supplier what is meant',
  })
}

/** OrderLineReference/LineID; without one the line repeats the number it has in the order. */
const orderLineOf = (
  reading: UblReading,
  orderLine: XmlElement,
  lineItem: XmlElement,
): string | null => {
  const named = lineReferenceAt(reading, orderLine, 'OrderLineReference', 'LineID')
  if (named !== undefined) return named
  const own = lineReferenceAt(reading, lineItem, 'ID')
  if (own === undefined) return null
  note(reading, 'ubl-order-line-assumed', lineItem, {
    severity: 'info',
    onceFor: 'response',
    sentence: "lines without OrderLineReference are taken to repeat the order's own line numbers",
  })
  return own
}

type LineSource = {
  readonly orderLine: XmlElement
  readonly lineItem: XmlElement
  readonly frame: ResponseFrame
}

/** What is said of the line, apart from how much of it and when. */
type Answer = Pick<
  ResponseDraft,
  'action' | 'price' | 'substituteItem' | 'reasonCode' | 'reasonText'
>

const answerOf = (
  reading: UblReading,
  { orderLine, lineItem, frame }: LineSource,
): Pick<AcknowledgmentLineDraft, 'responses' | 'wholeLine'> => {
  const stated = quantityAt(reading, lineItem, ['Quantity'])
  const later = quantityAt(reading, lineItem, ['MaximumBackorderQuantity'], stated?.unitOfMeasure)
  const answer = readAnswer(reading, { orderLine, lineItem, frame }, { stated, later })
  const deliveries = deliveriesOf(reading, lineItem, stated)
  const promise = deliveries.find((delivery) => delivery.promise !== null)?.promise ?? frame.promise
  const taken = stated !== undefined && isPositiveDecimal(stated.value) ? stated : undefined
  const parts = [
    ...partsOf(reading, { answer, taken, deliveries, promise }),
    ...backorderOf(answer, later),
  ]
  if (parts.length > 0) return { responses: parts }
  const isNothing = stated !== undefined && takes(answer)
  if (isNothing) noteNothing(reading, stated)
  const whole = isNothing ? { ...answer, action: 'reject' as const, price: undefined } : answer
  return { responses: [], wholeLine: { ...whole, ...dateOf(whole, promise) } }
}

/** Whether an answer takes the order, so that a price and a day say something about it. */
const takes = ({ action }: Pick<Answer, 'action'>): boolean =>
  action === 'accept' || action === 'substitute' || action === 'shipped'

const reasonCodeCharactersMax = 40
const reasonTextCharactersMax = 400

const readAnswer = (
  reading: UblReading,
  { orderLine, lineItem, frame }: LineSource,
  {
    stated,
    later,
  }: { readonly stated: StatedQuantity | undefined; readonly later: StatedQuantity | undefined },
): Answer => {
  const code = textAt(reading, lineItem, 'LineStatusCode')
  const action = actionOf(reading, lineItem, { code, listedLines: frame.listedLines })
  const substitute = substituteOf(reading, orderLine)
  const isSubstitute = substitute !== undefined && takes({ action })
  if (substitute !== undefined && !isSubstitute) noteOffer(reading, orderLine, action)
  // The price is read in any case: it then counts as understood.
  const price = priceOfLine(reading, lineItem, { stated, currency: frame.currency })
  const texts = [
    ...(code === undefined ? [] : [statusReasons.get(code) ?? '']),
    ...textsAt(reading, lineItem, 'Note'),
    ...(later !== undefined && !isPositiveDecimal(later.value)
      ? ['nothing of the rest will be delivered']
      : []),
  ].filter((text) => text !== '')
  return {
    action: isSubstitute ? 'substitute' : action,
    price: takes({ action }) ? price : undefined,
    substituteItem: isSubstitute ? substitute : undefined,
    reasonCode:
      code === undefined || plainStatusCodes.has(code)
        ? undefined
        : cutText(code, reasonCodeCharactersMax),
    reasonText: texts.length === 0 ? undefined : cutText(texts.join(', '), reasonTextCharactersMax),
  }
}

const actionOf = (
  reading: UblReading,
  lineItem: XmlElement,
  {
    code,
    listedLines,
  }: { readonly code: string | undefined; readonly listedLines: AcknowledgmentAction },
): AcknowledgmentAction => {
  if (code === undefined) return listedLines
  const { statusCodes } = reading.settings.acknowledgment
  const own = Object.hasOwn(statusCodes, code) ? statusCodes[code] : undefined
  const known = own ?? lineActions.get(code)
  if (known !== undefined) return known
  note(reading, 'ubl-line-status-unknown', find(lineItem, 'LineStatusCode') ?? lineItem, {
    severity: 'warning',
    sentence: `line status ${quoted(code)} is in no table of this reader: the line counts as on hold, ask the supplier or add the code to the partner's settings`,
  })
  return 'hold'
}

/** What the supplier sends instead, or offers to. */
const substituteOf = (
  reading: UblReading,
  orderLine: XmlElement,
): ResponseDraft['substituteItem'] => {
  const item =
    find(orderLine, 'SellerSubstitutedLineItem', 'Item') ??
    find(orderLine, 'SellerProposedSubstituteLineItem', 'Item')
  return item === undefined ? undefined : itemOf(reading, item)
}

const noteOffer = (
  reading: UblReading,
  orderLine: XmlElement,
  action: AcknowledgmentAction,
): void =>
  note(reading, 'ubl-substitute-not-taken', orderLine, {
    severity: 'warning',
    sentence: `the line is answered with ${quoted(action)} and another item is offered for it: a new order is needed for that item, which this answer does not change`,
  })

/** The price of the line, where one is stated for a unit that can be told. */
const priceOfLine = (
  reading: UblReading,
  lineItem: XmlElement,
  {
    stated,
    currency,
  }: { readonly stated: StatedQuantity | undefined; readonly currency: Currency | null },
): z.input<typeof LinePrice> | undefined => {
  const unit = stated?.unitOfMeasure ?? priceUnit(reading, lineItem)
  if (unit === undefined) return undefined
  const price = priceOf(reading, lineItem, { unit, currency })
  if (price === undefined) return undefined
  checkAmount(reading, lineItem, { stated, price, currency })
  if (!isNegativeDecimal(price.signed)) return linePrice(price)
  note(reading, 'ubl-price-negative', find(lineItem, 'Price') ?? lineItem, {
    severity: 'warning',
    sentence: `the price ${quoted(price.signed)} is below zero and is left out: ask the supplier what is meant`,
  })
  return undefined
}

const priceUnit = (reading: UblReading, lineItem: XmlElement): UnitOfMeasure | undefined => {
  const price = find(lineItem, 'Price')
  if (price === undefined) return undefined
  const base = quantityAt(reading, price, ['BaseQuantity'])
  if (base !== undefined) return base.unitOfMeasure
  note(reading, 'ubl-price-unit', price, {
    severity: 'warning',
    sentence: 'the line states a price and neither a quantity nor a unit it is for: it is left out',
  })
  return undefined
}

const checkAmount = (
  reading: UblReading,
  lineItem: XmlElement,
  {
    stated,
    price,
    currency,
  }: {
    readonly stated: StatedQuantity | undefined
    readonly price: StatedPrice
    readonly currency: Currency | null
  },
): void => {
  const element = find(lineItem, 'LineExtensionAmount')
  const amount = amountAt(reading, lineItem, ['LineExtensionAmount'], currency)
  if (element === undefined || amount === undefined || stated === undefined) return
  const all = allowanceChargesOf(reading, lineItem, currency)
  const { value: quantity, unitOfMeasure } = stated
  checkLineAmount(reading, {
    element,
    amount,
    quantity,
    unitOfMeasure,
    price,
    charges: chargesAmount(all),
    allowances: allowancesAmount(all),
  })
}

/** A Delivery of a line: so much, or nothing said of how much, on that day. */
type Delivery = {
  readonly element: XmlElement
  readonly quantity: StatedQuantity | undefined
  readonly promise: DatePromise | null
}

const deliveriesOf = (
  reading: UblReading,
  lineItem: XmlElement,
  stated: StatedQuantity | undefined,
): readonly Delivery[] =>
  childrenOf(lineItem, 'Delivery').map((element) => {
    const quantity = quantityAt(reading, element, ['Quantity'], stated?.unitOfMeasure)
    return {
      element,
      quantity: quantity !== undefined && isPositiveDecimal(quantity.value) ? quantity : undefined,
      promise: promiseOf(reading, element),
    }
  })

/** What is taken now: one part, or one for each delivery where the deliveries come to it. */
const partsOf = (
  reading: UblReading,
  {
    answer,
    taken,
    deliveries,
    promise,
  }: {
    readonly answer: Answer
    readonly taken: StatedQuantity | undefined
    readonly deliveries: readonly Delivery[]
    readonly promise: DatePromise | null
  },
): readonly ResponseDraft[] => {
  const counted = deliveries.flatMap((delivery) =>
    delivery.quantity === undefined ? [] : [{ ...delivery, quantity: delivery.quantity }],
  )
  const [first] = counted
  if (first !== undefined && (taken === undefined || comesTo(counted, taken))) {
    return counted.map((one) => partOf(answer, one.quantity, one.promise ?? promise))
  }
  if (taken === undefined) return []
  if (first === undefined) return [partOf(answer, taken, promise)]
  note(reading, 'ubl-deliveries-differ', first.element, {
    severity: 'warning',
    sentence: `the deliveries of the line do not come to the ${quoted(taken.value)} it takes: the latest of their days is taken for all of it`,
  })
  return [partOf(answer, taken, latestOf(deliveries) ?? promise)]
}

const comesTo = (
  counted: readonly { readonly quantity: StatedQuantity }[],
  { value, unitOfMeasure }: StatedQuantity,
): boolean =>
  counted.every(({ quantity }) => quantity.unitOfMeasure === unitOfMeasure) &&
  equalDecimals(sumDecimals(counted.map(({ quantity }): Decimal => quantity.value)), value)

const latestOf = (deliveries: readonly Delivery[]): DatePromise | null =>
  deliveries
    .flatMap(({ promise }) => promise ?? [])
    .toSorted((a, b) => (a.date < b.date ? 1 : -1))[0] ?? null

const partOf = (
  answer: Answer,
  { value, unitOfMeasure }: StatedQuantity,
  promise: DatePromise | null,
): ResponseDraft => ({ ...answer, quantity: value, unitOfMeasure, ...dateOf(answer, promise) })

const dateOf = (
  answer: Pick<Answer, 'action'>,
  promise: DatePromise | null,
): Pick<WholeDraft, 'promisedDate' | 'dateMeaning'> => {
  const isPromised = promise !== null && takes(answer)
  return {
    promisedDate: isPromised ? promise.date : null,
    dateMeaning: isPromised ? promise.meaning : 'delivery',
  }
}

/** MaximumBackorderQuantity of a response: what comes later, beside what comes now (Peppol T76, T116). */
const backorderOf = (
  answer: Answer,
  later: StatedQuantity | undefined,
): readonly ResponseDraft[] => {
  if (later === undefined || !isPositiveDecimal(later.value)) return []
  const { reasonCode, reasonText } = answer
  return [
    {
      action: 'backorder',
      quantity: later.value,
      unitOfMeasure: later.unitOfMeasure,
      promisedDate: null,
      dateMeaning: 'delivery',
      reasonCode,
      reasonText,
    },
  ]
}

const noteNothing = (reading: UblReading, { element }: StatedQuantity): void =>
  note(reading, 'ubl-zero-accepted', element, {
    severity: 'warning',
    sentence: `the supplier takes ${quoted(element.text)} of the line, which is nothing: it counts as refused`,
  })
