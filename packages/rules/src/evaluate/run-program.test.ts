import { describe, expect, it } from 'vitest'
import type { CheckedCondition } from './checked-rule.ts'
import {
  aCheckedRule,
  allOf,
  anyOf,
  comparing,
  comparingPlaces,
  notOf,
} from './checked-rule.examples.ts'
import { makeProgram, type Program } from './program.ts'
import {
  fillSlots,
  fire,
  firedNumbers,
  fireOn,
  firstFired,
  firstFiredOn,
  roomFor,
} from './run-program.ts'

const programOf = (conditions: readonly CheckedCondition[]): Program =>
  makeProgram(conditions.map((condition) => aCheckedRule(condition)))

type Facts = Readonly<Record<string, unknown>>

/** The rules that fire, found in every way there is: from the facts and from slots, all and the first. */
const fired = (program: Program, facts: Facts): readonly number[] => {
  const slots = roomFor(program)
  fireOn(program, facts, slots)
  const numbers = firedNumbers(slots)
  // Reading facts leaves the slots alone.
  expect(slots.values.filter((value) => value !== undefined)).toEqual([])
  const [first = null] = numbers
  expect(firstFiredOn(program, facts, slots)).toBe(first)
  fillSlots(program, facts, slots)
  expect(slots.values).toHaveLength(program.slots.length)
  expect(firstFired(program, slots)).toBe(first)
  slots.fired.fill(-1)
  fire(program, slots)
  expect(firedNumbers(slots)).toEqual(numbers)
  return numbers
}

/** Facts that note what is looked for in them. */
const watched = (facts: Facts): { readonly facts: Facts; readonly read: string[] } => {
  const read: string[] = []
  const proxy = new Proxy(facts, {
    getOwnPropertyDescriptor: (target, key) => {
      read.push(String(key))
      return Reflect.getOwnPropertyDescriptor(target, key)
    },
  })
  return { facts: proxy, read }
}

const counts = [1, 31, 32, 33, 53, 63, 64, 65, 97]
const numbersTo = (count: number): readonly number[] => [...Array.from({ length: count }).keys()]

describe('rules as bits', () => {
  it.each(counts)('fire alone and together, where %i ask each for a place of its own', (count) => {
    const program = programOf(numbersTo(count).map((one) => comparing(`f${one}`, 'equal', true)))
    expect(roomFor(program).fired).toHaveLength(Math.ceil(count / 32))
    for (const one of numbersTo(count)) expect(fired(program, { [`f${one}`]: true })).toEqual([one])
    const all = Object.fromEntries(numbersTo(count).map((one) => [`f${one}`, true]))
    expect(fired(program, all)).toEqual(numbersTo(count))
    expect(fired(program, {})).toEqual([])
  })

  it.each(counts)('fire alone and together, where %i ask for one place', (count) => {
    const program = programOf(numbersTo(count).map((one) => comparing('f', 'greaterThan', one)))
    for (const one of numbersTo(count)) {
      expect(fired(program, { f: one })).toEqual(numbersTo(one))
      expect(fired(program, { f: one + 0.5 })).toEqual(numbersTo(one + 1))
    }
  })

  it.each(counts)('fire where one in %i has something left to be asked', (count) => {
    const last = count - 1
    const program = programOf(
      numbersTo(count).map((one) =>
        one === last
          ? allOf(comparing('f', 'equal', true), comparingPlaces('a', 'equal', 'b'))
          : comparing('f', 'equal', true),
      ),
    )
    expect(fired(program, { f: true, a: 'x', b: 'x' })).toEqual(numbersTo(count))
    expect(fired(program, { f: true, a: 'x', b: 'y' })).toEqual(numbersTo(last))
    expect(fired(program, { f: false, a: 'x', b: 'x' })).toEqual([])
  })

  it('fire once where several of their terms hold', () => {
    const either = anyOf(comparing('a', 'equal', 1), comparing('b', 'equal', 1))
    const program = programOf([comparing('c', 'equal', 1), either, either])
    expect(fired(program, { a: 1, b: 1 })).toEqual([1, 2])
    expect(fired(program, { b: 1, c: 1 })).toEqual([0, 1, 2])
    expect(fired(program, { a: 2 })).toEqual([])
  })

  it('fire together with those of another term of the same rule', () => {
    const either = anyOf(comparing('x', 'equal', 1), comparing('y', 'equal', 1))
    const more = [1, 2, 3].map((value) => comparing('x', 'equal', value))
    const program = programOf([either, ...more])
    expect(fired(program, { x: 1, y: 1 })).toEqual([0, 1])
    expect(fired(program, { x: 2, y: 1 })).toEqual([0, 2])
    expect(fired(program, { x: 3, y: 2 })).toEqual([3])
  })

  it('are taken as they are where each term is its rule, and not gone through one by one', () => {
    const program = programOf([comparing('x', 'equal', 1), comparing('y', 'equal', 1)])
    const { index } = program
    if (index?.kind !== 'block') throw new Error('no block')
    const slots = roomFor(program)
    fireOn({ ...program, index: { ...index, terms: [] } }, { y: 1 }, slots)
    expect(firedNumbers(slots)).toEqual([1])
  })

  it('are read in rising order, the highest bit of a number too', () => {
    const program = programOf(numbersTo(65).map(() => comparing('f', 'equal', true)))
    const slots = roomFor(program)
    slots.fired.set([-2_147_483_647, 2, 1])
    expect(firedNumbers(slots)).toEqual([0, 31, 33, 64])
  })

  it('start anew with every run', () => {
    const program = programOf([comparing('f', 'equal', true)])
    const slots = roomFor(program)
    fireOn(program, { f: true }, slots)
    fireOn(program, { f: false }, slots)
    expect(firedNumbers(slots)).toEqual([])
  })

  it('are none where there are no rules', () => {
    expect(fired(programOf([]), { f: true })).toEqual([])
  })
})

