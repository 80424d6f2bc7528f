import Big from 'big.js'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type CalendarDate, calendarDate } from '../calendar/calendar-date.ts'
import { decimal } from '../decimal/decimal.ts'
import { compareRatios, ratio } from '../decimal/ratio.ts'
import { SupplierId } from '../identity/identity.ts'
import { convertQuantity, roundConverted } from './convert-quantity.ts'
import {
  addQuantities,
  CatchQuantity,
  compareQuantities,
  quantity,
  subtractQuantities,
} from './quantity.ts'
import { type ConversionStep, findConversion, UnitConversion } from './unit-conversion.ts'
import {
  isRec20Code,
  nameOfUnit,
  rec20Names,
  resolveUnitAlias,
  type UnitAlias,
  UnitOfMeasure,
} from './unit-of-measure.ts'

const unit = (code: string): UnitOfMeasure => UnitOfMeasure.parse(code)

describe('UnitOfMeasure', () => {
  it.each(['EA', 'C62', 'H87', 'XCS', 'KGM', 'P1', '5B'])('takes `%s`', (code) => {
    expect(UnitOfMeasure.safeParse(code).success).toBe(true)
  })

  it.each(['', 'E', 'ea', 'CASE', 'E A', 'XCSX', 'É1'])('refuses `%s`', (code) => {
    expect(UnitOfMeasure.safeParse(code).success).toBe(false)
    const expected = expect.objectContaining({ code: 'UNIT_NOT_CONVERTIBLE' })
    expect(() => quantity(1, code)).toThrow(expected)
  })

  it('tells Recommendation 20 codes from those of X12 and EDIFACT', () => {
    for (const code of ['EA', 'H87', 'XCS', 'XBX', 'GRM', 'APZ', 'QTL']) {
      expect(isRec20Code(code)).toBe(true)
    }
    for (const code of ['PCE', 'CS', 'CT', 'BX', 'PK', 'CN', 'KG', 'constructor']) {
      expect(isRec20Code(code)).toBe(false)
    }
    expect(Object.keys(rec20Names).every((code) => UnitOfMeasure.safeParse(code).success)).toBe(
      true,
    )
  })

  it('names a unit, and shows the code of one it does not know', () => {
    expect(nameOfUnit(unit('XCS'))).toBe('case')
    expect(nameOfUnit(unit('ZZ'))).toBe('ZZ')
  })
})

describe('resolveUnitAlias', () => {
  const acme = SupplierId.parse('ACME')
  const aliases: readonly UnitAlias[] = [
    { alias: 'CS', unitOfMeasure: unit('XCS') },
    { alias: 'Carton', unitOfMeasure: unit('XCT') },
    { alias: 'carton', unitOfMeasure: unit('XCS'), supplier: acme },
    { alias: 'tray', unitOfMeasure: unit('XCR'), supplier: acme },
  ]

  it.each([
    ['cs', undefined, 'XCS'],
    [' CARTON ', undefined, 'XCT'],
    ['carton', 'ACME', 'XCS'],
    ['carton', 'OTHER', 'XCT'],
    ['tray', 'ACME', 'XCR'],
    ['tray', 'OTHER', null],
    ['tray', undefined, null],
    ['EA', 'ACME', null],
  ])('reads `%s` of supplier %s as %s', (alias, supplier, expected) => {
    expect(resolveUnitAlias({ alias, supplier, aliases })).toBe(expected)
  })
})

describe('Quantity', () => {
  it('adds, subtracts and compares in one unit', () => {
    expect(addQuantities(quantity('10', 'EA'), quantity('2.5', 'EA'))).toEqual(
      quantity('12.5', 'EA'),
    )
    expect(subtractQuantities(quantity('10', 'EA'), quantity('12', 'EA'))).toEqual(
      quantity('-2', 'EA'),
    )
    expect(compareQuantities(quantity('9.50', 'EA'), quantity('10', 'EA'))).toBe(-1)
  })

  it('never puts two units together', () => {
    const expected = expect.objectContaining({ code: 'UNIT_NOT_CONVERTIBLE' })
    for (const mix of [addQuantities, subtractQuantities, compareQuantities]) {
      expect(() => mix(quantity(1, 'EA'), quantity(1, 'XCS'))).toThrow(expected)
    }
  })

  it('holds 20 cases that weigh 203.4 kilograms', () => {
    const catchQuantity = { logistic: quantity(20, 'XCS'), pricing: quantity('203.4', 'KGM') }
    expect(CatchQuantity.parse(catchQuantity)).toEqual(catchQuantity)
  })
})

