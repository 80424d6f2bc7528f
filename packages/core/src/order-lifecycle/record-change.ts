import { documentKey } from '../document/document-header.ts'
import { joinKey } from '../identity/identity.ts'
import type { Actor } from '../message/actor.ts'
import type { ChangeRequest } from '../order-change/order-change.ts'
import type { ChangeDecision, ChangeFact, ChangeNews, OrderFacts } from './order-facts.ts'
import { placed } from './record-order.ts'
import { byIssue, insertFact, type Recording, stampInto } from './recording.ts'

/** The id of the change a change request asks for: its document and revision. */
export function changeIdOf(document: ChangeRequest): string {
  return joinKey(['request', document.supplier, document.documentNumber, String(document.revision)])
}

/**
 * Records a wish to change the order. The buyer's own wish needs nobody's consent here: it makes the next version, which
 * the supplier then has to confirm again. The supplier's wish waits to be judged.
 */
export function recordChangeRequest(
  facts: OrderFacts,
  document: ChangeRequest,
  by: Actor,
): Recording {
  const stamped = stampInto(facts, documentKey(document), document)
  const { documentNumber, initiator, issuedAt } = document
  if (stamped === null) {
    return { kind: 'duplicate', sentence: `change request ${documentNumber} is known` }
  }
  if (!stamped.counts) return { kind: 'recorded', facts: stamped.facts, touched: 'all' }
  const change: ChangeFact = {
    changeId: changeIdOf(document),
    initiator,
    ...(by.kind === 'user' && { requestedBy: by.id }),
    documentNumber,
    issuedAt,
    basedOnVersion: document.basedOnVersion,
    differences: document.differences,
    ...(document.reasonText !== undefined && { reasonText: document.reasonText }),
  }
  const others = withoutChangeRequest(stamped.facts, documentNumber)
  const decisions =
    initiator === 'buyer'
      ? { ...others.decisions, [change.changeId]: ownDecision(change) }
      : others.decisions
  const changes = insertFact(others.changes, change, byIssue)
  return { kind: 'recorded', facts: placed({ ...others, changes, decisions }), touched: 'all' }
}

/**
 * Forgets a wish. The buyer's own was agreed by being written, so that goes with it; what people decided about a wish
 * stays on record.
 */
function withoutChangeRequest(facts: OrderFacts, documentNumber: string): OrderFacts {
  const changes = facts.changes.filter((one) => one.documentNumber !== documentNumber)
  const decisions = { ...facts.decisions }
  for (const change of facts.changes) {
    const isOwn = change.initiator === 'buyer' && change.documentNumber === documentNumber
    if (isOwn) delete decisions[change.changeId]
  }
  return { ...facts, changes, decisions }
}

/** Takes a wish off an order that the document no longer names. */
export function removeChangeRequest(facts: OrderFacts, documentNumber: string): OrderFacts {
  return placed(withoutChangeRequest(facts, documentNumber))
}

function ownDecision(change: ChangeFact): ChangeDecision {
  return {
    decision: 'accept',
    by: 'buyer',
    at: change.issuedAt,
    reason: change.reasonText ?? null,
    basedOnVersion: change.basedOnVersion,
    differences: change.differences,
  }
}

/** Records what was decided about a change. */
export function recordDecision(
  facts: OrderFacts,
  changeId: string,
  decision: ChangeDecision,
): OrderFacts {
  const decisions = { ...facts.decisions, [changeId]: decision }
  return decision.decision === 'accept' ? placed({ ...facts, decisions }) : { ...facts, decisions }
}

/** Records what else became known of a change: its impact, that it was taken back, or that it was written to the ERP. */
export function recordChangeNews(
  facts: OrderFacts,
  changeId: string,
  news: ChangeNews,
): OrderFacts {
  const known = facts.changeNews[changeId]
  return { ...facts, changeNews: { ...facts.changeNews, [changeId]: { ...known, ...news } } }
}
