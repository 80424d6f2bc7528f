import { describe, expect, it } from 'vitest'
import type { CheckedCondition, RuleConstant } from './checked-rule.ts'
import {
  aCheckedRule,
  allOf,
  anyOf,
  comparing,
  comparingPlaces,
  notOf,
} from './checked-rule.examples.ts'
import type { IndexBlock, IndexNode } from './make-index.ts'
import { makeProgram, type Program } from './program.ts'

const programOf = (conditions: readonly CheckedCondition[]): Program =>
  makeProgram(conditions.map((condition) => aCheckedRule(condition)))

const is = (fact: string, value: RuleConstant) => comparing(fact, 'equal', value)
const isNot = (fact: string, value: RuleConstant) => comparing(fact, 'notEqual', value)
const numbersTo = (count: number): readonly number[] => [...Array.from({ length: count }).keys()]
const eachOf = (count: number, make: (index: number) => CheckedCondition) =>
  numbersTo(count).map(make)

/** An index as text: `[0 1: x y]` is a block of rules and the places it looks at, `x{..} + ..` a split at one. */
const shapeOf = (conditions: readonly CheckedCondition[]): string => {
  const { index, slots } = programOf(conditions)
  const write = (node: IndexNode): string => {
    if (node.kind === 'block') {
      const rules = node.terms.map(({ rule, rest }) => `${rule}${rest === null ? '' : '?'}`)
      const places = node.columns.map(({ slot }) => slots[slot]?.text ?? '')
      return `[${rules.join(' ')}${places.length === 0 ? '' : `: ${places.join(' ')}`}]`
    }
    const children = node.children.flatMap((child) => (child === null ? [] : [write(child)]))
    const rest = node.rest === null ? '' : ` + ${write(node.rest)}`
    return `${slots[node.slot]?.text ?? ''}{${[...new Set(children)].join(' ')}}${rest}`
  }
  return index === null ? '' : write(index)
}

const blockOf = (conditions: readonly CheckedCondition[]): IndexBlock => {
  const { index } = programOf(conditions)
  if (index?.kind !== 'block') throw new Error('no block')
  return index
}

describe('rules that nothing tells apart', () => {
  it('are none where there are none', () => {
    expect(programOf([]).index).toBeNull()
  })

  it('are a block of 32 at most, and the next ones another', () => {
    const apart = (count: number) => shapeOf(eachOf(count, (index) => is(`f${index}`, true)))
    const block = (from: number, to: number): string => {
      const rules = numbersTo(to).slice(from)
      return `[${rules.join(' ')}: ${rules.map((one) => `f${one}`).join(' ')}]`
    }
    expect(apart(1)).toBe(block(0, 1))
    expect(apart(31)).toBe(block(0, 31))
    expect(apart(32)).toBe(block(0, 32))
  })

  it('are blocks one after the other where there are more than 32', () => {
    const rest = (index: number) => comparingPlaces(`a${index}`, 'equal', `b${index}`)
    const rules = (from: number, to: number) =>
      `[${numbersTo(to)
        .slice(from)
        .map((one) => `${one}?`)
        .join(' ')}]`
    expect(shapeOf(eachOf(32, rest))).toBe(rules(0, 32))
    expect(shapeOf(eachOf(33, rest))).toBe(`{${rules(0, 32)}} + ${rules(32, 33)}`)
    expect(shapeOf(eachOf(65, rest))).toBe(
      `{${rules(0, 32)}} + {${rules(32, 64)}} + ${rules(64, 65)}`,
    )
    const { index } = programOf(eachOf(65, rest))
    expect(index?.kind === 'split' ? [index.firstRule, index.rest?.firstRule] : []).toEqual([0, 32])
  })

  it('have a bit each, the highest the sign of the number', () => {
    for (const [count, every] of [
      [1, 1],
      [31, 0x7fff_ffff],
      [32, -1],
    ] as const) {
      const block = blockOf(eachOf(count, () => is('x', 1)))
      expect(block.everyTerm).toBe(every)
      expect(block.columns.map(({ users }) => users)).toEqual([every])
      // Missing, null, anything else, and the one.
      expect(block.columns.map(({ masks }) => [...masks])).toEqual([[0, 0, 0, every]])
    }
  })

  it('are let through by a column that they do not look at', () => {
    const block = blockOf([is('x', 1), allOf(is('y', 1), isNot('x', 1))])
    const [x, y] = block.columns
    expect(x).toMatchObject({ slot: 0, users: 0b11 })
    expect([...(x?.masks ?? [])]).toEqual([0b10, 0b10, 0b10, 0b01])
    expect(y).toMatchObject({ slot: 1, users: 0b10 })
    expect([...(y?.masks ?? [])]).toEqual([0b01, 0b01, 0b01, 0b11])
  })

  it('are plain where each is its bit and nothing is left to be asked', () => {
    const rest = comparingPlaces('a', 'equal', 'b')
    expect(blockOf([is('x', 1), is('y', 1)]).isPlain).toBe(true)
    expect(blockOf([is('x', 1), allOf(is('x', 2), rest)]).isPlain).toBe(false)
    // Two terms of one rule: the second bit is not the second rule.
    expect(blockOf([anyOf(is('x', 1), is('y', 1))]).isPlain).toBe(false)
    expect(blockOf([rest]).isPlain).toBe(false)
  })

  it('keep for the end what cells do not decide', () => {
    const [pair, other] = [comparingPlaces('a', 'equal', 'b'), comparingPlaces('c', 'equal', 'd')]
    const { terms } = blockOf([allOf(pair, is('x', 1), notOf(other)), is('x', 2)])
    expect(terms).toMatchObject([
      {
        rule: 0,
        rest: [{ kind: 'compare-slots' }, { kind: 'not', node: { kind: 'compare-slots' } }],
      },
      { rule: 1, rest: null },
    ])
  })

  it('ask of a place all that a rule asks of it', () => {
    const block = blockOf([allOf(comparing('x', 'greaterThan', 1), comparing('x', 'lessThan', 3))])
    // Missing, null, other, below 1, 1, between, 3, above 3.
    expect(block.columns.map(({ masks }) => [...masks])).toEqual([[0, 0, 0, 0, 0, 1, 0, 0]])
  })
})

