import { isRec20Code, UnitOfMeasure } from '@counterfoil/core'
import { quoted } from '../finding/finding-log.ts'
import { type ElementAt, note, type SetReading } from '../set/set-reading.ts'
import { componentsOf, elementText } from '../syntax/segment.ts'
import { unitsByX12Code } from './unit-codes.ts'

/**
 * A unit of measure (X12 355, or the first part of a composite unit) as a Recommendation 20 code. A code
 * that no table knows is kept as it is and reported, so that it compares with itself and with nothing
 * else; it is never taken for `EA`. Null where the element is empty or cannot be a unit, which is an error
 * only for a quantity that needs one.
 */
export const readUnit = (reading: SetReading, at: ElementAt): UnitOfMeasure | null => {
  const { separators } = reading.interchange
  const [code = ''] = componentsOf(at.segment, at.element, separators)
  if (code === '') return null
  const own = Object.hasOwn(reading.settings.units, code) ? reading.settings.units[code] : undefined
  if (own !== undefined) return own
  const upper = code.toUpperCase()
  const known = unitsByX12Code.get(upper)
  if (known !== undefined) return UnitOfMeasure.parse(known)
  return readUnlistedUnit(reading, at, upper)
}

const readUnlistedUnit = (
  reading: SetReading,
  at: ElementAt,
  code: string,
): UnitOfMeasure | null => {
  const parsed = UnitOfMeasure.safeParse(code)
  if (!parsed.success) {
    note(reading, 'x12-unit-unknown', at, {
      severity: 'warning',
      sentence: `${quoted(elementText(at.segment, at.element))} cannot be a unit of measure: use a two-letter X12 code such as EA`,
    })
    return null
  }
  note(reading, 'x12-unit-unknown', at, {
    severity: isRec20Code(code) ? 'info' : 'warning',
    sentence: isRec20Code(code)
      ? `${quoted(code)} is a Recommendation 20 code and not an X12 one: it is taken as that`
      : `unit ${quoted(code)} is in no table of this reader: it is kept as it is and converts to nothing until the partner's settings say what it means`,
  })
  return parsed.data
}

/** The unit a quantity cannot do without; its absence makes the document unusable. */
export const readRequiredUnit = (reading: SetReading, at: ElementAt): UnitOfMeasure | null => {
  const unit = readUnit(reading, at)
  if (unit !== null) return unit
  note(reading, 'x12-unit-missing', at, {
    severity: 'error',
    sentence: `${quoted(at.segment.id)} has a quantity and no usable unit of measure: ask the sender which unit it counts in`,
  })
  return null
}
