import * as z from 'zod'
import { SupplierId } from '../identity/identity.ts'

/**
 * A unit of measure as a UN/ECE Recommendation 20 code (`EA`, `KGM`, `H87`), or a package type of
 * Recommendation 21 with an X in front (`XCS` a case, `XBX` a box). Only the form is checked: `CS`,
 * `PCE` and `CT` have it too and yet are X12 or EDIFACT codes, which `isRec20Code` tells apart.
 */
export const UnitOfMeasure = z
  .string()
  .regex(
    /^[A-Z0-9]{2,3}$/,
    'not a unit of measure: write a UN/ECE Recommendation 20 code, as in EA',
  )
  .brand<'UnitOfMeasure'>()
export type UnitOfMeasure = z.infer<typeof UnitOfMeasure>

/**
 * The Recommendation 20 (revision 11e) and 21 codes that distributors trade in, with their names. Not
 * the whole lists, which count over two thousand units.
 */
export const rec20Names: Readonly<Record<string, string>> = {
  ANN: 'year',
  APZ: 'troy ounce or apothecary ounce',
  BFT: 'board foot',
  C62: 'one',
  CEN: 'hundred',
  CMK: 'square centimetre',
  CMQ: 'cubic centimetre',
  CMT: 'centimetre',
  DAY: 'day',
  DMQ: 'cubic decimetre',
  DZN: 'dozen',
  EA: 'each',
  FOT: 'foot',
  FTK: 'square foot',
  FTQ: 'cubic foot',
  GLI: 'gallon (UK)',
  GLL: 'gallon (US)',
  GRM: 'gram',
  GRO: 'gross',
  H87: 'piece',
  HLT: 'hectolitre',
  HUR: 'hour',
  INH: 'inch',
  INK: 'square inch',
  KGM: 'kilogram',
  KMT: 'kilometre',
  KT: 'kit',
  KWH: 'kilowatt hour',
  LBR: 'pound',
  LF: 'linear foot',
  LO: 'lot [unit of procurement]',
  LTN: 'ton (UK) or long ton (US)',
  LTR: 'litre',
  MGM: 'milligram',
  MIL: 'thousand',
  MIN: 'minute [unit of time]',
  MLT: 'millilitre',
  MMT: 'millimetre',
  MON: 'month',
  MTK: 'square metre',
  MTQ: 'cubic metre',
  MTR: 'metre',
  NMP: 'number of packs',
  NPR: 'number of pairs',
  ONZ: 'ounce (avoirdupois)',
  OZA: 'fluid ounce (US)',
  P1: 'percent',
  PR: 'pair',
  PTL: 'liquid pint (US)',
  QTL: 'liquid quart (US)',
  SET: 'set',
  SMI: 'mile (statute mile)',
  STN: 'ton (US) or short ton (UK/US)',
  TNE: 'tonne (metric ton)',
  U2: 'tablet',
  WEE: 'week',
  XBA: 'barrel',
  XBD: 'board',
  XBE: 'bundle',
  XBG: 'bag',
  XBJ: 'bucket',
  XBK: 'basket',
  XBL: 'bale, compressed',
  XBN: 'bale, non-compressed',
  XBO: 'bottle, non-protected, cylindrical',
  XBX: 'box',
  XCA: 'can, rectangular',
  XCR: 'crate',
  XCS: 'case',
  XCT: 'carton',
  XCX: 'can, cylindrical',
  XCY: 'cylinder',
  XDR: 'drum',
  XEN: 'envelope',
  XJR: 'jar',
  XPA: 'packet',
  XPC: 'parcel',
  XPK: 'package',
  XPL: 'pail',
  XPX: 'pallet',
  XRL: 'reel',
  XRO: 'roll',
  XSA: 'sack',
  XST: 'sheet',
  XTU: 'tube',
  YDK: 'square yard',
  YRD: 'yard',
}

/** True for a code of the table above. A rarer code of the standard gives false, and is still usable. */
export const isRec20Code = (code: string): boolean => Object.hasOwn(rec20Names, code)

/** The standard's name of a unit in English, or the code itself where the table does not have it. */
export const nameOfUnit = (unitOfMeasure: UnitOfMeasure): string =>
  Object.hasOwn(rec20Names, unitOfMeasure)
    ? (rec20Names[unitOfMeasure] ?? unitOfMeasure)
    : unitOfMeasure

/**
 * What a supplier writes for a unit: *cartons*, `CS`, `PCE`. For one supplier, or for all of them where
 * no supplier is named.
 */
export const UnitAlias = z.strictObject({
  alias: z.string().trim().min(1).max(80),
  unitOfMeasure: UnitOfMeasure,
  supplier: SupplierId.optional(),
})
export type UnitAlias = z.infer<typeof UnitAlias>

/**
 * The unit that a supplier's word stands for, or null where no alias knows it. A supplier's own alias
 * beats the common one; capitals and outer blanks do not matter; of two that fit equally the first
 * counts. The word is not tried as a code by itself: `CS` and `XCS` are for the alias table to tell.
 */
export const resolveUnitAlias = ({
  alias,
  supplier,
  aliases,
}: {
  readonly alias: string
  readonly supplier?: string | undefined
  readonly aliases: readonly UnitAlias[]
}): UnitOfMeasure | null => {
  const word = normaliseAlias(alias)
  const fitting = aliases.filter((candidate) => normaliseAlias(candidate.alias) === word)
  const own = fitting.find(
    (candidate) => candidate.supplier !== undefined && candidate.supplier === supplier,
  )
  const common = fitting.find((candidate) => candidate.supplier === undefined)
  return own?.unitOfMeasure ?? common?.unitOfMeasure ?? null
}

const normaliseAlias = (alias: string): string => alias.trim().toUpperCase()
