import type { Pack } from '@counterfoil/core'
import type * as z from 'zod'
import { childrenOf, findAll } from '../field/find-element.ts'
import { referenceAt } from '../field/read-text.ts'
import { note, type UblReading } from '../field/ubl-reading.ts'
import { cutText, quoted } from '../finding/cut-text.ts'
import type { XmlElement } from '../xml/xml-element.ts'

type PackDraft = z.input<typeof Pack>

/** The packs of a notice, and where its lines lie. */
export type PackList = {
  readonly packs: PackDraft[]
  /** The packs that list a despatch line among their goods, by the line's own number. */
  readonly packIdsByLine: ReadonlyMap<string, readonly string[]>
  /** The packs that a line itself names. */
  readonly packIdsOf: (line: XmlElement) => readonly string[]
  /** The one of these packs that all the others are in; undefined where there is none. */
  readonly outermost: (packIds: readonly string[]) => string | undefined
}

type Packing = { readonly packs: Map<string, PackDraft>; readonly byLine: Map<string, string[]> }

const packsMax = 20_000

/**
 * TransportHandlingUnits with the Packages in them, of the whole shipment and of single lines. A unit without a number
 * gets one from its place. Goods are assigned by GoodsItem/ID, the despatch line's number (Peppol logistics).
 */
export const readPacks = (reading: UblReading, lines: readonly XmlElement[]): PackList => {
  const packing: Packing = { packs: new Map(), byLine: new Map() }
  for (const unit of findAll(reading.root, 'Shipment', 'TransportHandlingUnit')) {
    readUnit(reading, unit, packing)
  }
  const own = new Map(
    lines.map((line): [XmlElement, readonly string[]] => [
      line,
      unitsOfLine(reading, line, packing),
    ]),
  )
  noteTooMany(reading, packing)
  return {
    packs: [...packing.packs.values()],
    packIdsByLine: packing.byLine,
    packIdsOf: (line) => own.get(line) ?? [],
    outermost: (packIds) =>
      packIds.find((outer) => packIds.every((packId) => isInside(packing, packId, outer))),
  }
}

/** Whether a pack is another one or in it; packs that name each other as parents end the search. */
const isInside = ({ packs }: Packing, packId: string, outer: string): boolean => {
  const seen = new Set<string>()
  for (let one: string | undefined = packId; one !== undefined && !seen.has(one);) {
    if (one === outer) return true
    seen.add(one)
    one = packs.get(one)?.parentPackId
  }
  return false
}

const unitsOfLine = (reading: UblReading, line: XmlElement, packing: Packing): readonly string[] =>
  findAll(line, 'Shipment', 'TransportHandlingUnit').map((unit) => readUnit(reading, unit, packing))

const readUnit = (reading: UblReading, unit: XmlElement, packing: Packing): string => {
  const code = referenceAt(reading, unit, 'TransportHandlingUnitTypeCode')
  const packages = [...childrenOf(unit, 'Package'), ...childrenOf(unit, 'ActualPackage')]
  const level = code !== undefined && cartonCodes.has(code.toUpperCase()) ? 'carton' : 'pallet'
  const packId = addPack(reading, unit, packing, { level })
  assignGoods(reading, unit, packing, packId)
  for (const one of packages) readPackage(reading, one, packing, { parentPackId: packId, level })
  return packId
}

/** Package and ContainedPackage: a carton, and what is inside a carton. */
const readPackage = (
  reading: UblReading,
  element: XmlElement,
  packing: Packing,
  around: { readonly parentPackId: string; readonly level: PackDraft['level'] },
): void => {
  const level = around.level === 'pallet' ? 'carton' : 'inner'
  // A package without a number only says how goods are wrapped: what is in it lies in the pack around it.
  const isNamed = referenceAt(reading, element, 'ID') !== undefined
  const { parentPackId } = around
  const packId = isNamed
    ? addPack(reading, element, packing, { level, parentPackId })
    : parentPackId
  assignGoods(reading, element, packing, packId)
  for (const inside of childrenOf(element, 'ContainedPackage')) {
    readPackage(reading, inside, packing, { parentPackId: packId, level })
  }
}

/** Packages of UN/ECE Recommendation 21 that are carried by hand; whatever else is handled as one unit is a pallet. */
const cartonCodes: ReadonlySet<string> = new Set([
  '4A',
  '4B',
  '4C',
  '4D',
  '4F',
  '4G',
  '4H',
  'BG',
  'BX',
  'CA',
  'CN',
  'CR',
  'CS',
  'CT',
  'DR',
  'EN',
  'PA',
  'PC',
  'PK',
  'RO',
])

const packIdCharactersMax = 80

const addPack = (
  reading: UblReading,
  element: XmlElement,
  { packs }: Packing,
  { level, parentPackId }: { readonly level: PackDraft['level']; readonly parentPackId?: string },
): string => {
  const number = referenceAt(reading, element, 'ID')
  const packId = number === undefined ? freeId(packs) : cutText(number, packIdCharactersMax)
  if (packs.has(packId)) return packId
  packs.set(packId, {
    packId,
    sscc: number === undefined ? undefined : ssccOf(reading, element, number),
    parentPackId,
    level,
  })
  return packId
}

const freeId = (packs: ReadonlyMap<string, unknown>): string => {
  let ordinal = packs.size + 1
  while (packs.has(`pack-${ordinal}`)) ordinal += 1
  return `pack-${ordinal}`
}

/** The 18 digits of a serial shipping container code, also behind its application identifier 00. */
const ssccPattern = /^(?:\(?00\)?)?(\d{18})$/

const ssccOf = (reading: UblReading, element: XmlElement, number: string): string | undefined => {
  const sscc = ssccPattern.exec(number)?.[1]
  const [id] = childrenOf(element, 'ID')
  const isClaimed = id?.attributes.get('schemeID')?.toUpperCase() === 'SSCC'
  if (sscc === undefined && isClaimed) {
    note(reading, 'ubl-sscc', id, {
      severity: 'warning',
      sentence: `${quoted(number)} is called an SSCC and is not one of 18 digits: scanners at the dock will not find it`,
    })
  }
  return sscc
}

const assignGoods = (
  reading: UblReading,
  element: XmlElement,
  { byLine }: Packing,
  packId: string,
): void => {
  for (const goods of childrenOf(element, 'GoodsItem')) {
    const line = referenceAt(reading, goods, 'ID')
    if (line === undefined) continue
    const packIds = byLine.get(line) ?? []
    if (!packIds.includes(packId)) byLine.set(line, [...packIds, packId])
  }
}

const noteTooMany = (reading: UblReading, { packs }: Packing): void => {
  if (packs.size <= packsMax) return
  note(reading, 'ubl-packs-too-many', reading.root, {
    severity: 'error',
    sentence: `the notice has ${packs.size} packs and at most ${packsMax} are taken: ask the supplier to split it`,
  })
}
