import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  addExact,
  compareExact,
  divideExact,
  type Exact,
  formatExact,
  isWritableExact,
  isZeroExact,
  multiplyExact,
  negateExact,
  parseExact,
  roundExact,
  signOfExact,
  subtractExact,
  trimExact,
} from './exact.ts'
import type { RoundingMode } from './rounding-mode.ts'

const safeMax = Number.MAX_SAFE_INTEGER

/** Small, at the edge of safe integers, and far beyond, at any scale a document has. */
const anyExact: fc.Arbitrary<Exact> = fc
  .tuple(
    fc.oneof(
      fc.bigInt({ min: -9_999n, max: 9_999n }),
      fc.bigInt({ min: BigInt(safeMax) - 5n, max: BigInt(safeMax) + 5n }),
      fc.bigInt({ min: -(10n ** 30n), max: 10n ** 30n }),
    ),
    fc.integer({ min: 0, max: 9 }),
  )
  .map(([digits, scale]) => parseExact(formatWith(digits, scale)))

const formatWith = (digits: bigint, scale: number): string => {
  const text = String(digits < 0n ? -digits : digits).padStart(scale + 1, '0')
  const point = text.length - scale
  return `${digits < 0n ? '-' : ''}${text.slice(0, point)}${scale === 0 ? '' : `.${text.slice(point)}`}`
}

describe('parseExact', () => {
  it.each([
    ['12.40', 1240, 2],
    ['-3', -3, 0],
    ['0', 0, 0],
    ['-0', 0, 0],
    ['-0.00', 0, 2],
    ['007.50', 750, 2],
    ['9007199254740991', safeMax, 0],
    ['9007199254740992', 9_007_199_254_740_992n, 0],
    ['-9007199254740991', -safeMax, 0],
    ['-90071992547409.92', -9_007_199_254_740_992n, 2],
    ['9007199254740993', 9_007_199_254_740_993n, 0],
    ['0000000000000000000000000000000000000012', 12, 0],
    ['0.000000000000000000000000000000000000001', 1, 39],
  ])('reads `%s`', (text, mantissa, scale) => {
    const read = parseExact(text)
    expect(read).toEqual({ mantissa, scale })
    expect(Object.is(read.mantissa, -0)).toBe(false)
  })

  it.each([
    '',
    '-',
    '.',
    '1.',
    '.5',
    '-.5',
    '1..2',
    '1.2.3',
    '+1',
    '1e3',
    ' 1',
    '1x',
    '1:',
    '1/',
    '1'.repeat(41),
  ])('refuses `%s`', (text) => {
    expect(() => parseExact(text)).toThrow(expect.objectContaining({ code: 'DECIMAL_INVALID' }))
  })
})

describe('formatExact', () => {
  it('writes back every number it read', () => {
    fc.assert(
      fc.property(anyExact, (value) => {
        expect(parseExact(formatExact(value))).toEqual(value)
      }),
      { numRuns: 2_000 },
    )
  })

  it.each([
    [{ mantissa: 5, scale: 3 }, '0.005'],
    [{ mantissa: -5, scale: 1 }, '-0.5'],
    [{ mantissa: 0, scale: 2 }, '0.00'],
    [{ mantissa: 123, scale: 2 }, '1.23'],
    [{ mantissa: -(10n ** 20n), scale: 20 }, '-1.00000000000000000000'],
    [{ mantissa: 1, scale: 39 }, `0.${'0'.repeat(38)}1`],
    // Written out these would be 41 digits; without the zeros at their end they are fewer.
    [{ mantissa: 10, scale: 40 }, `0.${'0'.repeat(38)}1`],
    [{ mantissa: 0, scale: 60 }, '0'],
    [{ mantissa: 10n ** 40n, scale: 1 }, `1${'0'.repeat(39)}`],
  ] satisfies readonly (readonly [Exact, string])[])('writes %o', (value, text) => {
    expect(formatExact(value)).toBe(text)
    expect(isWritableExact(value)).toBe(true)
  })

  it.each([
    { mantissa: 1, scale: 40 },
    { mantissa: 10n ** 40n, scale: 0 },
    { mantissa: 10n ** 45n + 1n, scale: 20 },
  ] satisfies readonly Exact[])('refuses %o, which has more than 40 digits', (value) => {
    expect(isWritableExact(value)).toBe(false)
    expect(() => formatExact(value)).toThrow(expect.objectContaining({ code: 'LIMIT_EXCEEDED' }))
  })
})