describe('what cells do not decide', () => {
  const pair = comparingPlaces('a', 'lessThan', 'b')
  const longer = comparing('text', 'starts-with', 'x')
  const some = anyOf(...numbersTo(17).map((one) => comparing(`f${one}`, 'equal', true)))
  const both = allOf(pair, longer)

  it.each<[string, CheckedCondition, Facts, boolean]>([
    ['two places', pair, { a: 1, b: 2 }, true],
    ['two places the other way round', pair, { a: 2, b: 1 }, false],
    ['two places, one missing', pair, { a: 1 }, false],
    ['a text', longer, { text: 'xy' }, true],
    ['another text', longer, { text: 'yx' }, false],
    ['not two places', notOf(pair), { a: 2, b: 1 }, true],
    ['not two places that are so', notOf(pair), { a: 1, b: 2 }, false],
    ['one of many', some, { f16: true }, true],
    ['none of many', some, { f17: true }, false],
    ['none of many, asked for', notOf(some), {}, true],
    ['one of many, not asked for', notOf(some), { f3: true }, false],
    ['not both: neither', notOf(both), { a: 2, b: 1, text: 'y' }, true],
    ['not both: one', notOf(both), { a: 1, b: 2, text: 'y' }, true],
    ['not both: both', notOf(both), { a: 1, b: 2, text: 'x' }, false],
    ['many of which one is all of two', anyOf(some, both), { a: 1, b: 2, text: 'x' }, true],
    ['many of which one must not hold', anyOf(some, notOf(pair)), { a: 2, b: 1 }, true],
    ['many of which none holds', anyOf(some, notOf(pair)), { a: 1, b: 2 }, false],
    ['many of which one is half of two', anyOf(some, both), { a: 1, b: 2 }, false],
  ])('is asked as it was written: %s', (_, condition, facts, holds) => {
    expect(fired(programOf([condition]), facts)).toEqual(holds ? [0] : [])
  })

  it('is asked as it was written, an all within an any of more than sixteen too', () => {
    const many = anyOf(
      ...numbersTo(17).map((one) => allOf(comparing(`f${one}`, 'equal', true), pair)),
    )
    const program = programOf([many, notOf(many)])
    expect(fired(program, { f16: true, a: 1, b: 2 })).toEqual([0])
    expect(fired(program, { f16: true, a: 2, b: 1 })).toEqual([1])
    expect(fired(program, { a: 1, b: 2 })).toEqual([1])
  })
})

