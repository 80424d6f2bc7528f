import { instant } from '@counterfoil/core'
import { describe, expect, it } from 'vitest'
import { weekOf } from './week-of.ts'

describe('the week of an instant', () => {
  // The year of the first and last weeks is where ISO 8601 and the calendar differ.
  it.each([
    ['2026-11-27T23:59:59Z', '2026-W48'],
    ['2026-11-30T00:00:00Z', '2026-W49'],
    ['2026-01-01T12:00:00Z', '2026-W01'],
    ['2027-01-03T12:00:00Z', '2026-W53'],
    ['2027-01-04T00:00:00Z', '2027-W01'],
    ['2024-12-30T00:00:00Z', '2025-W01'],
    ['2021-01-01T00:00:00Z', '2020-W53'],
    ['2026-11-30T00:30:00+01:00', '2026-W48'],
  ])('of %s is %s', (at, week) => {
    expect(weekOf(instant(at))).toBe(week)
  })
})
