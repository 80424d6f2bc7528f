import type { Envelope, TradeDocumentInput } from '@counterfoil/core'

/** One way to keep the books of orders in PostgreSQL and to carry out what follows, in one of several processes. */
export type Desk = {
  /** Resolves when the document is decided upon and on disk. */
  readonly take: (delivery: Envelope) => Promise<void>
  readonly close: () => Promise<void>
}

/** Where the books are, and which of the processes this is. */
export type Place = { readonly connectionString: string; readonly process: number }

/** The document of a delivery. */
export function documentOf({ document }: Envelope): TradeDocumentInput {
  if (document === undefined) throw new Error('a delivery holds no document')
  return document
}

/** The order that a document is about. */
export function orderNumberOf(document: TradeDocumentInput): string {
  const found =
    document.kind === 'purchase-order' || document.kind === 'acknowledgment'
      ? document.orderNumber
      : 'lines' in document &&
        document.lines.flatMap((line) => ('orderNumber' in line ? line.orderNumber : null))[0]
  if (typeof found === 'string') return found
  throw new Error('a document names no order')
}
