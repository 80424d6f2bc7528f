import {
  absoluteDecimal,
  type Currency,
  type Decimal,
  type Invoice,
  type InvoiceType,
  isNegativeDecimal,
  negateDecimal,
  sumDecimals,
} from '@counterfoil/core'
import type * as z from 'zod'
import { quoted } from '../finding/finding-log.ts'
import {
  type AllowanceCharge,
  chargesOf,
  readAllowanceCharges,
  sumOf,
} from '../loop/allowance-charges.ts'
import { startLineNumbering } from '../loop/line-numbers.ts'
import { splitParties } from '../loop/parties.ts'
import type { SetLine, SetSections } from '../loop/split-lines.ts'
import { note, type SetReading } from '../set/set-reading.ts'
import { elementText, type Segment } from '../syntax/segment.ts'
import { checkBalance, checkInvoiceCounts } from './check-invoice.ts'
import { possibleReadings } from './invoice-readings.ts'
import type { BilledReferences } from './invoice-references.ts'
import { givesBack, readInvoiceType } from './invoice-types.ts'
import { type BilledLine, mapInvoiceLine } from './map-invoice-line.ts'
import {
  type InvoiceTotal,
  noteTotalReading,
  readInvoiceTotal,
  readSubtotals,
} from './read-invoice-total.ts'
import { mergeTaxes, readTaxes, type StatedTax } from './read-taxes.ts'
import { type InvoiceParts, type SettledInvoice, settleInvoice } from './settle-invoice.ts'

/** The fields of an invoice that are money. */
type InvoiceMoney = Pick<
  z.input<typeof Invoice>,
  'lines' | 'charges' | 'taxes' | 'allowancesAmount' | 'totalAmount' | 'totals'
>

/** What the lines are read with: the invoice's beginning, what stands around it, and what it bills. */
export type MoneyFrame = {
  readonly begin: Segment
  /** The header without its parties. */
  readonly rest: readonly Segment[]
  readonly whole: BilledReferences
  readonly currency: Currency
}

/** The lines of an invoice and all its money, with every sign understood, and what kind of invoice that makes it. */
export const readInvoiceMoney = (
  reading: SetReading,
  sections: SetSections,
  { begin, rest, whole, currency }: MoneyFrame,
): { readonly invoiceType: InvoiceType; readonly money: InvoiceMoney } => {
  const lines = readLines(reading, sections, { whole, currency })
  const outside = [...rest, ...splitParties(sections.summary).rest]
  const goods = sumDecimals(lines.map(signedAmountOf))
  const base = { currency, amount: absoluteDecimal(goods), quantity: null }
  const charges = readAllowanceCharges(reading, outside, base)
  const taxes = readTaxes(reading, outside, currency)
  // Without a TDS nothing tells the last line's segments from those of the summary.
  const total = readInvoiceTotal(reading, outside, sections.lines.at(-1)?.below ?? [])
  const stated = { lines, charges, taxes, goods }
  const invoiceType = readInvoiceType(reading, begin, {
    isNegative: isBelowZeroInAll(stated, total),
  })
  const isBelowZero =
    givesBack(invoiceType) && (isNegativeDecimal(goods) || isOnlyTotal(stated, total))
  const parts = { ...separateLines(reading, lines, isBelowZero), charges, taxes }
  const settled = settleInvoice(
    parts,
    possibleReadings({
      ...parts,
      lines,
      givesBack: givesBack(invoiceType),
      isBelowZero,
      totals: total?.readings ?? [],
    }),
    reading.settings.invoice.balanceTolerance,
  )
  noteTotals(reading, sections, { total, settled, parts, begin })
  checkInvoiceCounts(reading, sections.summary, { lines, linesFound: sections.lines.length })
  return { invoiceType, money: moneyOf(reading, outside, { settled, total }) }
}

type StatedMoney = {
  readonly lines: readonly BilledLine[]
  readonly charges: readonly AllowanceCharge[]
  readonly taxes: readonly StatedTax[]
  /** The lines' amounts with their signs. */
  readonly goods: Decimal
}

/** Whether the document asks for less than nothing, by its total, or by goods that outweigh all charges. */
const isBelowZeroInAll = (
  { charges, taxes, goods }: StatedMoney,
  total: InvoiceTotal | null,
): boolean => {
  if (total?.isNegative === true) return true
  const added = sumDecimals([
    goods,
    sumOf(charges, 'charge'),
    sumOf(charges, 'tax'),
    ...taxes.map(({ amount }) => amount),
  ])
  return isNegativeDecimal(goods) && isNegativeDecimal(added)
}

