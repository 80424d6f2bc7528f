import type { OrderFacts } from './order-facts.ts'

/** True where the first invoice comes before the second. */
export function isBefore(facts: OrderFacts, first: string, second: string): boolean {
  return compareRanks(rankOf(facts, first), rankOf(facts, second)) < 0
}

type Rank = readonly string[]

/** What came before the order was taken over first, then what is booked or billed by ourselves, then by day and number. */
function rankOf(facts: OrderFacts, invoiceKey: string): Rank {
  const entry = facts.ledger[invoiceKey]
  const billing = facts.billings[invoiceKey]
  if (entry === undefined) return ['0', '', invoiceKey]
  const isBooked = billing?.status === 'posted' || entry.invoiceType === 'self-billed'
  return [isBooked ? '1' : '2', entry.invoiceDate, entry.invoiceNumber, invoiceKey]
}

function compareRanks(a: Rank, b: Rank): number {
  for (const [index, part] of a.entries()) {
    const other = b[index] ?? ''
    if (part !== other) return part < other ? -1 : 1
  }
  return 0
}
