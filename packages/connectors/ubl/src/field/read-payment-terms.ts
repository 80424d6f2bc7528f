import {
  type CalendarDate,
  daysBetween,
  isPositiveDecimal,
  type PaymentTerms,
} from '@counterfoil/core'
import type * as z from 'zod'
import type { XmlElement } from '../xml/xml-element.ts'
import { childrenOf, find } from './find-element.ts'
import { dateAt } from './read-date.ts'
import { decimalAt } from './read-decimal.ts'
import { textOf } from './read-text.ts'
import type { UblReading } from './ubl-reading.ts'

type TermsDraft = z.input<typeof PaymentTerms>

/**
 * The cash discount of the first PaymentTerms that grants one: SettlementDiscountPercent within SettlementPeriod, or the
 * German form of XRechnung in its Note, `#SKONTO#TAGE=14#PROZENT=2.00#`. Net days are not stated in UBL: an invoice
 * names its due date instead.
 */
export const paymentTermsOf = (
  reading: UblReading,
  invoiceDate: CalendarDate | null,
): TermsDraft | undefined => {
  for (const element of childrenOf(reading.root, 'PaymentTerms')) {
    const terms = settlementOf(reading, element, invoiceDate) ?? skontoOf(reading, element)
    if (terms !== undefined) return terms
  }
  return undefined
}

const settlementOf = (
  reading: UblReading,
  element: XmlElement,
  invoiceDate: CalendarDate | null,
): TermsDraft | undefined => {
  const percent = decimalAt(reading, element, 'SettlementDiscountPercent')
  if (percent === undefined || !isPositiveDecimal(percent)) return undefined
  return {
    netDays: null,
    discountPercent: percent,
    discountDays: settlementDays(reading, find(element, 'SettlementPeriod'), invoiceDate),
  }
}

/** DurationMeasure in days, else the days from the invoice date to EndDate. */
const settlementDays = (
  reading: UblReading,
  period: XmlElement | undefined,
  invoiceDate: CalendarDate | null,
): number | null => {
  const duration = find(period, 'DurationMeasure')
  const end = dateAt(reading, period, 'EndDate')
  if (duration !== undefined && /^\d{1,4}$/.test(duration.text) && isDays(duration)) {
    return Number(textOf(reading, duration))
  }
  if (end === undefined || invoiceDate === null) return null
  const days = daysBetween(invoiceDate, end)
  return days < 0 ? null : days
}

const isDays = ({ attributes }: XmlElement): boolean =>
  (attributes.get('unitCode') ?? 'DAY') === 'DAY'

const skontoPattern = /#SKONTO#TAGE=(\d{1,4})#PROZENT=(\d{1,2}(?:\.\d{1,4})?)#/

const skontoOf = (reading: UblReading, element: XmlElement): TermsDraft | undefined => {
  const [, days, percent] = skontoPattern.exec(textOf(reading, find(element, 'Note')) ?? '') ?? []
  if (days === undefined || percent === undefined || Number(percent) === 0) return undefined
  return { netDays: null, discountPercent: percent, discountDays: Number(days) }
}
