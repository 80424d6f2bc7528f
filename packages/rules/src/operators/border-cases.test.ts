import { describe, expect, it } from 'vitest'
import { tryBorders } from './border-cases.examples.ts'

describe('the operators on decimals', () => {
  it('answer on every border as fractions of whole numbers do', () => {
    const report = tryBorders(20_261_127, 40_000)
    expect(report.wrong).toEqual([])
    // Both answers come, and floating-point numbers would not do.
    expect(report.held).toBeGreaterThan(0.3 * report.cases)
    expect(report.held).toBeLessThan(0.8 * report.cases)
    expect(report.wrongInFloats).toBeGreaterThan(0.02 * report.cases)
  })
})
