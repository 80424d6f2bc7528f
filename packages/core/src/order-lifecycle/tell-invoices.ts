import type { Intent } from '../message/intent.ts'
import { messageData } from '../message/message.ts'
import type { OrderChange } from './order-change-told.ts'
import type { OrderFact } from './order-fact.ts'
import { viewForInvoice } from './view-ledger.ts'

/** Invoices are told what they asked, once for each attempt, and that they have to ask again where it changed. */
export function ledgerIntents(change: OrderChange): Intent[] {
  return [...answer(change), ...reopenings(change)]
}

function answer({ after, fact }: OrderChange): Intent[] {
  if (fact.type !== 'allocation.requested') return []
  const { facts, desk, standing } = after
  const { invoiceKey, attempt } = fact.data
  const entry = facts.ledger[invoiceKey]
  if (entry === undefined || standing.order === null) return []
  const { order } = standing
  const view = viewForInvoice({ facts, desk, order }, invoiceKey, entry)
  const { orderNumber } = order
  return [
    {
      kind: 'tell',
      to: { kind: 'invoice', key: invoiceKey },
      type: 'allocation.answered',
      data: messageData({ invoiceKey, attempt, orderNumber, view }),
    },
  ]
}

function reopenings({ before, after, fact }: OrderChange): Intent[] {
  const { ledger } = after.facts
  if (before.facts.ledger === ledger || after.standing.order === null) return []
  const { orderNumber } = after.standing.order
  const because = reasonOf(fact)
  return Object.entries(ledger)
    .filter(([key, { reopened }]) => reopened && before.facts.ledger[key]?.reopened !== true)
    .map(([invoiceKey]) => ({
      kind: 'tell' as const,
      to: { kind: 'invoice' as const, key: invoiceKey },
      type: 'match.reopened',
      data: messageData({ invoiceKey, orderNumber, because }),
    }))
}

/** What made the answer another, in words for the invoice's desk. */
function reasonOf(fact: OrderFact): string {
  if (fact.type === 'receipt.recorded') {
    const { receiptType, documentNumber } = fact.data.document
    return `${receiptType} ${documentNumber} was recorded`
  }
  if (fact.type === 'document.moved') {
    return `${fact.data.documentKind} ${fact.data.documentNumber} is about another order`
  }
  if (fact.type === 'inspection.recorded') {
    return `inspection ${fact.data.document.documentNumber} was decided`
  }
  if (fact.type === 'order.issued' || fact.type === 'order.imported') {
    return `version ${fact.data.document.version} of the order was issued`
  }
  if (fact.type === 'case.opened') return `case ${fact.data.case.code} was opened`
  if (fact.type === 'billing.recorded' || fact.type === 'allocation.requested') {
    return `invoice ${fact.data.invoiceNumber} goes before it`
  }
  if (fact.type === 'billing.withdrawn') return 'another invoice no longer counts'
  return fact.type.startsWith('case.') ? 'a receiving case was settled' : 'the order was changed'
}
