import {
  type AcknowledgmentAction,
  type AcknowledgmentResponse,
  type Currency,
  isNegativeDecimal,
  isPositiveDecimal,
  type LinePrice,
  type UnitOfMeasure,
} from '@counterfoil/core'
import type * as z from 'zod'
import { checkLineAmount } from '../field/check-line-amount.ts'
import { find } from '../field/find-element.ts'
import {
  allowanceChargesOf,
  allowancesAmount,
  chargesAmount,
} from '../field/read-allowance-charges.ts'
import { amountAt } from '../field/read-amount.ts'
import { itemOf } from '../field/read-item.ts'
import { linePrice, priceOf, type StatedPrice } from '../field/read-price.ts'
import { quantityAt, type StatedQuantity } from '../field/read-quantity.ts'
import { textAt, textsAt } from '../field/read-text.ts'
import { note, type UblReading } from '../field/ubl-reading.ts'
import { cutText, quoted } from '../finding/cut-text.ts'
import type { XmlElement } from '../xml/xml-element.ts'
import type { DatePromise } from './read-promise.ts'
import { lineActions, plainStatusCodes, statusReasons } from './response-codes.ts'

/** A part of an answer as a draft carries it. */
export type ResponseDraft = z.input<typeof AcknowledgmentResponse>

/** What a line takes from the rest of its response. */
export type ResponseFrame = {
  readonly currency: Currency | null
  readonly promise: DatePromise | null
  /** The answer to a line that carries no code of its own. */
  readonly listedLines: AcknowledgmentAction
}

/** An OrderLine of a response, and what it takes from the rest. */
export type LineSource = {
  readonly orderLine: XmlElement
  readonly lineItem: XmlElement
  readonly frame: ResponseFrame
}

/** What is said of the line, apart from how much of it and when. */
export type Answer = Pick<
  ResponseDraft,
  'action' | 'price' | 'substituteItem' | 'reasonCode' | 'reasonText'
>

/** Whether an answer takes the order, so that a price and a day say something about it. */
export const takes = ({ action }: Pick<Answer, 'action'>): boolean =>
  action === 'accept' || action === 'substitute' || action === 'shipped'

const reasonCodeCharactersMax = 40
const reasonTextCharactersMax = 400

/** What LineStatusCode, Note, Price and a substitute say of a line. */
export const readAnswer = (
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
