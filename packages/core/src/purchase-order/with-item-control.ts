import type { Item, ItemControl } from '../item/item.ts'
import type { PurchaseOrder } from './purchase-order.ts'

/**
 * An order whose lines say what their goods need, from the item master: lots, serial numbers and shelf life. What a line says
 * itself stands; an item that asks for nothing leaves the line as it is. To be done before the order is handed over, so
 * that what was asked for stands in the order.
 */
export function withItemControl(order: PurchaseOrder, items: readonly Item[]): PurchaseOrder {
  const byNumber = new Map<string, Item>(items.map((item) => [item.item, item]))
  return {
    ...order,
    lines: order.lines.map((line) => {
      const item = byNumber.get(line.item.buyerItem ?? '')
      if (item === undefined || line.itemControl !== undefined) return line
      const itemControl = controlOf(item)
      return Object.keys(itemControl).length === 0 ? line : { ...line, itemControl }
    }),
  }
}

function controlOf({ lotControlled, serialControlled, shelfLifeDaysMin }: Item): ItemControl {
  return {
    ...(lotControlled && { lotControlled }),
    ...(serialControlled && { serialControlled }),
    ...(shelfLifeDaysMin !== null && { shelfLifeDaysMin }),
  }
}
