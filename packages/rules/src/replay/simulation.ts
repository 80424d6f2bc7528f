import type { CalendarDate, Decimal, MatchDecision } from '@counterfoil/core'

/** An invoice about which the two policies decide differently. */
export type ChangedInvoice = {
  readonly invoiceKey: string
  readonly supplier: string
  readonly invoiceNumber: string
  readonly invoiceDate: CalendarDate
  readonly currency: string
  readonly totalAmount: Decimal
  readonly before: DecidedInvoice
  readonly after: DecidedInvoice
  /** What could be paid before and cannot now; `"0"` where nothing. */
  readonly newlyHeld: Decimal
  /** What can be paid now and could not before; `"0"` where nothing. */
  readonly newlyReleased: Decimal
}

/** What one policy makes of an invoice. */
export type DecidedInvoice = {
  readonly decision: MatchDecision
  /** Hold texts, in their order. */
  readonly holds: readonly string[]
  readonly payableAmount: Decimal
}

/** What a supplier would notice, in one currency. */
export type SupplierSimulation = {
  readonly supplier: string
  readonly currency: string
  readonly invoices: number
  readonly newlyHeld: Decimal
  readonly newlyReleased: Decimal
}

/**
 * What other rules would have made of recorded matches. Of each invoice the last match counts for values and
 * lists; `attemptsChanged` counts those before it too.
 */
export type Simulation = {
  readonly matches: number
  readonly invoices: number
  /** Matches for which other versions are asked after than before: of documents the candidate is for, on its days. */
  readonly otherVersions: number
  /** Recorded matches that the rules of before do not decide as they were decided then. */
  readonly notReproduced: number
  readonly attemptsChanged: number
  readonly changed: readonly ChangedInvoice[]
  readonly suppliers: readonly SupplierSimulation[]
  /** How many invoices end in each decision, before and after. */
  readonly decisions: Readonly<Record<string, Counts>>
  /** How many invoices have a hold of each code, before and after. */
  readonly holds: Readonly<Record<string, Counts>>
}

/** How often something is so, before and after. */
export type Counts = { readonly before: number; readonly after: number }
