import type { CalendarDate } from '../calendar/calendar-date.ts'
import type { Decimal } from '../decimal/decimal.ts'
import { equalDecimals } from '../decimal/decimal-arithmetic.ts'
import type { ItemIdentifiers } from '../item/item.ts'
import { isSubstitute } from '../item/substitutes.ts'
import type { OrderLine } from './order-line.ts'

/** What a document says about the order line it means. */
export type LineClue = {
  readonly orderLineNumber?: string | null | undefined
  readonly item?: ItemIdentifiers | undefined
  /** The day of the document: substitutes are allowed for a time. Absent: whenever. */
  readonly on?: CalendarDate | undefined
  /** As stated, with its unit: tells two lines of one item apart. */
  readonly quantity?: { readonly value: Decimal; readonly unitOfMeasure: string } | undefined
}

/** How a document's line was found, for the record; `none` and `ambiguous` go to a person. */
export type LineFinding =
  | { readonly by: 'line-number' | 'item' | 'item-and-quantity'; readonly line: OrderLine }
  | { readonly by: 'none' | 'ambiguous'; readonly line: null }

/**
 * Finds the order line a document means: by the line number it returns, else by an item number only one line has, else
 * by item and quantity; an article the buyer takes instead means the line it stands for. Suppliers restart or replace line numbers, so a number that contradicts the item is not
 * believed when the item alone names one line. Never the first of several.
 */
export function findOrderLine(lines: readonly OrderLine[], clue: LineClue): LineFinding {
  const named = lineOfNumber(lines, clue.orderLineNumber ?? null)
  if (named !== undefined && !isOtherItem(named, clue.item, clue.on)) {
    return { by: 'line-number', line: named }
  }
  const exact = lines.filter((line) => agrees(line.item, clue.item))
  const fitting =
    exact.length > 0
      ? exact
      : lines.filter(({ substitutes }) => isSubstitute(substitutes, clue.item, clue.on))
  if (fitting.length === 1 && fitting[0] !== undefined) return { by: 'item', line: fitting[0] }
  const { quantity } = clue
  const alike = fitting.filter(
    (line) =>
      quantity !== undefined &&
      line.unitOfMeasure === quantity.unitOfMeasure &&
      equalDecimals(line.quantityOrdered, quantity.value),
  )
  if (alike.length === 1 && alike[0] !== undefined) {
    return { by: 'item-and-quantity', line: alike[0] }
  }
  // A line number with another item and no line of that item: the wrong item came for that line.
  if (named !== undefined && fitting.length === 0) return { by: 'line-number', line: named }
  return { by: fitting.length === 0 ? 'none' : 'ambiguous', line: null }
}

const identifierNames = ['buyerItem', 'supplierItem', 'gtin', 'manufacturerItem'] as const

/** True where two articles share a number of one kind. */
export function agrees(a: ItemIdentifiers, b: ItemIdentifiers | undefined): boolean {
  return b !== undefined && identifierNames.some((name) => isSame(name, a, b))
}

/** True where two articles have numbers of one kind that differ, and share none. */
export function contradicts(a: ItemIdentifiers, b: ItemIdentifiers | undefined): boolean {
  if (b === undefined || agrees(a, b)) return false
  return identifierNames.some((name) => a[name] !== undefined && b[name] !== undefined)
}

/** True for an article that is neither the one ordered nor one the buyer takes instead on that day. */
export function isOtherItem(
  line: Pick<OrderLine, 'item' | 'substitutes'>,
  item: ItemIdentifiers | undefined,
  on?: CalendarDate,
): boolean {
  return contradicts(line.item, item) && !isSubstitute(line.substitutes, item, on)
}

function isSame(
  name: (typeof identifierNames)[number],
  a: ItemIdentifiers,
  b: ItemIdentifiers,
): boolean {
  if (name === 'supplierItem') return isSameSupplierItem(a, b)
  const left = a[name]
  const right = b[name]
  if (left === undefined || right === undefined) return false
  if (name === 'gtin') return left.padStart(14, '0') === right.padStart(14, '0')
  return left === right
}

/** The supplier may use any of the numbers it knows an item by. */
function isSameSupplierItem(a: ItemIdentifiers, b: ItemIdentifiers): boolean {
  if (a.otherSupplierItems === undefined && b.otherSupplierItems === undefined) {
    return a.supplierItem !== undefined && a.supplierItem === b.supplierItem
  }
  const known = supplierItemsOf(b)
  return supplierItemsOf(a).some((number) => known.includes(number))
}

function supplierItemsOf({ supplierItem, otherSupplierItems = [] }: ItemIdentifiers): string[] {
  return supplierItem === undefined
    ? [...otherSupplierItems]
    : [supplierItem, ...otherSupplierItems]
}

/**
 * Line numbers are text, yet partners add and drop leading zeros: `00010` means `10` when the order has no `00010` and
 * only one line it can mean.
 */
function lineOfNumber(lines: readonly OrderLine[], returned: string | null): OrderLine | undefined {
  if (returned === null) return undefined
  const exact = indexOf(lines).get(returned)
  if (exact !== undefined) return exact
  const alike = lines.filter(
    (line) => withoutZeros(line.orderLineNumber) === withoutZeros(returned),
  )
  return alike.length === 1 ? alike[0] : undefined
}

// A document of thousands of lines looks for each of them in the same order.
const indexes = new WeakMap<readonly OrderLine[], ReadonlyMap<string, OrderLine>>()

function indexOf(lines: readonly OrderLine[]): ReadonlyMap<string, OrderLine> {
  const known = indexes.get(lines)
  if (known !== undefined) return known
  const index = new Map<string, OrderLine>()
  for (const line of lines) {
    if (!index.has(line.orderLineNumber)) index.set(line.orderLineNumber, line)
  }
  indexes.set(lines, index)
  return index
}

function withoutZeros(text: string): string {
  return text.replace(/^0+(?=.)/, '')
}

/** The article's numbers in one text, as a person would say them. */
export function nameOfItem(item: ItemIdentifiers): string {
  return (
    item.buyerItem ?? item.supplierItem ?? item.gtin ?? item.manufacturerItem ?? 'an unnamed item'
  )
}
