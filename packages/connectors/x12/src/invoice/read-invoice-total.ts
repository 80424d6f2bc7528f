import {
  absoluteDecimal,
  type Decimal,
  divideDecimals,
  isNegativeDecimal,
  NonNegativeDecimal,
} from '@counterfoil/core'
import { parseDecimal, readDecimal } from '../element/read-decimal.ts'
import { quoted } from '../finding/finding-log.ts'
import { type ElementAt, note, type SetReading, takeFirst } from '../set/set-reading.ts'
import { elementText, hasElement, type Segment } from '../syntax/segment.ts'

/** What the invoice asks for in all, with the ways it can be understood. */
export type InvoiceTotal = {
  readonly at: ElementAt
  readonly isNegative: boolean
  /** Without a sign, the likeliest understanding first. */
  readonly readings: readonly [Decimal, ...Decimal[]]
}

/**
 * TDS01, which counts in hundredths and has no point (X12 type N2). Some senders write the point, others
 * whole units without one; the parts of the invoice decide. Without TDS, an AMT that states the total.
 */
export const readInvoiceTotal = (
  reading: SetReading,
  segments: readonly Segment[],
  lastLine: readonly Segment[],
): InvoiceTotal | null => {
  const segment = takeFirst(reading, segments, 'TDS', (one) => hasElement(one, 1))
  if (segment === null) return readAmountTotal(reading, [...segments, ...lastLine])
  const at = { segment, element: 1 }
  const text = elementText(segment, 1)
  const written = parseDecimal(text)
  if (written === null) return noteInvalid(reading, at, text)
  const size = absoluteDecimal(written)
  const implied = divideDecimals(size, hundred, placesOf(text) + 2)
  const isNegative = isNegativeDecimal(written)
  const hasPoint = text.includes('.')
  return { at, isNegative, readings: hasPoint ? [size, implied] : [implied, size] }
}

const hundred = NonNegativeDecimal.parse('100')

const placesOf = (text: string): number => {
  const point = text.indexOf('.')
  return point < 0 ? 0 : text.replace(/-$/, '').length - point - 1
}

/** AMT01 (X12 522): `TT` transaction total, `5` invoice total. */
const totalQualifiers = ['TT', '5']

const readAmountTotal = (
  reading: SetReading,
  segments: readonly Segment[],
): InvoiceTotal | null => {
  for (const qualifier of totalQualifiers) {
    const segment = takeFirst(reading, segments, 'AMT', (one) => elementText(one, 1) === qualifier)
    const amount = segment === null ? null : readDecimal(reading, { segment, element: 2 })
    if (segment === null || amount === null) continue
    const at = { segment, element: 2 }
    note(reading, 'x12-total-from-amt', at, {
      severity: 'info',
      sentence: `the invoice has no TDS: its total is taken from AMT ${quoted(qualifier)}`,
    })
    return { at, isNegative: isNegativeDecimal(amount), readings: [absoluteDecimal(amount)] }
  }
  return null
}

const noteInvalid = (reading: SetReading, at: ElementAt, text: string): null => {
  note(reading, 'x12-number-invalid', at, {
    severity: 'warning',
    sentence: `${quoted(text)} is not a number: write the total in hundredths with digits only, as in 12345 for 123.45`,
  })
  return null
}

/** Says so where the total was understood in another way than the standard has it. */
export const noteTotalReading = (
  reading: SetReading,
  { at, readings }: InvoiceTotal,
  { taken, isBalanced }: { readonly taken: Decimal | null; readonly isBalanced: boolean },
): void => {
  const text = elementText(at.segment, at.element)
  if (taken === null || at.segment.id !== 'TDS') return
  const hasPoint = text.includes('.')
  if (!hasPoint && taken === readings[0]) return
  const rule = hasPoint && taken === readings[0] ? 'x12-implied-point' : 'x12-total-not-in-cents'
  const why = isBalanced ? ', which is what the lines, charges and taxes come to' : ''
  note(reading, rule, at, {
    severity: 'warning',
    sentence: `the total ${quoted(text)} ${hasPoint ? 'has a decimal point where TDS counts in hundredths' : 'is not in hundredths'}: it is taken as ${quoted(taken)}${why}`,
  })
}

/** TDS02 to TDS04 and AMT 1 as subtotals by name, those of TDS on the scale on which its total was taken. */
export const readSubtotals = (
  reading: SetReading,
  segments: readonly Segment[],
  { total, taken }: { readonly total: InvoiceTotal | null; readonly taken: Decimal | null },
): Record<string, Decimal> => {
  const found =
    total === null || total.at.segment.id !== 'TDS' ? [] : tdsAmounts(reading, total, taken)
  const lines = takeFirst(reading, segments, 'AMT', (one) => elementText(one, 1) === '1')
  const amount = lines === null ? null : readDecimal(reading, { segment: lines, element: 2 })
  return Object.fromEntries([
    ...found,
    ...(amount === null ? [] : [['balance', absoluteDecimal(amount)] as const]),
  ])
}

const tdsAmounts = (
  reading: SetReading,
  { at: { segment }, readings }: InvoiceTotal,
  taken: Decimal | null,
): readonly (readonly [name: string, amount: Decimal])[] => {
  const isAsWritten = (taken === readings[0]) === elementText(segment, 1).includes('.')
  return tdsSubtotals.flatMap(([element, name]) => {
    const written = readDecimal(reading, { segment, element })
    if (written === null) return []
    const size = absoluteDecimal(written)
    return [[name, isAsWritten ? size : divideDecimals(size, hundred, 2)] as const]
  })
}

const tdsSubtotals: readonly (readonly [element: number, name: string])[] = [
  [2, 'subjectToDiscount'],
  [3, 'discountedAmountDue'],
  [4, 'termsDiscount'],
]
