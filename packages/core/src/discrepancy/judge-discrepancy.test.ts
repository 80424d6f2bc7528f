import { describe, expect, it } from 'vitest'
import { Tolerance } from '../policy/tolerance.ts'
import { Discrepancy } from './discrepancy.ts'
import { judgeDiscrepancy } from './judge-discrepancy.ts'

const where = {
  documentNumber: 'ACK-1',
  documentLineNumber: '1',
  orderNumber: '4711',
  orderLineNumber: '10',
  scheduleNumber: '1',
}

/** A promise so many days later than asked for. */
function daysLate(differenceDays: number): Discrepancy {
  const dates = { expected: '2026-11-10', actual: '2026-11-10' }
  return Discrepancy.parse({ kind: 'date-change', ...where, ...dates, differenceDays })
}

/** Limits of what is over, the same below. */
function accepting(abs: string | null, pct: string | null, lowerEffect = 'hold'): Tolerance {
  return Tolerance.parse({
    upper: { abs, pct },
    lower: { abs, pct },
    combine: 'either',
    percentBase: 'line',
    lowerEffect,
    amountCurrency: 'transaction',
  })
}

describe('days held against a tolerance', () => {
  it.each([
    { days: 3, abs: '3', pct: null, judgement: 'within' },
    { days: 4, abs: '3', pct: null, judgement: 'outside' },
    { days: 4, abs: null, pct: null, judgement: 'within' },
    { days: 4, abs: null, pct: '5', judgement: 'within' },
    { days: 1, abs: null, pct: '0', judgement: 'outside' },
    { days: -1, abs: null, pct: '0', judgement: 'outside' },
    { days: 0, abs: null, pct: '0', judgement: 'within' },
    { days: 1, abs: '0', pct: null, judgement: 'outside' },
  ])('$days days against $abs days and $pct %: $judgement', ({ days, abs, pct, judgement }) => {
    expect(judgeDiscrepancy(daysLate(days), accepting(abs, pct))).toBe(judgement)
  })

  it('earlier days lead to what the lower effect says', () => {
    expect(judgeDiscrepancy(daysLate(-2), accepting('1', null, 'warn'))).toBe('warn')
    expect(judgeDiscrepancy(daysLate(-2), accepting('1', null, 'ignore'))).toBe('within')
    expect(judgeDiscrepancy(daysLate(-2), accepting('1', null, 'same'))).toBe('outside')
  })
})
