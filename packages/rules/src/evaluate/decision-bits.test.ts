import { describe, expect, it } from 'vitest'
import { bitsSet, isBitSet, writeBits } from './decision-bits.ts'

const setIn = (count: number, hex: string): readonly number[] =>
  Array.from({ length: count }, (_, index) => index).filter((index) => isBitSet(hex, index))

describe('bits of a decision', () => {
  it.each<[string, number, readonly number[], string]>([
    ['none', 0, [], ''],
    ['one, not set', 1, [], '0'],
    ['the lowest bit of the first digit', 1, [0], '1'],
    ['the highest bit of the first digit', 4, [3], '8'],
    ['the first bit of the second digit', 5, [4], '01'],
    ['a whole digit', 4, [0, 1, 2, 3], 'f'],
    ['bits of two digits', 8, [1, 3, 4, 6], 'a5'],
    ['the last of 31', 31, [30], '00000004'],
    ['the last of 32', 32, [31], '00000008'],
    ['the last of 33', 33, [32], '000000001'],
    ['more than a number holds exactly', 54, [0, 52, 53], '10000000000003'],
  ])('are written four to a digit, lowest first: %s', (_, count, set, hex) => {
    expect(writeBits(count, (index) => set.includes(index))).toBe(hex)
    expect(setIn(count, hex)).toEqual(set)
    expect(bitsSet(hex)).toBe(set.length)
  })

  it('are asked for no further than there are', () => {
    expect(writeBits(5, () => true)).toBe('f1')
  })

  it('are not set past the end', () => {
    expect(setIn(12, 'f')).toEqual([0, 1, 2, 3])
    expect(bitsSet('')).toBe(0)
  })
})