describe('the places a block looks at', () => {
  const placesOf = (conditions: readonly CheckedCondition[]): readonly string[] => {
    const { slots } = programOf(conditions)
    return blockOf(conditions).columns.map(({ slot }) => slots[slot]?.text ?? '')
  }

  it('come in order of the rules they take away', () => {
    // Of x two of three cells are let through, of y one of two, of z one of four.
    const [x, y, z] = [isNot('x', 1), is('y', 1), is('z', 1)]
    const twoRules = (first: CheckedCondition) => [
      allOf(first, isNot('w', 1)),
      allOf(is('z', 2), is('z', 3)),
    ]
    expect(placesOf([allOf(comparing('x', 'in', [1, 2]), y)])).toEqual(['y', 'x'])
    expect(placesOf([allOf(x, y)])).toEqual(['x', 'y'])
    expect(placesOf(twoRules(allOf(y, z)))[0]).toBe('z')
  })

  it('come first where more rules look at them', () => {
    expect(placesOf([allOf(is('x', 1), is('y', 1)), is('y', 1)])).toEqual(['y', 'x'])
    expect(placesOf([allOf(is('x', 1), is('y', 1)), is('x', 1)])).toEqual(['x', 'y'])
  })

  it('come later where the rules that look at them are taken away already', () => {
    // x takes both away in most cells; y looks at one of them, z at the third rule alone.
    const rules = [allOf(is('x', 1), is('y', 1), isNot('z', 1)), allOf(is('x', 2), is('y', 1))]
    expect(placesOf(rules)).toEqual(['x', 'y', 'z'])
    // Alone y would take more away than z; where x did already, it takes less.
    const third = comparing('z', 'in', [1, 2])
    expect(placesOf([is('y', 1), third])).toEqual(['y', 'z'])
    expect(placesOf([allOf(is('x', 1), is('y', 1)), third])).toEqual(['x', 'z', 'y'])
  })

  it('come later where they are decimals, which take as long to read as three others', () => {
    const decimal = (fact: string) => comparing(fact, 'decimal-equal', '5')
    // Of four cells of given values one is let through: three quarters are taken, a third of that counts.
    expect(placesOf([allOf(decimal('x'), is('y', 1))])).toEqual(['y', 'x'])
    expect(placesOf([allOf(comparing('x', 'lessThanInclusive', 5), is('y', 1))])).toEqual([
      'x',
      'y',
    ])
    // Of two rules it takes half a rule's worth away still, more than a third of one.
    const twice = [allOf(comparing('y', 'in', [1, 2]), decimal('x')), decimal('x')]
    expect(placesOf(twice)).toEqual(['x', 'y'])
  })
})

