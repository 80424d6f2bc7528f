import { readFileSync } from 'node:fs'
import {
  CounterfoilError,
  type Currency,
  currency,
  decimal,
  type Decimal,
  isNegativeDecimal,
  isPositiveDecimal,
  NonNegativeDecimal,
  PositiveDecimal,
  roundDecimal,
  trimDecimal,
} from '@counterfoil/core'
import { parse } from 'csv-parse/sync'
import * as z from 'zod'

/** What a line of the purchase register says was bought. */
export type RegisterLine = {
  readonly supplier: string
  readonly item: string
  readonly description: string
  readonly isService: boolean
  readonly quantity: PositiveDecimal
  readonly unitOfMeasure: string
  readonly price: NonNegativeDecimal
  readonly currency: Currency
}

/** The lines of a register that an order can be made of, and how many order nothing and are passed over. */
export type Register = { readonly lines: readonly RegisterLine[]; readonly passedOver: number }

const Row = z.looseObject({
  supplier: z.string().min(1),
  item: z.string(),
  category: z.string(),
  description: z.string(),
  type: z.string(),
  quantity: z.string(),
  uom: z.string(),
  unit_price: z.string(),
  currency: z.string().length(3),
})

/**
 * Reads a purchase register from CSV. Its figures passed through a spreadsheet and carry binary noise
 * (0.85970000000000002): quantities and prices are rounded to six places, half up. Lines whose quantity is not
 * above zero order nothing.
 */
export function readRegister(file: string): Register {
  const rows: unknown[] = parse(readFileSync(file), { columns: true, bom: true })
  const lines = rows.flatMap((row, index) => lineOf(row, index) ?? [])
  if (lines.length === 0) {
    throw new CounterfoilError(
      'DOCUMENT_INVALID',
      `cannot use the register \`${file}\`: no line of it orders anything`,
    )
  }
  return { lines, passedOver: rows.length - lines.length }
}

const placesMax = 6

function lineOf(row: unknown, index: number): RegisterLine | null {
  const { supplier, item, category, description, type, ...rest } = Row.parse(row)
  const quantity = figure(rest.quantity)
  const price = figure(rest.unit_price)
  if (quantity === null || price === null) return null
  if (!isPositiveDecimal(quantity) || isNegativeDecimal(price)) return null
  return {
    supplier: supplier.trim().slice(0, 80),
    item: (item.trim() || `${category}-${index + 1}`).slice(0, 80),
    description: description.trim().slice(0, 400),
    isService: type !== 'Goods' && type !== 'Equipment',
    quantity: PositiveDecimal.parse(quantity),
    unitOfMeasure: unitCodes[rest.uom] ?? 'C62',
    price: NonNegativeDecimal.parse(price),
    currency: currency(rest.currency),
  }
}

function figure(text: string): Decimal | null {
  const exact = plainDecimal(text.trim())
  return exact === null ? null : trimDecimal(roundDecimal(exact, placesMax, 'half-up'))
}

/** A figure as a spreadsheet writes it, with an exponent or without, as a decimal. Null for what is no figure. */
function plainDecimal(text: string): Decimal | null {
  const [, sign = '', whole = '', part = '', exponent = '0'] =
    /^(-?)(\d+)(?:\.(\d*))?(?:[eE]([+-]?\d{1,2}))?$/.exec(text) ?? []
  if (whole === '') return null
  const point = whole.length + Number(exponent)
  const digits = `${whole}${part}`.padEnd(point, '0')
  const shifted =
    point <= 0
      ? `0.${'0'.repeat(-point)}${digits}`
      : `${digits.slice(0, point)}.${digits.slice(point) || '0'}`
  return decimal(sign + shifted.replace(/^0+(?=\d)/, ''))
}

/** The register's units as UN/ECE Rec 20 codes. A line counted in dollars is one of so many dollars. */
const unitCodes: Readonly<Record<string, string>> = {
  Each: 'EA',
  'US Dollar': 'C62',
  Month: 'MON',
  Hour: 'HUR',
  Case: 'XCS',
  Pack: 'XPK',
  Lot: 'XLT',
  Box: 'XBX',
  Unit: 'C62',
  Carton: 'XCT',
  Quarterly: 'C62',
  'Square Foot': 'FTK',
  Pound: 'LBR',
  Pair: 'PR',
  Roll: 'XRO',
  Day: 'DAY',
  Dozen: 'DZN',
  Gallon: 'GLL',
  'Linear Foot': 'LF',
  Year: 'ANN',
  Set: 'SET',
  Ton: 'STN',
  Mile: 'SMI',
  Foot: 'FOT',
  Sheet: 'XST',
  Bag: 'XBG',
  Gross: 'GRO',
  Week: 'WEE',
}
