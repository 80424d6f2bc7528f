import { describe, expect, it } from 'vitest'
import type { ApprovalRequirement } from '../approval/approval-requirement.ts'
import type { ExceptionCode } from '../exception/exception.ts'
import { anInvoice } from '../invoice/invoice.examples.ts'
import type { Intent } from '../message/intent.ts'
import type { DomainEvent, Message } from '../message/message.ts'
import { aPolicy, aPolicyReference } from '../policy/policy.examples.ts'
import type { Policy, PolicyFacts } from '../policy/policy.ts'
import { invoiceAggregateWith } from './decide-invoice.ts'
import {
  aConnector,
  aMatchResult,
  anInvoiceMessage,
  anOrderMatchView,
} from './invoice-lifecycle.examples.ts'
import { invoiceStatus } from './invoice-regions.ts'
import type { InvoiceState } from './invoice-state.ts'
import type { MatchInvoice } from './match-attempt.ts'

const invoice = anInvoice({ totalAmount: '124.00' })
const key = 'acme/0001/S100/INV-1/standard'
const received = anInvoiceMessage(
  invoice,
  'invoice.received',
  { document: invoice },
  { by: aConnector },
)
const answersTo = (attempt: number): readonly Message[] => [
  anInvoiceMessage(
    invoice,
    'register.looked-up',
    { lookUpId: `${key}/${attempt}`, entries: [] },
    { id: `looked-up/${attempt}` },
  ),
  anInvoiceMessage(
    invoice,
    'allocation.answered',
    { invoiceKey: key, attempt, orderNumber: '4711', view: anOrderMatchView() },
    { id: `answered/${attempt}` },
  ),
]
const ruleChanged = anInvoiceMessage(invoice, 'policy.changed', { references: [] })

/** A match that routes a difference of each of these codes for approval. */
const routing =
  (...codes: readonly ExceptionCode[]): MatchInvoice =>
  (request) => {
    const held = codes.map((exceptionCode) => ({ code: 'PRICE', line: '1', exceptionCode }))
    const { checks, exceptions, ...rest } = aMatchResult(request, { held })
    return {
      ...rest,
      decision: 'route-approval',
      holds: [],
      checks: checks.map((check) => ({ ...check, effect: 'route-approval' as const })),
      exceptions: exceptions.map((one) => ({ ...one, holdText: null })),
    }
  }

/** A policy whose approval rules answer; null where no rule was written for the code. */
function ruledBy(rule: (code: unknown, facts: PolicyFacts) => ApprovalRequirement | null): Policy {
  const policy = aPolicy()
  return {
    ...policy,
    approval: (facts) => {
      const { exceptionCode } = facts['approval'] as { readonly exceptionCode: unknown }
      const value = rule(exceptionCode, facts)
      if (value === null) return policy.approval(facts)
      const name = `approval-${value.outcome}`
      const because = [`the matrix says ${value.outcome}`]
      return {
        value,
        decision: { reference: aPolicyReference, firedRules: [name], because, facts: {} },
      }
    },
  }
}

const needed = (...roles: readonly string[]): ApprovalRequirement => ({
  outcome: 'needed',
  fourEyes: roles.length > 1,
  steps: roles.map((role) => ({
    roles: [role],
    mode: 'any',
    dueBusinessHours: 8,
    escalateToRole: null,
  })),
})

function tell(
  policy: Policy,
  {
    match = routing('PRICE_OVER'),
    messages = [] as readonly Message[],
    from = null as InvoiceState | null,
  } = {},
): {
  readonly state: InvoiceState
  readonly intents: readonly Intent[]
  readonly events: readonly DomainEvent[]
} {
  const aggregate = invoiceAggregateWith(match)
  const intents: Intent[] = []
  const events: DomainEvent[] = []
  let state = from
  for (const message of from === null ? [received, ...answersTo(1), ...messages] : messages) {
    const decision = aggregate.decide(state, message, { policy, now: message.receivedAt })
    intents.push(...decision.intents)
    events.push(...decision.events)
    state = decision.state
  }
  if (state === null) throw new Error('no invoice came of it')
  return { state, intents, events }
}

