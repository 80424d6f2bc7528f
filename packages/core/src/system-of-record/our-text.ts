import { documentKey } from '../document/document-header.ts'
import type { TradeDocument } from '../document/document.ts'
import { currentInvoice } from '../invoice-lifecycle/current-invoice.ts'
import type { InvoiceFacts } from '../invoice-lifecycle/invoice-state.ts'
import type { OrderFacts, ReceivedFact } from '../order-lifecycle/order-facts.ts'
import type { PurchaseOrder } from '../purchase-order/purchase-order.ts'
import type { Receipt } from '../receipt/receipt.ts'

/** What stands here of the record a document is about, as far as an order or an invoice keeps it. */
export type OurText = {
  readonly document: TradeDocument
  /** True where the document is a later version or revision than what stands. */
  readonly isLater: boolean
}

/** The states that documents are kept in. */
type Kept = {
  readonly facts?: unknown
  readonly standing?: { readonly order?: PurchaseOrder | null }
}

/**
 * The text that stands of the record a document is about; null where nothing is known of it yet, or the kind is not kept
 * as a whole. `state` is the state of the order or invoice that the document is told to.
 */
export function ourText(state: unknown, document: TradeDocument): OurText | null {
  const kept = (state ?? {}) as Kept
  switch (document.kind) {
    case 'purchase-order': {
      const order = kept.standing?.order ?? null
      return order === null ? null : { document: order, isLater: isLaterOrder(document, order) }
    }
    case 'receipt':
      return ourReceipt(kept.facts as OrderFacts | undefined, document)
    case 'invoice': {
      const facts = kept.facts as InvoiceFacts | undefined
      const invoice = facts === undefined ? null : currentInvoice(facts)
      return invoice === null
        ? null
        : { document: invoice, isLater: document.revision > invoice.revision }
    }
    case 'purchase-agreement':
    case 'change-request':
    case 'acknowledgment':
    case 'ship-notice':
    case 'milestone':
    case 'inspection':
      return null
  }
}

/** A later version, or the same version issued again. */
function isLaterOrder(theirs: PurchaseOrder, ours: PurchaseOrder): boolean {
  if (theirs.version !== ours.version) return theirs.version > ours.version
  return theirs.revision > ours.revision
}

/** A count as it stands: of what a receipt says, an order keeps the quantities, the condition of quality and the days. */
function ourReceipt(facts: OrderFacts | undefined, receipt: Receipt): OurText | null {
  if (facts === undefined) return null
  const kept = [...Object.values(facts.lines), facts.unplaced].flatMap(({ received }) => received)
  const own = kept.filter(({ receiptNumber }) => receiptNumber === receipt.documentNumber)
  const [first] = own
  if (first === undefined) return null
  const revision = facts.documents[documentKey(receipt)]?.revision
  return {
    isLater: receipt.revision > (revision ?? 0),
    document: {
      ...receipt,
      receivedDate: first.receivedDate,
      lines: receipt.lines.flatMap((line) => {
        const fact = own.find((one) => one.receiptLineNumber === line.documentLineNumber)
        return fact === undefined ? [] : [asKept(line, fact)]
      }),
    },
  }
}

function asKept(line: Receipt['lines'][number], fact: ReceivedFact): Receipt['lines'][number] {
  const { pricingQuantity: _, ...rest } = line
  return {
    ...rest,
    quantity: fact.quantity,
    unitOfMeasure: fact.unitOfMeasure,
    ...(fact.pricingQuantity !== undefined && { pricingQuantity: fact.pricingQuantity }),
    quantityAccepted: fact.quantityAccepted ?? null,
    quantityRejected: fact.quantityRejected ?? null,
    disposition: fact.disposition ?? 'stock',
  }
}
