import { type GraphQLScalarType, parseValue } from 'graphql'
import { describe, expect, it } from 'vitest'
import { createScalars } from './scalars.ts'

const { Decimal, CalendarDate, Instant, Json } = createScalars()
const readings: readonly (readonly [GraphQLScalarType | undefined, string[], unknown[]])[] = [
  [Decimal, ['12.40', '-3', '0', '9007199254740993.1'], ['1e3', '', '.5', '1,5', 12.4, null, 'x']],
  [CalendarDate, ['2026-11-25', '2024-02-29'], ['2026-02-30', '25.11.2026', 20261125, '']],
  [
    Instant,
    ['2026-11-25T09:00:00Z', '2026-11-25T10:00:00+01:00'],
    ['2026-11-25', '2026-11-25T09:00:00', 'now', 1],
  ],
]

describe('scalars', () => {
  it('take and give text as it is', () => {
    for (const [scalar, right] of readings) {
      for (const text of right) {
        expect(scalar?.parseValue(text)).toBe(text)
        expect(scalar?.serialize(text)).toBe(text)
        expect(scalar?.parseLiteral(parseValue(JSON.stringify(text)), {})).toBe(text)
      }
    }
  })

  it('refuse what is none, saying how to write it', () => {
    for (const [scalar, , wrong] of readings) {
      for (const value of wrong) {
        expect(() => scalar?.parseValue(value), String(value)).toThrow(
          `cannot read ${scalar?.name}`,
        )
        expect(() => scalar?.serialize(value), String(value)).toThrow(`cannot read ${scalar?.name}`)
      }
    }
  })

  it('do not take numbers for decimals, which may have lost digits on the way', () => {
    expect(() => Decimal?.parseLiteral(parseValue('12.40'), {})).toThrow('write a decimal number')
  })

  it('do not look at texts of any length', () => {
    expect(() => Decimal?.parseValue('1'.repeat(900_000))).toThrow('cannot read Decimal')
  })

  it('read JSON as it is written', () => {
    const written = parseValue('{ a: [1, 2.5, "x", true, null, RED] }')
    expect(Json?.parseLiteral(written, {})).toEqual({ a: [1, 2.5, 'x', true, null, 'RED'] })
    expect(Json?.serialize({ a: 1 })).toEqual({ a: 1 })
    expect(Json?.parseValue([1])).toEqual([1])
  })
})
