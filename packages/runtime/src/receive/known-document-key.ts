import { documentKey, hashOf, joinKey, type TradeDocument } from '@counterfoil/core'

/** The key a store knows a document by: buyer, kind, supplier and number. Its revisions and texts share it. */
export function knownDocumentKey(document: TradeDocument): string {
  return joinKey(documentParts(document))
}

// An order's or agreement's versions share its number, and a credit may carry the number of the invoice it answers.
function documentParts(document: TradeDocument): readonly string[] {
  const parts = [document.buyerOrganisation, documentKey(document)]
  const isVersioned = document.kind === 'purchase-order' || document.kind === 'purchase-agreement'
  if (isVersioned) return [...parts, `v${document.version}`]
  if (document.kind === 'invoice') return [...parts, document.invoiceType]
  return parts
}

/** The content of a document, whichever way it came: sha-256 of the canonical document without its origin. */
export function contentHashOf({ origin: _origin, ...content }: TradeDocument): string {
  return hashOf(content)
}
