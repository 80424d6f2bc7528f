import { shipmentKey } from '../identity/identity.ts'
import type { Intent } from '../message/intent.ts'
import { messageData } from '../message/message.ts'
import type { Receipt } from '../receipt/receipt.ts'
import type { OrderChange } from './order-change-told.ts'

/** Shipments are told how their notice fits the order, and what the dock counted of them. */
export function shipmentIntents({ after, fact }: OrderChange): Intent[] {
  const orderNumber = after.standing.order?.orderNumber
  if (orderNumber === undefined) return []
  if (fact.type === 'shipment.compared') {
    const { shipmentKey: key, revision, aligned, discrepancies } = fact.data
    const data = { shipmentKey: key, orderNumber, revision, aligned, discrepancies }
    return [tellShipment(key, 'ship-notice.compared', data)]
  }
  return fact.type === 'receipt.recorded' ? counts(fact.data.document, orderNumber) : []
}

function counts(receipt: Receipt, orderNumber: string): Intent[] {
  const { documentNumber: receiptNumber, revision, receiptType } = receipt
  return [...Map.groupBy(receipt.lines, ({ shipNoticeNumber }) => shipNoticeNumber)].flatMap(
    ([shipNoticeNumber, lines]) => {
      if (shipNoticeNumber === undefined) return []
      const key = shipmentKey({ ...receipt, documentNumber: shipNoticeNumber })
      const counted = lines.map((line) => ({
        receiptNumber,
        receiptLineNumber: line.documentLineNumber,
        revision,
        receiptType,
        orderNumber,
        orderLineNumber: line.orderLineNumber,
        quantity: line.quantity,
        unitOfMeasure: line.unitOfMeasure,
        conditions: line.conditions,
        final: line.final,
      }))
      return [tellShipment(key, 'goods.received', { shipmentKey: key, lines: counted })]
    },
  )
}

function tellShipment(key: string, type: string, data: object): Intent {
  return { kind: 'tell', to: { kind: 'shipment', key }, type, data: messageData(data) }
}