describe('an invoice routed for approval', () => {
  it('asks whom the matrix names for what is at stake, and keeps all it asks for and why (R-30)', () => {
    const asked: PolicyFacts[] = []
    const matrix = ruledBy((_, facts) => {
      asked.push(facts)
      return needed('ap-manager', 'finance-manager')
    })
    const { state } = tell(matrix)
    expect(asked[0]).toMatchObject({
      approval: {
        decisionType: 'accept-variance',
        exposure: { amount: '124.00', currency: 'EUR' },
        exceptionCode: 'PRICE_OVER',
      },
      invoice: { type: 'standard', supplier: 'S100', currency: 'EUR', totalAmount: '124.00' },
      supplier: { id: 'S100' },
      discrepancy: { kind: 'price-variance' },
    })
    expect(state.facts.approvals).toMatchObject([
      {
        state: 'requested',
        approverRole: 'ap-manager',
        requirement: needed('ap-manager', 'finance-manager'),
        policy: { firedRules: ['approval-needed'], because: ['the matrix says needed'] },
      },
    ])
    expect(invoiceStatus(state.facts)).toBe('awaiting-approval')
  })

  it('asks the owner of the case where no approval rule was written, as it always did', () => {
    const { state } = tell(ruledBy(() => null))
    const [approval] = state.facts.approvals
    expect(approval).toMatchObject({ state: 'requested', approverRole: 'buyer' })
    expect(Object.keys(approval ?? {})).not.toContain('requirement')
    expect(Object.keys(approval ?? {})).not.toContain('policy')
  })

  it('goes on where none is needed, and says which rule said so', () => {
    const { state, events } = tell(ruledBy(() => ({ outcome: 'not-needed' })))
    expect(state.facts.approvals).toEqual([])
    expect(state.facts.approvalRuling).toEqual({
      attempt: 1,
      outcome: 'not-needed',
      because: 'the matrix says not-needed',
    })
    expect(state.regions).toMatchObject({ matching: 'matched', payment: 'released' })
    expect(events.find(({ type }) => type === 'approval.ruled')?.data).toMatchObject({
      outcome: 'not-needed',
      policy: { reference: aPolicyReference, firedRules: ['approval-not-needed'] },
    })
    expect(events.find(({ type }) => type === 'invoice.released')?.data).toMatchObject({
      because: 'no approval is needed: the matrix says not-needed',
    })
  })

  it('is asked about anew by every attempt: a stricter rule is not passed by an older answer', () => {
    const first = tell(ruledBy(() => ({ outcome: 'not-needed' })))
    const { state } = tell(
      ruledBy(() => needed('ap-manager')),
      { from: first.state, messages: [ruleChanged, ...answersTo(2)] },
    )
    expect(state.facts.approvals).toMatchObject([{ approverRole: 'ap-manager' }])
    expect(state.regions).toMatchObject({ matching: 'awaiting-approval', payment: 'not-released' })
  })

  it('stays unpaid where nobody may approve it, and payables hear why', () => {
    const { state, intents } = tell(ruledBy(() => ({ outcome: 'refused' })))
    expect(state.facts.approvals).toEqual([])
    expect(state.regions).toMatchObject({ matching: 'awaiting-approval', payment: 'not-released' })
    expect(intents).toContainEqual(
      expect.objectContaining({
        kind: 'notify',
        role: 'accounts-payable',
        topic: 'approval-refused',
        sentence: 'nobody may approve it: the matrix says refused',
      }),
    )
  })

  it('is asked for again once the rules changed', () => {
    const refused = tell(ruledBy(() => ({ outcome: 'refused' })))
    const { state } = tell(
      ruledBy(() => needed('finance-director')),
      { from: refused.state, messages: [ruleChanged, ...answersTo(2)] },
    )
    expect(state.facts.approvals).toMatchObject([{ approverRole: 'finance-director' }])
  })

  it.each<[string, Readonly<Record<string, ApprovalRequirement | null>>, string]>([
    [
      'the longest way',
      { PRICE_OVER: needed('ap-manager'), CHARGE_OVER: needed('logistics', 'finance-manager') },
      'logistics',
    ],
    [
      'the way that is needed',
      { PRICE_OVER: { outcome: 'not-needed' }, CHARGE_OVER: needed('logistics') },
      'logistics',
    ],
    [
      'the owner of a case without a rule',
      { PRICE_OVER: { outcome: 'not-needed' }, CHARGE_OVER: null },
      'buyer',
    ],
    [
      'a rule before the owner of a case without one',
      { PRICE_OVER: needed('ap-manager'), CHARGE_OVER: null },
      'ap-manager',
    ],
  ])('takes %s where two differences were routed', (_, byCode, approverRole) => {
    const match = routing('PRICE_OVER', 'CHARGE_OVER')
    const { state } = tell(
      ruledBy((code) => byCode[String(code)] ?? null),
      { match },
    )
    expect(state.facts.approvals).toMatchObject([{ approverRole }])
  })

  it('is refused where one of two differences is', () => {
    const match = routing('PRICE_OVER', 'BANK_CHANGE')
    const matrix = ruledBy((code) =>
      code === 'BANK_CHANGE' ? { outcome: 'refused' } : needed('ap-manager'),
    )
    const { state } = tell(matrix, { match })
    expect(state.facts.approvals).toEqual([])
    expect(state.facts.approvalRuling?.outcome).toBe('refused')
  })
})
