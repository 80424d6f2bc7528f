import type { CalendarDate } from '@counterfoil/core'
import { readQualifiedDate, type QualifiedDate, readDtm } from '../element/read-date.ts'
import type { SetReading } from '../set/set-reading.ts'
import { elementText, hasElement, type Segment } from '../syntax/segment.ts'

/** When goods are wanted, as far as a header, a line or a schedule says so. */
export type RequestedDates = {
  /** First day the goods are wanted. */
  readonly deliverNotBefore: CalendarDate | null
  /** Day, or last day, of delivery. */
  readonly requestedDate: CalendarDate | null
  /** Day, or last day, the goods should leave the supplier. */
  readonly requestedShipDate: CalendarDate | null
}

/** X12 374, the surest first: requested, required by, on or before, week of, not after. */
const deliveryQualifiers = ['002', '106', '074', '077', '063']
const earliestQualifiers = ['064', '071', '077']
const shipQualifiers = ['010', '118', '084', '087', '038', '037', '081']
const knownQualifiers: ReadonlySet<string> = new Set([
  ...deliveryQualifiers,
  ...earliestQualifiers,
  ...shipQualifiers,
])

/** The dates of the DTM segments among these; other qualifiers stay unused. */
export const readRequestedDates = (
  reading: SetReading,
  segments: readonly Segment[],
): RequestedDates =>
  chooseDates(
    segments
      .filter((one) => one.id === 'DTM' && knownQualifiers.has(elementText(one, 1)))
      .flatMap((segment) => {
        reading.use(segment)
        return readDtm(reading, segment) ?? []
      }),
  )

/** The dates of a SCH: two pairs of qualifier and date, in SCH05/06 and SCH08/09. */
export const readScheduleDates = (reading: SetReading, segment: Segment): RequestedDates =>
  chooseDates(
    [5, 8].flatMap((qualifier) =>
      hasElement(segment, qualifier + 1)
        ? (readQualifiedDate(reading, segment, { qualifier, date: qualifier + 1 }) ?? [])
        : [],
    ),
  )

/** The narrower dates where they say something, else the wider ones: a schedule's, a line's, the order's. */
export const preferDates = (narrow: RequestedDates, wide: RequestedDates): RequestedDates => {
  const saysDelivery = narrow.requestedDate !== null || narrow.deliverNotBefore !== null
  const delivery = saysDelivery ? narrow : wide
  return {
    deliverNotBefore: delivery.deliverNotBefore,
    requestedDate: delivery.requestedDate,
    requestedShipDate: narrow.requestedShipDate ?? (saysDelivery ? null : wide.requestedShipDate),
  }
}

const chooseDates = (dates: readonly QualifiedDate[]): RequestedDates => {
  const delivery = firstOf(dates, deliveryQualifiers)
  const earliest = firstOf(dates, earliestQualifiers)
  const isWindow = delivery !== null && delivery.from < delivery.to
  return {
    deliverNotBefore: earliest?.from ?? (isWindow ? delivery.from : null),
    requestedDate: delivery?.to ?? null,
    requestedShipDate: firstOf(dates, shipQualifiers)?.to ?? null,
  }
}

const firstOf = (
  dates: readonly QualifiedDate[],
  qualifiers: readonly string[],
): QualifiedDate | null => {
  for (const qualifier of qualifiers) {
    const found = dates.find((date) => date.qualifier === qualifier)
    if (found !== undefined) return found
  }
  return null
}
