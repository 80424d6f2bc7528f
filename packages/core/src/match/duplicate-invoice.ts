import type { CalendarDate } from '../calendar/calendar-date.ts'
import { daysBetween } from '../calendar/calendar-days.ts'
import { compareInstants } from '../calendar/instant.ts'
import type { Decimal } from '../decimal/decimal.ts'
import { parseExact } from '../decimal/exact.ts'
import { normaliseInvoiceNumber } from '../identity/identity.ts'
import { invoiceTotal } from '../invoice/invoice-total.ts'
import type { CheckParameters, SimilarityPattern } from './check-parameters.ts'
import type { CheckQuestion, InvoiceContext, Measurement } from './check.ts'
import {
  absoluteFigure,
  compareFigures,
  type Figure,
  isMoreThanPercent,
  readFigure,
  subtractFigures,
  writeFigure,
} from './figure.ts'
import { quantityOf } from './line-price.ts'
import type { RegisteredInvoice } from './match-input.ts'
import { answered } from './measurement.ts'
import { isCrediting } from './order-line-ledger.ts'
import { billedBefore, receivedOf } from './order-line-sums.ts'
import { isSimilarVendor } from './similar-vendor.ts'

/** Same supplier and same number, whatever the capitals and blanks. */
export function duplicateExact(context: InvoiceContext): Measurement {
  const { invoice } = context
  const number = normaliseInvoiceNumber(invoice.documentNumber)
  const twin = candidatesOf(context).find(
    (entry) =>
      entry.supplier === invoice.supplier && normaliseInvoiceNumber(entry.invoiceNumber) === number,
  )
  if (twin !== undefined) return suspected(context, twin, 'the same number')
  const own = ownBillFor(context)
  return own === null
    ? answered('duplicate', true, 'the supplier sent no other invoice of that number')
    : answered(
        'duplicate',
        false,
        `the same goods were billed by the buyer itself, as agreed, with ${own}`,
        { expectedText: null, actualText: `${invoice.documentNumber} / ${own}` },
      )
}

/** The bill the buyer wrote itself for goods that a supplier bills too; null where enough is left for both. */
function ownBillFor({ invoice, linked }: InvoiceContext): string | null {
  if (invoice.invoiceType === 'self-billed' || isCrediting(invoice.invoiceType)) return null
  for (const line of linked) {
    const own = line.billings.findLast(({ invoiceType }) => invoiceType === 'self-billed')
    if (own === undefined) continue
    const left = subtractFigures(receivedOf(line).received, billedBefore(line, 'net').quantity)
    if (compareFigures(left, quantityOf(line)) < 0) return own.invoiceNumber
  }
  return null
}

/** Three of reference, date, value and vendor equal, and the fourth nearly so. */
export function duplicateSimilar(context: InvoiceContext, question: CheckQuestion): Measurement {
  const { parameters } = question
  const patterns = parameters.patterns ?? patternsDefault
  const own = ownEntry(context)
  for (const entry of candidatesOf(context)) {
    const pattern = patterns.find((fuzzy) => isAlike(own, entry, fuzzy, parameters))
    if (pattern !== undefined) return suspected(context, entry, likeness[pattern])
  }
  return answered(
    'duplicate',
    true,
    'no other invoice agrees in three parts and nearly in the fourth',
  )
}

const patternsDefault: readonly SimilarityPattern[] = ['reference', 'date', 'value', 'vendor']

const likeness = {
  reference: 'the same date and value and nearly the same number',
  date: 'the same number and value and nearly the same date',
  value: 'the same number and date and nearly the same value',
  vendor: 'the same number, date and value from a supplier of nearly the same name',
} as const satisfies Record<SimilarityPattern, string>

function suspected({ invoice }: InvoiceContext, twin: RegisteredInvoice, why: string): Measurement {
  return answered(
    'duplicate',
    false,
    `invoice ${twin.invoiceNumber} of ${twin.invoiceDate} from supplier ${twin.supplier} has ${why}`,
    { expectedText: null, actualText: `${invoice.documentNumber} / ${twin.invoiceNumber}` },
  )
}

/**
 * Invoices of the register this one may repeat: not itself, not cancelled, billing where it bills and
 * crediting where it credits, and of two that came in new the one received earlier.
 */
