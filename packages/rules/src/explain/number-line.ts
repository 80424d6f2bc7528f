import {
  addDays,
  addExact,
  CalendarDate,
  calendarDate,
  compareExact,
  CounterfoilError,
  daysBetween,
  type Exact,
  formatExact,
  isDecimal,
  parseExact,
  subtractExact,
  trimDecimal,
} from '@counterfoil/core'
import type { FactType } from '../facts/fact-type.ts'

/** Values of one type as exact numbers, so that limits, distances and neighbours can be reckoned. */
export type NumberLine = {
  readonly kind: 'decimal' | 'number' | 'date'
  /** Null for what is no value of the type. */
  readonly read: (value: unknown) => Exact | null
  /** Null for a number that no value of the type is: a day after the year 9999. */
  readonly write: (exact: Exact) => string | number | null
}

const firstDay = calendarDate('1970-01-01')

const readDecimal = (value: unknown): Exact | null =>
  typeof value === 'string' && isDecimal(value) ? parseExact(trimDecimal(value)) : null

// `1e21` and the like are no decimal text and stay unread.
const readNumber = (value: unknown): Exact | null =>
  typeof value === 'number' ? readDecimal(String(value)) : null

const readDate = (value: unknown): Exact | null => {
  const { success, data } = CalendarDate.safeParse(value)
  return success ? { mantissa: daysBetween(firstDay, data), scale: 0 } : null
}

/** The text, or null where the calendar ends or a number has more digits than a decimal may. */
const writable = <Written>(write: () => Written): Written | null => {
  try {
    return write()
  } catch (error) {
    if (CounterfoilError.is(error) && error.code === 'LIMIT_EXCEEDED') return null
    throw error
  }
}

const writeDecimal = (exact: Exact): string => trimDecimal(formatExact(exact))

const lines: Readonly<Record<NumberLine['kind'], NumberLine>> = {
  decimal: {
    kind: 'decimal',
    read: readDecimal,
    write: (exact) => writable(() => writeDecimal(exact)),
  },
  number: {
    kind: 'number',
    read: readNumber,
    write: (exact) => writable(() => Number(writeDecimal(exact))),
  },
  date: {
    kind: 'date',
    read: readDate,
    write: (exact) => writable(() => addDays(firstDay, Number(exact.mantissa))),
  },
}

/** The line the values of a type lie on; null for text, lists and whatever has no order. */
export const numberLineOf = ({ kind }: FactType): NumberLine | null =>
  kind === 'decimal' || kind === 'number' || kind === 'date' ? lines[kind] : null

/** Numbers in rising order, each once. */
export const inRisingOrder = (numbers: readonly Exact[]): readonly Exact[] =>
  numbers.toSorted(compareExact).filter((one, index, all) => {
    const before = all[index - 1]
    return before === undefined || compareExact(before, one) !== 0
  })

/** The step the numbers of a line are apart: one day, one, or one of the last decimal place written. */
export const stepOf = (numbers: readonly Exact[]): Exact => ({
  mantissa: 1,
  scale: numbers.reduce((most, { scale }) => Math.max(most, scale), 0),
})

/**
 * The number next to a limit, away from it, that comes before the end of the stretch: one step, or on a line
 * of decimals a tenth of one where the stretch is that short. Null where there is none.
 */
export const nextTo = (
  limit: Exact,
  goes: 'up' | 'down',
  {
    end,
    step,
    isWhole,
  }: { readonly end: Exact | null; readonly step: Exact; readonly isWhole: boolean },
): Exact | null => {
  const finer: Exact = { mantissa: 1, scale: step.scale + 1 }
  const steps = isWhole ? [step] : [step, finer]
  const [first] = steps
    .map((one) => (goes === 'up' ? addExact(limit, one) : subtractExact(limit, one)))
    .filter((one) => end === null || compareExact(one, end) === (goes === 'up' ? -1 : 1))
  return first ?? null
}
