import { describe, expect, it } from 'vitest'
import type { LoadedRuleSet } from '../rule-set/loaded-rule-set.ts'
import { type MatchRecord, matchRecordOf } from './match-record.ts'
import { aMatch, type BilledPiece, priceMatching, priceTolerance } from './matches.examples.ts'
import { type PoliciesAsked, policiesToCompare } from './policies-to-compare.ts'
import { simulateMatches } from './simulate-matches.ts'

const old = priceTolerance('1.0.0', '10')
const tighter = priceTolerance('1.1.0', '2')
const inForce = [priceMatching, old]

const recorded = (billed: BilledPiece, under: readonly LoadedRuleSet[] = inForce): MatchRecord =>
  matchRecordOf(aMatch(billed, under))

const simulate = (records: readonly MatchRecord[], asked: Partial<PoliciesAsked> = {}) => {
  const simulator = simulateMatches(
    policiesToCompare({ inForce, against: null, candidate: tighter, ...asked }),
  )
  for (const record of records) simulator.add(record)
  return simulator.report()
}

describe('recorded matches under another version (R-13)', () => {
  it('names the invoices that come out otherwise, and what they are worth', () => {
    const report = simulate([
      recorded({ price: '12.40', number: 'INV-1' }),
      recorded({ price: '13.00', number: 'INV-2' }),
    ])
    expect(report).toMatchObject({ matches: 2, invoices: 2, notReproduced: 0, attemptsChanged: 1 })
    expect(report.changed).toMatchObject([
      {
        supplier: 'S100',
        invoiceNumber: 'INV-2',
        totalAmount: '130',
        before: { decision: 'match-within-tolerance', holds: [], payableAmount: '130' },
        after: { decision: 'hold', payableAmount: '0' },
        newlyHeld: '130',
        newlyReleased: '0',
      },
    ])
    expect(report.decisions).toEqual({
      hold: { before: 0, after: 1 },
      match: { before: 1, after: 1 },
      'match-within-tolerance': { before: 1, after: 0 },
    })
    expect(report.holds).toEqual({ PRICE: { before: 0, after: 1 } })
  })

  it('names what a looser version releases', () => {
    const report = simulate([recorded({ price: '13.00' }, [priceMatching, tighter])], {
      inForce: [priceMatching, tighter],
      candidate: priceTolerance('1.2.0', '10'),
    })
    expect(report.suppliers).toEqual([
      { supplier: 'S100', currency: 'EUR', invoices: 1, newlyHeld: '0', newlyReleased: '130' },
    ])
  })

  it('adds nothing up across currencies, and puts whom it hits worst first', () => {
    const records = [
      recorded({ price: '13.00', number: 'INV-1' }),
      recorded({ price: '13.10', number: 'INV-2', supplier: 'S200' }),
      recorded({ price: '13.20', number: 'INV-3', supplier: 'S200' }),
      recorded({ price: '13.00', number: 'INV-4', currency: 'USD' }),
    ]
    expect(simulate(records).suppliers).toEqual([
      { supplier: 'S200', currency: 'EUR', invoices: 2, newlyHeld: '263', newlyReleased: '0' },
      { supplier: 'S100', currency: 'EUR', invoices: 1, newlyHeld: '130', newlyReleased: '0' },
      { supplier: 'S100', currency: 'USD', invoices: 1, newlyHeld: '130', newlyReleased: '0' },
    ])
  })

  it('counts the last match of an invoice, in whatever order its matches come', () => {
    const [first, second] = [
      recorded({ price: '13.00', attempt: 1 }),
      recorded({ price: '12.40', attempt: 2 }),
    ]
    const report = simulate([first, second])
    expect(report).toMatchObject({ matches: 2, invoices: 1, attemptsChanged: 1, changed: [] })
    expect(simulate([second, first])).toEqual(report)
  })

  it('says how many are not decided now as they were then', () => {
    const report = simulate([recorded({ price: '13.00' }, [priceMatching, tighter])])
    expect(report).toMatchObject({ notReproduced: 1, changed: [{ before: { holds: [] } }] })
  })

  it('gives the same report for the same record', () => {
    const records = [recorded({ price: '13.00' })]
    expect(JSON.stringify(simulate(records))).toBe(JSON.stringify(simulate(records)))
  })
})

describe('the days a version counts on', () => {
  const december = priceTolerance('1.1.0', '2', { effectiveFrom: '2026-12-01' })
  const november = recorded({ price: '13.00', number: 'INV-1', date: '2026-11-30' })
  const records = [november, recorded({ price: '13.00', number: 'INV-2', date: '2026-12-01' })]
  const changedIn = (asked: Partial<PoliciesAsked>) => {
    const { changed, otherVersions } = simulate(records, asked)
    return { otherVersions, changed: changed.map(({ invoiceNumber }) => invoiceNumber) }
  }

  it('are all of them, where nothing else is said: what would have happened', () => {
    expect(changedIn({ candidate: december })).toEqual({
      otherVersions: 2,
      changed: ['INV-1', 'INV-2'],
    })
  })

  it('are those from its first day on, by the date of the invoice: what will change', () => {
    expect(changedIn({ candidate: december, days: 'business-date' })).toEqual({
      otherVersions: 1,
      changed: ['INV-2'],
    })
  })

  it('are by date those of the version that was in force then', () => {
    const inNovember = priceTolerance('1.0.1', '2', { effectiveFrom: '2026-11-15' })
    const candidate = priceTolerance('1.2.0', '10', { effectiveFrom: '2026-12-01' })
    const asked = { inForce: [...inForce, inNovember], candidate }
    expect(changedIn({ ...asked, days: 'business-date' }).changed).toEqual(['INV-2'])
    expect(changedIn(asked).changed).toEqual(['INV-1', 'INV-2'])
  })
})