function candidatesOf(context: InvoiceContext): readonly RegisteredInvoice[] {
  const { invoice, invoiceKey, register, receivedAt } = context
  return register.filter(
    (entry) =>
      !entry.cancelled &&
      entry.invoiceKey !== invoiceKey &&
      isCrediting(entry.invoiceType) === isCrediting(invoice.invoiceType) &&
      !(
        entry.receivedAt !== undefined &&
        receivedAt !== null &&
        compareInstants(entry.receivedAt, receivedAt) > 0
      ),
  )
}

/** What the search compares of an invoice. */
type Entry = {
  readonly supplier: string
  readonly supplierName: string | null
  readonly invoiceNumber: string
  readonly invoiceDate: CalendarDate
  readonly totalAmount: Decimal | null
  readonly currency: string
}

/** An invoice that prints no total is known in the register by the sum of its parts, and compared by it. */
function ownEntry({ invoice, supplierName, amountPlaces }: InvoiceContext): Entry {
  const totalAmount =
    invoice.totalAmount ?? writeFigure(readFigure(invoiceTotal(invoice).amount), amountPlaces)
  return { ...invoice, totalAmount, supplierName, invoiceNumber: invoice.documentNumber }
}

function isAlike(
  own: Entry,
  other: Entry,
  fuzzy: SimilarityPattern,
  parameters: CheckParameters,
): boolean {
  if (own.currency !== other.currency) return false
  const isVendor =
    fuzzy === 'vendor' ? isOtherVendorAlike(own, other) : own.supplier === other.supplier
  if (!isVendor) return false
  const isDate =
    fuzzy === 'date' ? isDateAlike(own, other, parameters) : own.invoiceDate === other.invoiceDate
  if (!isDate || !isValueAlike(own, other, fuzzy === 'value', parameters)) return false
  return fuzzy === 'reference'
    ? isReferenceAlike(own.invoiceNumber, other.invoiceNumber, parameters.caseSensitive === true)
    : normaliseInvoiceNumber(own.invoiceNumber) === normaliseInvoiceNumber(other.invoiceNumber)
}

function isOtherVendorAlike(own: Entry, other: Entry): boolean {
  if (own.supplier === other.supplier) return false
  if (own.supplierName === null || other.supplierName === null) return false
  return isSimilarVendor(own.supplierName, other.supplierName)
}

/** At most a week apart where nothing else is said, as an invoice is sent again after a few days. */
function isDateAlike(own: Entry, other: Entry, { similarDays }: CheckParameters): boolean {
  return Math.abs(daysBetween(own.invoiceDate, other.invoiceDate)) <= (similarDays ?? 7)
}

function isValueAlike(
  own: Entry,
  other: Entry,
  isFuzzy: boolean,
  { similarPercent }: CheckParameters,
): boolean {
  if (own.totalAmount === null || other.totalAmount === null) return false
  const left = readFigure(own.totalAmount)
  const right = readFigure(other.totalAmount)
  return isFuzzy
    ? isNear(left, right, similarPercent ?? '1') || hasTransposedDigits(own, other)
    : compareFigures(left, right) === 0
}

function isNear(left: Figure, right: Figure, percent: string): boolean {
  const difference = absoluteFigure(subtractFigures(left, right))
  return !isMoreThanPercent(difference, parseExact(percent), absoluteFigure(right))
}

/** Two digits keyed the wrong way round: 1,245.00 and 1,254.00. */
function hasTransposedDigits(own: Entry, other: Entry): boolean {
  const left = digitsOf(own.totalAmount)
  const right = digitsOf(other.totalAmount)
  if (left.length !== right.length) return false
  const at = Array.from(left).findIndex((digit, index) => digit !== right[index])
  if (at < 0 || at + 1 >= left.length) return false
  const swapped = `${left.slice(0, at)}${left[at + 1]}${left[at]}${left.slice(at + 2)}`
  return swapped === right
}

function digitsOf(amount: Decimal | null): string {
  return amount === null ? '' : amount.replace('.', '')
}

/** Letters and digits the same but for nought to three more on one side, in one piece with the rest. */
function isReferenceAlike(a: string, b: string, isCaseSensitive: boolean): boolean {
  const [left, right] = [a, b].map((number) => {
    const letters = number.replace(/[^A-Za-z0-9]/g, '')
    return isCaseSensitive ? letters : letters.toUpperCase()
  })
  if (left === undefined || right === undefined) return false
  const [short, long] = left.length <= right.length ? [left, right] : [right, left]
  return long.length - short.length <= referenceExtraMax && long.includes(short)
}

const referenceExtraMax = 3