describe('of the facts only that is read which it takes to know', () => {
  const is = (fact: string, value: number | boolean) => comparing(fact, 'equal', value)

  /** What is read to find all rules that fire, and the first. */
  const readBy = (conditions: readonly CheckedCondition[], given: Facts) => {
    const program = programOf(conditions)
    const [all, first] = [watched(given), watched(given)]
    fireOn(program, all.facts, roomFor(program))
    firstFiredOn(program, first.facts, roomFor(program))
    return { all: all.read, first: first.read }
  }

  it('is nothing further once nothing can fire any more', () => {
    const one = allOf(is('x', 1), is('y', 1), is('z', 1))
    expect(readBy([one], { x: 1, y: 1, z: 1 }).all).toEqual(['x', 'y', 'z'])
    expect(readBy([one], { x: 1, y: 2, z: 1 }).all).toEqual(['x', 'y'])
    expect(readBy([one], { y: 1, z: 1 }).all).toEqual(['x'])
    expect(readBy([one], { y: 1, z: 1 }).first).toEqual(['x'])
  })

  it('is no place that only rules ask for which cannot fire any more', () => {
    const rules = [allOf(is('x', 1), is('y', 1)), allOf(is('x', 2), is('z', 1))]
    expect(readBy(rules, { x: 1, y: 1, z: 1 }).all).toEqual(['x', 'y'])
    expect(readBy(rules, { x: 2, y: 1, z: 1 }).all).toEqual(['x', 'z'])
  })

  it('is nothing of what remains to be asked where the columns say no, and no more than it takes', () => {
    const rest = comparingPlaces('a', 'equal', 'b')
    const more = comparingPlaces('c', 'equal', 'd')
    const rules = [allOf(is('x', 1), rest, more)]
    expect(readBy(rules, { x: 2 }).all).toEqual(['x'])
    expect(readBy(rules, { x: 1, a: 1, b: 2 }).all).toEqual(['x', 'a', 'b'])
    expect(readBy(rules, { x: 1, a: 1, b: 1 }).all).toEqual(['x', 'a', 'b', 'c', 'd'])
    const sixteen = numbersTo(17).map((one) => is(`f${one}`, 1))
    expect(readBy([anyOf(...sixteen)], { f1: 1 }).all).toEqual(['f0', 'f1'])
    expect(readBy([notOf(allOf(...sixteen))], { f0: 1 }).all).toEqual(['f0', 'f1'])
  })

  it('is nothing that only later rules ask for, where the first is wanted', () => {
    const rules = [...numbersTo(32).map(() => is('x', 1)), is('y', 1)]
    expect(readBy(rules, { x: 1, y: 1 })).toEqual({ all: ['x', 'y'], first: ['x'] })
    expect(readBy(rules, { x: 2, y: 1 })).toEqual({ all: ['x', 'y'], first: ['x', 'y'] })
  })

  it('is nothing of what remains of later rules, where the first is wanted', () => {
    const rest = comparingPlaces('a', 'equal', 'b')
    const rules = [is('x', 1), allOf(is('x', 1), rest)]
    expect(readBy(rules, { x: 1 })).toEqual({ all: ['x', 'a', 'b'], first: ['x'] })
  })

  it('is nothing that only another term of the first asks for', () => {
    const either = anyOf(is('x', 1), is('y', 1))
    const rules = [either, is('x', 1), is('x', 2), is('x', 3)]
    expect(readBy(rules, { x: 1, y: 1 })).toEqual({ all: ['x', 'y'], first: ['x'] })
    expect(readBy(rules, { x: 4, y: 1 }).first).toEqual(['x', 'y'])
    const rest = allOf(is('y', 1), comparingPlaces('a', 'equal', 'b'))
    const others = [allOf(is('y', 1), is('z', 1)), anyOf(is('x', 1), rest), is('x', 2), is('x', 3)]
    expect(readBy(others, { x: 1, y: 1 })).toEqual({
      all: ['x', 'y', 'z', 'a', 'b'],
      first: ['x', 'y', 'z'],
    })
  })

  it('also where the first stands between rules that are found another way', () => {
    const rest = comparingPlaces('a', 'equal', 'a')
    const rules = [
      allOf(is('y', 1), is('z', 1)),
      is('x', 1),
      is('x', 2),
      is('x', 3),
      allOf(is('y', 1), rest),
    ]
    expect(fired(programOf(rules), { x: 1, y: 1 })).toEqual([1, 4])
    expect(fired(programOf(rules), { x: 1, y: 1, z: 1 })).toEqual([0, 1, 4])
    expect(fired(programOf(rules), { x: 4, y: 1 })).toEqual([4])
    expect(readBy(rules, { x: 1, y: 1 })).toEqual({
      all: ['x', 'y', 'z', 'a', 'a'],
      first: ['x', 'y', 'z'],
    })
  })
})
