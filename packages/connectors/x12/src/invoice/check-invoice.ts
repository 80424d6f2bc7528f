import {
  equalDecimals,
  isZeroDecimal,
  subtractDecimals,
  sumDecimals,
  trimDecimal,
} from '@counterfoil/core'
import { readDecimal } from '../element/read-decimal.ts'
import { countsAlike } from '../element/read-quantity.ts'
import { readUnit } from '../element/read-unit.ts'
import { quoted } from '../finding/finding-log.ts'
import { checkLineCount } from '../loop/check-count.ts'
import { note, type SetReading, takeFirst } from '../set/set-reading.ts'
import type { Segment } from '../syntax/segment.ts'
import type { BilledLine } from './map-invoice-line.ts'
import { basisFactorOf } from './read-line-amount.ts'
import type { InvoiceTotal } from './read-invoice-total.ts'
import type { SettledInvoice } from './settle-invoice.ts'

/** Compares the parts of an invoice with what it asks for in all, and says how they were understood. */
export const checkBalance = (
  reading: SetReading,
  total: InvoiceTotal,
  { settled, lines }: { readonly settled: SettledInvoice; readonly lines: readonly BilledLine[] },
): void => {
  const { isBalanced, sum, reading: taken } = settled
  noteRepeats(reading, total, settled)
  if (taken.chargesInUnits) noteUnits(reading, settled, lines)
  if (isBalanced || taken.total === null) return
  const goods = sumDecimals(lines.map((line) => line.amount))
  const others = subtractDecimals(sum, goods)
  const factor = basisFactorOf(goods, subtractDecimals(taken.total, others))
  note(
    reading,
    factor === null ? 'x12-total-out-of-balance' : 'x12-price-basis-suspect',
    total.at,
    {
      severity: 'warning',
      sentence:
        factor === null
          ? `the invoice asks for ${quoted(trimDecimal(taken.total))} where its lines, charges and taxes come to ${quoted(sum)}: ask the supplier for the difference of ${quoted(trimDecimal(subtractDecimals(taken.total, sum)))}`
          : `the invoice asks for ${quoted(trimDecimal(taken.total))} where its lines come to ${quoted(goods)}, ${factor} times off: prices are probably for another number of units than stated`,
    },
  )
}

/** Sums outside the lines that only repeat what the lines state are not added again, and that is said. */
const noteRepeats = (
  reading: SetReading,
  { at }: InvoiceTotal,
  { reading: { addsCharges, addsTaxes } }: SettledInvoice,
): void => {
  if (addsCharges && addsTaxes) return
  const what = [addsCharges ? '' : 'allowances and charges', addsTaxes ? '' : 'taxes']
  note(reading, 'x12-summary-repeats-lines', at, {
    severity: 'info',
    sentence: `the ${what.filter((one) => one !== '').join(' and ')} outside the lines repeat those of the lines, as their sums or the total show: they are not added again`,
  })
}

const noteUnits = (
  reading: SetReading,
  { charges }: SettledInvoice,
  lines: readonly BilledLine[],
): void => {
  const inLines = lines.flatMap((line) => line.charges)
  const first = [...charges, ...inLines].find(({ amountInUnits }) => amountInUnits !== null)
  if (first === undefined) return
  note(
    reading,
    'x12-charge-not-in-cents',
    { segment: first.segment, element: 5 },
    {
      severity: 'warning',
      sentence: `the allowances and charges count whole units where SAC05 counts hundredths, as the total shows: this one is taken as ${quoted(first.amountInUnits ?? '')}`,
    },
  )
}

/** What is compared with the counts at an invoice's end. */
export type InvoiceCounts = {
  readonly lines: readonly BilledLine[]
  /** Lines that arrived, whether or not they could be read. */
  readonly linesFound: number
}

/** Compares CTT with the lines that arrived and ISS with the units billed. */
export const checkInvoiceCounts = (
  reading: SetReading,
  summary: readonly Segment[],
  { lines, linesFound }: InvoiceCounts,
): void => {
  const totals = takeFirst(reading, summary, 'CTT')
  if (totals !== null) {
    checkLineCount(reading, totals, linesFound)
    checkQuantities(reading, { segment: totals, element: 2 }, lines)
  }
  const shipped = takeFirst(reading, summary, 'ISS')
  if (shipped === null) return
  const unit = readUnit(reading, { segment: shipped, element: 2 })
  const alike = lines.every((line) => unit !== null && countsAlike(line.unitOfMeasure, unit))
  if (alike) checkQuantities(reading, { segment: shipped, element: 1 }, lines)
}

const checkQuantities = (
  reading: SetReading,
  at: { readonly segment: Segment; readonly element: number },
  lines: readonly BilledLine[],
): void => {
  const stated = readDecimal(reading, at)
  if (stated === null || isZeroDecimal(stated)) return
  const found = sumDecimals(lines.map(({ quantity }) => quantity))
  if (equalDecimals(stated, found)) return
  note(reading, 'x12-quantity-sum', at, {
    severity: 'info',
    sentence: `${at.segment.id} adds the quantities up to ${quoted(stated)} where the lines have ${quoted(found)}: ask the supplier whether a line is missing`,
  })
}
