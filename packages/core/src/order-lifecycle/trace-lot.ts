import type { CalendarDate } from '../calendar/calendar-date.ts'
import type { Decimal } from '../decimal/decimal.ts'
import { addFigures, subtractFigures, writeFigure } from '../match/figure.ts'
import { nameOfItem } from '../purchase-order/find-order-line.ts'
import type { LotOrSerial } from '../ship-notice/ship-notice.ts'
import { countedLines } from './count-receipts.ts'
import { noLineFacts } from './order-facts.ts'
import type { OrderState } from './order-state.ts'

/** What is searched for in a recall: a lot, a serial number, or both; of one article where it is named. */
export type LotSearch = {
  readonly lot?: string
  readonly serial?: string
  readonly buyerItem?: string
}

/** Goods of a lot as they came, or as they are announced and not here yet. */
export type TracedGoods = {
  readonly orderNumber: string
  readonly supplier: string
  readonly orderLineNumber: string
  /** The article in words. */
  readonly item: string
  /** Null while the goods are only announced. */
  readonly receiptNumber: string | null
  readonly receiptLineNumber: string | null
  readonly shipNoticeNumber: string | null
  readonly receivedDate: CalendarDate | null
  /** Counted or announced on that line of the paper, of all its lots, in the order line's unit of measure. */
  readonly quantity: Decimal
  /** Of `quantity`, what was neither reversed nor sent back. None of announced goods. */
  readonly quantityHeld: Decimal
  readonly unitOfMeasure: string
  /** The lots of the line that were searched for, with the quantity the paper gives for each. */
  readonly lots: readonly LotOrSerial[]
}

/**
 * Where goods of a lot or with a serial number are: every receipt line that counted them and every ship notice that
 * announces them, over all orders given, in their order. What went back whole is still listed, with nothing held.
 */
export function traceLot(orders: readonly OrderState[], search: LotSearch): readonly TracedGoods[] {
  if (search.lot === undefined && search.serial === undefined) return []
  return orders.flatMap((state) => tracedIn(state, search))
}

function tracedIn(
  { facts, standing: { order } }: OrderState,
  search: LotSearch,
): readonly TracedGoods[] {
  if (order === null) return []
  const { orderNumber, supplier } = order
  return order.lines.flatMap((line) => {
    if (search.buyerItem !== undefined && line.item.buyerItem !== search.buyerItem) return []
    const known = facts.lines[line.orderLineNumber] ?? noLineFacts
    const { orderLineNumber, unitOfMeasure } = line
    const place = { orderNumber, supplier, orderLineNumber, item: nameOfItem(line.item) }
    const isNamed = known.received.some(({ lots }) => found(lots, search).length > 0)
    const counted = isNamed ? countedLines(line, known) : []
    const received = counted.flatMap((count): readonly TracedGoods[] => {
      const { fact } = count
      const lots = found(fact.lots, search)
      if (lots.length === 0) return []
      const standing = addFigures(addFigures(count.accepted, count.rejected), count.pending)
      return [
        {
          ...place,
          receiptNumber: fact.receiptNumber,
          receiptLineNumber: fact.receiptLineNumber,
          shipNoticeNumber: fact.shipNoticeNumber ?? null,
          receivedDate: fact.receivedDate,
          quantity: writeFigure(count.counted),
          quantityHeld: writeFigure(subtractFigures(standing, count.returned)),
          unitOfMeasure,
          lots,
        },
      ]
    })
    const counts = new Set(counted.map(({ fact }) => fact.shipNoticeNumber))
    const announced = known.shipped.flatMap((fact): readonly TracedGoods[] => {
      const lots = found(fact.lots, search)
      const isOver = facts.shipments[fact.shipmentKey]?.cancelled !== false
      if (lots.length === 0 || isOver || counts.has(fact.documentNumber)) return []
      return [
        {
          ...place,
          receiptNumber: null,
          receiptLineNumber: null,
          shipNoticeNumber: fact.documentNumber,
          receivedDate: null,
          quantity: fact.quantityShipped,
          quantityHeld: nothing,
          unitOfMeasure: fact.unitOfMeasure,
          lots,
        },
      ]
    })
    return [...received, ...announced]
  })
}

const nothing = '0' as Decimal

function found(
  lots: readonly LotOrSerial[] | undefined,
  { lot, serial }: LotSearch,
): readonly LotOrSerial[] {
  return (lots ?? []).filter(
    (one) =>
      (lot === undefined || one.lot === lot) && (serial === undefined || one.serial === serial),
  )
}