const aConversion = (
  from: string,
  to: string,
  numerator: number,
  more: Partial<Record<'item' | 'denominator' | 'effectiveFrom' | 'effectiveTo', string>> = {},
): UnitConversion =>
  UnitConversion.parse({ from, to, numerator: String(numerator), denominator: '1', ...more })

const today: CalendarDate = calendarDate('2026-11-24')

const find = (
  conversions: readonly UnitConversion[],
  from: string,
  to: string,
  item: string | null = '4711',
  on = today,
): readonly ConversionStep[] | null =>
  findConversion({ conversions, item, from: unit(from), to: unit(to), on })

describe('findConversion', () => {
  const dozen = aConversion('DZN', 'EA', 12)
  const ownCase = aConversion('XCS', 'EA', 10, { item: '4711' })
  const commonCase = aConversion('XCS', 'EA', 24)
  const ownPallet = aConversion('XPX', 'EA', 400, { item: '4711' })

  it('needs no conversion for the same unit', () => {
    expect(find([], 'EA', 'EA')).toEqual([])
  })

  it('uses a conversion as written and the other way round', () => {
    expect(find([dozen], 'DZN', 'EA')).toEqual([{ conversion: dozen, inverse: false }])
    expect(find([dozen], 'EA', 'DZN')).toEqual([{ conversion: dozen, inverse: true }])
  })

  it("prefers the item's own, in whatever order they are listed", () => {
    const expected = [{ conversion: ownCase, inverse: false }]
    expect(find([commonCase, ownCase], 'XCS', 'EA')).toEqual(expected)
    expect(find([ownCase, commonCase], 'XCS', 'EA')).toEqual(expected)
    expect(find([ownCase, commonCase], 'XCS', 'EA', '0815')).toEqual([
      { conversion: commonCase, inverse: false },
    ])
    expect(find([ownCase, commonCase], 'XCS', 'EA', null)).toEqual([
      { conversion: commonCase, inverse: false },
    ])
  })

  it('goes over the stock unit where the item master records only that', () => {
    const expected = [
      { conversion: ownPallet, inverse: false },
      { conversion: ownCase, inverse: true },
    ]
    expect(find([ownCase, ownPallet], 'XPX', 'XCS')).toEqual(expected)
    expect(find([ownPallet, ownCase], 'XPX', 'XCS')).toEqual(expected)
  })

  it("prefers two steps of the item's own to one common step", () => {
    const commonPallet = aConversion('XPX', 'XCS', 50)
    expect(find([commonPallet, ownCase, ownPallet], 'XPX', 'XCS')).toHaveLength(2)
    expect(find([commonPallet, ownPallet], 'XPX', 'XCS')).toEqual([
      { conversion: commonPallet, inverse: false },
    ])
  })

  it("joins one of the item's own with a common one where nothing better is recorded", () => {
    expect(find([dozen, ownCase], 'XCS', 'DZN')).toEqual([
      { conversion: ownCase, inverse: false },
      { conversion: dozen, inverse: true },
    ])
    expect(find([dozen, commonCase], 'XCS', 'DZN')).toHaveLength(2)
  })

  it('never takes a third step', () => {
    const steps = [
      aConversion('XPX', 'XCS', 40),
      aConversion('XCS', 'XBX', 2),
      aConversion('XBX', 'EA', 5),
    ]
    expect(find(steps, 'XPX', 'XBX')).toHaveLength(2)
    expect(find(steps, 'XPX', 'EA')).toBeNull()
  })

  it('answers null rather than one to one', () => {
    expect(find([dozen], 'XCS', 'EA')).toBeNull()
    expect(find([], 'XCS', 'EA')).toBeNull()
  })

  it('uses what is in force on the day, first and last day included', () => {
    const old = aConversion('XCS', 'EA', 12, { effectiveTo: '2026-06-30' })
    const now = aConversion('XCS', 'EA', 10, {
      effectiveFrom: '2026-07-01',
      effectiveTo: '2026-12-31',
    })
    const factor = (on: string): string | undefined =>
      find([old, now], 'XCS', 'EA', null, calendarDate(on))?.[0]?.conversion.numerator
    expect(factor('2026-06-30')).toBe('12')
    expect(factor('2026-07-01')).toBe('10')
    expect(factor('2026-12-31')).toBe('10')
    expect(factor('2027-01-01')).toBeUndefined()
  })

  it('prefers what came into force last, then the conversion as written, then the first listed', () => {
    const ever = aConversion('XCS', 'EA', 12)
    const since = aConversion('XCS', 'EA', 10, { effectiveFrom: '2026-07-01' })
    const turned = aConversion('EA', 'XCS', 1, { denominator: '11', effectiveFrom: '2026-07-01' })
    expect(find([ever, since, turned], 'XCS', 'EA')?.[0]?.conversion).toBe(since)
    expect(find([turned, since, ever], 'XCS', 'EA')?.[0]?.conversion).toBe(since)
    const again = aConversion('XCS', 'EA', 9, { effectiveFrom: '2026-07-01' })
    expect(find([since, again], 'XCS', 'EA')?.[0]?.conversion).toBe(since)
  })
})