const isOnlyTotal = ({ lines }: StatedMoney, total: InvoiceTotal | null): boolean =>
  lines.length === 0 && total?.isNegative === true

const signedAmountOf = ({ amount, isNegative }: BilledLine) =>
  isNegative ? negateDecimal(amount) : amount

const readLines = (
  reading: SetReading,
  { lines }: SetSections,
  { whole, currency }: { readonly whole: BilledReferences; readonly currency: Currency },
): readonly BilledLine[] => {
  const numbering = startLineNumbering(
    reading,
    lines.map(({ start }) => ({ segment: start, element: 1 })),
    // An invoice of several orders repeats their line numbers by right.
    lines.some(namesOwnOrder) ? 'info' : 'warning',
  )
  const billed = lines.flatMap(
    (line) => mapInvoiceLine(reading, line, { numbering, whole, currency }) ?? [],
  )
  noteNoOrder(reading, billed)
  return billed
}

const namesOwnOrder = ({ start, below }: SetLine): boolean =>
  start.elements.includes('PO') ||
  below.some((one) => one.id === 'REF' && elementText(one, 1) === 'PO')

const noteNoOrder = (reading: SetReading, lines: readonly BilledLine[]): void => {
  const open = lines.filter(({ draft }) => draft.orderNumber === null)
  const [first] = open
  if (first === undefined) return
  const what =
    open.length === lines.length
      ? 'the invoice does not name the one order'
      : `${open.length} of the lines do not name the order`
  note(
    reading,
    'x12-order-number-missing',
    { segment: first.segment },
    {
      severity: 'warning',
      sentence: `${what} that is billed, in BIG04 or in IT1: payables must find it by hand, or ask the supplier`,
    },
  )
}

/** Lines of the other sign than their invoice cannot be billed; they take their amount off, or are refused. */
const separateLines = (
  reading: SetReading,
  lines: readonly BilledLine[],
  isBelowZero: boolean,
): Pick<InvoiceParts, 'lines' | 'against'> => {
  const isOwn = (line: BilledLine) => line.isNegative === isBelowZero
  const own = lines.filter(isOwn)
  const against = lines.filter((line) => !isOwn(line))
  for (const { segment } of own) reading.traceLine(segment)
  const refuses = reading.settings.invoice.negativeLines === 'refuse'
  for (const { segment, amount } of against) {
    note(
      reading,
      'x12-line-against',
      { segment, element: 2 },
      {
        severity: refuses ? 'error' : 'warning',
        sentence: refuses
          ? `the line has the other sign than its invoice, which may not be mixed here: ask the supplier for a credit memo of ${quoted(amount)}`
          : `the line has the other sign than its invoice: ${quoted(amount)} is taken off the total as an allowance, and the line itself bills nothing`,
      },
    )
  }
  return { lines: own, against }
}

const noteTotals = (
  reading: SetReading,
  { lines }: SetSections,
  {
    total,
    settled,
    parts,
    begin,
  }: {
    readonly total: InvoiceTotal | null
    readonly settled: SettledInvoice
    readonly parts: InvoiceParts
    readonly begin: Segment
  },
): void => {
  if (lines.length === 0) {
    note(
      reading,
      'x12-lines-missing',
      { segment: begin },
      {
        severity: 'warning',
        sentence:
          'the invoice has no lines: it cannot be matched with what was ordered or received',
      },
    )
  }
  if (total === null) {
    note(
      reading,
      'x12-total-missing',
      { segment: begin },
      {
        severity: 'warning',
        sentence: `the invoice states no total: its lines, charges and taxes come to ${quoted(settled.sum)}`,
      },
    )
    return
  }
  const { isBalanced } = settled
  noteTotalReading(reading, total, { taken: settled.reading.total, isBalanced })
  checkBalance(reading, total, { settled, lines: parts.lines })
}

const moneyOf = (
  reading: SetReading,
  outside: readonly Segment[],
  { settled, total }: { readonly settled: SettledInvoice; readonly total: InvoiceTotal | null },
): InvoiceMoney => {
  const taken = settled.reading.total
  const subtotals = readSubtotals(reading, outside, { total, taken })
  return {
    lines: [...settled.lines],
    charges: chargesOf(settled.charges),
    taxes: mergeTaxes(settled.taxes),
    allowancesAmount: settled.allowancesAmount,
    totalAmount: taken,
    ...(Object.keys(subtotals).length === 0 ? {} : { totals: subtotals }),
  }
}
