import type { CalendarDate } from '../calendar/calendar-date.ts'
import { hashOf } from '../hash/content-hash.ts'
import { joinKey } from '../identity/identity.ts'
import type { ItemIdentifiers } from '../item/item.ts'
import type { UnitConversion } from '../quantity/unit-conversion.ts'
import type { MasterReference } from './master-check.ts'
import type {
  MasterFile,
  MasterItem,
  MasterPrice,
  MasterSupplier,
  MasterTaxRate,
  MasterTerms,
} from './master-file.ts'

/**
 * Where master data is looked up: each question names the day, and is answered by the row in force on it, or null. A host
 * answers from its own tables; `masterOf` answers from a file.
 */
export type Master = {
  readonly reference: MasterReference
  /** By its number or any other number it is known by. */
  readonly supplier: (number: string, on: CalendarDate) => MasterSupplier | null
  /** By the buyer's number first, then GTIN, then the supplier's or manufacturer's number, old numbers too. */
  readonly item: (named: ItemIdentifiers, on: CalendarDate) => MasterItem | null
  /** Conversions for every item. */
  readonly unitConversions: readonly UnitConversion[]
  readonly price: (
    asked: { readonly supplier: string; readonly item: string; readonly currency: string },
    on: CalendarDate,
  ) => MasterPrice | null
  readonly paymentTerms: (key: string, on: CalendarDate) => MasterTerms | null
  readonly taxRate: (code: string, on: CalendarDate) => MasterTaxRate | null
}

/** The days a row of the master holds for. */
export type Period = {
  readonly effectiveFrom?: CalendarDate | undefined
  readonly effectiveTo?: CalendarDate | undefined
}

/** A master over the rows of a file, indexed once: a look-up costs the same in a file of ten rows and of a million. */
export function masterOf(file: MasterFile): Master {
  const { $schema: _, ...content } = file
  const suppliers = index(file.suppliers, ({ supplier, aliases }) => [supplier, ...aliases])
  const items = index(file.items, numbersOf)
  const prices = index(file.prices, ({ supplier, item, currency }) => [
    joinKey([supplier, item, currency]),
  ])
  const terms = index(file.paymentTerms, ({ key }) => [key])
  const taxes = index(file.taxRates, ({ code }) => [code])
  return {
    reference: { master: file.id, version: file.version, hash: hashOf(content) },
    unitConversions: file.unitConversions,
    supplier: (number, on) => inForce(suppliers.get(number), on),
    item: (named, on) => {
      for (const number of namesOf(named)) {
        const rows = items.get(number)
        const found = inForce(rows, on)
        if (found !== null && (!isForeign(number) || isOnly(rows ?? [], found, on))) return found
      }
      return null
    },
    price: ({ supplier, item, currency }, on) =>
      inForce(prices.get(joinKey([supplier, item, currency])), on),
    paymentTerms: (key, on) => inForce(terms.get(key), on),
    taxRate: (code, on) => inForce(taxes.get(code), on),
  }
}

/**
 * The row in force on a day: of the rows that have begun and not ended, the one that began last. Null where none is.
 */
export function inForce<Row extends Period>(
  rows: readonly Row[] | undefined,
  on: CalendarDate,
): Row | null {
  let best: Row | null = null
  for (const row of rows ?? []) {
    const { effectiveFrom = '', effectiveTo } = row
    if (effectiveFrom > on || (effectiveTo !== undefined && effectiveTo < on)) continue
    if (best === null || effectiveFrom > (best.effectiveFrom ?? '')) best = row
  }
  return best
}

/** True where no other article in force goes by the number too: two suppliers may use one number. */
function isOnly(rows: readonly MasterItem[], { item }: MasterItem, on: CalendarDate): boolean {
  return rows.every((row) => row.item === item || inForce([row], on) === null)
}

/** True for a key that is not the buyer's own: the number of a supplier or a manufacturer. */
export function isForeign(key: string): boolean {
  return key.startsWith('supplier/') || key.startsWith('manufacturer/')
}

function index<Row>(
  rows: readonly Row[],
  keysOf: (row: Row) => readonly string[],
): ReadonlyMap<string, readonly Row[]> {
  const found = new Map<string, Row[]>()
  for (const row of rows) {
    for (const key of new Set(keysOf(row))) {
      const known = found.get(key)
      if (known === undefined) found.set(key, [row])
      else known.push(row)
    }
  }
  return found
}

/** Every number an article is found by. A supplier's number and a buyer's are told apart, as both may be `4711`. */
export function numbersOf({ item, aliases, identifiers }: MasterItem): readonly string[] {
  const { gtin, supplierItem, otherSupplierItems = [], manufacturerItem, buyerItem } = identifiers
  return [
    ...[item, ...aliases, ...(buyerItem === undefined ? [] : [buyerItem])].map(
      (number) => `buyer/${number}`,
    ),
    ...(gtin === undefined ? [] : [`gtin/${gtinKey(gtin)}`]),
    ...[...(supplierItem === undefined ? [] : [supplierItem]), ...otherSupplierItems].map(
      (number) => `supplier/${number}`,
    ),
    ...(manufacturerItem === undefined ? [] : [`manufacturer/${manufacturerItem}`]),
  ]
}

/** The numbers a document names an article by, the surest first. */
export function namesOf(named: ItemIdentifiers): readonly string[] {
  const { buyerItem, gtin, supplierItem, otherSupplierItems = [], manufacturerItem } = named
  return [
    ...(buyerItem === undefined ? [] : [`buyer/${buyerItem}`]),
    ...(gtin === undefined ? [] : [`gtin/${gtinKey(gtin)}`]),
    ...(supplierItem === undefined ? [] : [`supplier/${supplierItem}`]),
    ...otherSupplierItems.map((number) => `supplier/${number}`),
    ...(manufacturerItem === undefined ? [] : [`manufacturer/${manufacturerItem}`]),
  ]
}

/** A GTIN-8, -12 or -13 is the GTIN-14 with zeros in front. */
function gtinKey(gtin: string): string {
  return gtin.padStart(14, '0')
}
