import { decimal, type ExceptionCase, isOpenCase } from '@counterfoil/core'
import type { Dimensions, Measurement } from '../measurement.ts'
import { hoursBetween } from './hours.ts'
import { measured } from './measure.ts'

/** Each case: how old it is while it is open, how long it took once it is settled, and what was at stake. */
export function measureCases(
  cases: readonly ExceptionCase[],
  placeOf: (one: ExceptionCase) => Pick<Measurement, 'orderKeys'> & {
    readonly dimensions: Pick<Dimensions, 'tenant' | 'supplier'> & Partial<Dimensions>
  },
): readonly Measurement[] {
  return cases.flatMap((one) => {
    const isOpen = isOpenCase(one)
    const settledAt = one.resolution?.at ?? null
    if (!isOpen && settledAt === null) return []
    const { dimensions, orderKeys } = placeOf(one)
    const exposure = one.exposure?.amount ?? decimal(0)
    return measured({
      metric: 'exception-aging',
      subject: one.exceptionId,
      at: one.openedAt,
      dimensions: {
        ...dimensions,
        variant: isOpen ? 'open' : 'settled',
        currency: one.exposure?.currency ?? null,
      },
      orderKeys,
      figures:
        isOpen || settledAt === null
          ? { cases: decimal(1), exposure }
          : { cases: decimal(1), exposure, hours: hoursBetween(one.openedAt, settledAt, null) },
      ...(isOpen && { running: { since: one.openedAt, calendar: null } }),
    })
  })
}
