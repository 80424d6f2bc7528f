import type { InvoiceConflict, InvoiceFacts } from './invoice-state.ts'

/** The id of what stands against a record that a system did not take; over once it takes it. */
export function writeBackConflict(record: string): string {
  return `write-back/${record}`
}

/** Adds something a person has to sort out; the same again adds nothing. */
export function withConflict(facts: InvoiceFacts, conflict: InvoiceConflict): InvoiceFacts {
  const known = facts.conflicts.some((other) => other.conflictId === conflict.conflictId)
  return known ? facts : { ...facts, conflicts: [...facts.conflicts, conflict] }
}
