import {
  absoluteDecimal,
  addDecimals,
  type Currency,
  type Decimal,
  divideDecimals,
  type InvoiceLine,
  isNegativeDecimal,
  isZeroDecimal,
  minorUnitsOf,
  multiplyDecimals,
  negateDecimal,
  subtractDecimals,
  type UnitOfMeasure,
} from '@counterfoil/core'
import type * as z from 'zod'
import { checkLineAmount } from '../field/check-line-amount.ts'
import { find, findAll } from '../field/find-element.ts'
import {
  type AllowanceCharge,
  allowanceChargesOf,
  allowancesAmount,
  chargesAmount,
  turnAll,
} from '../field/read-allowance-charges.ts'
import { amountAt } from '../field/read-amount.ts'
import { one, zero } from '../field/read-decimal.ts'
import { itemDescription, itemOf } from '../field/read-item.ts'
import { type LineNumbering, lineReferenceAt } from '../field/read-lines.ts'
import { orderOfLine } from '../field/read-order-number.ts'
import { linePrice, priceOf, pricingQuantityOf, type StatedPrice } from '../field/read-price.ts'
import { quantityAt } from '../field/read-quantity.ts'
import { describeAt, referenceAt } from '../field/read-text.ts'
import { note, type UblReading } from '../field/ubl-reading.ts'
import { cutText, quoted } from '../finding/cut-text.ts'
import type { XmlElement } from '../xml/xml-element.ts'
import type { InvoiceForm } from './invoice-forms.ts'

/** An invoice line as a draft carries it. */
export type InvoiceLineDraft = z.input<typeof InvoiceLine>

/** What a line takes from the rest of its invoice. */
export type InvoiceFrame = {
  readonly form: InvoiceForm
  readonly numberOf: LineNumbering
  readonly currency: Currency | null
  /** The orders, receipts and ship notices that the whole invoice names. */
  readonly orders: readonly string[]
  readonly receipts: readonly string[]
  readonly shipNotices: readonly string[]
}

/** A line as it is stated, signs and all, before it is known whether the invoice asks for money or gives it back. */
export type StatedLine = {
  readonly element: XmlElement
  /** What the line adds to the invoice, its charges and allowances included. */
  readonly net: Decimal
  readonly quantity: Decimal
  readonly charges: readonly AllowanceCharge[]
  readonly price: StatedPrice | undefined
  readonly draft: Omit<
    InvoiceLineDraft,
    'quantity' | 'amount' | 'chargesAmount' | 'discountAmount' | 'price' | 'unitOfMeasure'
  > & { readonly unitOfMeasure: UnitOfMeasure }
}

/** Reads a line. Undefined where it bills nothing, or an error says why it cannot be read. */
export const readInvoiceLine = (
  reading: UblReading,
  line: XmlElement,
  frame: InvoiceFrame,
): StatedLine | undefined => {
  const documentLineNumber = frame.numberOf(line)
  const { currency } = frame
  const charges = allowanceChargesOf(reading, line, currency)
  const stated = amountAt(reading, line, ['LineExtensionAmount'], currency)
  const counted = countOf(reading, line, { form: frame.form, stated })
  if (counted === undefined) return undefined
  const { quantity, unitOfMeasure } = counted
  const price = priceOf(reading, line, { unit: unitOfMeasure, currency })
  const net = stated ?? computedNet(reading, line, { quantity, price, charges, currency })
  if (net === undefined) return undefined
  checkAmount(reading, line, { stated, counted, price, charges })
  return {
    element: line,
    net,
    quantity,
    charges,
    price,
    draft: {
      documentLineNumber,
      unitOfMeasure,
      ...referencesOf(reading, line, frame),
      ...itemFields(reading, line),
    },
  }
}

type Counted = {
  readonly quantity: Decimal
  readonly unitOfMeasure: UnitOfMeasure
  readonly isStated: boolean
}

/** The billed quantity; a line that bills money alone, such as a fee, counts as one of it. */
const countOf = (
  reading: UblReading,
  line: XmlElement,
  { form, stated }: { readonly form: InvoiceForm; readonly stated: Decimal | undefined },
): Counted | undefined => {
  const counted = quantityAt(reading, line, [form.quantity])
  if (counted !== undefined && !isZeroDecimal(counted.value)) {
    return { quantity: counted.value, unitOfMeasure: counted.unitOfMeasure, isStated: true }
  }
  const element = find(line, form.quantity) ?? line
  if (counted !== undefined && (stated === undefined || isZeroDecimal(stated)))
    return nothing(reading, element)
  const unitOfMeasure = counted?.unitOfMeasure ?? reading.settings.unitWhenMissing
  const isUnusable = unitOfMeasure === null
  note(reading, 'ubl-quantity-missing', element, {
    severity: isUnusable ? 'error' : 'warning',
    sentence: isUnusable
      ? 'the line bills no quantity in a unit of measure: ask the supplier how much is billed'
      : `the line bills no quantity: its amount is taken for one ${quoted(unitOfMeasure)}`,
  })
  if (isUnusable) return undefined
  const isBack = stated !== undefined && isNegativeDecimal(stated)
  return { quantity: isBack ? negateDecimal(one) : one, unitOfMeasure, isStated: false }
}

const nothing = (reading: UblReading, element: XmlElement): undefined => {
  note(reading, 'ubl-line-empty', element, {
    severity: 'info',
    sentence: 'the line bills a quantity of zero for nothing: it is left out',
  })
}

type Priced = {
  readonly quantity: Decimal
  readonly price: StatedPrice | undefined
  readonly charges: readonly AllowanceCharge[]
  readonly currency: Currency | null
}

