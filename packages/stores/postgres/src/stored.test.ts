import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { original, storable } from './stored.ts'

const halves = fc.constantFrom(
  '\0',
  '\u0001',
  '\u0002',
  '\uE000',
  '\uD800',
  '\uDFFF',
  'a',
  '\u{1F69A}',
  '4',
)
const text = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.array(halves).map((parts) => parts.join('')),
)

const points = (one: string): readonly number[] =>
  Array.from(one, (character) => character.codePointAt(0) ?? 0)
const inOrder = (a: readonly number[], b: readonly number[]): number => {
  const at = a.findIndex((point, index) => point !== b[index])
  return at === -1 ? Math.sign(a.length - b.length) : Math.sign((a[at] ?? 0) - (b[at] ?? -1))
}

describe('text in a column', () => {
  it('comes back as it was', () => {
    fc.assert(
      fc.property(text, (one) => {
        expect(original(storable(one))).toBe(one)
      }),
    )
  })

  it('has nothing the database refuses', () => {
    fc.assert(
      fc.property(text, (one) => {
        expect(storable(one).isWellFormed()).toBe(true)
        expect(storable(one)).not.toContain('\0')
      }),
    )
  })

  it('keeps its place among other texts', () => {
    fc.assert(
      fc.property(text, text, (one, other) => {
        expect(inOrder(points(storable(one)), points(storable(other)))).toBe(
          inOrder(points(one), points(other)),
        )
      }),
    )
  })
})