describe('convertQuantity', () => {
  const ownCase = aConversion('XCS', 'EA', 12, { item: '4711' })

  it('keeps the original and the conversion it used', () => {
    const converted = convertQuantity({
      quantity: quantity('2.5', 'XCS'),
      to: unit('EA'),
      item: '4711',
      conversions: [ownCase],
      on: today,
    })
    expect(converted).toEqual({
      value: ratio(decimal('30.0'), decimal('1')),
      unitOfMeasure: 'EA',
      original: quantity('2.5', 'XCS'),
      steps: [{ conversion: ownCase, inverse: false }],
    })
    expect(roundConverted(converted, 0)).toBe('30')
  })

  it('is exact where a decimal is not', () => {
    const converted = convertQuantity({
      quantity: quantity(10, 'EA'),
      to: unit('XCS'),
      item: '4711',
      conversions: [ownCase],
      on: today,
    })
    expect(compareRatios(converted.value, ratio(decimal('5'), decimal('6')))).toBe(0)
    expect(roundConverted(converted, 4, 'down')).toBe('0.8333')
  })

  it('leaves a quantity of that unit as it is', () => {
    const converted = convertQuantity({
      quantity: quantity('7.50', 'EA'),
      to: unit('EA'),
      item: null,
      conversions: [],
      on: today,
    })
    expect(converted.value).toEqual({ numerator: '7.50', denominator: '1' })
    expect(converted.steps).toEqual([])
  })

  it.each([
    [
      '4711',
      'cannot convert `XBX` to `EA` for item `4711` on `2026-11-24`: record a conversion or pack size for the item',
    ],
    [
      null,
      'cannot convert `XBX` to `EA` on `2026-11-24`: name the item or record a conversion for every item',
    ],
  ])('names item %s and the way out where nothing is recorded', (item, message) => {
    const search = {
      quantity: quantity(1, 'XBX'),
      to: unit('EA'),
      item,
      conversions: [ownCase],
      on: today,
    }
    expect(() => convertQuantity(search)).toThrow(
      expect.objectContaining({ code: 'UNIT_NOT_CONVERTIBLE', message }),
    )
  })

  it('comes back to the same quantity from there', () => {
    const positive = fc.integer({ min: 1, max: 100_000 })
    fc.assert(
      fc.property(positive, positive, positive, (count, numerator, denominator) => {
        const conversions = [
          aConversion('XCS', 'EA', numerator, { denominator: String(denominator) }),
          aConversion('XPX', 'EA', 400),
        ]
        const search = { item: null, conversions, on: today }
        const there = convertQuantity({
          ...search,
          quantity: quantity(count, 'XPX'),
          to: unit('XCS'),
        })
        const back = convertQuantity({
          ...search,
          quantity: quantity(there.value.numerator, 'XCS'),
          to: unit('XPX'),
        })
        const backRatio = ratio(
          back.value.numerator,
          decimal(BigInt(back.value.denominator) * BigInt(there.value.denominator)),
        )
        expect(compareRatios(backRatio, ratio(decimal(count), decimal('1')))).toBe(0)
      }),
    )
  })

  it('is the quantity times the recorded fractions, as big.js multiplies them out', () => {
    const whole = fc.integer({ min: 1, max: 999_999 })
    fc.assert(
      fc.property(whole, whole, whole, whole, fc.boolean(), (count, n1, d1, n2, isInverse) => {
        const written = new Big(count).div(100).toFixed()
        const inner = isInverse
          ? aConversion('EA', 'XPX', n2, { denominator: '7' })
          : aConversion('XPX', 'EA', n2, { denominator: '7' })
        const { value, steps } = convertQuantity({
          quantity: quantity(written, 'XCS'),
          to: unit('EA'),
          item: null,
          conversions: [aConversion('XCS', 'XPX', n1, { denominator: String(d1) }), inner],
          on: today,
        })
        expect(steps).toHaveLength(2)
        const [top, bottom] = isInverse ? [7, n2] : [n2, 7]
        const left = new Big(value.numerator).times(d1).times(bottom)
        const right = new Big(value.denominator).times(written).times(n1).times(top)
        expect(left.eq(right)).toBe(true)
      }),
    )
  })
})
