import { contentHashOf } from '../document/document-content-hash.ts'
import type { TradeDocument } from '../document/document.ts'
import {
  agreementKey,
  type AggregateReference,
  invoiceKey,
  joinKey,
  orderKey,
  shipmentKey,
} from '../identity/identity.ts'
import { type MessageData, messageData } from '../message/message.ts'
import type { Receipt, ReceiptLine } from '../receipt/receipt.ts'

/** A document, or the part of it that concerns one aggregate, as the message that aggregate is told. */
export type AddressedDocument = {
  readonly aggregate: AggregateReference
  readonly type: string
  readonly data: MessageData
}

/**
 * Says which aggregates a document concerns and what they are told. Orders take orders, changes, acknowledgments,
 * receipts and inspections; shipments take ship notices and milestones; invoices take invoices; agreements
 * take agreements. A receipt over several
 * orders becomes one message an order, each with its own lines; lines that name no order go to the supplier's place for
 * unordered goods, so that nothing counted is lost.
 */
export function addressDocument(document: TradeDocument): readonly AddressedDocument[] {
  switch (document.kind) {
    case 'purchase-order':
      return [toOrder(document, document.orderNumber, 'order.issued', { document })]
    case 'change-request':
      return [toOrder(document, document.orderNumber, 'change.requested', { document })]
    case 'acknowledgment':
      return [toOrder(document, document.orderNumber, 'acknowledgment.received', { document })]
    case 'inspection':
      return [toOrder(document, document.orderNumber, 'inspection.recorded', { document })]
    case 'receipt':
      return receiptByOrder(document)
    case 'ship-notice':
      return [toShipment(document, document.documentNumber, 'ship-notice.received')]
    case 'milestone':
      return [toShipment(document, document.shipNoticeNumber, 'milestone.reported')]
    case 'purchase-agreement': {
      const key = agreementKey({ ...document, agreementNumber: document.documentNumber })
      const data = messageData({ document })
      return [{ aggregate: { kind: 'agreement', key }, type: 'agreement.issued', data }]
    }
    case 'invoice':
      return [
        {
          aggregate: { kind: 'invoice', key: invoiceKey(document) },
          type: 'invoice.received',
          data: messageData({ document }),
        },
      ]
  }
}

/** Where goods are kept that came without an order: one place for each supplier of a buyer. */
export function unorderedGoodsKey(owner: {
  readonly tenant: string
  readonly buyerOrganisation: string
  readonly supplier: string
}): string {
  // Four parts, where an order's key has three: no order number can ever collide with it.
  return joinKey([owner.tenant, owner.buyerOrganisation, 'unordered-goods', owner.supplier])
}

type Owner = { readonly tenant: string; readonly buyerOrganisation: string }

function toOrder(
  owner: Owner,
  orderNumber: string,
  type: string,
  data: { readonly document: TradeDocument; readonly documentHash?: string },
): AddressedDocument {
  const key = orderKey({ ...owner, orderNumber })
  return { aggregate: { kind: 'order', key }, type, data: messageData(data) }
}

function toShipment(
  document: Extract<TradeDocument, { kind: 'ship-notice' | 'milestone' }>,
  documentNumber: string,
  type: string,
): AddressedDocument {
  const key = shipmentKey({ ...document, documentNumber })
  return { aggregate: { kind: 'shipment', key }, type, data: messageData({ document }) }
}

function receiptByOrder(document: Receipt): readonly AddressedDocument[] {
  const byOrder = new Map<string, ReceiptLine[]>()
  const unordered: ReceiptLine[] = []
  for (const line of document.lines) {
    if (line.orderNumber === null) unordered.push(line)
    else byOrder.set(line.orderNumber, [...(byOrder.get(line.orderNumber) ?? []), line])
  }
  const messages = [...byOrder].map(([orderNumber, lines]) =>
    toOrder(document, orderNumber, 'receipt.recorded', partOf(document, lines)),
  )
  if (unordered.length === 0) return messages
  const data = messageData(partOf(document, unordered))
  const aggregate: AggregateReference = { kind: 'order', key: unorderedGoodsKey(document) }
  return [...messages, { aggregate, type: 'unordered-goods.received', data }]
}

/** A part is known by the whole it is of, so that of two texts the same one stands at every order. */
function partOf(
  document: Receipt,
  lines: readonly ReceiptLine[],
): { readonly document: Receipt; readonly documentHash?: string } {
  if (lines.length === document.lines.length) return { document }
  return { document: { ...document, lines: [...lines] }, documentHash: contentHashOf(document) }
}
