import { documentKey } from '../document/document-header.ts'
import type { DocumentMoved } from './order-events.ts'
import type { OrderFacts } from './order-facts.ts'
import { withoutAnswer } from './record-answer.ts'
import { removeChangeRequest } from './record-change.ts'
import { linesReceiving, withoutInspection, withoutReceipt } from './record-receipt.ts'
import { type Recording, stampTextInto, type TouchedLines } from './recording.ts'

/**
 * Records a text of a document that is about other orders only. Where it stands, what an earlier text said about this
 * order is taken back; where a later one stands, nothing changes. So an order ends the same whichever came first.
 */
export function recordMoved(facts: OrderFacts, moved: DocumentMoved): Recording {
  const { documentKind: kind, documentNumber, revision, issuedAt, documentHash: hash } = moved
  const stamped = stampTextInto(facts, documentKey({ ...moved, kind }), {
    revision,
    issuedAt,
    hash,
  })
  if (stamped === null) return { kind: 'duplicate', sentence: `${kind} ${documentNumber} is known` }
  if (!stamped.replaces) return { kind: 'recorded', facts: stamped.facts, touched: [] }
  return {
    kind: 'recorded',
    facts: withoutDocument(stamped.facts, moved),
    touched: touchedBy(stamped.facts, moved),
  }
}

function withoutDocument(
  facts: OrderFacts,
  { documentKind, documentNumber }: DocumentMoved,
): OrderFacts {
  switch (documentKind) {
    case 'receipt':
      return withoutReceipt(facts, documentNumber)
    case 'inspection':
      return withoutInspection(facts, documentNumber)
    case 'acknowledgment':
      return withoutAnswer(facts, documentNumber)
    case 'change-request':
      return removeChangeRequest(facts, documentNumber)
  }
}

function touchedBy(
  facts: OrderFacts,
  { documentKind, documentNumber }: DocumentMoved,
): TouchedLines {
  return documentKind === 'receipt' ? linesReceiving(facts, documentNumber) : 'all'
}
