import {
  absoluteDecimal,
  type CalendarDate,
  type Currency,
  type Decimal,
  type Invoice,
  isNegativeDecimal,
  isPositiveDecimal,
  isZeroDecimal,
  negateDecimal,
  sumDecimals,
} from '@counterfoil/core'
import type * as z from 'zod'
import { find, findAll } from '../field/find-element.ts'
import {
  allowanceChargesOf,
  allowancesAmount,
  chargeFields,
  statedSums,
  turnAll,
} from '../field/read-allowance-charges.ts'
import { documentCurrency } from '../field/read-amount.ts'
import { dateAt } from '../field/read-date.ts'
import { decimalAt, zero } from '../field/read-decimal.ts'
import { headerOf } from '../field/read-header.ts'
import { noteNoLines, readLines } from '../field/read-lines.ts'
import { orderNumbersOf } from '../field/read-order-number.ts'
import { paymentTermsOf } from '../field/read-payment-terms.ts'
import { referenceAt, textAt, textsAt } from '../field/read-text.ts'
import { totalsOf } from '../field/read-totals.ts'
import { note, traceLine, type UblReading } from '../field/ubl-reading.ts'
import { cutText, quoted } from '../finding/cut-text.ts'
import { attachmentsOf } from './attachments.ts'
import { checkTotals } from './check-totals.ts'
import type { InvoiceForm } from './invoice-forms.ts'
import { invoiceTypeOf } from './invoice-type.ts'
import {
  type InvoiceFrame,
  isAgainst,
  readInvoiceLine,
  settleLine,
  type StatedLine,
} from './map-invoice-line.ts'
import { taxesOf, taxFields } from './read-taxes.ts'

/** An invoice as a draft carries it. */
export type InvoiceDraft = z.input<typeof Invoice>

const linesMax = 5000

/**
 * An Invoice, CreditNote, DebitNote or what a buyer bills himself. A document written with minus signs is turned, so
 * that every amount is positive and the type gives the direction.
 */
export const mapInvoice = (reading: UblReading, form: InvoiceForm): InvoiceDraft => {
  const header = headerOf(reading, ['AccountingSupplierParty', 'SellerSupplierParty'])
  const currency = documentCurrency(reading)
  const invoiceDate = dateAt(reading, reading.root, 'IssueDate') ?? null
  const stated = statedLines(reading, form, currency)
  noteNoLines(reading, stated, {
    severity: 'warning',
    sentence:
      'the document has no line: only its total can be compared, and not with what was ordered',
  })
  const turn = isTurned(stated)
  return {
    kind: 'invoice',
    ...header,
    invoiceType: invoiceTypeOf(reading, form, turn),
    invoiceDate: invoiceDate ?? '',
    entryDate: null,
    dueDate: dueDateOf(reading),
    paymentTerms: paymentTermsOf(reading, invoiceDate),
    remitToAccounts: remitToAccountsOf(reading),
    currency: currency ?? '',
    exchangeRate: exchangeRateOf(reading, currency),
    correctsInvoiceNumber: correctedInvoice(reading, form),
    ...moneyOf(reading, { form, currency, stated, turn }),
    attachments: attachmentsOf(reading),
  }
}

const statedLines = (
  reading: UblReading,
  form: InvoiceForm,
  currency: Currency | null,
): readonly StatedLine[] => {
  const frame: Omit<InvoiceFrame, 'numberOf'> = {
    form,
    currency,
    orders: orderNumbersOf(reading),
    receipts: numbersOf(reading, 'ReceiptDocumentReference'),
    shipNotices: numbersOf(reading, 'DespatchDocumentReference'),
  }
  return readLines(reading, { name: form.line, linesMax }, (element, numberOf) =>
    readInvoiceLine(reading, element, { ...frame, numberOf }),
  )
}

const numbersOf = (reading: UblReading, name: string): readonly string[] => [
  ...new Set(
    findAll(reading.root, name).flatMap((element) => referenceAt(reading, element, 'ID') ?? []),
  ),
]

/** Whether the lines come to less than nothing, so that what the document says is meant the other way round. */
const isTurned = (lines: readonly StatedLine[]): boolean =>
  isNegativeDecimal(sumDecimals([zero, ...lines.map(({ net }) => net)]))

/** DueDate, else the day the means or the terms of payment name. */
const dueDateOf = (reading: UblReading): CalendarDate | null =>
  dateAt(reading, reading.root, 'DueDate') ??
  dateAt(reading, reading.root, 'PaymentMeans', 'PaymentDueDate') ??
  dateAt(reading, reading.root, 'PaymentTerms', 'PaymentDueDate') ??
  null

const accountCharactersMax = 60
const accountsMax = 20

/** The accounts the means of payment name; undefined where they name none. */
const remitToAccountsOf = (reading: UblReading): string[] | undefined => {
  const accounts = textsAt(reading, reading.root, 'PaymentMeans', 'PayeeFinancialAccount', 'ID')
  const distinct = [...new Set(accounts.map((text) => cutText(text, accountCharactersMax)))]
  return distinct.length === 0 ? undefined : distinct.slice(0, accountsMax)
}

const exchangeRateOf = (reading: UblReading, currency: Currency | null): Decimal | undefined => {
  for (const name of ['PaymentExchangeRate', 'TaxExchangeRate']) {
    const element = find(reading.root, name)
    const source = textAt(reading, element, 'SourceCurrencyCode')?.toUpperCase()
    const operator = textAt(reading, element, 'MathematicOperatorCode')?.toLowerCase() ?? 'multiply'
    const rate = decimalAt(reading, element, 'CalculationRate')
    if (source !== currency || operator !== 'multiply' || rate === undefined) continue
    if (isPositiveDecimal(rate)) return rate
  }
  return undefined
}

