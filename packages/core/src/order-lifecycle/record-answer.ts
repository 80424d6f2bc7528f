import type { Acknowledgment } from '../acknowledgment/acknowledgment.ts'
import { clueOf, silenceOf } from '../acknowledgment/compare-acknowledgment.ts'
import { documentKey } from '../document/document-header.ts'
import type { OrderLine } from '../purchase-order/order-line.ts'
import type { AcknowledgmentFact, AnswerFact, OrderFacts } from './order-facts.ts'
import { byAnswer, lineNumberOf } from './place-facts.ts'
import {
  addLineFacts,
  byIssue,
  insertFact,
  mapLineFacts,
  type Recording,
  stampInto,
} from './recording.ts'

/** Records a supplier's answer. What it comes to is worked out from all answers together, not from the last to arrive. */
export function recordAnswer(
  facts: OrderFacts,
  document: Acknowledgment,
  lines: readonly OrderLine[],
): Recording {
  const stamped = stampInto(facts, documentKey(document), document)
  const { documentNumber } = document
  if (stamped === null) {
    return { kind: 'duplicate', sentence: `acknowledgment ${documentNumber} is known` }
  }
  if (!stamped.counts) return { kind: 'recorded', facts: stamped.facts, touched: 'all' }
  let next = stamped.replaces ? withoutAnswer(stamped.facts, documentNumber) : stamped.facts
  const head = headOf(document)
  next = { ...next, acknowledgments: insertFact(next.acknowledgments, head, byIssue) }
  const added = document.lines.map((entry) => ({
    fact: answerFactOf(document, entry),
    place: lineNumberOf(lines, clueOf(entry)),
  }))
  next = addLineFacts(next, added, (known, fact) => ({
    ...known,
    answers: insertFact(known.answers, fact, byAnswer),
  }))
  return { kind: 'recorded', facts: next, touched: 'all' }
}

function headOf(document: Acknowledgment): AcknowledgmentFact {
  const { documentNumber, revision, issuedAt, orderVersion, decision } = document
  return {
    documentNumber,
    revision,
    issuedAt,
    orderVersion,
    decision,
    silence: silenceOf(document),
    ...(document.unlistedPromisedDate && { promisedDate: document.unlistedPromisedDate }),
    ...(document.reasonText !== undefined && { reasonText: document.reasonText }),
  }
}

function answerFactOf(
  { documentNumber, issuedAt }: Acknowledgment,
  entry: Acknowledgment['lines'][number],
): AnswerFact {
  return {
    documentNumber,
    issuedAt,
    documentLineNumber: entry.documentLineNumber,
    orderLineNumber: entry.orderLineNumber,
    ...(entry.scheduleNumber !== undefined && { scheduleNumber: entry.scheduleNumber }),
    item: entry.item,
    responses: entry.responses,
    ...(entry.wholeLine && { wholeLine: entry.wholeLine }),
  }
}

/** Forgets what a supplier answered in one document. */
export function withoutAnswer(facts: OrderFacts, documentNumber: string): OrderFacts {
  const isOther = (fact: { readonly documentNumber: string }) =>
    fact.documentNumber !== documentNumber
  const cleaned = mapLineFacts(facts, (line) => ({
    ...line,
    answers: line.answers.filter(isOther),
  }))
  return { ...cleaned, acknowledgments: facts.acknowledgments.filter(isOther) }
}
