import type { CalendarDate } from '../calendar/calendar-date.ts'
import type { Item, ItemIdentifiers, Substitute } from './item.ts'

/**
 * What may be shipped instead of an article, by the item master: what the article itself names, and every article that names
 * it both ways. The list goes with the order line, so that documents are held against what was allowed when it was ordered.
 */
export function substitutesFor(item: Item, items: readonly Item[]): readonly Substitute[] {
  const reverse = items
    .filter((other) => other.tenant === item.tenant && other.item !== item.item)
    .flatMap((other) =>
      other.substitutes
        .filter(({ item: named, twoWay }) => twoWay && named === item.item)
        .map((substitute) => ({ ...substitute, item: other.item })),
    )
  return [...item.substitutes, ...reverse].toSorted((a, b) => (a.item < b.item ? -1 : 1))
}

/**
 * True where an article may stand for another on a day, first and last day included; on any day where none is given. Articles
 * are told apart by the buyer's number: a supplier's number says nothing about what the buyer allowed.
 */
export function isSubstitute(
  substitutes: readonly Substitute[] | undefined,
  item: ItemIdentifiers | undefined,
  on?: CalendarDate,
): boolean {
  if (substitutes === undefined || item?.buyerItem === undefined) return false
  return substitutes.some(
    (one) =>
      one.item === item.buyerItem &&
      (on === undefined ||
        (one.effectiveFrom <= on && (one.effectiveTo === undefined || on <= one.effectiveTo))),
  )
}
