import { addDecimals, compareDecimals, type Decimal } from '@counterfoil/core'
import type { ChangedInvoice, SimulatedDays, Simulation } from '@counterfoil/rules/replay'
import { counted, countsThatDiffer, supplierRows } from './simulation-rows.ts'

/** What is being compared, and how many invoices to list. */
export type SimulationNames = {
  readonly candidate: string
  /** What it stands in the place of; null where it is new. */
  readonly before: string | null
  readonly days: SimulatedDays
  /** The candidate's first day. */
  readonly effectiveFrom: string
  readonly first: number
}

/** A simulation as lines of text. */
export function describeSimulation(report: Simulation, names: SimulationNames): readonly string[] {
  const { matches, invoices, changed, suppliers } = report
  const { first } = names
  const left = changed.length - first
  return [
    ...whatIsCompared(report, names),
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

function whatIsCompared(
  { matches, otherVersions }: Simulation,
  { candidate, before, days, effectiveFrom }: SimulationNames,
): readonly string[] {
  const place = before === null ? 'on top of what is in force' : `in the place of ${before}`
  const isByDate = days === 'business-date'
  const when = isByDate
    ? `from ${effectiveFrom} on, by the date of each invoice`
    : 'as if in force on every day'
  const who = isByDate ? 'it is for, on its days' : 'it is for'
  return [
    `${candidate} ${place}, ${when}`,
    ...(otherVersions === matches && !isByDate
      ? []
      : [`${otherVersions} of ${counted(matches, 'match', 'es')} of invoices ${who}`]),
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
