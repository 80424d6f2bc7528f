import { canonicalJson } from '../hash/canonical-json.ts'
import type { BillingRecorded } from './order-events.ts'
import type { OrderFacts } from './order-facts.ts'
import type { Recording } from './recording.ts'

/** Records that an invoice counts against the order. Told again, the last word of the invoice stands. */
export function recordBilling(facts: OrderFacts, billing: BillingRecorded): Recording {
  const { invoiceKey, ...entry } = billing
  const known = facts.billings[invoiceKey]
  if (known !== undefined && canonicalJson(known) === canonicalJson(entry)) {
    return { kind: 'duplicate', sentence: `invoice ${entry.invoiceNumber} is counted already` }
  }
  const touched = new Set([...entry.lines, ...(known?.lines ?? [])].map(lineNumber))
  const billings = { ...facts.billings, [invoiceKey]: entry }
  return { kind: 'recorded', facts: { ...facts, billings }, touched: [...touched] }
}

/** Records that an invoice no longer counts, and gives back the receipts set aside for it. */
export function withdrawBilling(facts: OrderFacts, invoiceKey: string): Recording {
  const known = facts.billings[invoiceKey]
  const asked = facts.ledger[invoiceKey]
  if (known === undefined && asked === undefined) {
    return { kind: 'duplicate', sentence: 'the invoice does not count against this order' }
  }
  const { [invoiceKey]: _, ...billings } = facts.billings
  const { [invoiceKey]: __, ...ledger } = facts.ledger
  const touched = new Set([
    ...(known?.lines ?? []).map(lineNumber),
    ...(asked?.orderLineNumbers ?? []),
  ])
  return { kind: 'recorded', facts: { ...facts, billings, ledger }, touched: [...touched] }
}

function lineNumber({ orderLineNumber }: { readonly orderLineNumber: string }): string {
  return orderLineNumber
}
