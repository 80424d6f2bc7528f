import {
  absoluteExact,
  addDays,
  addExact,
  type CalendarDate,
  calendarDate,
  daysBetween,
  formatExact,
  multiplyExact,
  parseExact,
  subtractExact,
} from '@counterfoil/core'
import { isCalendarDate } from '@counterfoil/core/arithmetic'
import type { CheckedComparison } from '../evaluate/checked-rule.ts'
import { testOf } from '../evaluate/operators.ts'

/** The values of a place at which a comparison with constants may turn from holding to not holding. */
export const comparedValues = (comparison: CheckedComparison): readonly unknown[] => {
  const { right } = comparison
  if (right.kind === 'fact') return []
  const constants: readonly unknown[] = Array.isArray(right.value) ? right.value : [right.value]
  return constants.flatMap((constant) => turnsAt(constant, comparison))
}

const turnsAt = (constant: unknown, comparison: CheckedComparison): readonly unknown[] => {
  const amount = comparison.amount ?? '0'
  const operator: string = comparison.operator
  switch (operator) {
    case 'within-percent':
      return around(String(constant), formatExact(percentOf(amount, String(constant))))
    case 'within-amount':
      return around(String(constant), amount)
    case 'later-than-business-days':
      return isCalendarDate(constant) ? turningDay(constant, 1, comparison) : []
    case 'earlier-than-business-days':
      return isCalendarDate(constant) ? turningDay(constant, -1, comparison) : []
    case 'starts-with':
    case 'ends-with':
      return []
    case 'matches-pattern':
      return /[*?]/.test(String(constant)) ? [] : [constant]
    default:
      return [constant]
  }
}

const hundredth = parseExact('0.01')

const percentOf = (percent: string, of: string) =>
  multiplyExact(multiplyExact(parseExact(percent), absoluteExact(parseExact(of))), hundredth)

const around = (middle: string, by: string): readonly string[] => [
  formatExact(subtractExact(parseExact(middle), parseExact(by))),
  formatExact(addExact(parseExact(middle), parseExact(by))),
]

/** Workdays in a week, its days, and more days than it takes to come to the next few workdays. */
const [workdays, week, spare] = [5, 7, 10]

/** The day nearest to a constant for which a comparison by business days holds; none where the calendar ends before. */
const turningDay = (
  constant: CalendarDate,
  step: 1 | -1,
  { operator, amount }: CheckedComparison,
): readonly CalendarDate[] => {
  const holds = testOf({ operator, amount, decorators: [] })
  const near = Math.floor(Number(amount ?? '0') / workdays) * week
  for (let days = near; days <= near + spare; days += 1) {
    if (!isInCalendar(constant, step * days)) return []
    const day = addDays(constant, step * days)
    if (holds(day, constant)) return [day]
  }
  return []
}

const [firstDay, lastDay] = [calendarDate('0001-01-01'), calendarDate('9999-12-31')]

const isInCalendar = (day: CalendarDate, days: number): boolean =>
  days > 0 ? daysBetween(day, lastDay) >= days : daysBetween(firstDay, day) >= -days

/** What texts are to begin with, where that alone decides about a comparison; null where more does. */
export const comparedPrefixes = ({
  operator,
  right,
}: CheckedComparison): readonly string[] | null => {
  if (right.kind === 'fact') return null
  const constants = Array.isArray(right.value) ? right.value.map(String) : [String(right.value)]
  if (operator === 'starts-with') return constants
  if (operator !== 'matches-pattern') return null
  const texts = constants.map((pattern) => pattern.replace(/\*$/, ''))
  return texts.some((text) => /[*?]/.test(text)) ? null : texts
}
