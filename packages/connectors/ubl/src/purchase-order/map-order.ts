import {
  type Currency,
  type ExpectedTotals,
  isPositiveDecimal,
  type PurchaseOrder,
} from '@counterfoil/core'
import type * as z from 'zod'
import { cutText, quoted } from '../finding/cut-text.ts'
import { find } from '../field/find-element.ts'
import { documentCurrency } from '../field/read-amount.ts'
import {
  allowanceChargesOf,
  allowancesAmount,
  chargeFields,
} from '../field/read-allowance-charges.ts'
import { headerOf } from '../field/read-header.ts'
import { noteNoLines, readLines } from '../field/read-lines.ts'
import { paymentTermsOf } from '../field/read-payment-terms.ts'
import { textAt } from '../field/read-text.ts'
import { totalsOf } from '../field/read-totals.ts'
import { note, type UblReading } from '../field/ubl-reading.ts'
import type { XmlElement } from '../xml/xml-element.ts'
import { attributesOf } from './order-attributes.ts'
import { mapOrderLine } from './map-order-line.ts'
import { requestOf, shipToOf } from './order-schedules.ts'
import { orderTypesByCode } from './order-types.ts'

/** A purchase order as a draft carries it. */
export type OrderDraft = z.input<typeof PurchaseOrder>

const linesMax = 5000

/** A UBL Order: a first issue, since a change is a document of its own. */
export const mapOrder = (reading: UblReading): OrderDraft => {
  const { root } = reading
  const header = headerOf(reading, ['SellerSupplierParty'])
  const currency = documentCurrency(reading)
  const delivery = find(root, 'Delivery')
  const frame = {
    currency,
    request: requestOf(reading, delivery),
    shipTo: shipToOf(reading, delivery),
  }
  return {
    kind: 'purchase-order',
    ...header,
    orderNumber: header.documentNumber,
    version: 1,
    orderType: orderTypeOf(reading),
    currency: currency ?? '',
    incoterm: incotermOf(reading),
    paymentTerms: paymentTermsOf(reading, null),
    shipTo: frame.shipTo,
    lines: linesOf(reading, frame),
    ...allowancesAndCharges(reading, currency),
    plannedCosts: [],
    expectedTotals: expectedTotalsOf(reading, currency),
    attributes: attributesOf(reading),
  }
}

const linesOf = (
  reading: UblReading,
  frame: Parameters<typeof mapOrderLine>[2],
): OrderDraft['lines'] => {
  const numbers = new Set<string>()
  const lines = readLines(reading, { name: 'OrderLine', linesMax }, (element) => {
    if (isCancelled(reading, element)) return undefined
    const line = mapOrderLine(reading, element, frame)
    if (line !== undefined && numbers.has(line.orderLineNumber)) noteTwice(reading, element, line)
    else if (line !== undefined) numbers.add(line.orderLineNumber)
    return line
  })
  noteNoLines(reading, lines, {
    severity: 'error',
    sentence: 'the order has no line, so nothing is ordered by it: ask the buyer what is meant',
  })
  return lines
}

/** LineStatusCode of a line that is taken back: UNTDID 1229 and UBL's own word. */
const cancelledCodes: ReadonlySet<string> = new Set(['2', 'CANCELLED'])

const isCancelled = (reading: UblReading, element: XmlElement): boolean => {
  const code = textAt(reading, element, 'LineItem', 'LineStatusCode')
  if (code === undefined || !cancelledCodes.has(code.toUpperCase())) return false
  note(reading, 'ubl-line-cancelled', element, {
    severity: 'info',
    sentence: `line ${quoted(textAt(reading, element, 'LineItem', 'ID') ?? '')} is taken back: it is no longer part of the order`,
  })
  return true
}

/** Answers, ship notices and invoices find a line by its number: two of one number cannot be told apart. */
const noteTwice = (
  reading: UblReading,
  element: XmlElement,
  { orderLineNumber }: OrderDraft['lines'][number],
): void =>
  note(reading, 'ubl-line-number', find(element, 'LineItem', 'ID') ?? element, {
    severity: 'error',
    sentence: `line number ${quoted(orderLineNumber)} is used before: ask the buyer to number the lines one by one`,
  })

const orderTypeOf = (reading: UblReading): OrderDraft['orderType'] => {
  const code = textAt(reading, reading.root, 'OrderTypeCode')
  if (code === undefined) return 'standard'
  const { typeCodes } = reading.settings.order
  const own = Object.hasOwn(typeCodes, code) ? typeCodes[code] : undefined
  const known = own ?? orderTypesByCode.get(code)
  if (known !== undefined) return known
  note(reading, 'ubl-order-type-unknown', find(reading.root, 'OrderTypeCode') ?? reading.root, {
    severity: 'info',
    sentence: `order type ${quoted(code)} is in no table of this reader: the order is taken as a standard one`,
  })
  return 'standard'
}

const incotermCharactersMax = 60

/** DeliveryTerms/ID is the Incoterms code, its DeliveryLocation/ID the place. */
const incotermOf = (reading: UblReading): string | undefined => {
  const terms = find(reading.root, 'DeliveryTerms')
  const code = textAt(reading, terms, 'ID')
  if (code === undefined) return undefined
  const place = textAt(reading, terms, 'DeliveryLocation', 'ID')
  return cutText(place === undefined ? code : `${code} ${place}`, incotermCharactersMax)
}

const allowancesAndCharges = (
  reading: UblReading,
  currency: Currency | null,
): Pick<OrderDraft, 'charges' | 'allowancesAmount'> => {
  const all = allowanceChargesOf(reading, reading.root, currency)
  const sum = allowancesAmount(all)
  return { charges: chargeFields(all), ...(isPositiveDecimal(sum) && { allowancesAmount: sum }) }
}

const expectedTotalsOf = (
  reading: UblReading,
  currency: Currency | null,
): z.input<typeof ExpectedTotals> | undefined =>
  totalsOf(reading, { names: ['AnticipatedMonetaryTotal'], currency, turn: false })
