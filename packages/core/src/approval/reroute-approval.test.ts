import { describe, expect, it } from 'vitest'
import { instant } from '../calendar/instant.ts'
import type { Actor } from '../message/actor.ts'
import { Approval } from './approval.ts'
import { refusalToDecide } from './decide-approval.ts'
import { refusalToReroute, rerouteApproval } from './reroute-approval.ts'

const approval = Approval.parse({
  approvalId: 'delivery-1#4',
  decisionType: 'accept-variance',
  subject: 'acme/0001/S100/INV-1/standard#a1b2c3',
  requestedBy: 'bert',
  requestedAt: '2026-12-01T09:00:00Z',
  exposure: { amount: '5.00', currency: 'EUR' },
  approverRole: 'ap-manager',
  state: 'requested',
  decidedBy: null,
  decidedAt: null,
  reason: null,
})
const cora: Actor = { kind: 'user', id: 'cora', roles: [] }
const handedOn = (from: Approval, toRole: string, hour: string) =>
  rerouteApproval(from, {
    toRole,
    by: 'cora',
    at: instant(`2026-12-02T${hour}:00:00Z`),
    reason: 'the manager is away',
  })

describe('an approval that is handed to another role', () => {
  it('waits there, and keeps everyone it waited for, when and why (R-30, R-112)', () => {
    const twice = handedOn(handedOn(approval, 'finance-manager', '09'), 'head-of-finance', '10')
    expect(Approval.parse(twice)).toEqual({
      ...approval,
      approverRole: 'head-of-finance',
      rerouted: [
        {
          fromRole: 'ap-manager',
          toRole: 'finance-manager',
          by: 'cora',
          at: '2026-12-02T09:00:00Z',
          reason: 'the manager is away',
        },
        {
          fromRole: 'finance-manager',
          toRole: 'head-of-finance',
          by: 'cora',
          at: '2026-12-02T10:00:00Z',
          reason: 'the manager is away',
        },
      ],
    })
  })

  it('is still given by nobody who asked for it or made what it is for (INV-15)', () => {
    const moved = handedOn(approval, 'finance-manager', '09')
    const [bert, paula] = ['bert', 'paula'].map((id): Actor => ({ kind: 'user', id, roles: [] }))
    for (const actor of [bert, paula]) {
      if (actor === undefined) throw new Error('both are there')
      expect(refusalToDecide(moved, actor, ['paula'])).toMatchObject({ reason: 'same-person' })
    }
  })

  it.each<readonly [string, Approval, Actor, string, string | null]>([
    ['by a person to another role', approval, cora, 'finance-manager', null],
    ['where it is', approval, cora, 'ap-manager', 'same-role'],
    [
      'when it was given',
      { ...approval, state: 'approved' },
      cora,
      'finance-manager',
      'already-decided',
    ],
    ['by who asked for it', approval, { ...cora, id: 'bert' }, 'x', 'same-person'],
    ['by who entered what it is for', approval, { ...cora, id: 'paula' }, 'x', 'same-person'],
    ['by a machine', approval, { ...cora, kind: 'ai' }, 'finance-manager', 'not-a-person'],
    ['by the supplier', approval, { ...cora, kind: 'supplier-user' }, 'x', 'not-a-person'],
    ['by who may be anybody', approval, { ...cora, assurance: 'low' }, 'x', 'not-sure-who'],
  ])('goes %s, or is told why not', (_, one, actor, toRole, expected) => {
    expect(refusalToReroute(one, actor, { toRole, makers: ['paula'] })?.reason ?? null).toBe(expected)
  })
})