/** Without LineExtensionAmount: quantity x price, with charges and allowances, rounded once. */
const computedNet = (
  reading: UblReading,
  line: XmlElement,
  { quantity, price, charges, currency }: Priced,
): Decimal | undefined => {
  if (find(line, 'LineExtensionAmount')?.text) return undefined
  if (price === undefined || currency === null) {
    note(reading, 'ubl-line-amount-missing', line, {
      severity: 'error',
      sentence:
        'the line has neither a LineExtensionAmount nor a price: ask the supplier what it costs',
    })
    return undefined
  }
  const goods = divideDecimals(
    multiplyDecimals(quantity, price.signed),
    price.perQuantity,
    minorUnitsOf(currency),
  )
  const net = subtractDecimals(
    addDecimals(goods, chargesAmount(charges)),
    allowancesAmount(charges),
  )
  note(reading, 'ubl-line-amount-missing', line, {
    severity: 'warning',
    sentence: `the line has no LineExtensionAmount: ${quoted(net)} is computed from its quantity and price`,
  })
  return net
}

const checkAmount = (
  reading: UblReading,
  line: XmlElement,
  {
    stated,
    counted,
    price,
    charges,
  }: {
    readonly stated: Decimal | undefined
    readonly counted: Counted
    readonly price: StatedPrice | undefined
    readonly charges: readonly AllowanceCharge[]
  },
): void => {
  const element = find(line, 'LineExtensionAmount')
  if (element === undefined || stated === undefined || price === undefined || !counted.isStated)
    return
  checkLineAmount(reading, {
    element,
    amount: stated,
    quantity: counted.quantity,
    unitOfMeasure: counted.unitOfMeasure,
    price,
    charges: chargesAmount(charges),
    allowances: allowancesAmount(charges),
  })
}

type References = Pick<
  InvoiceLineDraft,
  'orderNumber' | 'orderLineNumber' | 'receiptNumbers' | 'shipNoticeNumber'
>

const documentNumberCharactersMax = 80

/** What the line bills: its order line, and the receipts and ship notice it names, itself or through its invoice. */
const referencesOf = (
  reading: UblReading,
  line: XmlElement,
  { orders, receipts, shipNotices }: InvoiceFrame,
): References => {
  const { orderNumber, reference } = orderOfLine(reading, line, orders)
  const own = findAll(line, 'ReceiptLineReference', 'DocumentReference').flatMap(
    (document) => referenceAt(reading, document, 'ID') ?? [],
  )
  const notice = referenceAt(reading, line, 'DespatchLineReference', 'DocumentReference', 'ID')
  const [headerNotice, ...otherNotices] = shipNotices
  const shipNoticeNumber = notice ?? (otherNotices.length === 0 ? headerNotice : undefined)
  if (orderNumber === undefined && orders.length > 1) noteNoOrder(reading, line, orders.length)
  return {
    orderNumber:
      orderNumber === undefined ? null : cutText(orderNumber, documentNumberCharactersMax),
    orderLineNumber: lineReferenceAt(reading, reference, 'LineID') ?? null,
    receiptNumbers: (own.length > 0 ? own : receipts).map((one) =>
      cutText(one, documentNumberCharactersMax),
    ),
    shipNoticeNumber:
      shipNoticeNumber === undefined
        ? undefined
        : cutText(shipNoticeNumber, documentNumberCharactersMax),
  }
}

const noteNoOrder = (reading: UblReading, line: XmlElement, count: number): void =>
  note(reading, 'ubl-order-number-missing', line, {
    severity: 'warning',
    sentence: `the invoice is about ${count} orders and the line does not say which it bills: somebody has to link it`,
  })

const itemFields = (
  reading: UblReading,
  line: XmlElement,
): Pick<InvoiceLineDraft, 'item' | 'description'> => {
  const item = find(line, 'Item')
  return {
    item: itemOf(reading, item),
    description: itemDescription(reading, item) ?? describeAt(reading, line, 'Note'),
  }
}

/** The line as a document carries it, in the direction of its invoice: `turn` changes every sign. */
export const settleLine = (
  reading: UblReading,
  { element, net, quantity, charges, price, draft }: StatedLine,
  turn: boolean,
): InvoiceLineDraft => {
  const effective = turn ? turnAll(charges) : charges
  const total = absoluteDecimal(net)
  const added = chargesAmount(effective)
  const taken = allowancesAmount(effective)
  const goods = subtractDecimals(addDecimals(total, taken), added)
  const isSplit = !isNegativeDecimal(goods)
  if (!isSplit) noteUnsplit(reading, element)
  return {
    ...draft,
    quantity: absoluteDecimal(quantity),
    pricingQuantity:
      price === undefined
        ? undefined
        : pricingQuantityOf(reading, element, {
            goods: absoluteDecimal(goods),
            price: { ...price, signed: absoluteDecimal(price.signed) },
            unit: draft.unitOfMeasure,
          }),
    price: price === undefined ? undefined : linePrice(price),
    amount: isSplit ? goods : total,
    chargesAmount: isSplit ? added : zero,
    discountAmount: isSplit ? taken : zero,
  }
}

const noteUnsplit = (reading: UblReading, element: XmlElement): void =>
  note(reading, 'ubl-line-charges', element, {
    severity: 'warning',
    sentence:
      'the charges of the line are more than its whole amount: it is taken as one amount without them',
  })

/** True where a line goes against its invoice: money given back among goods billed, or the other way round. */
export const isAgainst = ({ net }: StatedLine, turn: boolean): boolean =>
  !isZeroDecimal(net) && isNegativeDecimal(net) !== turn
