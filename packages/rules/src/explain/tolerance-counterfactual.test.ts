import {
  addDays,
  addDecimals,
  calendarDate,
  decimal,
  Discrepancy,
  judgeDiscrepancy,
  Tolerance,
} from '@counterfoil/core'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { german } from './languages/german.ts'
import { toleranceCounterfactual } from './tolerance-counterfactual.ts'

const where = {
  documentNumber: 'ASN-1',
  documentLineNumber: '1',
  orderNumber: '4711',
  orderLineNumber: '10',
  scheduleNumber: null,
}

const shipped = (expected: string, difference: string): Discrepancy =>
  Discrepancy.parse({
    kind: difference.startsWith('-') ? 'short-shipment' : 'over-shipment',
    ...where,
    expected,
    difference,
    actual: addDecimals(decimal(expected), decimal(difference)),
    percent: null,
    unitOfMeasure: 'EA',
  })

const day = calendarDate('2026-12-01')

const arriving = (differenceDays: number): Discrepancy =>
  Discrepancy.parse({
    kind: differenceDays < 0 ? 'early-shipment' : 'late-shipment',
    ...where,
    expected: day,
    actual: addDays(day, differenceDays),
    differenceDays,
  })

const limits = (
  abs: string | null,
  pct: string | null,
  others: Partial<Pick<Tolerance, 'combine' | 'lowerEffect'>> = {},
): Tolerance =>
  Tolerance.parse({
    upper: { abs, pct },
    lower: { abs, pct },
    combine: 'either',
    percentBase: 'line',
    lowerEffect: 'hold',
    amountCurrency: 'transaction',
    ...others,
  })

describe('how far a difference may go under a tolerance', () => {
  it.each<[string, Discrepancy, Tolerance, string]>([
    [
      'a percentage',
      shipped('100', '5.2'),
      limits(null, '4.8'),
      'would have passed at 104.8 or below, a difference of 4.8 (4.8 %)',
    ],
    [
      'the nearer of two limits',
      shipped('100', '5.2'),
      limits('3', '4.8'),
      'would have passed at 103 or below, a difference of 3 (3 %)',
    ],
    [
      'the further where both must be passed',
      shipped('100', '5.2'),
      limits('3', '4.8', { combine: 'both' }),
      'would have passed at 104.8 or below, a difference of 4.8 (4.8 %)',
    ],
    [
      'too little',
      shipped('300', '-20'),
      limits(null, '1'),
      'would have passed at 297 or above, a difference of -3 (-1 %)',
    ],
    [
      'what passes',
      shipped('100', '1'),
      limits('3', null),
      'passes up to 103, a difference of 3 (3 %)',
    ],
    [
      'too little where nobody minds',
      shipped('100', '-90'),
      limits('3', null, { lowerEffect: 'ignore' }),
      'passes whatever the difference on this side',
    ],
    [
      'what is not checked',
      shipped('100', '90'),
      limits(null, null),
      'passes whatever the difference on this side',
    ],
    ['days late', arriving(5), limits('3', null), 'passes up to 3 days late, by 2026-12-04'],
    ['days early', arriving(-5), limits('2', null), 'passes up to 2 days early, from 2026-11-29'],
  ])('is said exactly: %s', (_, discrepancy, tolerance, sentence) => {
    expect(toleranceCounterfactual({ discrepancy, tolerance })?.sentence).toBe(sentence)
  })

  it('is a percentage of what the tolerance names', () => {
    const answer = toleranceCounterfactual({
      discrepancy: shipped('100', '30'),
      tolerance: limits(null, '5'),
      percentBase: decimal('400'),
    })
    expect(answer).toEqual({
      judgement: 'outside',
      side: 'over',
      border: { difference: '20', actual: '120', percent: '20' },
      sentence: 'would have passed at 120 or below, a difference of 20 (20 %)',
    })
  })

  it('is not asked of a difference in words, nor of none', () => {
    const words = Discrepancy.parse({
      kind: 'substitution',
      ...where,
      expected: 'A',
      actual: 'B',
    })
    const tolerance = limits('3', null)
    expect(toleranceCounterfactual({ discrepancy: words, tolerance })).toBeNull()
    expect(toleranceCounterfactual({ discrepancy: shipped('100', '0'), tolerance })).toBeNull()
  })

  it('is said in another language', () => {
    const question = { discrepancy: shipped('100', '5.2'), tolerance: limits(null, '4.8') }
    expect(toleranceCounterfactual({ ...question, language: german })?.sentence).toBe(
      'angenommen worden wäre 104,8 oder weniger, eine Abweichung von 4,8 (4,8 %)',
    )
  })

  const limit = fc.constantFrom(null, '0', '0.5', '2', '3.25')
  const anyTolerance = fc
    .record({
      abs: limit,
      pct: limit,
      combine: fc.constantFrom('either' as const, 'both' as const),
      lowerEffect: fc.constantFrom(...Tolerance.shape.lowerEffect.options),
    })
    .map(({ abs, pct, ...others }) => limits(abs, pct, others))
  const anyDifference = fc.oneof(
    fc
      .tuple(fc.constantFrom('0', '80', '99.9', '-12.5'), fc.integer({ min: -900, max: 900 }))
      .map(([expected, hundredths]) => shipped(expected, (hundredths / 100).toFixed(2))),
    fc.integer({ min: -6, max: 6 }).map(arriving),
  )

  it('passes at the border, and not one smallest step beyond it', () => {
    fc.assert(
      fc.property(anyDifference, anyTolerance, (discrepancy, tolerance) => {
        const answer = toleranceCounterfactual({ discrepancy, tolerance })
        if (answer === null) {
          expect(judgeDiscrepancy(discrepancy, tolerance)).toBe('within')
          return
        }
        const judgedAt = (difference: string) =>
          judgeDiscrepancy(
            'differenceDays' in discrepancy
              ? arriving(Number(difference))
              : 'difference' in discrepancy
                ? shipped(discrepancy.expected, difference)
                : discrepancy,
            tolerance,
          )
        const { border, side } = answer
        const far = side === 'over' ? '999' : '-999'
        if (border === null) {
          expect(judgedAt(far)).not.toBe('outside')
          return
        }
        const step = 'differenceDays' in discrepancy ? '1' : '0.00000001'
        const beyond = decimal(side === 'over' ? step : `-${step}`)
        expect(judgedAt(border.difference)).not.toBe('outside')
        expect(judgedAt(addDecimals(border.difference, beyond))).toBe('outside')
      }),
      { numRuns: 500 },
    )
  })
})
