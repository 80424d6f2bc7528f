/** Gives each unit a case speaks of a code of its own. */
export type UnitCodes = (unit: string) => string

// What case files call everyday units in words; anything of two or three capitals is taken as it is.
const spelled: Readonly<Record<string, string>> = {
  EACH: 'EA',
  PIECE: 'H87',
  CASE: 'XCS',
  BOX: 'XBX',
  CARTON: 'XCT',
  PALLET: 'XPX',
  DOZEN: 'DZN',
  KILOGRAM: 'KGM',
  G: 'GRM',
  L: 'LTR',
  M: 'MTR',
  T: 'TNE',
}

/**
 * Codes for the units of one case. A unit that is no code gets the one it is known by, else one made up,
 * the same each time and different from every other: a case compares units only with one another.
 */
export function unitCodes(): UnitCodes {
  const given = new Map<string, string>()
  return (unit) => {
    const known = given.get(unit)
    if (known !== undefined) return known
    const wanted = /^[A-Z0-9]{2,3}$/.test(unit) ? unit : spelled[unit.toUpperCase()]
    const taken = new Set(given.values())
    const code = wanted !== undefined && !taken.has(wanted) ? wanted : madeUpCode(given.size)
    given.set(unit, code)
    return code
  }
}

function madeUpCode(ordinal: number): string {
  return `Z${String(ordinal).padStart(2, '0')}`
}
