import {
  type CalendarDate,
  type Currency,
  isPositiveDecimal,
  type PurchaseOrder,
} from '@counterfoil/core'
import type * as z from 'zod'
import { readDate, readInstant } from '../element/read-date.ts'
import { cutText, quoted } from '../finding/finding-log.ts'
import {
  type AllowanceCharge,
  chargesOf,
  readAllowanceCharges,
  sumOf,
} from '../loop/allowance-charges.ts'
import { readCurrency } from '../loop/currency.ts'
import { startLineNumbering } from '../loop/line-numbers.ts'
import { notesField, readNotes } from '../loop/notes.ts'
import { noteRelease, orderNumberOf } from '../loop/order-number.ts'
import { readShipTo, splitParties } from '../loop/parties.ts'
import { readPaymentTerms } from '../loop/payment-terms.ts'
import { hasTooManyLines, type SetSections, splitLines } from '../loop/split-lines.ts'
import { readSupplier } from '../loop/supplier.ts'
import { documentHeader } from '../set/document-header.ts'
import { note, type SetReading, takeAll, takeFirst } from '../set/set-reading.ts'
import { elementText, hasElement, type Segment } from '../syntax/segment.ts'
import { checkOrderTotals, sumOrderLines } from './check-order-totals.ts'
import { mapOrderLine } from './map-order-line.ts'
import { readRequestedDates } from './order-dates.ts'
import { isNoOrder, orderTypesByX12Code } from './order-types.ts'

/** A purchase order out of an 850. Null where it cannot be one, which an error explains. */
export const mapPurchaseOrder = (reading: SetReading): z.input<typeof PurchaseOrder> | null => {
  const sections = splitLines(reading.set.segments, { lineId: 'PO1', summaryIds })
  const begin = takeFirst(reading, sections.header, 'BEG')
  if (begin === null) return noBeginning(reading)
  const { parties, rest } = splitParties(sections.header)
  const head = readHead(reading, begin, rest)
  const supplier = readSupplier(reading, parties, { begin, side: 'receiver' })
  if (hasTooManyLines(reading, sections.lines) || head === null || supplier === null) return null
  const { currency, orderNumber, version } = head
  const shipTo = readShipTo(reading, parties)
  const body = readBody(reading, sections, { rest, shipTo, currency })
  const { terms } = readPaymentTerms(reading, rest)
  return {
    kind: 'purchase-order',
    ...documentHeader(reading, {
      supplier,
      documentNumber: orderNumber,
      revision: version - 1,
      issuedAt: readInstant(reading, head.date),
    }),
    ...notesField(readNotes(reading, rest)),
    orderNumber,
    version,
    orderType: readOrderType(reading, begin),
    currency,
    ...incotermOf(reading, rest),
    ...(terms === null ? {} : { paymentTerms: terms }),
    shipTo,
    ...body,
    plannedCosts: [],
    ...attributesOf(reading, rest),
  }
}

/** The segments of an 850 that stand after its lines. */
const summaryIds: ReadonlySet<string> = new Set(['CTT'])

const noBeginning = (reading: SetReading): null => {
  const segment = reading.set.segments[0]
  if (segment === undefined) return null
  note(
    reading,
    'x12-beginning-missing',
    { segment },
    {
      severity: 'error',
      sentence:
        'the 850 has no BEG, so it has no order number and no date: ask the sender what this is',
    },
  )
  return null
}

const orderPlace = { number: 3, release: 4 }

/** Releases of one blanket order would be taken for versions of each other; elsewhere the number is decoration. */
const releaseSeverity = (begin: Segment): 'info' | 'warning' =>
  orderTypesByX12Code.get(elementText(begin, 2)) === 'blanket-release' ? 'warning' : 'info'

type OrderHead = {
  readonly orderNumber: string
  readonly date: CalendarDate
  readonly currency: Currency
  readonly version: number
}

/** What an order cannot do without; everything missing is reported before giving up. */
const readHead = (
  reading: SetReading,
  begin: Segment,
  rest: readonly Segment[],
): OrderHead | null => {
  const orderNumber = orderNumberOf(reading, begin, orderPlace)
  noteRelease(reading, begin, { place: orderPlace, severity: releaseSeverity(begin) })
  const date = readDate(reading, { segment: begin, element: 5 })
  const currency = readCurrency(reading, rest, begin)
  const version = readVersion(reading, begin)
  if (orderNumber === '') {
    note(
      reading,
      'x12-order-number-missing',
      { segment: begin, element: 3 },
      {
        severity: 'error',
        sentence: 'BEG has no order number: nothing can be answered, received or billed under it',
      },
    )
  }
  if (date === null) {
    note(
      reading,
      'x12-order-date-missing',
      { segment: begin, element: 5 },
      {
        severity: 'error',
        sentence:
          'BEG has no usable order date, which prices and clocks depend on: ask the buyer for it',
      },
    )
  }
  if (orderNumber === '' || date === null || currency === null || version === null) return null
  return { orderNumber, date, currency, version }
}

