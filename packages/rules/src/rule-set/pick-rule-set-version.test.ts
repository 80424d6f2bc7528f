import { calendarDate } from '@counterfoil/core'
import { describe, expect, it } from 'vitest'
import { pickRuleSetVersion } from './pick-rule-set-version.ts'
import { aLoadedRuleSet, type ExampleJson } from './rule-set.examples.ts'

const version = (number: string, effectiveFrom: string, more: ExampleJson = {}) =>
  aLoadedRuleSet({ version: number, effectiveFrom, ...more })

const pick = (
  versions: readonly ReturnType<typeof version>[],
  day: string,
  scope: ExampleJson = {},
) =>
  pickRuleSetVersion(versions, { tenant: 't', ...scope }, calendarDate(day))?.reference.version ??
  null

describe('the version of a rule set in force', () => {
  const loadVersions = () => [
    version('1.0.0', '2026-01-01'),
    version('1.10.0', '2026-07-01', { effectiveTo: '2026-12-31' }),
    version('1.9.0', '2026-07-01'),
  ]

  it.each([
    ['before the first day', '2025-12-31', null],
    ['on the first day', '2026-01-01', '1.0.0'],
    ['on the last day of the old one', '2026-06-30', '1.0.0'],
    ['of two from one day, the higher', '2026-07-01', '1.10.0'],
    ['on its own last day', '2026-12-31', '1.10.0'],
    ['after the last day of one, the one before', '2027-01-01', '1.9.0'],
  ])('%s', (_, day, expected) => {
    expect(pick(loadVersions(), day)).toBe(expected)
    expect(pick(loadVersions().toReversed(), day)).toBe(expected)
  })

  it('is the one for the narrowest scope, however old', () => {
    const scoped = [
      version('2.0.0', '2026-06-01'),
      version('1.1.0', '2026-02-01', {
        scope: { businessUnit: 'north', legalEntity: 'L1', supplierClass: 'A', category: 'fresh' },
      }),
      version('1.2.0', '2026-01-01', { scope: { supplier: 'S1' } }),
      version('1.3.0', '2026-01-01', { scope: { supplier: '*', item: 'I1' } }),
    ]
    const north = {
      businessUnit: 'north',
      legalEntity: 'L1',
      supplierClass: 'A',
      category: 'fresh',
    }
    expect(pick(scoped, '2026-06-01')).toBe('2.0.0')
    expect(pick(scoped, '2026-06-01', north)).toBe('1.1.0')
    expect(pick(scoped, '2026-06-01', { ...north, supplier: 'S1' })).toBe('1.2.0')
    expect(pick(scoped, '2026-06-01', { ...north, supplier: 'S1', item: 'I1' })).toBe('1.3.0')
    expect(pick(scoped, '2026-06-01', { ...north, category: 'dry' })).toBe('2.0.0')
  })

  it('is none of no versions', () => {
    expect(pick([], '2026-01-01')).toBeNull()
  })

  it('is not looked for among sets of different names', () => {
    expect(() => pick([...loadVersions(), aLoadedRuleSet({ id: 'other' })], '2026-01-01')).toThrow(
      'cannot pick a version among rule sets of different names: give the versions of one set',
    )
  })
})
