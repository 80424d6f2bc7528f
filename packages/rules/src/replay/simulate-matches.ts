import {
  compareDecimals,
  decimal,
  type Invoice,
  invoiceTotal,
  type MatchDecision,
  matchInvoiceUnhashed,
  type Policy,
  type PolicySource,
  splitKey,
  subtractDecimals,
  type UnhashedMatchResult,
} from '@counterfoil/core'
import { countBoth } from './count-both.ts'
import type { MatchRecord } from './match-record.ts'
import type {
  ChangedInvoice,
  DecidedInvoice,
  Simulation,
  SupplierSimulation,
} from './simulation.ts'
import { compareText, valueBySupplier } from './value-by-supplier.ts'

/** The two policies of a simulation: the rules as they are, and as they would be. */
export type SimulatedPolicies = {
  readonly before: PolicySource
  readonly after: PolicySource
}

/** Takes recorded matches one by one and adds up what would change. */
export type Simulator = {
  readonly add: (record: MatchRecord) => void
  readonly report: () => Simulation
}

/**
 * Makes recorded matches again under two policies. A function of the records and the policies alone: no clock,
 * no order of files, so that the same record gives the same report.
 */
export const simulateMatches = (policies: SimulatedPolicies): Simulator => {
  const last = new Map<string, Tried>()
  const counts = { matches: 0, otherVersions: 0, notReproduced: 0, attemptsChanged: 0 }
  return {
    add: (record) => {
      const tried = tryAgain(record, policies)
      counts.matches += 1
      if (tried.isUnderOtherVersions) counts.otherVersions += 1
      if (!isAsRecorded(tried.before, record)) counts.notReproduced += 1
      if (!isSame(tried.before, tried.after)) counts.attemptsChanged += 1
      const known = last.get(record.documents.invoiceKey)
      if (known === undefined || known.attempt <= tried.attempt) {
        last.set(record.documents.invoiceKey, tried)
      }
    },
    report: () => ({ ...counts, ...addUp([...last.values()]) }),
  }
}

type Tried = {
  readonly invoiceKey: string
  readonly invoice: Invoice
  readonly attempt: number
  readonly before: DecidedInvoice
  readonly after: DecidedInvoice
  /** Whether other versions of rule sets were asked after than before. */
  readonly isUnderOtherVersions: boolean
}

const tryAgain = ({ documents }: MatchRecord, policies: SimulatedPolicies): Tried => {
  const { invoice, invoiceKey, attempt } = documents
  const pick = (source: PolicySource): Policy => source.pick(scopeOf(invoice), invoice.invoiceDate)
  const decide = (policy: Policy): DecidedInvoice =>
    decidedOf(matchInvoiceUnhashed({ ...documents, policy }), invoice)
  const [old, next] = [pick(policies.before), pick(policies.after)]
  const [before, after] = [decide(old), decide(next)]
  const isUnderOtherVersions = versionsOf(old) !== versionsOf(next)
  return { invoiceKey, invoice, attempt, before, after, isUnderOtherVersions }
}

const versionsOf = ({ references }: Policy): string => references.map(({ hash }) => hash).join(' ')

/** Whom the rules are asked for: the buyer's unit and the supplier, as a runtime asks. */
const scopeOf = ({ tenant, buyerOrganisation, supplier }: Invoice) => ({
  tenant,
  legalEntity: buyerOrganisation,
  businessUnit: buyerOrganisation,
  supplier,
})

const zero = decimal('0')

/** Decisions after which the invoice is paid. */
const paid: ReadonlySet<MatchDecision> = new Set([
  'match',
  'match-within-tolerance',
  'match-with-warning',
  'reduce',
])

const decidedOf = (result: UnhashedMatchResult, invoice: Invoice): DecidedInvoice => {
  const whole = paid.has(result.decision) ? invoiceTotal(invoice).amount : zero
  return {
    decision: result.decision,
    holds: result.holds.map(({ text }) => text),
    payableAmount: result.payableAmount ?? whole,
  }
}

const isAsRecorded = (decided: DecidedInvoice, { decision, holds }: MatchRecord): boolean =>
  decided.decision === decision && sameTexts(decided.holds, holds)

const isSame = (one: DecidedInvoice, other: DecidedInvoice): boolean =>
  one.decision === other.decision &&
  sameTexts(one.holds, other.holds) &&
  compareDecimals(one.payableAmount, other.payableAmount) === 0

const sameTexts = (one: readonly string[], other: readonly string[]): boolean =>
  JSON.stringify(one.toSorted()) === JSON.stringify(other.toSorted())

const addUp = (
  tried: readonly Tried[],
): Omit<Simulation, 'matches' | 'otherVersions' | 'notReproduced' | 'attemptsChanged'> => {
  const [decisions, holds] = [countBoth(), countBoth()]
  for (const { before, after } of tried) {
    decisions.count([before.decision], [after.decision])
    holds.count(codesOf(before), codesOf(after))
  }
  const changed = tried
    .filter(({ before, after }) => !isSame(before, after))
    .map(changeOf)
    .toSorted(
      (a, b) => compareText(a.supplier, b.supplier) || compareText(a.invoiceKey, b.invoiceKey),
    )
  return {
    invoices: tried.length,
    changed,
    suppliers: bySupplier(changed),
    decisions: decisions.counts(),
    holds: holds.counts(),
  }
}

const changeOf = ({ invoiceKey, invoice, before, after }: Tried): ChangedInvoice => {
  const difference = subtractDecimals(after.payableAmount, before.payableAmount)
  const isLess = compareDecimals(difference, zero) < 0
  const total = invoiceTotal(invoice)
  return {
    invoiceKey,
    supplier: invoice.supplier,
    invoiceNumber: splitKey(invoiceKey)[3] ?? invoice.documentNumber,
    invoiceDate: invoice.invoiceDate,
    currency: total.currency,
    totalAmount: total.amount,
    before,
    after,
    newlyHeld: isLess ? subtractDecimals(zero, difference) : zero,
    newlyReleased: isLess ? zero : difference,
  }
}

const bySupplier = (changed: readonly ChangedInvoice[]): readonly SupplierSimulation[] =>
  valueBySupplier(changed).map(({ count, ...row }) => ({ ...row, invoices: count }))

const codesOf = ({ holds }: DecidedInvoice): readonly string[] => [...new Set(holds.map(codeOf))]

/** `PRICE:10` is a hold of the code `PRICE`. */
const codeOf = (text: string): string => text.split(':')[0] ?? text
