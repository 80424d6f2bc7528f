import type { BusinessCalendar } from '@counterfoil/core'
import { isCalendarDate } from '@counterfoil/core/arithmetic'
import { businessDaysBetween } from './business-days-between.ts'
import type { Operator, Test } from './operator.ts'

const laterThan = (amount: string | null, calendar: BusinessCalendar | null): Test => {
  const days = Number(amount ?? '0')
  return (left, right) =>
    isCalendarDate(left) &&
    isCalendarDate(right) &&
    businessDaysBetween(right, left, calendar) > days
}

const earlierThan = (amount: string | null, calendar: BusinessCalendar | null): Test => {
  const later = laterThan(amount, calendar)
  return (left, right) => later(right, left)
}

/**
 * Operators on days that count business days, those of the rule set's calendar: `later-than-2-business-days` holds where the fact's
 * day comes more than two business days after the value's. Counted is every business day after the earlier
 * day up to the later one, so Monday is one business day after Friday.
 */
export const dayOperators = {
  'later-than-business-days': {
    test: laterThan,
    amount: {
      before: 'later-than-',
      after: '-business-days',
      is: 'whole',
      example: 'later-than-2-business-days',
    },
    on: ['date'],
    value: 'one',
  },
  'earlier-than-business-days': {
    test: earlierThan,
    amount: {
      before: 'earlier-than-',
      after: '-business-days',
      is: 'whole',
      example: 'earlier-than-2-business-days',
    },
    on: ['date'],
    value: 'one',
  },
} as const satisfies Readonly<Record<string, Operator>>
