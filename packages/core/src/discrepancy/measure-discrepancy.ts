import type { CalendarDate } from '../calendar/calendar-date.ts'
import { daysBetween } from '../calendar/calendar-days.ts'
import type { Decimal } from '../decimal/decimal.ts'
import { subtractDecimals, trimDecimal } from '../decimal/decimal-arithmetic.ts'
import { percentOf, roundRatio } from '../decimal/ratio.ts'
import type { Discrepancy, DiscrepancyKind } from './discrepancy.ts'

/** The document, line and schedule a difference was measured at. */
export type DiscrepancyPlace = Pick<
  Discrepancy,
  'documentNumber' | 'documentLineNumber' | 'orderNumber' | 'orderLineNumber' | 'scheduleNumber'
>

type WithMeasure<Measure extends string> = Extract<
  Discrepancy,
  { readonly [Name in Measure]: unknown }
>
/** Kinds measured in a unit of measure. */
export type QuantityDiscrepancyKind = WithMeasure<'unitOfMeasure'>['kind']
/** Kinds measured in money. */
export type AmountDiscrepancyKind = WithMeasure<'currency'>['kind']
/** Kinds measured in calendar days. */
export type DateDiscrepancyKind = WithMeasure<'differenceDays'>['kind']
/** Kinds that have no measure, only what was expected and what was found. */
export type TextDiscrepancyKind = Exclude<
  DiscrepancyKind,
  QuantityDiscrepancyKind | AmountDiscrepancyKind | DateDiscrepancyKind
>

/** A difference between two quantities of one unit. Equal numbers are equal text, however a document spelled them. */
export function measureQuantity(
  kind: QuantityDiscrepancyKind,
  place: DiscrepancyPlace,
  measured: {
    readonly expected: Decimal
    readonly actual: Decimal
    readonly unitOfMeasure: string
  },
): Discrepancy {
  const { unitOfMeasure } = measured
  const found = { ...placeOf(place), ...numbersOf(measured), unitOfMeasure }
  // TypeScript tells at most 25 kinds apart at once.
  return kind === 'nominal-weight-variance' ? { kind, ...found } : { kind, ...found }
}

/** A difference between two amounts of one currency. */
export function measureAmount(
  kind: AmountDiscrepancyKind,
  place: DiscrepancyPlace,
  measured: { readonly expected: Decimal; readonly actual: Decimal; readonly currency: string },
): Discrepancy {
  return { kind, ...placeOf(place), ...numbersOf(measured), currency: measured.currency }
}

/** A difference between two days; positive days are later than expected. */
export function measureDate(
  kind: DateDiscrepancyKind,
  place: DiscrepancyPlace,
  measured: { readonly expected: CalendarDate; readonly actual: CalendarDate },
): Discrepancy {
  const { expected, actual } = measured
  return {
    kind,
    ...placeOf(place),
    expected,
    actual,
    differenceDays: daysBetween(expected, actual),
  }
}

/** Something found that is not what was expected; null where there was nothing. Long text is cut. */
export function measureText(
  kind: TextDiscrepancyKind,
  place: DiscrepancyPlace,
  found: { readonly expected: string | null; readonly actual: string | null },
): Discrepancy {
  return {
    kind,
    ...placeOf(place),
    expected: found.expected?.slice(0, 400) ?? null,
    actual: found.actual?.slice(0, 400) ?? null,
  }
}

function placeOf(place: DiscrepancyPlace): DiscrepancyPlace {
  return {
    documentNumber: place.documentNumber,
    documentLineNumber: place.documentLineNumber,
    orderNumber: place.orderNumber,
    orderLineNumber: place.orderLineNumber,
    scheduleNumber: place.scheduleNumber,
  }
}

function numbersOf({ expected, actual }: { readonly expected: Decimal; readonly actual: Decimal }) {
  const difference = trimDecimal(subtractDecimals(actual, expected))
  const percent = percentOf(difference, expected)
  return {
    expected: trimDecimal(expected),
    actual: trimDecimal(actual),
    difference,
    percent: percent === null ? null : trimDecimal(roundRatio(percent, 4)),
  }
}

/** The same difference, measured again, has the same identity; another measure makes another. */
export function discrepancyIdentity(discrepancy: Discrepancy): string {
  const { kind, documentNumber, documentLineNumber, orderLineNumber, scheduleNumber } = discrepancy
  return [
    kind,
    orderLineNumber ?? '',
    scheduleNumber ?? '',
    documentNumber,
    documentLineNumber ?? '',
    discrepancy.expected ?? '',
    discrepancy.actual ?? '',
  ].join('|')
}
