import type * as z from 'zod'
import { instant } from '../calendar/instant.ts'
import { anInvoice, anInvoiceLine } from '../invoice/invoice.examples.ts'
import { aPolicy, aRoute, aTolerance } from '../policy/policy.examples.ts'
import { PlannedCheck, type Policy, type PolicyFacts } from '../policy/policy.ts'
import type { Tolerance } from '../policy/tolerance.ts'
import { anOrderLine } from '../purchase-order/purchase-order.examples.ts'
import { BillingFact, OrderMatchView, ReceiptFact, RegisteredInvoice } from './match-input.ts'
import { checkOf } from './match-checks.ts'
import { type MatchInput, matchInvoice } from './match-invoice.ts'
import type { CheckResult, MatchResult } from './match-result.ts'

/** Receipt GR-1 of 10 pieces of line 1, counted good; give only what matters. */
export function aReceiptFact(receipt: Partial<z.input<typeof ReceiptFact>> = {}): ReceiptFact {
  return ReceiptFact.parse({
    receiptNumber: 'GR-1',
    receiptLineNumber: '1',
    receiptType: 'receipt',
    reversesReceiptNumber: null,
    orderLineNumber: '1',
    receivedDate: '2026-11-27',
    quantity: '10',
    unitOfMeasure: 'EA',
    pricingQuantity: null,
    quantityAccepted: null,
    quantityRejected: null,
    inspection: 'none',
    shipNoticeNumber: null,
    quantityOnShipNotice: null,
    ...receipt,
  })
}

/** What invoice INV-0 billed before: 4 pieces of line 1 at 12.40; give only what matters. */
export function aBillingFact(billing: Partial<z.input<typeof BillingFact>> = {}): BillingFact {
  return BillingFact.parse({
    invoiceNumber: 'INV-0',
    invoiceType: 'standard',
    orderLineNumber: '1',
    quantity: '4',
    unitOfMeasure: 'EA',
    amount: '49.60',
    chargesAmount: '0',
    discountAmount: '0',
    ...billing,
  })
}

/** Order 4711 of 10 pieces at 12.40, all received, nothing billed; give only what matters. */
export function anOrderMatchView(
  view: Partial<z.input<typeof OrderMatchView>> = {},
): OrderMatchView {
  return OrderMatchView.parse({
    orderNumber: '4711',
    orderVersion: 1,
    supplier: 'S100',
    orderType: 'standard',
    currency: 'EUR',
    exchangeRate: null,
    attributes: {},
    lines: [anOrderLine()],
    charges: [],
    plannedCosts: [],
    expectedTotals: null,
    receipts: [aReceiptFact()],
    billings: [],
    allocations: [],
    awaitingResolution: [],
    ...view,
  })
}

/** Invoice INV-0 of the same supplier, in its register; give only what matters. */
export function aRegisteredInvoice(
  entry: Partial<z.input<typeof RegisteredInvoice>> = {},
): RegisteredInvoice {
  return RegisteredInvoice.parse({
    supplier: 'S100',
    supplierName: null,
    invoiceNumber: 'INV-0',
    invoiceType: 'standard',
    invoiceDate: '2026-11-01',
    totalAmount: '124.00',
    currency: 'EUR',
    cancelled: false,
    ...entry,
  })
}

/** A planned check that holds under `CODE` when it fails; give its general check and what matters. */
export function aPlannedCheck(
  check: string,
  planned: Partial<z.input<typeof PlannedCheck>> = {},
): PlannedCheck {
  return PlannedCheck.parse({
    name: check,
    check,
    holdCode: 'CODE',
    onExceed: 'hold',
    parameters: {},
    ...planned,
  })
}

/** Checks for each line and for the header, with the limits of each by its name. */
export type ExamplePlan = {
  readonly line?: readonly PlannedCheck[]
  readonly header?: readonly PlannedCheck[]
  readonly tolerances?: Readonly<Record<string, Partial<z.input<typeof Tolerance>>>>
  readonly conduct?: NonNullable<Parameters<typeof aPolicy>[0]>['conduct']
}

/** A policy that plans those checks; limits that are not given accept nothing over. Cases go to the role named by their code. */
export function aMatchPolicy({ line, header, tolerances, conduct }: ExamplePlan): Policy {
  return aPolicy({
    matching: (facts) => ({ checks: [...((facts['line'] === null ? header : line) ?? [])] }),
    tolerance: (facts) => aTolerance(tolerances?.[nameIn(facts, 'check', 'name')] ?? {}),
    routing: (facts) => aRoute({ ownerRole: `desk of ${nameIn(facts, 'exception', 'code')}` }),
    ...(conduct === undefined ? {} : { conduct }),
  })
}

function nameIn(facts: PolicyFacts, fact: string, field: string): string {
  const value = facts[fact]
  return typeof value === 'object' && value !== null ? String(Reflect.get(value, field)) : ''
}

/** Invoice INV-1 of ten pieces against order 4711, matched at noon; give only what matters. */
export function aMatchInput(input: Partial<MatchInput> = {}): MatchInput {
  return {
    invoice: anInvoice({ lines: [anInvoiceLine()] }),
    invoiceKey: 'acme/0001/S100/INV-1/standard',
    attempt: 1,
    orders: [anOrderMatchView()],
    register: [],
    policy: aMatchPolicy({}),
    now: instant('2026-12-02T12:00:00Z'),
    ...input,
  }
}

/** What one check is made on: documents, the limits it has, and how it is planned. */
export type ExampleCheck = Partial<MatchInput> & {
  readonly tolerance?: Partial<z.input<typeof Tolerance>>
  readonly planned?: Partial<z.input<typeof PlannedCheck>>
  readonly parameters?: z.input<typeof PlannedCheck>['parameters']
}

/** The result of one check alone, made on lines or on the header as it needs; of a check of several lines the first. */
export function aCheckMade(check: string, example: ExampleCheck = {}): CheckResult {
  const [made] = aMatchOf(check, example).checks.filter((one) => one.check === check)
  if (made === undefined) throw new Error(`the check ${check} was not made`)
  return made
}

/** The match of an invoice on which one check alone is made. */
export function aMatchOf(
  check: string,
  { tolerance = {}, planned = {}, parameters = {}, ...input }: ExampleCheck = {},
): MatchResult {
  const asked = aPlannedCheck(check, { ...planned, parameters })
  const isOnLines = checkOf(asked).scope !== 'invoice'
  const plan = isOnLines ? { line: [asked] } : { header: [asked] }
  const policy = aMatchPolicy({ ...plan, tolerances: { [asked.name]: tolerance } })
  return matchInvoice(aMatchInput({ ...input, policy }))
}