describe('rules that a place tells apart', () => {
  it('are led to by its value, three of them or more', () => {
    expect(shapeOf(eachOf(2, (index) => is('x', index)))).toBe('[0 1: x]')
    expect(shapeOf(eachOf(3, (index) => is('x', index)))).toBe('x{[0] [1] [2]}')
  })

  it('are asked the rest after that, those that do not look at it beside them', () => {
    const rules = [
      ...eachOf(3, (index) => allOf(is('x', index), is('y', true))),
      is('z', true),
      allOf(is('x', 1), is('w', true)),
    ]
    expect(shapeOf(rules)).toBe('x{[0: y] [1 4: y w] [2: y]} + [3: z]')
  })

  it('are led to by the place first that tells most of them apart', () => {
    // Four kinds of three suppliers: twelve rules.
    const rules = eachOf(12, (index) =>
      allOf(is('supplier', index % 3), is('kind', `K${Math.floor(index / 3)}`)),
    )
    expect(shapeOf(rules)).toMatch(/^kind\{supplier\{\[0\] \[1\] \[2\]\} supplier\{/)
    // Of two places with as many values that at which more rules look.
    const more = [
      ...eachOf(4, (index) => allOf(is('a', index), is('b', index))),
      ...eachOf(2, (index) => is('b', index)),
    ]
    expect(shapeOf(more)).toMatch(/^b\{/)
    // More rules tell more than more values do: eight with two against three with three.
    const few = [
      ...eachOf(3, (index) => allOf(is('a', index), is('b', index % 2))),
      ...eachOf(5, (index) => is('b', index % 2)),
    ]
    expect(shapeOf(few)).toMatch(/^b\{/)
  })

  it('count a value once for a place, in whichever comparison it stands', () => {
    // Three values of a, however often named; four of b.
    const rules = eachOf(4, (index) =>
      allOf(
        anyOf(is('a', index % 3), is('a', (index + 1) % 3)),
        isNot('a', 'x'),
        notOf(is('b', 5)),
        is('b', index),
      ),
    )
    expect(shapeOf(rules)).toMatch(/^b\{/)
  })

  it('stay a block where a few are left out only, of up to 32 rules', () => {
    // Of ten rules seven are alike: they are split; of eight alike they are not.
    const alike = (count: number) => eachOf(10, (index) => is('x', index < count ? 0 : index))
    expect(shapeOf(alike(7))).toBe('x{[0 1 2 3 4 5 6] [7] [8] [9]}')
    expect(shapeOf(alike(8))).toBe('[0 1 2 3 4 5 6 7 8 9: x]')
  })

  it('are led to by another place where the best leaves too many together', () => {
    const rules = eachOf(10, (index) => {
      const x = is('x', index < 8 ? 0 : index)
      return index < 4 ? allOf(x, is('y', index)) : x
    })
    expect(shapeOf(rules)).toMatch(/^y\{\[0: x\] \[1: x\] \[2: x\] \[3: x\]\} \+ /)
  })

  it('stay a block where only two look at a place, of up to 32 rules', () => {
    const two = (count: number) => [
      is('x', 0),
      is('x', 1),
      ...eachOf(count - 2, (index) => is(`f${index}`, true)),
    ]
    expect(shapeOf(two(5))).toMatch(/^\[0 1 2 3 4: x/)
    expect(shapeOf(two(32))).toMatch(/^\[/)
    expect(shapeOf(two(33))).toMatch(/^x\{\[0\] \[1\]\} \+ \[2 3 /)
  })

  it('of more than 32 are led to by any place that leaves one out', () => {
    const alike = (others: number) => [
      ...eachOf(33, () => allOf(is('x', 0), comparingPlaces('a', 'equal', 'b'))),
      ...eachOf(others, () => is('x', 1)),
    ]
    expect(shapeOf(alike(1))).toMatch(/^x\{\{\[0\? .* 31\?\]\} \+ \[32\?\] \[33\]\}$/)
    // All in one cell are told apart by nothing.
    expect(shapeOf(alike(0))).toMatch(/^\{\[0\? .*: x\]\} \+ \[32\?: x\]$/)
  })

  it('stand in the index four times over at most', () => {
    // Each holds in every cell but one, so a place of many values would copy them that often.
    const ranges = (count: number) => eachOf(count, (index) => comparing('x', 'greaterThan', index))
    // Rule n of count holds in 2 * (count - n) cells, which is count + 1 for each of them on average.
    expect(shapeOf(ranges(3))).toBe('[0 1 2: x]')
    const windows = (count: number, width: number) =>
      eachOf(count, (index) =>
        allOf(
          comparing('x', 'greaterThanInclusive', index * 10),
          comparing('x', 'lessThan', index * 10 + width * 10),
        ),
      )
    // A window of two steps lies in four cells, of which each is copied; of three in six.
    expect(shapeOf(windows(12, 2))).toMatch(/^x\{/)
    expect(shapeOf(windows(12, 3))).toMatch(/^\[/)
  })

  it('know the lowest rule that is in each part', () => {
    const { index } = programOf([
      is('z', true),
      ...eachOf(3, (index) => is('x', index)),
      is('y', true),
    ])
    expect(index?.firstRule).toBe(0)
    if (index?.kind !== 'split') throw new Error('no split')
    const inCells = index.children.flatMap((child) => (child === null ? [] : [child.firstRule]))
    expect(inCells).toEqual([1, 2, 3])
    expect(index.rest?.firstRule).toBe(0)
    // No rule looks for a missing value, null, or anything else.
    expect(index.children.slice(0, 3)).toEqual([null, null, null])
  })
})
