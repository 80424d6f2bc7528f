import { type Decimal, isRec20Code, UnitOfMeasure } from '@counterfoil/core'
import { quoted } from '../finding/cut-text.ts'
import type { XmlElement } from '../xml/xml-element.ts'
import { find } from './find-element.ts'
import { decimalOf } from './read-decimal.ts'
import { note, type UblReading } from './ubl-reading.ts'
import { unitsByWildCode } from './unit-codes.ts'

/** A quantity with its unit; it may be zero or negative, as documents state it. */
export type StatedQuantity = {
  readonly element: XmlElement
  readonly value: Decimal
  readonly unitOfMeasure: UnitOfMeasure
}

/**
 * The quantity at the end of a way down. `unit` is what it counts in when it names nothing itself: MaximumBackorderQuantity
 * counts in the unit of Quantity, BaseQuantity in that of its line.
 */
export const quantityAt = (
  reading: UblReading,
  element: XmlElement | undefined,
  names: readonly string[],
  unit?: UnitOfMeasure,
): StatedQuantity | undefined => {
  const found = find(element, ...names)
  const value = decimalOf(reading, found)
  if (found === undefined || value === undefined) return undefined
  const unitOfMeasure = unitOf(reading, found) ?? unit ?? missingUnit(reading, found)
  return unitOfMeasure === null ? undefined : { element: found, value, unitOfMeasure }
}

/** Codes of Recommendation 20 for a single article, which senders use for one another. */
const pieces: ReadonlySet<string> = new Set(['EA', 'C62', 'H87', 'NAR'])

/** Whether two units count the same thing, so that their numbers may be compared and added. */
export const countsAlike = (a: UnitOfMeasure, b: UnitOfMeasure): boolean =>
  a === b || (pieces.has(a) && pieces.has(b))

/** The unit that `@unitCode` names: what the settings say, else what is meant by a code that is not of Recommendation 20, else itself. */
const unitOf = (reading: UblReading, element: XmlElement): UnitOfMeasure | undefined => {
  const code = element.attributes.get('unitCode')?.trim() ?? ''
  if (code === '') return undefined
  const { units } = reading.settings
  if (Object.hasOwn(units, code)) return units[code]
  const upper = code.toUpperCase()
  const meant = unitsByWildCode.get(upper)
  if (meant !== undefined) return meantUnit(reading, element, UnitOfMeasure.parse(meant))
  const parsed = UnitOfMeasure.safeParse(upper)
  if (!parsed.success) return unreadableUnit(reading, element, code)
  if (!isRec20Code(upper)) {
    note(reading, 'ubl-unit-unnamed', element, {
      severity: 'info',
      onceFor: upper,
      sentence: `unit ${quoted(code)} is kept as it is: no trade name is known for it, and it converts only where the item says how`,
    })
  }
  return parsed.data
}

const meantUnit = (
  reading: UblReading,
  element: XmlElement,
  unit: UnitOfMeasure,
): UnitOfMeasure => {
  const code = element.attributes.get('unitCode') ?? ''
  note(reading, 'ubl-unit-not-rec20', element, {
    severity: 'warning',
    onceFor: code,
    sentence: `unit ${quoted(code)} is no code of Recommendation 20 and is read as ${quoted(unit)}: ask the sender to write that`,
  })
  return unit
}

const unreadableUnit = (reading: UblReading, element: XmlElement, code: string): undefined => {
  note(reading, 'ubl-unit-unknown', element, {
    severity: 'error',
    sentence: `${quoted(code)} is no unit of measure: ask for a Recommendation 20 code such as EA, or add it to the partner's units`,
  })
}

const missingUnit = (reading: UblReading, element: XmlElement): UnitOfMeasure | null => {
  if (element.attributes.get('unitCode')?.trim()) return null
  const { unitWhenMissing } = reading.settings
  note(reading, 'ubl-unit-missing', element, {
    severity: unitWhenMissing === null ? 'error' : 'warning',
    onceFor: element.name,
    sentence:
      unitWhenMissing === null
        ? 'the quantity names no unit of measure: ask the sender which unit it counts in'
        : `the quantity names no unit of measure and is taken in ${quoted(unitWhenMissing)}: ask the sender which unit it counts in`,
  })
  return unitWhenMissing
}
