import { describe, expect, it } from 'vitest'
import {
  allOf,
  anyOf,
  comparing,
  comparingPlaces,
  notOf,
  placeOf,
} from './checked-rule.examples.ts'
import { linkCondition, startLink } from './program-node.ts'

describe('a condition with its places numbered', () => {
  it('has a slot for each place, in the order they are come to', () => {
    const link = startLink()
    const node = linkCondition(
      allOf(
        comparing('b', 'equal', 'x'),
        anyOf(comparingPlaces('a', 'lessThan', 'b'), notOf(comparing('a', 'in', ['y']))),
      ),
      link,
    )
    expect(link.places).toEqual([placeOf('b'), placeOf('a')])
    expect([...link.slots]).toEqual([
      ['b', 0],
      ['a', 1],
    ])
    const test: unknown = expect.any(Function)
    expect(node).toEqual({
      kind: 'all',
      nodes: [
        { kind: 'compare', slot: 0, test, constant: 'x' },
        {
          kind: 'any',
          nodes: [
            { kind: 'compare-slots', slot: 1, test, other: 0 },
            { kind: 'not', node: { kind: 'compare', slot: 1, test, constant: ['y'] } },
          ],
        },
      ],
    })
  })

  it('is linked once, however many rules use it', () => {
    const link = startLink()
    const named = anyOf(comparing('a', 'equal', 'x'), comparing('b', 'equal', 'y'))
    const node = linkCondition(named, link)
    expect(linkCondition(named, link)).toBe(node)
    expect(linkCondition(allOf(named, notOf(named)), link)).toMatchObject({
      nodes: [node, { kind: 'not', node }],
    })
    // Another link has other slots.
    expect(linkCondition(named, startLink())).not.toBe(node)
  })
})
