import { describe, expect, it } from 'vitest'
import type { ApprovalRequirement } from '../approval/approval-requirement.ts'
import { decimal } from '../decimal/decimal.ts'
import type { Actor } from '../message/actor.ts'
import { currency } from '../money/currency.ts'
import { money } from '../money/money.ts'
import { aPolicy, aPolicyReference } from '../policy/policy.examples.ts'
import type { Policy, PolicyFacts } from '../policy/policy.ts'
import { aPurchaseOrder } from '../purchase-order/purchase-order.examples.ts'
import { replayOrder } from './replay-order.ts'
import { decideOrder } from './decide-order.ts'
import { dutiesOfOrder } from './order-duties.ts'
import { anOrderMessage } from './order-lifecycle.examples.ts'
import type { OrderState } from './order-state.ts'
import { orderStatus } from './order-status.ts'

const person = (id: string, ...roles: readonly string[]): Actor => ({
  kind: 'user',
  id,
  roles: [...roles],
})
const anna = person('anna', 'buyer')
const bert = person('bert', 'buyer')
const heidi = person('heidi', 'head-of-purchasing')
const carl = person('carl', 'controller')
const fiona = person('fiona', 'finance-director')

const matrix: ApprovalRequirement = {
  outcome: 'needed',
  fourEyes: true,
  steps: [
    {
      roles: ['head-of-purchasing'],
      mode: 'any',
      dueBusinessHours: 8,
      escalateToRole: 'finance-director',
    },
    { roles: ['controller'], mode: 'any', dueBusinessHours: 4, escalateToRole: null },
  ],
}

function ruledBy(answer: ApprovalRequirement, asked: PolicyFacts[] = []): Policy {
  return {
    ...aPolicy(),
    approval: (facts) => {
      asked.push(facts)
      return {
        value: answer,
        decision: {
          reference: aPolicyReference,
          firedRules: ['orders'],
          because: ['the matrix'],
          facts: {},
        },
      }
    },
  }
}

// Ten pieces at 12.40 are 124.00 EUR.
const document = aPurchaseOrder()
type Said = readonly [
  type: string,
  data: object,
  by: Actor,
  at?: string | undefined,
  authority?: object,
]

function tell(
  said: readonly Said[],
  { policy = ruledBy(matrix), from = null as OrderState | null } = {},
) {
  let state = from
  const events = []
  const intents = []
  let refusal: string | null = null
  for (const [type, data, by, at = '2026-12-01T09:00:00Z', authority] of said) {
    const told = anOrderMessage(type, data, {
      by,
      at,
      id: `${type}/${by.id}/${at}/${state?.sequence ?? 0}`,
    })
    const message = authority === undefined ? told : { ...told, authority: authority as never }
    const decision = decideOrder(state, message, { policy, now: at })
    refusal = decision.outcome.kind === 'refused' ? decision.outcome.reason : null
    state = decision.state
    events.push(...decision.events)
    intents.push(...decision.intents)
  }
  if (state === null) throw new Error('no order came of it')
  return { state, events, intents, refusal }
}

const written: readonly Said[] = [
  ['order.drafted', { document }, anna],
  ['order.submitted', {}, anna],
]