/** BEG01 (X12 353) of an order that stands; the others change or cancel one. */
const originals: ReadonlySet<string> = new Set(['', '00', '06', '07', '18', '22', 'ZZ'])
const changes: ReadonlySet<string> = new Set(['02', '04', '05', '15', '35'])

/** 1 for an original. A replacement does not say which version it is; it follows the first. */
const readVersion = (reading: SetReading, begin: Segment): number | null => {
  const purpose = elementText(begin, 1)
  const at = { segment: begin, element: 1 }
  const type = elementText(begin, 2)
  if (isNoOrder(type)) return refuse(reading, { segment: begin, element: 2 }, type)
  if (originals.has(purpose)) return 1
  if (!changes.has(purpose)) return refuse(reading, at, purpose)
  note(reading, 'x12-order-change', at, {
    severity: 'warning',
    sentence: `BEG01 ${quoted(purpose)} changes or replaces an earlier issue without a version number: it is taken whole, as version 2`,
  })
  return 2
}

const refuse = (
  reading: SetReading,
  at: { readonly segment: Segment; readonly element: number },
  code: string,
): null => {
  note(reading, 'x12-order-purpose', at, {
    severity: 'error',
    sentence: `${quoted(code)} in BEG orders nothing: a cancellation, a quotation or a copy for information is not taken as an order`,
  })
  return null
}

const readOrderType = (reading: SetReading, begin: Segment): PurchaseOrder['orderType'] => {
  const code = elementText(begin, 2)
  const known = orderTypesByX12Code.get(code)
  if (known !== undefined) return known
  note(
    reading,
    'x12-order-type-unknown',
    { segment: begin, element: 2 },
    {
      severity: 'info',
      sentence: `order type ${quoted(code)} is in no table of this reader: the order is taken as a standard one`,
    },
  )
  return 'standard'
}

const readBody = (
  reading: SetReading,
  sections: SetSections,
  {
    rest,
    shipTo,
    currency,
  }: {
    readonly rest: readonly Segment[]
    readonly shipTo: string | null
    readonly currency: Currency
  },
): Pick<z.input<typeof PurchaseOrder>, 'lines' | 'charges' | 'allowancesAmount'> => {
  const dates = readRequestedDates(reading, rest)
  const numbering = startLineNumbering(
    reading,
    sections.lines.map(({ start }) => ({ segment: start, element: 1 })),
  )
  const lines = sections.lines.flatMap(
    (line) => mapOrderLine(reading, line, { numbering, dates, shipTo, currency }) ?? [],
  )
  const sums = { lines, linesFound: sections.lines.length, currency }
  checkOrderTotals(reading, sections.summary, sums)
  const charges = readAllowanceCharges(reading, rest, {
    currency,
    amount: sumOrderLines(sums),
    quantity: null,
  })
  for (const charge of charges) noteTax(reading, charge)
  const allowancesAmount = sumOf(charges, 'allowance')
  return {
    lines,
    charges: chargesOf(charges),
    ...(isPositiveDecimal(allowancesAmount) && { allowancesAmount }),
  }
}

const noteTax = (reading: SetReading, { effect, segment, amount }: AllowanceCharge): void => {
  if (effect !== 'tax') return
  note(
    reading,
    'x12-order-tax',
    { segment },
    {
      severity: 'warning',
      sentence: `the order states a tax of ${quoted(amount)} for the order as a whole, which an order has no field for: compare it with the invoice by hand`,
    },
  )
}

const incotermCharactersMax = 60

/** FOB05 names the terms of delivery, FOB07 the place. */
const incotermOf = (reading: SetReading, rest: readonly Segment[]): { incoterm?: string } => {
  const segment = takeFirst(reading, rest, 'FOB', (one) => hasElement(one, 5))
  if (segment === null) return {}
  const place = elementText(segment, 7)
  const incoterm = `${elementText(segment, 5)}${place === '' ? '' : ` ${place}`}`
  return { incoterm: cutText(incoterm, incotermCharactersMax) }
}

const attributeCharactersMax = 200

/** The order's own references as facts for rules: `x12-ref-DP` is the department, `x12-ref-CT` the contract. */
const attributesOf = (
  reading: SetReading,
  rest: readonly Segment[],
): { attributes?: Record<string, string> } => {
  const references = takeAll(
    reading,
    rest,
    'REF',
    (one) =>
      /^[A-Z0-9]{2,3}$/.test(elementText(one, 1)) && (hasElement(one, 2) || hasElement(one, 3)),
  )
  if (references.length === 0) return {}
  const entries = references.map((segment): [string, string] => [
    `x12-ref-${elementText(segment, 1)}`,
    cutText(elementText(segment, 2) || elementText(segment, 3), attributeCharactersMax),
  ])
  // Of one qualifier the first counts, as everywhere else.
  return { attributes: Object.fromEntries(entries.toReversed()) }
}
