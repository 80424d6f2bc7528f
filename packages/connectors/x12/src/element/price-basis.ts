import { PositiveDecimal, UnitOfMeasure } from '@counterfoil/core'
import { quoted } from '../finding/finding-log.ts'
import { type ElementAt, note, type SetReading } from '../set/set-reading.ts'
import { elementText } from '../syntax/segment.ts'

/** What a price is for: so many of a unit, and how firm it is. */
export type PriceBasis = {
  readonly perQuantity: PositiveDecimal
  readonly perUnitOfMeasure: UnitOfMeasure
  readonly priceType: 'firm' | 'estimated' | 'contract'
  /** True for `NC`: the goods are free. */
  readonly isFree: boolean
}

/** Codes that price a multiple of the line's unit. `HT` is a hundred thousand, not a thousand. */
const multiples: ReadonlyMap<string, string> = new Map(
  (
    'PN 10|PD 12|LD 12|RD 12|HP 100|QH 100|TC 100|LC 100|RC 100|' +
    'TP 1000|QS 1000|TM 1000|RM 1000|LM 1000|HT 100000'
  )
    .split('|')
    .map((pair): [string, string] => [pair.slice(0, 2), pair.slice(3)]),
)

/** Codes that price another unit than the line's: price per pound of goods ordered by the case. */
const ownUnits: ReadonlyMap<string, readonly [quantity: string, unit: string]> = new Map([
  ['HF', ['100', 'FOT']],
  ['TF', ['1000', 'FOT']],
  ['PF', ['1', 'FOT']],
  ['PY', ['1', 'YRD']],
  ['PP', ['1', 'LBR']],
  ['PK', ['1', 'KGM']],
  ['PT', ['1', 'STN']],
  ['PL', ['1', 'LTR']],
])

/** Codes that say how a price came about, or that it is per unit as it stands. */
const plain: ReadonlySet<string> = new Set(
  'PE QE TE RE LE WE UM CA CP CT FX ST NT DI DR PR SR WH NC TB ES'.split(' '),
)

/** A unit that already is the multiple: 12.00 per dozen of goods counted in dozens is per 1 DZN. */
const unitMultiples: ReadonlyMap<string, string> = new Map([
  ['DZN', '12'],
  ['CEN', '100'],
  ['MIL', '1000'],
])

/** What the price basis (X12 639) makes of a price; blank and unknown codes mean one of the line's unit. */
export const readPriceBasis = (
  reading: SetReading,
  at: ElementAt,
  unitOfMeasure: UnitOfMeasure,
): PriceBasis => {
  const code = elementText(at.segment, at.element)
  const [quantity, unit] = ownUnits.get(code) ?? [multipleOf(code, unitOfMeasure), unitOfMeasure]
  if (code !== '' && !multiples.has(code) && !ownUnits.has(code) && !plain.has(code)) {
    note(reading, 'x12-price-basis-unknown', at, {
      severity: 'warning',
      sentence: `price basis ${quoted(code)} is in no table of this reader: the price is taken per one ${quoted(unitOfMeasure)}`,
    })
  }
  return {
    perQuantity: PositiveDecimal.parse(quantity),
    perUnitOfMeasure: UnitOfMeasure.parse(unit),
    priceType: code === 'CT' ? 'contract' : code === 'ES' || code === 'TB' ? 'estimated' : 'firm',
    isFree: code === 'NC',
  }
}

const multipleOf = (code: string, unitOfMeasure: UnitOfMeasure): string => {
  const multiple = multiples.get(code) ?? '1'
  return unitMultiples.get(unitOfMeasure) === multiple ? '1' : multiple
}
