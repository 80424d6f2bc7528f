import { describe, expect, it } from 'vitest'
import {
  addReports,
  describeReport,
  emptyReport,
  type ReplayReport,
  shareApplied,
} from './replay-report.ts'

const aReport = (changed: Partial<ReplayReport>): ReplayReport => ({ ...emptyReport, ...changed })

const tally = { applied: 0, 'recorded-only': 0, parked: 0, quarantined: 0 }

const cleared = (counts: Partial<typeof tally>): ReplayReport =>
  aReport({ byActivity: { ...emptyReport.byActivity, 'Clear Invoice': { ...tally, ...counts } } })

describe('the report of a replay', () => {
  it('has a row for each of the 42 activities, even when nothing was run', () => {
    expect(Object.keys(emptyReport.byActivity)).toHaveLength(42)
    expect(describeReport(emptyReport)[1]).toMatch(/^Create Purchase Order Item +0 +0 +0 +0$/)
  })

  it.each([
    [{ applied: 95, parked: 5 }, 95],
    [{ applied: 9499, parked: 300, quarantined: 201 }, 94.9],
    [{ applied: 1, 'recorded-only': 1000 }, 100],
    [{ 'recorded-only': 3 }, 0],
  ])('rounds the share applied down: %o is %d percent', (counts, share) => {
    expect(shareApplied(cleared(counts))).toBe(share)
  })

  it('adds up, also what only one of two knows', () => {
    const one = cleared({ applied: 1, parked: 2 })
    const other = aReport({
      traces: 3,
      events: 4,
      byActivity: {
        'Clear Invoice': { ...tally, applied: 5 },
        'Drop Item': { ...tally, parked: 1 },
      },
      exceptions: { RCV_LATE: 2 },
      brokenInvariants: ['INV-01 1/10: something'],
    })
    const sum = addReports(addReports(one, other), other)
    expect(sum.byActivity['Clear Invoice']).toEqual({ ...tally, applied: 11, parked: 2 })
    expect(sum.byActivity['Drop Item']).toEqual({ ...tally, parked: 2 })
    expect(sum).toMatchObject({ traces: 6, events: 8, exceptions: { RCV_LATE: 4 } })
    expect(sum.brokenInvariants).toHaveLength(2)
  })

  it('names exceptions and reasons, the most frequent first, and every broken invariant counts', () => {
    const lines = describeReport(
      aReport({
        traces: 7,
        events: 9,
        reasons: { 'Clear Invoice, parked: one': 1, 'Clear Invoice, parked: two': 2 },
        exceptions: { PRICE_OVER: 3, RCV_LATE: 30 },
        brokenInvariants: Array.from({ length: 25 }, (_, index) => `INV-01 trace ${index}`),
      }),
    )
    const text = lines.join('\n')
    expect(text).toMatch(/2 x Clear Invoice, parked: two\n1 x Clear Invoice, parked: one/)
    expect(text).toMatch(/RCV_LATE +30\n +PRICE_OVER +3/)
    expect(lines.filter((line) => line.startsWith('INV-01'))).toHaveLength(20)
    expect(lines.slice(-2)).toEqual([
      '7 order lines, 9 events, 0 % of those to be applied were',
      '25 broken invariants',
    ])
  })
})
