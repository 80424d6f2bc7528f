import { addDecimals, compareDecimals, type Decimal } from '@counterfoil/core'
import type { ChangedInvoice, Counts, Simulation } from '@counterfoil/rules/replay'

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
    ...differing('decisions', report.decisions),
    ...differing('invoices held, by code', report.holds),
    ...(suppliers.length === 0
      ? []
      : ['', row(['supplier', 'invoices', 'newly held', 'newly released', ''])]),
    ...suppliers
      .slice(0, first)
      .map((one) =>
        row([one.supplier, String(one.invoices), one.newlyHeld, one.newlyReleased, one.currency]),
      ),
    ...(suppliers.length > first ? [`and ${suppliers.length - first} more suppliers`] : []),
    ...(changed.length === 0 ? [] : ['']),
    ...changed.toSorted(byValue).slice(0, first).map(describeChange),
    ...(left > 0 ? [`and ${left} more invoices, all of them with --json`] : []),
  ]
}

const nameWidth = 44

function byValue(one: ChangedInvoice, other: ChangedInvoice): number {
  return compareDecimals(valueMoved(other), valueMoved(one))
}

function valueMoved({ newlyHeld, newlyReleased }: ChangedInvoice): Decimal {
  return addDecimals(newlyHeld, newlyReleased)
}

function counted(count: number, noun: string, plural = 's'): string {
  return `${count} ${noun}${count === 1 ? '' : plural}`
}

function differing(title: string, counts: Readonly<Record<string, Counts>>): readonly string[] {
  const rows = Object.entries(counts)
    .filter(([, { before, after }]) => before !== after)
    .map(([name, { before, after }]) => `  ${name.padEnd(28)} ${before} → ${after}`)
  return rows.length === 0 ? [] : [`${title}:`, ...rows]
}

function describeChange(one: ChangedInvoice): string {
  const { before, after } = one
  const because = after.holds.length > 0 ? ` (${after.holds.join(', ')})` : ''
  return (
    `${one.invoiceNumber} of ${one.supplier}, ${one.invoiceDate}, ${one.totalAmount} ${one.currency}: ` +
    `${before.decision} → ${after.decision}${because}`
  )
}

function row([name = '', ...cells]: readonly string[]): string {
  const currency = cells.pop() ?? ''
  return `${name.padEnd(nameWidth)} ${cells.map((cell) => cell.padStart(16)).join(' ')} ${currency}`.trimEnd()
}