const documentNumberCharactersMax = 80

/** Where the invoice that a document answers is named: for the whole document, or by its lines. */
const correctedPlaces: readonly (readonly string[])[] = [
  ['BillingReference', 'InvoiceDocumentReference'],
  ['BillingReference', 'SelfBilledInvoiceDocumentReference'],
]

const correctedInvoice = (reading: UblReading, form: InvoiceForm): string | undefined => {
  const elements = [
    ...correctedPlaces.flatMap((place) => findAll(reading.root, ...place)),
    ...correctedPlaces.flatMap((place) => findAll(reading.root, form.line, ...place)),
  ]
  const numbers = [
    ...new Set(elements.flatMap((element) => referenceAt(reading, element, 'ID') ?? [])),
  ]
  const [first, second] = numbers
  if (second !== undefined) {
    note(reading, 'ubl-corrects-several', elements[0] ?? reading.root, {
      severity: 'warning',
      sentence: `the document answers ${numbers.length} invoices and ${quoted(first ?? '')} alone is kept as the one it corrects: ask the supplier for one document each`,
    })
  }
  return first === undefined ? undefined : cutText(first, documentNumberCharactersMax)
}

type MoneyFrame = {
  readonly form: InvoiceForm
  readonly currency: Currency | null
  readonly stated: readonly StatedLine[]
  readonly turn: boolean
}

type MoneyFields = Pick<
  InvoiceDraft,
  'lines' | 'charges' | 'taxes' | 'allowancesAmount' | 'totalAmount' | 'totals'
>

const moneyOf = (
  reading: UblReading,
  { form, currency, stated, turn }: MoneyFrame,
): MoneyFields => {
  const all = allowanceChargesOf(reading, reading.root, currency)
  const { taxes, total: tax } = taxesOf(reading, currency)
  const names = [form.total]
  const totals = totalsOf(reading, { names, currency, turn: false }) ?? {}
  checkTotals(reading, {
    element: form.total,
    totals,
    sums: {
      lines: sumDecimals([zero, ...stated.map(({ net }) => net)]),
      ...statedSums(all),
      tax,
    },
  })
  const charges = turn ? turnAll(all) : all
  const against = stated.filter((line) => isAgainst(line, turn))
  for (const line of against) noteAgainst(reading, line)
  const taxed = taxFields(taxes, turn)
  const prepaid = prepaidOf(reading, form, { totals, turn })
  return {
    lines: settledLines(
      reading,
      stated.filter((line) => !against.includes(line)),
      turn,
    ),
    charges: chargeFields(charges),
    taxes: taxed.taxes,
    allowancesAmount: sumDecimals([
      allowancesAmount(charges),
      ...against.map(({ net }) => absoluteDecimal(net)),
      taxed.credits,
      prepaid,
    ]),
    totalAmount: totalOf(reading, form, { totals, turn }),
    totals: totalsOf(reading, { names, currency, turn }),
  }
}

const settledLines = (
  reading: UblReading,
  lines: readonly StatedLine[],
  turn: boolean,
): InvoiceDraft['lines'] =>
  lines.map((line, index) => {
    traceLine(reading, line.element, index)
    return settleLine(reading, line, turn)
  })

const noteAgainst = (reading: UblReading, { element, net }: StatedLine): void => {
  const refuses = reading.settings.invoice.negativeLines === 'refuse'
  note(reading, 'ubl-line-against', element, {
    severity: refuses ? 'error' : 'warning',
    sentence: refuses
      ? `the line goes the other way than its invoice by ${quoted(absoluteDecimal(net))}: ask the supplier for a document of its own`
      : `the line goes the other way than its invoice: its ${quoted(absoluteDecimal(net))} are taken off the whole, not off an order line`,
  })
}

type TotalsFrame = {
  readonly totals: Readonly<Record<string, Decimal | undefined>>
  readonly turn: boolean
}

/** What was paid before takes off what is still asked for, as an allowance of the whole invoice. */
const prepaidOf = (
  reading: UblReading,
  form: InvoiceForm,
  { totals, turn }: TotalsFrame,
): Decimal => {
  const stated = totals.prepaidAmount
  if (stated === undefined || isZeroDecimal(stated)) return zero
  const prepaid = turn ? negateDecimal(stated) : stated
  const element = find(reading.root, form.total, 'PrepaidAmount') ?? reading.root
  const isBack = isNegativeDecimal(prepaid)
  note(reading, 'ubl-prepaid', element, {
    severity: 'warning',
    sentence: isBack
      ? `${quoted(stated)} is said to be prepaid, which is less than nothing, and is left out: ask the supplier what is meant`
      : `${quoted(stated)} is said to be paid before and is taken off: check that it was`,
  })
  return isBack ? zero : prepaid
}

/** PayableAmount; without one the amount with tax. */
const totalOf = (
  reading: UblReading,
  form: InvoiceForm,
  { totals, turn }: TotalsFrame,
): Decimal | null => {
  const stated = totals.payableAmount ?? totals.taxInclusiveAmount
  const element = find(reading.root, form.total) ?? reading.root
  if (stated === undefined) {
    note(reading, 'ubl-total-missing', element, {
      severity: 'warning',
      sentence: `the document does not say what is to be paid in all: ask the supplier for ${form.total}/PayableAmount`,
    })
    return null
  }
  const total = turn ? negateDecimal(stated) : stated
  if (!isNegativeDecimal(total)) return absoluteDecimal(total)
  note(reading, 'ubl-total-negative', element, {
    severity: 'error',
    sentence: `the lines ask for money and the total ${quoted(stated)} gives it back, or the other way round: ask the supplier for an invoice and a credit note apart`,
  })
  return null
}
