import { describe, expect, it } from 'vitest'
import type { ApprovalRequirement } from '../approval/approval-requirement.ts'
import { aPolicyReference } from '../policy/policy.examples.ts'
import type { PolicyFacts } from '../policy/policy.ts'
import { invoiceStatus } from './invoice-regions.ts'
import {
  answersTo,
  needed,
  routing,
  ruleChanged,
  ruledBy,
  tellRouted,
} from './routed-invoice.examples.ts'

describe('an invoice routed for approval', () => {
  it('asks whom the matrix names for what is at stake, and keeps all it asks for and why (R-30)', () => {
    const asked: PolicyFacts[] = []
    const matrix = ruledBy((_, facts) => {
      asked.push(facts)
      return needed('ap-manager', 'finance-manager')
    })
    const { state } = tellRouted(matrix)
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
    const { state } = tellRouted(ruledBy(() => null))
    const [approval] = state.facts.approvals
    expect(approval).toMatchObject({ state: 'requested', approverRole: 'buyer' })
    expect(Object.keys(approval ?? {})).not.toContain('requirement')
    expect(Object.keys(approval ?? {})).not.toContain('policy')
  })

  it('goes on where none is needed, and says which rule said so', () => {
    const { state, events } = tellRouted(ruledBy(() => ({ outcome: 'not-needed' })))
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
    const first = tellRouted(ruledBy(() => ({ outcome: 'not-needed' })))
    const { state } = tellRouted(
      ruledBy(() => needed('ap-manager')),
      { from: first.state, messages: [ruleChanged, ...answersTo(2)] },
    )
    expect(state.facts.approvals).toMatchObject([{ approverRole: 'ap-manager' }])
    expect(state.regions).toMatchObject({ matching: 'awaiting-approval', payment: 'not-released' })
  })

  it('stays unpaid where nobody may approve it, and payables hear why', () => {
    const { state, intents } = tellRouted(ruledBy(() => ({ outcome: 'refused' })))
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
    const refused = tellRouted(ruledBy(() => ({ outcome: 'refused' })))
    const { state } = tellRouted(
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
    const { state } = tellRouted(
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
    const { state } = tellRouted(matrix, { match })
    expect(state.facts.approvals).toEqual([])
    expect(state.facts.approvalRuling?.outcome).toBe('refused')
  })
})
