import { describe, expect, it } from 'vitest'
import type { z } from 'zod'
import { instant } from '../calendar/instant.ts'
import type { Actor } from '../message/actor.ts'
import { Approval } from './approval.ts'
import { decideApproval, refusalToDecide } from './decide-approval.ts'

const at = instant('2026-12-02T09:00:00Z')
const anApproval = (approval: Partial<z.input<typeof Approval>> = {}): Approval =>
  Approval.parse({
    approvalId: 'delivery-1#4',
    decisionType: 'accept-variance',
    subject: 'acme/0001/S100/INV-1/standard#a1b2c3',
    requestedBy: 'counterfoil',
    requestedAt: '2026-12-01T09:00:00Z',
    exposure: { amount: '5.00', currency: 'EUR' },
    approverRole: 'head-of-purchasing',
    state: 'requested',
    decidedBy: null,
    decidedAt: null,
    reason: null,
    ...approval,
  })
const aPerson = (id: string): Actor => ({ kind: 'user', id, roles: [] })

describe('an approval', () => {
  it('is given by a person who had no hand in the matter (R-30)', () => {
    expect(refusalToDecide(anApproval(), aPerson('heidi'), ['paula'])).toBeNull()
  })

  it.each(['system', 'connector', 'ai', 'supplier-user'] as const)(
    'is never given by an actor of kind %s (R-86)',
    (kind) => {
      const actor: Actor = { kind, id: 'heidi', roles: ['head-of-purchasing'] }
      expect(refusalToDecide(anApproval(), actor, [])).toMatchObject({ reason: 'not-a-person' })
    },
  )

  it('is given only by somebody the host is sure of', () => {
    const actor = (assurance: 'low' | 'substantial') => ({ ...aPerson('heidi'), assurance })
    expect(refusalToDecide(anApproval(), actor('low'), [])).toEqual({
      reason: 'not-sure-who',
      sentence: 'nobody is sure who this is: sign in before deciding this',
    })
    expect(refusalToDecide(anApproval(), actor('substantial'), [])).toBeNull()
  })

  it('is never given by who asked for it, nor by who made what it is for', () => {
    const asked = anApproval({ requestedBy: 'bert' })
    expect(refusalToDecide(asked, aPerson('bert'), [])).toMatchObject({ reason: 'same-person' })
    expect(refusalToDecide(anApproval(), aPerson('paula'), ['paula'])).toEqual({
      reason: 'same-person',
      sentence:
        '`paula` asked for this approval or entered what it is for, so somebody else has to decide',
    })
  })

  it('keeps who decided, when and why', () => {
    const decision = { by: 'heidi', at, reason: 'a known rounding' }
    expect(decideApproval(anApproval(), 'approval.approved', decision)).toMatchObject({
      state: 'approved',
      decidedBy: 'heidi',
      decidedAt: at,
      reason: 'a known rounding',
    })
    expect(decideApproval(anApproval(), 'approval.rejected', decision)?.state).toBe('rejected')
    expect(decideApproval(anApproval(), 'approval.recalled', decision)?.state).toBe('recalled')
  })

  it('is decided once', () => {
    const decision = { by: 'heidi', at, reason: null }
    const approved = anApproval({ state: 'approved' })
    expect(decideApproval(approved, 'approval.rejected', decision)).toBeNull()
    expect(
      decideApproval(anApproval({ state: 'recalled' }), 'approval.approved', decision),
    ).toBeNull()
  })

  it('falls when what it was given for changes', () => {
    const decision = { by: 'counterfoil', at, reason: 'the invoice was corrected' }
    for (const state of ['requested', 'approved', 'rejected'] as const) {
      expect(decideApproval(anApproval({ state }), 'approval.superseded', decision)?.state).toBe(
        'superseded',
      )
    }
  })
})
