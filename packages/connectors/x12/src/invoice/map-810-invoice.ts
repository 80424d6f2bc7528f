import { type CalendarDate, type Currency, type Invoice, type InvoiceType } from '@counterfoil/core'
import type * as z from 'zod'
import { readDate, readInstant, takeDate } from '../element/read-date.ts'
import { readCurrency } from '../loop/currency.ts'
import { notesField, readNotes } from '../loop/notes.ts'
import { splitParties } from '../loop/parties.ts'
import { readPaymentTerms } from '../loop/payment-terms.ts'
import { hasTooManyLines, splitLines } from '../loop/split-lines.ts'
import { readSupplier } from '../loop/supplier.ts'
import { documentHeader } from '../set/document-header.ts'
import { note, type SetReading, takeFirst } from '../set/set-reading.ts'
import { elementText, type Segment } from '../syntax/segment.ts'
import { carrierNote } from './carrier-note.ts'
import { readInvoiceReferences, takeCorrectedInvoice } from './invoice-references.ts'
import { readInvoicePurpose } from './invoice-types.ts'
import { readInvoiceMoney } from './read-invoice-money.ts'

/** An invoice or credit memo out of an 810. Null where it cannot be one, which an error explains. */
export const mapInvoice = (reading: SetReading): z.input<typeof Invoice> | null => {
  const sections = splitLines(reading.set.segments, { lineId: 'IT1', summaryIds })
  const begin = takeFirst(reading, sections.header, 'BIG')
  if (begin === null) return noBeginning(reading)
  const { parties, rest } = splitParties(sections.header)
  const head = readHead(reading, begin, rest)
  const supplier = readSupplier(reading, parties, { begin, side: 'sender' })
  if (hasTooManyLines(reading, sections.lines) || head === null || supplier === null) return null
  const { number, date, currency } = head
  const whole = readInvoiceReferences(reading, begin, rest)
  const body = readInvoiceMoney(reading, sections, { begin, rest, whole, currency })
  const purpose = readInvoicePurpose(reading, begin)
  const invoiceType = purpose === 'cancel' ? 'cancellation' : body.invoiceType
  const corrected =
    purpose === 'cancel' ? number : correctedBy(reading, rest, { invoiceType, number })
  const { terms, dueDate } = readPaymentTerms(reading, rest)
  return {
    kind: 'invoice',
    ...documentHeader(reading, {
      supplier,
      documentNumber: number,
      revision: purpose === 'replace' ? 1 : 0,
      issuedAt: readInstant(reading, date),
    }),
    ...notesField([
      ...readNotes(reading, rest),
      ...carrierNote(reading, [...rest, ...sections.summary]),
    ]),
    invoiceType,
    invoiceDate: date,
    entryDate: null,
    dueDate: dueDate ?? takeDate(reading, rest, dueQualifiers)?.to ?? null,
    ...(terms === null ? {} : { paymentTerms: terms }),
    currency,
    ...(corrected === null ? {} : { correctsInvoiceNumber: corrected }),
    ...body.money,
  }
}

/** The segments of an 810 that stand after its lines. */
const summaryIds: ReadonlySet<string> = new Set(['TDS', 'ISS', 'CTT'])

/** DTM qualifier (X12 374) of the day payment is due: terms net due. */
const dueQualifiers = ['013']

const noBeginning = (reading: SetReading): null => {
  const [segment] = reading.set.segments
  if (segment === undefined) return null
  note(
    reading,
    'x12-beginning-missing',
    { segment },
    {
      severity: 'error',
      sentence:
        'the 810 has no BIG, so the invoice has no number and no date: ask the supplier what this is',
    },
  )
  return null
}

type InvoiceHead = {
  readonly number: string
  readonly date: CalendarDate
  readonly currency: Currency
}

/** What an invoice cannot do without; everything missing is reported before giving up. */
const readHead = (
  reading: SetReading,
  begin: Segment,
  rest: readonly Segment[],
): InvoiceHead | null => {
  const number = elementText(begin, 2)
  const date = readDate(reading, { segment: begin, element: 1 })
  const currency = readCurrency(reading, rest, begin)
  if (number === '') {
    note(
      reading,
      'x12-invoice-number-missing',
      { segment: begin, element: 2 },
      {
        severity: 'error',
        sentence:
          'BIG has no invoice number, by which it is posted, paid and told from a duplicate: ask the supplier for it',
      },
    )
  }
  if (date === null) {
    note(
      reading,
      'x12-issue-date-missing',
      { segment: begin, element: 1 },
      {
        severity: 'error',
        sentence:
          'BIG has no usable invoice date, from which payment terms and tax rates count: ask the supplier for it',
      },
    )
  }
  return number === '' || date === null || currency === null ? null : { number, date, currency }
}

const correctedBy = (
  reading: SetReading,
  rest: readonly Segment[],
  { invoiceType, number }: { readonly invoiceType: InvoiceType; readonly number: string },
): string | null =>
  answering.has(invoiceType) ? takeCorrectedInvoice(reading, rest, number) : null

/** Kinds that answer an earlier invoice, so that a REF IV of theirs names it. */
const answering: ReadonlySet<InvoiceType> = new Set<InvoiceType>(['credit', 'debit', 'correction'])
