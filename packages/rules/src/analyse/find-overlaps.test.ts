import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { aLoadedRuleSet, aRule } from '../rule-set/rule-set.examples.ts'
import { type Box, intersectBoxes } from './box.ts'
import { findOverlaps, type WantedPairs } from './find-overlaps.ts'
import { rankBoxes } from './ranked-boxes.ts'
import { makeSpace } from './space.ts'

const attribute = (number: number, value: string) => ({
  fact: 'order',
  path: `$.attributes.a${number}`,
  operator: 'equal',
  value,
})

const isThere = (number: number) => ({
  fact: 'order',
  path: `$.attributes.a${number}`,
  operator: 'is-present',
  value: true,
})

/** Rules under these conditions, in boxes. */
const inBoxes = (conditions: readonly unknown[]) => {
  const { rules } = aLoadedRuleSet({
    rules: conditions.map((one, index) => aRule({ name: `rule-${index}`, conditions: one })),
  })
  const space = makeSpace(rules)
  return { space, ranked: rankBoxes(rules, space) }
}

type Looks = {
  /** How often a box is looked at on an axis until every pair is found. */
  readonly looks: number
  /** How often it would be if every pair of boxes were looked at on every axis. */
  readonly looksOfEach: number
}

const looksAt = (
  conditions: readonly unknown[],
  isWanted: WantedPairs['isWanted'] = () => true,
): Looks => {
  const { space, ranked } = inBoxes(conditions)
  let looks = 0
  const get = (box: Box, axis: string | symbol, itself: unknown): unknown => {
    if (axis !== 'length') looks += 1
    return Reflect.get(box, axis, itself)
  }
  const boxes = ranked.boxes.map((box) => new Proxy(box, { get }))
  const { isComplete } = findOverlaps(space, { ...ranked, boxes }, { isWanted, most: Infinity })
  expect(isComplete).toBe(true)
  return { looks, looksOfEach: boxes.length ** 2 * space.axes.length }
}

describe('finding rules that fire for the same facts', () => {
  const there = { fact: 'order', path: '$.attributes', operator: 'is-present', value: true }

  it.each([
    ['over a place of its own each', (one: number) => ({ all: [attribute(one, 'x')] })],
    [
      'over two places each, one shared with the next',
      (one: number) => ({ any: [attribute(one, 'x'), attribute(one + 1, 'y')] }),
    ],
    [
      'over all but one value of a place of its own',
      (one: number) => ({ all: [there, isThere(one), { not: attribute(one, 'x') }] }),
    ],
  ])(
    'takes at most twice the looks that comparing each with each takes: 65 rules %s',
    (_, condition) => {
      const conditions = Array.from({ length: 65 }, (__, index) => condition(index))
      for (const isWanted of [() => true, () => false]) {
        const { looks, looksOfEach } = looksAt(conditions, isWanted)
        expect(looks).toBeLessThan(2 * looksOfEach)
      }
    },
  )

  it('looks at rules that exclude each other a few times, however many they are', () => {
    const conditions = Array.from({ length: 400 }, (_, index) => ({
      all: [attribute(0, `v${index % 20}`), attribute(1, `v${Math.floor(index / 20)}`)],
    }))
    const { looks, looksOfEach } = looksAt(conditions)
    expect(looks).toBeLessThan(looksOfEach / 20)
  })

  it('finds what comparing each with each finds, and of rules of one group nothing', () => {
    const value = fc.constantFrom('x', 'y', 'z')
    const comparison = fc.tuple(fc.nat(3), value).map(([place, text]) => attribute(place, text))
    const condition = fc
      .tuple(
        fc.array(comparison, { maxLength: 2 }),
        fc.array(comparison, { minLength: 1, maxLength: 3 }),
      )
      .map(([all, any]) => ({ all: [...all, { any }] }))
    const rules = fc.array(fc.tuple(condition, fc.nat(12)), { minLength: 2, maxLength: 50 })
    fc.assert(
      fc.property(rules, (drawn) => {
        const { space, ranked } = inBoxes(drawn.map(([one]) => one))
        const groups = drawn.map(([, group]) => group)
        const isWanted = (first: number, second: number) => (first + second) % 3 !== 0
        const { overlaps, isComplete } = findOverlaps(space, ranked, {
          isWanted,
          groups,
          most: 5_000,
        })
        const expected = drawn.flatMap((_, first) =>
          drawn.flatMap((__, second) =>
            first < second &&
            groups[first] !== groups[second] &&
            isWanted(first, second) &&
            doMeet(ranked, first, second)
              ? [[first, second]]
              : [],
          ),
        )
        expect(isComplete).toBe(true)
        expect(overlaps.map(({ first, second }) => [first, second])).toEqual(expected)
      }),
    )
  })

  it('stops at the most that is asked for, and says so', () => {
    const { space, ranked } = inBoxes([0, 1, 2, 3].map((one) => ({ all: [attribute(one, 'x')] })))
    const found = (most: number) => findOverlaps(space, ranked, { isWanted: () => true, most })
    expect(found(6)).toMatchObject({ isComplete: true, overlaps: { length: 6 } })
    expect(found(5)).toMatchObject({ isComplete: false, overlaps: { length: 5 } })
  })
})

const doMeet = (
  { boxes, ruleOf }: Pick<ReturnType<typeof rankBoxes>, 'boxes' | 'ruleOf'>,
  first: number,
  second: number,
): boolean => {
  const of = (rule: number) => boxes.filter((_, box) => ruleOf[box] === rule)
  return of(first).some((one) => of(second).some((other) => intersectBoxes(one, other) !== null))
}