describe('the approval of an order', () => {
  it('asks whom the rules name for its value, and runs their steps in turn (R-30)', () => {
    const asked: PolicyFacts[] = []
    const first = tell(written, { policy: ruledBy(matrix, asked) })
    expect(asked.at(-1)).toMatchObject({
      approval: {
        decisionType: 'order',
        exposure: money('124.00', 'EUR'),
        requesterRoles: ['buyer'],
      },
      order: { value: money('124.00', 'EUR'), supplier: 'S100' },
    })
    expect(first.state.facts.approvals).toMatchObject([
      {
        requestedBy: 'anna',
        state: 'requested',
        exposure: money('124.00', 'EUR'),
        requirement: matrix,
        policy: { firedRules: ['orders'] },
        // Tuesday 9:00 and eight working hours.
        progress: { step: 1, dueAt: '2026-12-01T17:00:00Z' },
      },
    ])
    expect(first.intents).toContainEqual(
      expect.objectContaining({
        kind: 'notify',
        role: 'head-of-purchasing',
        topic: 'approval-requested',
        sentence: 'an order of 124.00 EUR waits for approval',
      }),
    )
    expect(orderStatus(first.state)).toBe('pending-approval')
    const one = tell([['order.approved', { reason: 'needed' }, heidi]], { from: first.state })
    expect(dutiesOfOrder(one.state.facts)).toContainEqual({ duty: 'approve-order', by: 'heidi' })
    expect(orderStatus(one.state)).toBe('pending-approval')
    expect(one.state.facts.approvals).toMatchObject([
      { approverRole: 'controller', progress: { step: 2, dueAt: '2026-12-01T13:00:00Z' } },
    ])
    expect(tell([['order.approved', {}, heidi]], { from: one.state }).refusal).toBe(
      'role-not-asked',
    )
    const both = tell([['order.approved', {}, carl]], { from: one.state })
    expect(orderStatus(both.state)).toBe('approved')
    expect(both.state.facts.control).toMatchObject({ approved: true, approvedBy: 'carl' })
    expect(both.state.facts.approvals?.[0]?.progress?.answers).toMatchObject([
      { by: 'heidi', reason: 'needed' },
      { by: 'carl', asRole: 'controller' },
    ])
    const events = [...first.events, ...one.events, ...both.events]
    expect(replayOrder(both.state.key, events)).toEqual({ ...both.state, auditHead: null })
  })

  it('is not for who wrote it or asked, nor beyond a limit (INV-15)', () => {
    const { state } = tell(written)
    const asHead = person('anna', 'head-of-purchasing')
    expect(tell([['order.approved', {}, asHead]], { from: state }).refusal).toBe('same-person')
    const upTo = (amount: string) => ({
      asRole: 'head-of-purchasing',
      limit: { amount: decimal(amount), currency: currency('EUR') },
      because: '',
    })
    const approve = (amount: string): Said => ['order.approved', {}, heidi, undefined, upTo(amount)]
    expect(tell([approve('123.99')], { from: state }).refusal).toBe('limit-exceeded')
    expect(tell([approve('124.00')], { from: state }).state.facts.approvals).toMatchObject([
      { progress: { step: 2 } },
    ])
  })

  it('calls who comes next when nobody decides in time, and tells them again when they do not either (R-31)', () => {
    const { state } = tell(written)
    const [clock = ''] = Object.keys(state.desk.clocks).filter((id) => id.startsWith('approval/'))
    expect(state.desk.clocks[clock]?.dueAt).toBe('2026-12-01T17:00:00Z')
    const system: Actor = { kind: 'system', id: 'counterfoil', roles: [] }
    const rang = tell([['approval.overdue', { clock }, system, '2026-12-01T17:00:00Z']], {
      from: state,
    })
    expect(rang.state.facts.approvals).toMatchObject([
      {
        state: 'escalated',
        progress: { escalatedTo: ['finance-director'], dueAt: '2026-12-02T16:00:00Z' },
      },
    ])
    expect(rang.intents).toContainEqual(
      expect.objectContaining({ role: 'finance-director', topic: 'approval-escalated' }),
    )
    expect(tell([['order.approved', {}, fiona]], { from: state }).refusal).toBe('role-not-asked')
    expect(
      tell([['order.approved', {}, fiona]], { from: rang.state }).state.facts.approvals,
    ).toMatchObject([{ progress: { step: 2 } }])
    const [next = ''] = Object.keys(rang.state.desk.clocks).filter((id) =>
      id.startsWith('approval/'),
    )
    expect(next).not.toBe(clock)
    const again = tell([['approval.overdue', { clock: next }, system, '2026-12-02T16:00:00Z']], {
      from: rang.state,
    })
    expect(
      again.intents.flatMap((intent) => (intent.kind === 'notify' ? [intent.role] : [])),
    ).toEqual(['head-of-purchasing', 'finance-director'])
  })

  it('is handed to another role by somebody with no hand in it, who does not give it then (R-30, R-112, INV-15)', () => {
    const { state, events } = tell(written)
    const approvalId = state.facts.approvals?.[0]?.approvalId
    const to = { approvalId, toRole: 'insolvency-desk', reason: 'heidi is away' }
    const refusal = (by: Actor, more: object = {}, from = state) =>
      tell([['approval.rerouted', { ...to, ...more }, by]], { from }).refusal
    expect(refusal(anna)).toBe('same-person')
    expect(refusal({ ...bert, onBehalfOf: 'anna' })).toBe('same-person')
    expect(refusal(person('x'), { approvalId: 'none' })).toBe('approval-unknown')
    expect(refusal(person('x'), { fromRole: 'controller' })).toBe('role-not-asked')
    const upTo = (amount: string) => ({
      asRole: 'procurement',
      limit: { amount: decimal(amount), currency: currency('EUR') },
      because: '',
    })
    const reroute = (by: Actor, amount: string): Said => [
      'approval.rerouted',
      to,
      by,
      undefined,
      upTo(amount),
    ]
    expect(tell([reroute(bert, '123.99')], { from: state }).refusal).toBe('limit-exceeded')
    const moved = tell([reroute(bert, '124.00')], { from: state })
    expect(moved.state.facts.approvals).toMatchObject([
      {
        state: 'requested',
        approverRole: 'insolvency-desk',
        rerouted: [
          {
            step: 1,
            fromRole: 'head-of-purchasing',
            toRole: 'insolvency-desk',
            by: 'bert',
            reason: 'heidi is away',
            authority: { asRole: 'procurement' },
          },
        ],
      },
    ])
    expect(moved.intents).toContainEqual(
      expect.objectContaining({
        role: 'insolvency-desk',
        topic: 'approval-requested',
        sentence:
          'an order of 124.00 EUR waits for your approval, handed on by `bert`: heidi is away',
      }),
    )
    expect(refusal(person('x'), {}, moved.state)).toBe('same-role')
    const answer = (by: Actor) => tell([['order.approved', {}, by]], { from: moved.state })
    expect(answer(heidi).refusal).toBe('role-not-asked')
    expect(answer(person('bert', 'insolvency-desk')).refusal).toBe('same-person')
    const given = answer(person('ines', 'insolvency-desk'))
    expect(given.state.facts.approvals).toMatchObject([
      { approverRole: 'controller', progress: { step: 2 } },
    ])
    const whole = replayOrder(state.key, [...events, ...moved.events, ...given.events])
    expect(whole.facts).toEqual(given.state.facts)
    const issued = tell([['order.issued', { document }, anna]], { from: moved.state })
    expect(refusal(person('x'), {}, issued.state)).toBe('already-issued')
  })

  it('falls when the draft is written anew, sent back or taken back by who asked', () => {
    const { state } = tell(written)
    const dearer = aPurchaseOrder({ currency: 'USD' })
    const rewritten = tell([['order.drafted', { document: dearer }, anna]], { from: state })
    expect(rewritten.state.facts.approvals).toMatchObject([{ state: 'superseded' }])
    expect(orderStatus(rewritten.state)).toBe('draft')
    const asked = tell([['order.submitted', {}, bert]], { from: rewritten.state })
    expect(asked.state.facts.approvals).toMatchObject([
      { state: 'superseded' },
      { state: 'requested', requestedBy: 'bert' },
    ])
    const returned = tell([['order.returned', { reason: 'which contract?' }, heidi]], {
      from: state,
    })
    expect(returned.state.facts.approvals).toMatchObject([
      { state: 'returned', decidedBy: 'heidi', reason: 'which contract?' },
    ])
    expect(tell([['order.recalled', { reason: 'x' }, bert]], { from: state }).refusal).toBe(
      'not-requester',
    )
    const recalled = tell([['order.recalled', { reason: 'wrong item' }, anna]], { from: state })
    expect(recalled.state.facts.approvals).toMatchObject([
      { state: 'recalled', reason: 'wrong item' },
    ])
    expect(orderStatus(recalled.state)).toBe('draft')
    expect(
      tell([['order.submitted', {}, anna]], { from: recalled.state }).state.facts.approvals,
    ).toMatchObject([{ state: 'recalled' }, { state: 'requested' }])
  })

  it('is not asked of anybody where the rules say so, and given by nobody where they say that', () => {
    const free = tell(written, { policy: ruledBy({ outcome: 'not-needed' }) })
    expect(orderStatus(free.state)).toBe('approved')
    expect(free.events.find(({ type }) => type === 'approval.ruled')?.data).toMatchObject({
      outcome: 'not-needed',
      because: 'the matrix',
    })
    expect(free.state.facts.control.approvedBy).toBeUndefined()
    const never = ruledBy({ outcome: 'refused' })
    const barred = tell(written, { policy: never })
    expect(orderStatus(barred.state)).toBe('pending-approval')
    expect(
      tell([['order.approved', {}, heidi]], { from: barred.state, policy: never }).refusal,
    ).toBe('approval-refused')
  })

  it('is somebody else’s word where no rule was written, as it was', () => {
    const policy = aPolicy()
    const { state } = tell(written, { policy })
    expect(state.facts.approvals).toBeUndefined()
    expect(orderStatus(tell([['order.approved', {}, bert]], { from: state, policy }).state)).toBe(
      'approved',
    )
  })
})
