import { describe, expect, it } from 'vitest'
import { compareNumbering } from './compare-numbering.ts'

describe('compareNumbering', () => {
  it.each([
    ['2', '10'],
    ['R9', 'R10'],
    ['GR-1', 'GR-1-A'],
    ['A2', 'B1'],
    ['007', '8'],
    ['1', 'A'],
    ['10', '010'],
  ])('puts %s before %s, as a person would', (a, b) => {
    const order = compareNumbering(a, b)
    expect(Math.sign(order)).toBe(a === '10' ? 1 : -1)
    expect(Math.sign(compareNumbering(b, a))).toBe(-Math.sign(order))
  })

  it('takes only the same text for equal', () => {
    expect(compareNumbering('R9', 'R9')).toBe(0)
    expect(compareNumbering('', '')).toBe(0)
    expect(compareNumbering('01', '1')).not.toBe(0)
  })
})
