import { decimal, instant } from '@counterfoil/core'
import { describe, expect, it } from 'vitest'
import { measured } from '../measure/measure.ts'
import { summarise } from './summarise.ts'

const of = (figures: readonly string[], name = 'hours') =>
  figures.map((figure, index) =>
    measured({
      metric: 'supplier-variance',
      subject: String(index),
      at: instant(`2026-11-${String(10 + index)}T00:00:00Z`),
      dimensions: { tenant: 'acme', supplier: 'S100' },
      orderKeys: [],
      figures: { [name]: decimal(figure) },
    }),
  )

describe('a number of many measurements', () => {
  it.each([
    [['3'], '3', '3'],
    [['1', '2'], '1', '2'],
    [['9', '1', '5'], '5', '9'],
    [['1', '2', '3', '4', '5', '6', '7', '8', '9', '10'], '5', '9'],
    [['1', '2', '3', '4', '5', '6', '7', '8', '9', '10', '11'], '6', '10'],
    [['2', '10', '1.5'], '2', '10'],
  ])('takes the nearest rank of %s: half %s, nine tenths %s', (figures, median, p90) => {
    expect(summarise(of(figures), { kind: 'quantile', figure: 'hours', share: '0.5' })).toBe(median)
    expect(summarise(of(figures), { kind: 'quantile', figure: 'hours', share: '0.9' })).toBe(p90)
  })

  it('says nothing of nothing', () => {
    expect(summarise([], { kind: 'quantile', figure: 'hours', share: '0.5' })).toBeNull()
    expect(summarise([], { kind: 'trend', figure: 'hours', weight: '0.2' })).toBeNull()
    expect(summarise([], { kind: 'ratio', of: 'hours', among: 'hours' })).toBeNull()
    expect(summarise([], { kind: 'sum', figure: 'hours' })).toBeNull()
  })

  it('adds up exactly', () => {
    expect(summarise(of(['0.1', '0.2']), { kind: 'sum', figure: 'hours' })).toBe('0.3')
  })

  it('weighs the later more, whatever came in first', () => {
    const values = of(['10', '20', '0'])
    // 10; 10 + 0.2 x 10 = 12; 12 - 0.2 x 12 = 9.6
    const trend = { kind: 'trend', figure: 'hours', weight: '0.2' } as const
    expect(summarise(values, trend)).toBe('9.6')
    expect(summarise(values.toReversed(), trend)).toBe('9.6')
  })

  it('counts and adds up what is in a band, its beginning in and its end out', () => {
    const values = of(['0', '47.9', '48', '95.9', '96'])
    const band = { figure: 'hours', from: decimal('48'), below: decimal('96') }
    expect(summarise(values, { kind: 'count', band })).toBe('2')
    expect(summarise(values, { kind: 'sum', figure: 'hours', band })).toBe('143.9')
    expect(summarise(values, { kind: 'count', band: { ...band, below: null } })).toBe('3')
  })
})
