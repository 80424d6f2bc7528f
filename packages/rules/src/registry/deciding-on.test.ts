import { CalendarDate } from '@counterfoil/core'
import { describe, expect, it } from 'vitest'
import { aLoadedRuleSet } from '../rule-set/rule-set.examples.ts'
import { decidingOn } from './deciding-on.ts'

const day = CalendarDate.parse('2026-11-27')
const limits = (version: string, effectiveFrom: string, envelope: object = {}) =>
  aLoadedRuleSet({ id: 'limits', version, effectiveFrom, ...envelope })

describe('what decides on a day', () => {
  it('is the version that took effect last, and later the one whose day comes', () => {
    const sets = [
      limits('1.0.0', '2026-01-01'),
      limits('1.1.0', '2026-11-27'),
      limits('1.2.0', '2026-12-15'),
    ]
    expect(decidingOn(sets, day)).toEqual([
      {
        ruleSet: 'limits',
        scope: {},
        now: { version: 'limits@1.1.0', from: '2026-11-27' },
        later: [{ version: 'limits@1.2.0', from: '2026-12-15' }],
      },
    ])
  })

  it('is nothing before the first day, and after the last', () => {
    const sets = [limits('1.0.0', '2026-12-01', { effectiveTo: '2026-12-31' })]
    expect(decidingOn(sets, day)).toMatchObject([
      {
        now: null,
        later: [
          { version: 'limits@1.0.0', from: '2026-12-01' },
          { version: null, from: '2027-01-01' },
        ],
      },
    ])
    expect(decidingOn(sets, CalendarDate.parse('2027-02-01'))).toMatchObject([
      { now: { version: null, from: '2027-01-01' }, later: [] },
    ])
  })

  it('is told for each scope, where what is for everybody may decide', () => {
    const sets = [
      limits('1.0.0', '2026-01-01'),
      limits('1.1.0', '2026-12-01', { scope: { supplier: 'S1' } }),
    ]
    expect(decidingOn(sets, day)).toMatchObject([
      { scope: {}, now: { version: 'limits@1.0.0' }, later: [] },
      {
        scope: { supplier: 'S1' },
        now: { version: 'limits@1.0.0', from: '2026-01-01' },
        later: [{ version: 'limits@1.1.0', from: '2026-12-01' }],
      },
    ])
  })

  it('is the set that extends one and stands in its place', () => {
    const base = limits('1.0.0', '2026-01-01')
    const house = aLoadedRuleSet(
      { id: 'house', effectiveFrom: '2026-12-01', extends: 'limits@1.0.0', rules: [] },
      { bases: [base] },
    )
    expect(decidingOn([base, house], day)).toMatchObject([
      {
        ruleSet: 'limits',
        now: { version: 'limits@1.0.0' },
        later: [{ version: 'house@1.0.0', from: '2026-12-01' }],
      },
      { ruleSet: 'house', now: null },
    ])
  })
})
