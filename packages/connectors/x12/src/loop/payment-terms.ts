import type { CalendarDate, PaymentTerms } from '@counterfoil/core'
import { isPositiveDecimal } from '@counterfoil/core'
import type * as z from 'zod'
import { readDate } from '../element/read-date.ts'
import { readDecimal } from '../element/read-decimal.ts'
import { quoted } from '../finding/finding-log.ts'
import { type ElementAt, note, type SetReading, takeAll } from '../set/set-reading.ts'
import { elementText, type Segment } from '../syntax/segment.ts'

/** The terms of payment out of the ITD segments, with the net due date when one is named. */
export type ReadTerms = {
  readonly terms: z.input<typeof PaymentTerms> | null
  /** ITD06. */
  readonly dueDate: CalendarDate | null
}

/**
 * Reads ITD: discount percent (03) and days (05), due date (06), net days (07). Of several ITDs each value
 * is taken from the first that states it, and differing ones are reported.
 */
export const readPaymentTerms = (reading: SetReading, segments: readonly Segment[]): ReadTerms => {
  const found = takeAll(reading, segments, 'ITD')
  const discounts = found.map((segment) => readDecimal(reading, { segment, element: 3 }))
  const discountPercent = discounts.find((one) => one !== null && isPositiveDecimal(one)) ?? null
  const discountDays = firstDays(reading, found, 5)
  const netDays = firstDays(reading, found, 7)
  const dueDate =
    found
      .map((segment) => readDate(reading, { segment, element: 6 }))
      .find((one) => one !== null) ?? null
  noteSeveralTerms(reading, found)
  const isEmpty = discountPercent === null && discountDays === null && netDays === null
  return { terms: isEmpty ? null : { netDays, discountPercent, discountDays }, dueDate }
}

const noteSeveralTerms = (reading: SetReading, found: readonly Segment[]): void => {
  const [, second] = found
  if (second === undefined) return
  note(
    reading,
    'x12-terms-several',
    { segment: second },
    {
      severity: 'info',
      sentence: `the document states ${found.length} terms of payment: of each value the first one stated is taken`,
    },
  )
}

const firstDays = (
  reading: SetReading,
  segments: readonly Segment[],
  element: number,
): number | null =>
  segments.map((segment) => readDays(reading, { segment, element })).find((one) => one !== null) ??
  null

const readDays = (reading: SetReading, at: ElementAt): number | null => {
  const text = elementText(at.segment, at.element)
  if (text === '') return null
  if (/^\d{1,4}$/.test(text)) return Number(text)
  note(reading, 'x12-number-invalid', at, {
    severity: 'warning',
    sentence: `${quoted(text)} is not a number of days: write whole days, as in 30`,
  })
  return null
}
