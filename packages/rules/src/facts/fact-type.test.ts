import { CalendarDate, Decimal, NonNegativeDecimal } from '@counterfoil/core'
import { describe, expect, it } from 'vitest'
import * as z from 'zod'
import { factTypeOf } from './fact-type.ts'
import { readFactPath, writeFactPlace } from './fact-path.ts'
import { factTypesOfKind } from './facts-of-kind.ts'

describe('the type of a fact', () => {
  it.each<[string, z.ZodType, unknown]>([
    ['text', z.string().max(5), { kind: 'text', values: null }],
    ['a choice', z.enum(['a', 'b']), { kind: 'text', values: ['a', 'b'] }],
    ['a decimal', Decimal, { kind: 'decimal' }],
    ['a decimal of zero or more', NonNegativeDecimal, { kind: 'decimal' }],
    ['a day', CalendarDate, { kind: 'date' }],
    ['a whole number', z.int(), { kind: 'number' }],
    ['yes or no', z.boolean(), { kind: 'boolean' }],
    [
      'a list',
      z.array(z.int()),
      { kind: 'list', element: { type: { kind: 'number' }, mayBeMissing: true } },
    ],
    [
      'free fields',
      z.record(z.string(), z.string()),
      {
        kind: 'record',
        fields: new Map(),
        rest: { type: { kind: 'text', values: null }, mayBeMissing: true },
      },
    ],
    [
      'a record',
      z.object({ a: z.boolean(), b: z.boolean().nullable() }),
      {
        kind: 'record',
        rest: null,
        fields: new Map([
          ['a', { type: { kind: 'boolean' }, mayBeMissing: false }],
          ['b', { type: { kind: 'boolean' }, mayBeMissing: true }],
        ]),
      },
    ],
  ])('is read from the schema: %s', (_, schema, type) => {
    expect(factTypeOf(schema)).toEqual({ type, mayBeMissing: false })
  })

  it('says whether it may be missing', () => {
    for (const schema of [z.string().optional(), z.string().nullable(), z.string().nullish()]) {
      expect(factTypeOf(schema).mayBeMissing).toBe(true)
    }
  })

  it('is refused where no condition could be checked', () => {
    expect(() => factTypeOf(z.unknown())).toThrow(TypeError)
  })

  it('is known of every fact of every kind', () => {
    expect([...factTypesOfKind.matching.keys()]).toEqual([
      'order',
      'invoice',
      'line',
      'item',
      'supplier',
    ])
    expect([...factTypesOfKind.tolerance.keys()]).toEqual(
      expect.arrayContaining(['check', 'discrepancy']),
    )
    expect([...factTypesOfKind.routing.keys()]).toEqual(
      expect.arrayContaining(['exception', 'waiting']),
    )
  })
})

describe('a path', () => {
  it.each([
    [undefined, []],
    ['$.a', ['a']],
    ['$.a.b_c-d[0].e', ['a', 'b_c-d', 0, 'e']],
    ['$[12]', [12]],
  ])('is a row of names and positions: %s', (path, steps) => {
    expect(readFactPath(path)).toEqual(steps)
  })

  it.each([
    '',
    '$',
    'a',
    '$a',
    '$.',
    '$..a',
    '$.*',
    '$.a[*]',
    '$[-1]',
    '$[0:1]',
    "$['a']",
    '$.a^',
    '$.a~',
    '$[?(@.a)]',
    '$[(@.length-1)]',
    '$.__proto__',
    '$.constructor',
    '$.a.prototype',
    '$.a ',
    `$${'.a'.repeat(100)}`,
  ])('is nothing else: %s', (path) => {
    expect(readFactPath(path)).toBeNull()
  })

  it('is shown with the name of its fact', () => {
    expect(writeFactPlace('line', ['item', 'lots', 0])).toBe('line.item.lots[0]')
  })
})
