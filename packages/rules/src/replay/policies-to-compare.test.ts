import { CalendarDate } from '@counterfoil/core'
import { describe, expect, it } from 'vitest'
import { aLoadedRuleSet } from '../rule-set/rule-set.examples.ts'
import { priceTolerance } from './matches.examples.ts'
import { type PoliciesAsked, policiesToCompare, predecessorOf } from './policies-to-compare.ts'

const first = priceTolerance('1.0.0', '10')
const second = priceTolerance('1.1.0', '5', { effectiveFrom: '2026-06-01' })
const candidate = priceTolerance('1.2.0', '2', { effectiveFrom: '2026-12-01' })
const forSupplier = priceTolerance('1.0.5', '1', { scope: { supplier: 'V-1' } })
const other = aLoadedRuleSet({ id: 'other-tolerance', priority: 2 })
const inForce = [first, second, other]

/** The versions asked on a day, before and after. */
const versionsOn = (date: string, asked: Partial<PoliciesAsked> = {}) => {
  const policies = policiesToCompare({ inForce, against: null, candidate, ...asked })
  const [before, after] = [policies.before, policies.after].map((source) =>
    source
      .pick({ tenant: 'acme' }, CalendarDate.parse(date))
      .references.map(({ ruleSet, version }) => `${ruleSet}@${version}`)
      .toSorted(),
  )
  return { before, after }
}

describe('the policies of a simulation', () => {
  it('are on every day the newest versions, with the candidate in the place of its own', () => {
    expect(versionsOn('2020-01-01')).toEqual({
      before: ['other-tolerance@1.0.0', 'price-tolerance@1.1.0'],
      after: ['other-tolerance@1.0.0', 'price-tolerance@1.2.0'],
    })
  })

  it.each([
    ['2026-03-01', 'price-tolerance@1.0.0', 'price-tolerance@1.0.0'],
    ['2026-11-30', 'price-tolerance@1.1.0', 'price-tolerance@1.1.0'],
    ['2026-12-01', 'price-tolerance@1.1.0', 'price-tolerance@1.2.0'],
  ])('are by date those in force on %s', (date, before, after) => {
    const asked = { inForce: [first, second], days: 'business-date' } as const
    expect(versionsOn(date, asked)).toEqual({ before: [before], after: [after] })
  })

  it('hold a candidate against the version named instead of the one in force', () => {
    const asked = { inForce: [second], against: first }
    expect(versionsOn('2026-01-01', asked).before).toEqual(['price-tolerance@1.0.0'])
    expect(versionsOn('2026-07-01', { ...asked, days: 'business-date' })).toEqual({
      before: ['price-tolerance@1.0.0'],
      after: ['price-tolerance@1.0.0'],
    })
  })

  it.each(['every-day', 'business-date'] as const)(
    'hold a version already released against the one before it (%s)',
    (days) => {
      const asked = { inForce: [first, second], candidate: second, days }
      expect(versionsOn('2026-07-01', asked)).toEqual({
        before: ['price-tolerance@1.0.0'],
        after: ['price-tolerance@1.1.0'],
      })
      expect(predecessorOf([first, second], second)).toBe(first)
    },
  )

  it('leave a version for others in its place', () => {
    const { after } = versionsOn('2026-12-01', { inForce: [forSupplier] })
    expect(after).toEqual(['price-tolerance@1.2.0'])
    expect(predecessorOf([forSupplier], candidate)).toBeNull()
  })
})