describe('exact numbers', () => {
  it('keep their mantissa a safe integer wherever it fits', () => {
    fc.assert(
      fc.property(anyExact, anyExact, (a, b) => {
        for (const { mantissa } of [
          addExact(a, b),
          subtractExact(a, b),
          multiplyExact(a, b),
          negateExact(a),
          trimExact(a),
          roundExact(a, 3),
          divideExact(a, { mantissa: 7, scale: 1 }, 4),
        ]) {
          const fits = mantissa >= -safeMax && mantissa <= safeMax
          expect(typeof mantissa).toBe(fits ? 'number' : 'bigint')
          expect(Object.is(mantissa, -0)).toBe(false)
        }
      }),
      { numRuns: 2_000 },
    )
  })

  it('obey the laws of arithmetic', () => {
    fc.assert(
      fc.property(anyExact, anyExact, anyExact, (a, b, c) => {
        const equal = (x: Exact, y: Exact): void => expect(compareExact(x, y)).toBe(0)
        equal(addExact(a, b), addExact(b, a))
        equal(addExact(addExact(a, b), c), addExact(a, addExact(b, c)))
        equal(multiplyExact(a, b), multiplyExact(b, a))
        equal(multiplyExact(a, addExact(b, c)), addExact(multiplyExact(a, b), multiplyExact(a, c)))
        equal(subtractExact(addExact(a, b), b), a)
        equal(trimExact(a), a)
        expect(isZeroExact(subtractExact(a, a))).toBe(true)
        expect(compareExact(a, b)).toBe(0 - compareExact(b, a))
        expect(compareExact(a, b)).toBe(signOfExact(subtractExact(a, b)))
      }),
      { numRuns: 2_000 },
    )
  })

  it('compare across scales too far apart for a number', () => {
    const tiny: Exact = { mantissa: 1, scale: 60 }
    const large: Exact = { mantissa: 9_007_199_254_740_991, scale: 0 }
    expect(compareExact(tiny, large)).toBe(-1)
    expect(compareExact(large, tiny)).toBe(1)
    expect(compareExact(tiny, { mantissa: 10, scale: 61 })).toBe(0)
    expect(compareExact({ mantissa: 10n ** 50n, scale: 50 }, { mantissa: 1, scale: 0 })).toBe(0)
    expect(addExact({ mantissa: 1, scale: 200 }, exactOf(1))).toEqual({
      mantissa: 10n ** 200n + 1n,
      scale: 200,
    })
  })
})

describe('rounding', () => {
  const cases: readonly (readonly [RoundingMode, readonly string[]])[] = [
    //              2.5   -2.5   3.5   -3.5  2.4   -2.4   2.6   -2.6   0.5  -0.5  2.0
    ['half-up', ['3', '-3', '4', '-4', '2', '-2', '3', '-3', '1', '-1', '2']],
    ['half-even', ['2', '-2', '4', '-4', '2', '-2', '3', '-3', '0', '0', '2']],
    ['half-down', ['2', '-2', '3', '-3', '2', '-2', '3', '-3', '0', '0', '2']],
    ['down', ['2', '-2', '3', '-3', '2', '-2', '2', '-2', '0', '0', '2']],
    ['up', ['3', '-3', '4', '-4', '3', '-3', '3', '-3', '1', '-1', '2']],
    ['ceiling', ['3', '-2', '4', '-3', '3', '-2', '3', '-2', '1', '0', '2']],
    ['floor', ['2', '-3', '3', '-4', '2', '-3', '2', '-3', '0', '-1', '2']],
  ]
  const inputs = ['2.5', '-2.5', '3.5', '-3.5', '2.4', '-2.4', '2.6', '-2.6', '0.5', '-0.5', '2.0']

  it.each(cases)('%s', (mode, expected) => {
    const rounded = inputs.map((text) => formatExact(roundExact(parseExact(text), 0, mode)))
    expect(rounded).toEqual(expected)
    const divided = inputs.map((text) =>
      formatExact(divideExact(parseExact(text), { mantissa: 1, scale: 0 }, 0, mode)),
    )
    expect(divided).toEqual(expected)
    // The same once more where only a bigint can hold the number.
    const far = 10n ** 25n
    const largeDivided = inputs.map((text) => {
      const { mantissa } = parseExact(text)
      return formatExact(
        divideExact(
          { mantissa: BigInt(mantissa) * far, scale: 1 },
          { mantissa: -far, scale: 0 },
          0,
          mode,
        ),
      )
    })
    const turned = cases.find(([other]) => other === turnedOver[mode])?.[1] ?? []
    expect(largeDivided).toEqual(turned.map((text) => formatExact(negateExact(parseExact(text)))))
  })

  // Rounding the negative of a number up is rounding the number down, and so on.
  const turnedOver: Readonly<Record<RoundingMode, RoundingMode>> = {
    'half-up': 'half-up',
    'half-even': 'half-even',
    'half-down': 'half-down',
    down: 'down',
    up: 'up',
    ceiling: 'floor',
    floor: 'ceiling',
  }

  it('pads to the places asked for', () => {
    expect(formatExact(roundExact(parseExact('12.4'), 2))).toBe('12.40')
    expect(formatExact(roundExact(parseExact('9007199254740991'), 3))).toBe('9007199254740991.000')
    expect(formatExact(roundExact(parseExact('7'), 30))).toBe(`7.${'0'.repeat(30)}`)
  })

  it('is within half a unit of the last place, or a whole one where it only cuts', () => {
    fc.assert(
      fc.property(anyExact, fc.integer({ min: 0, max: 8 }), (value, places) => {
        const error = subtractExact(roundExact(value, places), value)
        const doubled = multiplyExact(error, exactOf(2))
        expect(compareExact(absolute(doubled), { mantissa: 1, scale: places })).toBeLessThanOrEqual(
          0,
        )
        const cut = absolute(subtractExact(roundExact(value, places, 'down'), value))
        expect(compareExact(cut, { mantissa: 1, scale: places })).toBe(-1)
      }),
      { numRuns: 2_000 },
    )
  })

  it.each([-1, 1.5, 40, Number.NaN])('refuses %s places', (places) => {
    const expected = expect.objectContaining({ code: 'LIMIT_EXCEEDED' })
    expect(() => roundExact(exactOf(1), places)).toThrow(expected)
    expect(() => divideExact(exactOf(1), exactOf(3), places)).toThrow(expected)
  })

  it('refuses to divide by zero', () => {
    const expected = expect.objectContaining({ code: 'DIVISION_BY_ZERO' })
    expect(() => divideExact(exactOf(1), { mantissa: 0, scale: 2 }, 2)).toThrow(expected)
  })
})

const exactOf = (mantissa: number): Exact => ({ mantissa, scale: 0 })

const absolute = (value: Exact): Exact => (value.mantissa < 0 ? negateExact(value) : value)
