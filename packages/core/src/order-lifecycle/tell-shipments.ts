import { documentKey } from '../document/document-header.ts'
import { shipmentKey } from '../identity/identity.ts'
import type { Intent } from '../message/intent.ts'
import { messageData } from '../message/message.ts'
import type { PurchaseOrder } from '../purchase-order/purchase-order.ts'
import type { ReceiptLine } from '../receipt/receipt.ts'
import type { OrderChange } from './order-change-told.ts'
import type { ReceiptRecorded } from './order-events.ts'
import type { OrderFacts } from './order-facts.ts'

/** Shipments are told how their notice fits the order, and what the dock counted of them. */
export function shipmentIntents(change: OrderChange): Intent[] {
  const { after, fact } = change
  const { order } = after.standing
  if (order === null) return []
  if (fact.type === 'shipment.compared') {
    const { shipmentKey: key, revision, aligned, discrepancies } = fact.data
    const { orderNumber } = order
    const data = { shipmentKey: key, orderNumber, revision, aligned, discrepancies }
    return [tellShipment(key, 'ship-notice.compared', data)]
  }
  const count = countOf(fact)
  return count === null ? [] : counts(change, order, count)
}

/** A text of a receipt as far as this order is concerned; without lines where it is about other orders only. */
type CountTold = {
  readonly supplier: string
  readonly documentNumber: string
  readonly revision: number
  readonly receiptType: ReceiptRecorded['document']['receiptType'] | null
  readonly lines: readonly ReceiptLine[]
}

function countOf(fact: OrderChange['fact']): CountTold | null {
  if (fact.type === 'receipt.recorded') {
    const { document } = fact.data
    return document.movement === 'consumption' ? null : document
  }
  const isMoved = fact.type === 'document.moved' && fact.data.documentKind === 'receipt'
  return isMoved ? { ...fact.data, receiptType: null, lines: [] } : null
}

/** A shipment is told the count that stands; one it was told before and that the count no longer names is told so. */
function counts({ before, after }: OrderChange, order: PurchaseOrder, count: CountTold): Intent[] {
  const receiptKey = documentKey({ ...count, kind: 'receipt' })
  const was = before.facts.documents[receiptKey]
  // A text that was overtaken before it came changes nothing of what stands.
  if (was?.hash === after.facts.documents[receiptKey]?.hash) return []
  const { documentNumber: receiptNumber, revision, supplier } = count
  const { tenant, buyerOrganisation, orderNumber } = order
  const byNotice = Map.groupBy(
    count.lines,
    ({ shipNoticeNumber }): string | undefined => shipNoticeNumber,
  )
  const counted =
    was === undefined ? new Set<string>() : noticesCounted(before.facts, receiptNumber)
  return [...new Set([...byNotice.keys(), ...counted])].flatMap((documentNumber) => {
    if (documentNumber === undefined) return []
    const key = shipmentKey({ tenant, buyerOrganisation, supplier, documentNumber })
    const lines = (byNotice.get(documentNumber) ?? []).map((line) =>
      countedLine(line, count, orderNumber),
    )
    const recount = { orderNumber, receiptNumber, revision }
    const data = { shipmentKey: key, lines, ...(counted.has(documentNumber) && { recount }) }
    return [tellShipment(key, 'goods.received', data)]
  })
}

function countedLine(line: ReceiptLine, count: CountTold, orderNumber: string) {
  const { orderLineNumber, quantity, unitOfMeasure, conditions, final } = line
  return {
    receiptNumber: count.documentNumber,
    receiptLineNumber: line.documentLineNumber,
    revision: count.revision,
    receiptType: count.receiptType,
    orderNumber,
    orderLineNumber,
    quantity,
    unitOfMeasure,
    conditions,
    final,
  }
}

/** The ship notices a receipt counted goods of, before. */
function noticesCounted(
  { lines, unplaced }: OrderFacts,
  receiptNumber: string,
): ReadonlySet<string> {
  const received = [...Object.values(lines), unplaced].flatMap((line) => line.received)
  return new Set<string>(
    received
      .filter((fact) => fact.receiptNumber === receiptNumber)
      .flatMap(({ shipNoticeNumber }) => shipNoticeNumber ?? []),
  )
}

function tellShipment(key: string, type: string, data: object): Intent {
  return { kind: 'tell', to: { kind: 'shipment', key }, type, data: messageData(data) }
}
