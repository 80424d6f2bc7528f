import { addDecimals, compareDecimals, type Decimal } from '@counterfoil/core'
import type { ChangedInvoice, Simulation } from '@counterfoil/rules/replay'
import { counted, countsThatDiffer, supplierRows } from './simulation-rows.ts'

/** What is being compared, and how many invoices to list. */
export type SimulationNames = {
  readonly candidate: string
  /** What it stands in the place of; null where it is new. */
  readonly before: string | null
  readonly first: number
}

/** A simulation as lines of text. */
export function describeSimulation(
  report: Simulation,
  { candidate, before, first }: SimulationNames,
): readonly string[] {
  const { matches, invoices, changed, suppliers } = report
  const place = before === null ? 'on top of what is in force' : `in the place of ${before}`
  const left = changed.length - first
  return [
    `${candidate} ${place}, as if in force on every day`,
    `${counted(matches, 'match', 'es')} of ${counted(invoices, 'invoice')}, ${report.notReproduced} not decided now as they were then`,
    `${counted(changed.length, 'invoice')} would come out otherwise (${counted(report.attemptsChanged, 'match', 'es')})`,
    ...countsThatDiffer('decisions', report.decisions),
    ...countsThatDiffer('invoices held, by code', report.holds),
    ...supplierRows(
      suppliers.map(({ invoices: count, ...one }) => ({ ...one, count })),
      'invoices',
      first,
    ),
    ...(changed.length === 0 ? [] : ['']),
    ...changed.toSorted(byValue).slice(0, first).map(describeChange),
    ...(left > 0 ? [`and ${left} more invoices, all of them with --json`] : []),
  ]
}

function byValue(one: ChangedInvoice, other: ChangedInvoice): number {
  return compareDecimals(valueMoved(other), valueMoved(one))
}

function valueMoved({ newlyHeld, newlyReleased }: ChangedInvoice): Decimal {
  return addDecimals(newlyHeld, newlyReleased)
}

function describeChange(one: ChangedInvoice): string {
  const { before, after } = one
  const because = after.holds.length > 0 ? ` (${after.holds.join(', ')})` : ''
  return (
    `${one.invoiceNumber} of ${one.supplier}, ${one.invoiceDate}, ${one.totalAmount} ${one.currency}: ` +
    `${before.decision} → ${after.decision}${because}`
  )
}
