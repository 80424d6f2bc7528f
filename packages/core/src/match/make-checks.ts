import { CounterfoilError } from '../errors/counterfoil-error.ts'
import type { PlannedCheck, Policy, PolicyFacts } from '../policy/policy.ts'
import { type CheckFinding, concludeCheck } from './check-finding.ts'
import { readCheckParameters } from './check-parameters.ts'
import type { CheckQuestion, InvoiceContext, LinkedLine, Measurement } from './check.ts'
import { taxCodesOf } from './determine-taxes.ts'
import { totalFields } from './invoice-totals.ts'
import { orderLineContext } from './link-lines.ts'
import { checkOf } from './match-checks.ts'
import { type MatchPlace, placeOfLine } from './match-discrepancy.ts'

/** Makes every check the policy plans for a line. */
export function checkLine(
  line: LinkedLine,
  facts: PolicyFacts,
  policy: Policy,
): readonly CheckFinding[] {
  const plan = policy.matching(facts)
  const place = placeOfLine(line)
  return plan.value.checks
    .flatMap((planned) => expandOnLine(planned, line))
    .map((planned) => {
      const question = ask(planned, facts, policy)
      return concludeCheck({
        question: question.asked,
        measurement: measureOnLine(line, question.asked),
        place,
        policy: [plan.decision, question.decision],
      })
    })
}

/** Makes every check the policy plans for the invoice as a whole. */
export function checkHeader(
  header: InvoiceContext,
  facts: PolicyFacts,
  policy: Policy,
): readonly CheckFinding[] {
  const plan = policy.matching(facts)
  return plan.value.checks
    .flatMap((planned) => expandOnHeader(planned, header))
    .map((planned) => {
      const question = ask(planned, facts, policy)
      const { measurement, place } = measureOnHeader(header, question.asked)
      return concludeCheck({
        question: question.asked,
        measurement,
        place,
        policy: [plan.decision, question.decision],
      })
    })
}

function ask(planned: PlannedCheck, facts: PolicyFacts, policy: Policy) {
  const { name, check, code, field, holdCode, onExceed } = planned
  const { value, decision } = policy.tolerance({
    ...facts,
    check: { name, check, code: code ?? null, field: field ?? null, holdCode, onExceed },
  })
  const asked: CheckQuestion = {
    planned,
    parameters: readCheckParameters(planned),
    tolerance: value,
  }
  return { asked, decision }
}

function measureOnLine(line: LinkedLine, question: CheckQuestion): Measurement {
  const check = checkOf(question.planned)
  switch (check.scope) {
    case 'line':
    case 'order-line':
      return check.measure(line, question)
    case 'invoice':
      throw misplaced(question, 'an invoice line', 'plan it for the header')
  }
}

function measureOnHeader(
  header: InvoiceContext,
  question: CheckQuestion,
): { readonly measurement: Measurement; readonly place: MatchPlace } {
  const place: MatchPlace = { header, line: null, invoiceLineNumber: null, scheduleNumber: null }
  const check = checkOf(question.planned)
  switch (check.scope) {
    case 'invoice':
      return { measurement: check.measure(header, question), place }
    case 'order-line': {
      const line = namedOrderLine(header, question)
      return { measurement: check.measure(line, question), place: { ...place, line } }
    }
    case 'line':
      throw misplaced(question, 'the header', 'plan it for invoice lines')
  }
}

/** The order line a header check names in its parameters, whether or not the invoice bills it. */
function namedOrderLine(header: InvoiceContext, question: CheckQuestion) {
  const { orderNumber, orderLineNumber } = question.parameters
  const order = header.orders.find(
    (one) => orderNumber === undefined || one.orderNumber === orderNumber,
  )
  const line = order?.lines.find((one) => one.orderLineNumber === orderLineNumber)
  if (order === undefined || line === undefined) {
    throw misplaced(question, 'the header', 'name a known order line in its parameters')
  }
  return orderLineContext(header, order, line)
}

function misplaced({ planned }: CheckQuestion, where: string, wayOut: string): CounterfoilError {
  return new CounterfoilError(
    'RULE_SET_INVALID',
    `cannot make check \`${planned.name}\` (\`${planned.check}\`) on ${where}: ${wayOut}`,
    { details: { name: planned.name, check: planned.check } },
  )
}

/**
 * A check of charges without a code is made for every charge there is, but for planned costs, which have a
 * check of their own; a check of totals without a field for every total.
 */
function expandOnHeader(planned: PlannedCheck, header: InvoiceContext): readonly PlannedCheck[] {
  if (planned.check === 'charge' && planned.code === undefined) {
    const { invoice, orders } = header
    const costs = new Set(orders.flatMap((order) => order.plannedCosts.map(({ code }) => code)))
    const charges = [...invoice.charges, ...orders.flatMap((order) => order.charges)]
    return forEachCode(
      planned,
      charges.filter(({ code }) => !costs.has(code)),
    )
  }
  if (planned.check === 'tax-by-code' && planned.code === undefined) {
    const { taxTable } = readCheckParameters(planned)
    const codes = taxTable === undefined ? [] : taxCodesOf(header, taxTable)
    return codes.length === 0 ? [planned] : codes.map((code) => ({ ...planned, code }))
  }
  if (planned.check === 'totals' && planned.field === undefined) {
    const stated = [
      ...Object.keys(header.invoice.totals ?? {}),
      ...header.orders.flatMap((order) => Object.keys(order.expectedTotals ?? {})),
    ]
    const fields = stated.length === 0 ? totalFields : [...new Set(stated)].toSorted()
    return fields.map((field) => ({ ...planned, field }))
  }
  return [planned]
}

function expandOnLine(planned: PlannedCheck, { order }: LinkedLine): readonly PlannedCheck[] {
  const isOpen = planned.check === 'charge-planned' && planned.code === undefined
  if (!isOpen) return [planned]
  // An order that plans no costs has nothing to be checked, on none of its lines.
  return order.plannedCosts.length === 0 ? [] : forEachCode(planned, order.plannedCosts)
}

function forEachCode(
  planned: PlannedCheck,
  charges: readonly { readonly code: string }[],
): readonly PlannedCheck[] {
  const codes = [...new Set(charges.map(({ code }) => code))].toSorted()
  return codes.length === 0 ? [planned] : codes.map((code) => ({ ...planned, code }))
}
