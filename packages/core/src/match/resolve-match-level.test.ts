import { describe, expect, it } from 'vitest'
import { MatchLevel, MatchLevelTable } from './match-level.ts'
import {
  type MatchLevelSettings,
  resolveMatchLevel,
  strictestMatchLevel,
} from './resolve-match-level.ts'

const table = MatchLevelTable.parse({
  itemAndSupplier: [{ item: 'SKU-1', supplier: 'S100', level: 'four-way' }],
  item: [{ item: 'SKU-2', level: 'two-way' }],
  supplier: [{ supplier: 'S200', level: 'totals' }],
  legalEntity: 'three-way',
})
const resolve = (settings: Partial<MatchLevelSettings>) =>
  resolveMatchLevel({
    orderLine: undefined,
    order: undefined,
    item: undefined,
    supplier: 'S300',
    table,
    override: 'any',
    ...settings,
  })

describe('the match level of an order line', () => {
  it.each([
    [
      'its own before all',
      { orderLine: 'none', order: 'two-way', item: 'SKU-1', supplier: 'S100' },
      'none',
    ],
    [
      'its order before the tables',
      { order: 'two-way', item: 'SKU-1', supplier: 'S100' },
      'two-way',
    ],
    ['item and supplier', { item: 'SKU-1', supplier: 'S100' }, 'four-way'],
    ['item', { item: 'SKU-2', supplier: 'S200' }, 'two-way'],
    ['supplier', { item: 'SKU-9', supplier: 'S200' }, 'totals'],
    ['legal entity', { item: 'SKU-9' }, 'three-way'],
    ['three-way where nobody says anything', { table: undefined }, 'three-way'],
    ['the order where there are no tables', { table: undefined, order: 'totals' }, 'totals'],
  ] as const)('is the most specific one set: %s', (_name, settings, level) => {
    expect(resolve(settings)).toBe(level)
  })

  it('only becomes stricter where the policy says so', () => {
    const override = 'only-stricter'
    expect(resolve({ orderLine: 'two-way', override })).toBe('three-way')
    expect(resolve({ orderLine: 'four-way', override })).toBe('four-way')
  })

  it('is of several lines the strictest', () => {
    expect(strictestMatchLevel([])).toBe('three-way')
    expect(strictestMatchLevel(['none', 'four-way', 'totals'])).toBe('four-way')
    expect(strictestMatchLevel(MatchLevel.options)).toBe('four-way')
  })
})
