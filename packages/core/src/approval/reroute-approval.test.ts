import { describe, expect, it } from 'vitest'
import { instant } from '../calendar/instant.ts'
import type { Actor } from '../message/actor.ts'
import { anApprovalInSteps, aStep } from './approval.examples.ts'
import { Approval } from './approval.ts'
import { refusalToDecide } from './decide-approval.ts'
import { refusalToReroute, rerouteApproval } from './reroute-approval.ts'
import {
  answerApproval,
  askedRoles,
  askStep,
  handApprovalOver,
  isStepDone,
} from './run-approval.ts'
import { standToAnswer } from './stand-to-answer.ts'

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
    actor: cora,
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
    expect(refusalToReroute(one, actor, { toRole, makers: ['paula'] })?.reason ?? null).toBe(
      expected,
    )
  })
})

describe('an approval in steps that is handed to another role', () => {
  const begun = anApprovalInSteps([
    { ...aStep('ap-manager', 'buyer'), mode: 'all' },
    aStep('finance-manager'),
  ])
  const at = instant('2026-12-01T11:00:00Z')
  const answers = (approval: Approval, id: string, role: string) => {
    const actor: Actor = { kind: 'user', id, roles: [role] }
    const said = { actor, answer: 'approved' as const, at, reason: null }
    const standing = standToAnswer(approval, said, [])
    return standing.kind === 'may' ? answerApproval(approval, standing.answer) : standing.reason
  }
  const moved = rerouteApproval(begun, {
    fromRole: 'buyer',
    toRole: 'insolvency-desk',
    actor: cora,
    at,
    reason: 'the buyer is away',
  })

  it('is answered by the role it was handed to, and no longer by the one it was taken from (R-30, R-112)', () => {
    expect(askedRoles(moved)).toEqual(['ap-manager', 'insolvency-desk'])
    expect(answers(moved, 'bea', 'buyer')).toBe('role-not-asked')
    const first = answers(moved, 'ines', 'insolvency-desk')
    if (typeof first === 'string') throw new Error(first)
    expect(isStepDone(first)).toBe(false)
    const both = answers(first, 'paul', 'ap-manager')
    if (typeof both === 'string') throw new Error(both)
    expect(isStepDone(both)).toBe(true)
  })

  it('asks in its next step whom the rules name there', () => {
    const next = askStep(moved, { step: 2, dueAt: instant('2026-12-03T11:00:00Z') })
    expect(askedRoles(next)).toEqual(['finance-manager'])
    expect(next.approverRole).toBe('finance-manager')
  })

  it.each([
    ['buyer', 'ap-manager', 'same-role'],
    ['finance-manager', 'insolvency-desk', 'role-not-asked'],
    ['buyer', 'insolvency-desk', null],
  ])('goes from %s to %s, or is told why not', (fromRole, toRole, expected) => {
    const refusal = refusalToReroute(begun, cora, { fromRole, toRole, makers: [] })
    expect(refusal?.reason ?? null).toBe(expected)
  })

  it('is not taken from a role that has agreed', () => {
    const agreed = answers(begun, 'bea', 'buyer')
    if (typeof agreed === 'string') throw new Error(agreed)
    const to = { fromRole: 'buyer', toRole: 'insolvency-desk', makers: [] }
    expect(refusalToReroute(agreed, cora, to)?.reason).toBe('already-answered')
  })

  it('is not given by who handed it there, nor for them, nor for whom they did it (R-30, INV-15)', () => {
    const forHeidi = rerouteApproval(begun, {
      fromRole: 'buyer',
      toRole: 'insolvency-desk',
      actor: { ...cora, onBehalfOf: 'heidi' },
      at,
      reason: 'the buyer is away',
    })
    const standing = (actor: Actor) =>
      standToAnswer(forHeidi, { actor, answer: 'approved', at, reason: null }, [])
    const desk: Omit<Actor, 'id'> = { kind: 'user', roles: ['insolvency-desk'] }
    expect(standing({ ...desk, id: 'cora' })).toMatchObject({
      reason: 'same-person',
      sentence: '`cora` handed this approval to another role, so somebody else has to decide',
    })
    expect(standing({ ...desk, id: 'ines', onBehalfOf: 'cora' })).toMatchObject({
      reason: 'same-person',
    })
    expect(standing({ ...desk, id: 'heidi' })).toMatchObject({ reason: 'same-person' })
    expect(standing({ ...desk, id: 'ines' }).kind).toBe('may')
  })

  it('is not handed on by who acts for one who asked for it (INV-15)', () => {
    const to = { fromRole: 'buyer', toRole: 'insolvency-desk', makers: ['paula'] }
    const forPaula: Actor = { ...cora, onBehalfOf: 'paula' }
    expect(refusalToReroute(begun, forPaula, to)?.reason).toBe('same-person')
  })

  it('is no longer for whom the role it was taken from had handed it to (R-30)', () => {
    const bea: Actor = { kind: 'user', id: 'bea', roles: ['buyer'] }
    const handOver = (from: Approval, hour: string) =>
      handApprovalOver(from, {
        step: 1,
        from: bea.id,
        to: 'dan',
        asRole: 'buyer',
        at: instant(`2026-12-01T${hour}:30:00Z`),
        reason: 'on leave',
      })
    const reroute = (from: Approval, fromRole: string, toRole: string, hour: string) =>
      rerouteApproval(from, {
        fromRole,
        toRole,
        actor: cora,
        at: instant(`2026-12-01T${hour}:00:00Z`),
        reason: 'both are away',
      })
    const handed = handOver(begun, '10')
    expect(answers(handed, 'dan', 'warehouse')).not.toBe('role-not-asked')
    const taken = reroute(handed, 'buyer', 'insolvency-desk', '11')
    expect(answers(taken, 'dan', 'warehouse')).toBe('role-not-asked')
    // Another role's handing on changes nothing for Dan; and what comes back is Bea's to hand over anew.
    const ofTheOther = reroute(handed, 'ap-manager', 'insolvency-desk', '11')
    expect(answers(ofTheOther, 'dan', 'warehouse')).not.toBe('role-not-asked')
    const back = reroute(taken, 'insolvency-desk', 'buyer', '12')
    expect(answers(back, 'dan', 'warehouse')).toBe('role-not-asked')
    expect(answers(handOver(back, '12'), 'dan', 'warehouse')).not.toBe('role-not-asked')
  })
})
