import { instant } from '../calendar/instant.ts'
import { invoiceKey } from '../identity/identity.ts'
import type { Invoice } from '../invoice/invoice.ts'
import type { OrderMatchView } from '../match/match-input.ts'
import type { CheckResult, MatchResult, WantedException } from '../match/match-result.ts'
import { decimal } from '../decimal/decimal.ts'
import type { Actor } from '../message/actor.ts'
import { systemActor } from '../message/actor.ts'
import { type Message, messageData } from '../message/message.ts'
import { aPolicyReference, aRoute, aTolerance } from '../policy/policy.examples.ts'
import { anOrderLine } from '../purchase-order/purchase-order.examples.ts'
import type { MatchInput } from '../match/match-invoice.ts'
import type { MatchInvoice } from './match-attempt.ts'

/** A clerk of accounts payable. */
export const aClerk: Actor = { kind: 'user', id: 'paula', roles: ['accounts-payable'] }

/** The connector documents come in by. */
export const aConnector: Actor = { kind: 'connector', id: 'edi', roles: [] }

/** Something told to an invoice at an instant; the id is unique to type and instant unless given. */
export function anInvoiceMessage(
  invoice: Invoice,
  type: string,
  data: object,
  told: { readonly at?: string; readonly by?: Actor; readonly id?: string } = {},
): Message {
  const at = instant(told.at ?? '2026-12-01T09:00:00Z')
  return {
    id: told.id ?? `${type}@${at}`,
    tenant: invoice.tenant,
    aggregate: { kind: 'invoice', key: invoiceKey(invoice) },
    type,
    schemaVersion: 1,
    occurredAt: at,
    receivedAt: at,
    actor: told.by ?? systemActor,
    causedBy: null,
    data: messageData(data),
  }
}

/** What order 4711 answers about itself: its line 1, nothing received or billed yet; give only what matters. */
export function anOrderMatchView(view: Partial<OrderMatchView> = {}): OrderMatchView {
  return {
    orderNumber: '4711' as OrderMatchView['orderNumber'],
    orderVersion: 1,
    supplier: 'S100' as OrderMatchView['supplier'],
    orderType: 'standard',
    currency: 'EUR' as OrderMatchView['currency'],
    exchangeRate: null,
    attributes: {},
    lines: [anOrderLine()],
    charges: [],
    plannedCosts: [],
    expectedTotals: null,
    receipts: [],
    billings: [],
    allocations: [],
    awaitingResolution: [],
    ...view,
    matchLevel: view.matchLevel,
  }
}

/** A hold of the match with its failed check and the case for it. */
export type HeldFor = {
  readonly code: string
  readonly line?: string
  readonly variance?: string
  readonly exceptionCode?: WantedException['code']
  readonly blocks?: 'posting' | 'payment'
}

/** What a match found; give the decision and what is held. */
export function aMatchResult(
  request: Pick<MatchInput, 'invoiceKey' | 'attempt'>,
  found: Partial<MatchResult> & { readonly held?: readonly HeldFor[] } = {},
): MatchResult {
  const { held = [], ...rest } = found
  return {
    invoiceKey: request.invoiceKey,
    attempt: request.attempt,
    decision: held.length > 0 ? 'hold' : 'match',
    checks: held.map(failedCheck),
    allocations: [],
    holds: held.map(({ code, line, blocks = 'payment' }) => ({
      text: line === undefined ? code : `${code}:${line}`,
      code,
      scope: line === undefined ? ('invoice' as const) : ('line' as const),
      scopeKey: line ?? null,
      blocks,
      reason: `${code} differs`,
    })),
    exceptions: held.map(wantedException),
    resolutions: [],
    payableAmount: null,
    references: [aPolicyReference],
    inputHash: 'a'.repeat(64),
    ...rest,
  }
}

/** A matcher that answers attempts in turn from a list; its last answer goes on. */
export function aMatcher(
  ...answers: readonly (Partial<MatchResult> & { readonly held?: readonly HeldFor[] })[]
): MatchInvoice {
  return (request) =>
    aMatchResult(request, answers[Math.min(request.attempt, answers.length) - 1] ?? {})
}

function failedCheck({
  code,
  line,
  variance = '5',
  exceptionCode = 'PRICE_OVER',
}: HeldFor): CheckResult {
  return {
    name: code.toLowerCase(),
    check: 'price.amount',
    invoiceLineNumber: line ?? null,
    orderNumber: '4711',
    orderLineNumber: line ?? null,
    code: null,
    field: null,
    within: false,
    expected: decimal('100'),
    actual: decimal('105'),
    variance: decimal(variance),
    percent: decimal('5'),
    varianceAmount: decimal(variance),
    answer: null,
    tolerance: aTolerance(),
    effect: 'hold',
    holdCode: code,
    discrepancy: null,
    exceptionCode,
    sentence: `${code} differs by ${variance}`,
    policy: [],
  }
}

function wantedException({
  code,
  line,
  variance = '5',
  exceptionCode = 'PRICE_OVER',
}: HeldFor): WantedException {
  return {
    code: exceptionCode,
    invoiceLineNumber: line ?? null,
    orderNumber: '4711',
    orderLineNumber: line ?? null,
    chargeCode: null,
    field: null,
    holdText: line === undefined ? code : `${code}:${line}`,
    discrepancy: {
      kind: 'price-variance',
      documentNumber: 'INV-1',
      documentLineNumber: line ?? null,
      orderNumber: '4711',
      orderLineNumber: line ?? null,
      scheduleNumber: null,
      expected: decimal('100'),
      actual: decimal('105'),
      difference: decimal(variance),
      percent: decimal('5'),
      currency: 'EUR',
    },
    sentence: `${code} differs by ${variance}`,
    route: aRoute(),
    policy: { reference: aPolicyReference, firedRules: [], because: [], facts: {} },
  }
}
