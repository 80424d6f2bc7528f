import type { CalendarDate, Acknowledgment } from '@counterfoil/core'
import { find } from '../field/find-element.ts'
import { dateAt } from '../field/read-date.ts'
import { note, type UblReading } from '../field/ubl-reading.ts'
import { quoted } from '../finding/cut-text.ts'
import type { XmlElement } from '../xml/xml-element.ts'

type DateMeaning = Acknowledgment['lines'][number]['responses'][number]['dateMeaning']

/** A day the supplier promises, and whether goods arrive on it or leave. */
export type DatePromise = { readonly date: CalendarDate; readonly meaning: DateMeaning }

/**
 * The day a Delivery promises: the end of PromisedDeliveryPeriod, else of EstimatedDeliveryPeriod, else
 * LatestDeliveryDate; else the day of its Despatch. A period is kept to by its last day.
 */
export const promiseOf = (
  reading: UblReading,
  delivery: XmlElement | undefined,
): DatePromise | null => {
  const arrival =
    endOf(reading, delivery, 'PromisedDeliveryPeriod') ??
    endOf(reading, delivery, 'EstimatedDeliveryPeriod') ??
    dateAt(reading, delivery, 'LatestDeliveryDate')
  if (arrival !== undefined) return { date: arrival, meaning: 'delivery' }
  const departure =
    dateAt(reading, delivery, 'Despatch', 'EstimatedDespatchDate') ??
    dateAt(reading, delivery, 'Despatch', 'ActualDespatchDate')
  return departure === undefined ? null : { date: departure, meaning: 'ship' }
}

const endOf = (
  reading: UblReading,
  delivery: XmlElement | undefined,
  name: string,
): CalendarDate | undefined => {
  const start = dateAt(reading, delivery, name, 'StartDate')
  const end = dateAt(reading, delivery, name, 'EndDate')
  if (start === undefined || end === undefined || start <= end) return end ?? start
  note(reading, 'ubl-period-reversed', find(delivery, name) ?? reading.root, {
    severity: 'warning',
    sentence: `the period ends before it begins on ${quoted(start)}: that later day is taken`,
  })
  return start
}
