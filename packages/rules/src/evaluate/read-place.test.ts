import { describe, expect, it } from 'vitest'
import { factReaders } from '../facts/fact-readers.ts'
import type { FactPlace } from './checked-rule.ts'
import { readerOf, readPlace } from './read-place.ts'

const placeOf = (text: string): FactPlace => {
  const [fact = '', ...steps] = text.split('.')
  return {
    fact,
    steps,
    text,
    params: null,
    type: { kind: 'text', values: null },
    missable: [],
    prefixes: [],
  }
}

/** What may stand on the way to a place, whatever the schema says of it. */
const oddities: readonly unknown[] = [undefined, null, 'text', 0, 7, true, [], ['x'], {}]

/** Facts in which the value stands at the place, or an oddity somewhere on the way to it. */
const factsAround = ([name = '', ...rest]: readonly string[], value: unknown): unknown[] => {
  const inside = rest.length === 0 ? [value, ...oddities] : factsAround(rest, value)
  return [...inside.map((one) => ({ [name]: one })), {}]
}

describe('a place of the facts', () => {
  it.each([...factReaders.keys()])('is read like any other: %s', (text) => {
    const place = placeOf(text)
    const read = readerOf(place)
    expect(read).toBe(factReaders.get(text))
    const around = factsAround(text.split('.'), 'the value') as Record<string, unknown>[]
    expect(read(around[0] ?? {})).toBe('the value')
    for (const facts of [...around, ...oddities.map((one) => ({ [place.fact]: one }))]) {
      expect([facts, read(facts)]).toEqual([facts, readPlace(place, facts)])
    }
  })

  it('with a free name is walked to, by fields of its own only', () => {
    const place = placeOf('order.attributes.toString')
    expect(factReaders.has(place.text)).toBe(false)
    expect(readerOf(place)({ order: { attributes: {} } })).toBeUndefined()
    expect(readerOf(place)({ order: { attributes: { toString: 'own' } } })).toBe('own')
  })

  it('with a free name is missing where anything on the way is no record', () => {
    const read = readerOf(placeOf('order.attributes.region.code'))
    expect(read({ order: { attributes: { region: { code: 'N' } } } })).toBe('N')
    for (const oddity of oddities) {
      expect(read({ order: { attributes: { region: oddity } } })).toBeUndefined()
      expect(read({ order: { attributes: oddity } })).toBeUndefined()
    }
    // As in json-rules-engine a path into a fact that is a single value gives that value.
    expect(read({ order: 'a text' })).toBe('a text')
    expect(read({ order: null })).toBeNull()
  })
})
