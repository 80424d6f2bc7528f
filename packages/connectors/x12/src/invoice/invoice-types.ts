import type { InvoiceType } from '@counterfoil/core'
import { quoted } from '../finding/finding-log.ts'
import { note, type SetReading } from '../set/set-reading.ts'
import { elementText, type Segment } from '../syntax/segment.ts'

/** BIG07 (X12 640) as a canonical invoice type. `DI`, a debit invoice, is the ordinary kind. */
const invoiceTypesByX12Code: ReadonlyMap<string, InvoiceType> = new Map([
  ['', 'standard'],
  ['AI', 'correction'],
  ['CI', 'consolidated'],
  ['CN', 'credit'],
  ['CO', 'correction'],
  ['CR', 'credit'],
  ['DI', 'standard'],
  ['DR', 'debit'],
  ['FB', 'standard'],
  ['PP', 'prepayment'],
])

/** Whether money goes back to the buyer. */
export const givesBack = (type: InvoiceType): boolean => returning.has(type)

const returning: ReadonlySet<InvoiceType> = new Set<InvoiceType>([
  'credit',
  'subsequent-credit',
  'cancellation',
  'reversal',
])

/**
 * What BIG07 and the signs say the document is. A sender that gives money back under an ordinary code
 * writes a total below zero; that makes it a credit.
 */
export const readInvoiceType = (
  reading: SetReading,
  begin: Segment,
  { isNegative }: { readonly isNegative: boolean },
): InvoiceType => {
  const code = elementText(begin, 7)
  const type = invoiceTypesByX12Code.get(code)
  if (type === undefined) {
    note(
      reading,
      'x12-invoice-type-unknown',
      { segment: begin, element: 7 },
      {
        severity: 'warning',
        sentence: `invoice type ${quoted(code)} is in no table of this reader: it is taken as ${isNegative ? 'a credit, since its total is below zero' : 'an ordinary invoice'}`,
      },
    )
    return isNegative ? 'credit' : 'standard'
  }
  if (!isNegative || givesBack(type)) return type
  note(
    reading,
    'x12-credit-by-sign',
    { segment: begin, element: 7 },
    {
      severity: 'warning',
      sentence: `the total is below zero and BIG07 ${quoted(code)} does not say that it is a credit memo: it is taken as one`,
    },
  )
  return 'credit'
}

/** BIG08 (X12 353): whether the invoice stands, replaces one of the same number, or takes it back. */
export const readInvoicePurpose = (
  reading: SetReading,
  begin: Segment,
): 'original' | 'replace' | 'cancel' => {
  const code = elementText(begin, 8)
  const purpose = purposes.get(code)
  if (purpose === 'original') return purpose
  note(
    reading,
    purpose === undefined ? 'x12-purpose-unknown' : 'x12-invoice-purpose',
    { segment: begin, element: 8 },
    {
      severity: purpose === undefined ? 'info' : 'warning',
      sentence:
        purpose === undefined
          ? `purpose ${quoted(code)} is in no table of this reader: the invoice is taken as an original`
          : purpose === 'cancel'
            ? `BIG08 ${quoted(code)} takes back the invoice of this number: it is read as its cancellation`
            : `BIG08 ${quoted(code)} changes or replaces the invoice of this number: it is read as its next revision`,
    },
  )
  return purpose ?? 'original'
}

const purposes: ReadonlyMap<string, 'original' | 'replace' | 'cancel'> = new Map([
  ['', 'original'],
  ['00', 'original'],
  ['06', 'original'],
  ['07', 'original'],
  ['14', 'original'],
  ['ZZ', 'original'],
  ['01', 'cancel'],
  ['03', 'cancel'],
  ['04', 'replace'],
  ['05', 'replace'],
])
