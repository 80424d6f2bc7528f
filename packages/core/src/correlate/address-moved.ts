import { contentHashOf } from '../document/document-content-hash.ts'
import type { Instant } from '../calendar/instant.ts'
import type { TradeDocument } from '../document/document.ts'
import { type AggregateReference, joinKey } from '../identity/identity.ts'
import { messageData } from '../message/message.ts'
import { DocumentMoved } from '../order-lifecycle/order-events.ts'
import type { AddressedDocument } from './address-document.ts'

/** One text that came under a document's number: its revision, its content's hash, its issue, and who was told of it. */
export type DocumentText = {
  readonly revision: number
  /** sha-256 of the document without its origin. */
  readonly contentHash: string
  readonly issuedAt: Instant
  readonly aggregates: readonly AggregateReference[]
}

/** What an order is told of a text that does not name it. */
export type MovedDocument = AddressedDocument & { readonly text: DocumentText }

/**
 * Says who else must hear of a document of which other texts came before: a recount may move a receipt, or a line of it,
 * to another order. Every order that any of the texts names hears of all of them, so that the same text stands at each of
 * them, whichever came first. `aggregates` are those the document itself is addressed to.
 */
export function addressMoved(
  document: TradeDocument,
  aggregates: readonly AggregateReference[],
  others: readonly DocumentText[],
): readonly MovedDocument[] {
  const documentKind = DocumentMoved.shape.documentKind.safeParse(document.kind).data
  if (documentKind === undefined || others.length === 0) return []
  const { supplier, documentNumber, revision, issuedAt } = document
  const own = { revision, issuedAt, contentHash: contentHashOf(document), aggregates }
  const texts = [...others, own]
  const orders = ordersOf(texts.flatMap((text) => text.aggregates))
  return texts.flatMap((text) => {
    const data: DocumentMoved = {
      documentKind,
      supplier,
      documentNumber,
      revision: text.revision,
      issuedAt: text.issuedAt,
      documentHash: text.contentHash,
    }
    const named = new Set(text.aggregates.map(nameOf))
    return orders
      .filter((order) => !named.has(nameOf(order)))
      .map((aggregate) => ({
        aggregate,
        type: 'document.moved',
        data: messageData(data),
        text,
      }))
  })
}

function ordersOf(aggregates: readonly AggregateReference[]): readonly AggregateReference[] {
  const byName = new Map(aggregates.map((aggregate) => [nameOf(aggregate), aggregate]))
  return [...byName.values()].filter(({ kind }) => kind === 'order')
}

function nameOf({ kind, key }: AggregateReference): string {
  return joinKey([kind, key])
}
