import type { TradeDocumentInput } from '@counterfoil/core'
import type { Clerk, Effect } from './clerk.ts'
import { orderNumberOf } from './desk.ts'

/** What the plain clerk knows of an order of lines of one quantity each: of its first line. */
type Sums = {
  ordered: number
  confirmed: number
  shipped: number
  received: number
  invoiced: number
}

/**
 * The least anybody would write: sums of an order's first line, one event a document, and as many effects, in the same
 * places, as the decisions of core ask for. Nothing is checked, compared, matched or explained.
 */
export const plainClerk: Clerk = {
  take: (book, document) => {
    const sums: Sums = book === null ? { ...nothing } : JSON.parse(book)
    add(sums, document)
    const id = `${document.kind}:${document.documentNumber}:${document.revision}`
    return {
      book: JSON.stringify(sums),
      events: [{ id, body: JSON.stringify(document) }],
      effects: effectsOf(document).map((destination, index): Effect => ({
        key: `${id}/${index}`,
        destination,
        body: JSON.stringify({ orderNumber: orderNumberOf(document), destination }),
      })),
    }
  },
  carriedOut: null,
}

const nothing: Sums = { ordered: 0, confirmed: 0, shipped: 0, received: 0, invoiced: 0 }

function add(sums: Sums, document: TradeDocumentInput): void {
  switch (document.kind) {
    case 'purchase-order':
      sums.ordered = Number(document.lines[0]?.quantityOrdered)
      break
    case 'acknowledgment':
      sums.confirmed = Number(document.lines[0]?.responses[0]?.quantity)
      break
    case 'ship-notice':
      sums.shipped += Number(document.lines[0]?.quantityShipped)
      break
    case 'receipt':
      sums.received += Number(document.lines[0]?.quantity)
      break
    case 'invoice':
      sums.invoiced += Number(document.lines[0]?.quantity)
      break
    case 'change-request':
    case 'inspection':
    case 'milestone':
    case 'purchase-agreement':
      throw new Error(`a plain clerk knows no \`${document.kind}\``)
  }
}

// Core tells four desks and four systems of each line that is confirmed, and finance of each invoice that may be paid.
const ofLine = ['erp', 'planning', 'wms', 'finance', 'people', 'people', 'people', 'people']

function effectsOf(document: TradeDocumentInput): readonly string[] {
  if (document.kind === 'acknowledgment') return document.lines.flatMap(() => ofLine)
  return document.kind === 'invoice' ? ['finance'] : []
}
