import type { InvoiceConflict, InvoiceFacts } from './invoice-state.ts'

/** Adds something a person has to sort out; the same again adds nothing. */
export function withConflict(facts: InvoiceFacts, conflict: InvoiceConflict): InvoiceFacts {
  const known = facts.conflicts.some((other) => other.conflictId === conflict.conflictId)
  return known ? facts : { ...facts, conflicts: [...facts.conflicts, conflict] }
}
