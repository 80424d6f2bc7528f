import { expect } from 'vitest'
import { type Report, printed } from './report.ts'

/** The run found nothing wrong. */
export function nothingWrong(report: Report): void {
  expect(report.faults, printed(report)).toBe(0)
}

/** The run found what was planted. */
export function somethingWrong(report: Report): void {
  expect(report.faults, printed(report)).toBeGreaterThan(0)
}
