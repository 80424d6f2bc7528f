import { describe, expect, it } from 'vitest'
import type { Authority } from '../authority/authority-answer.ts'
import { instant } from '../calendar/instant.ts'
import { officeHours } from '../calendar/office-hours.ts'
import { decimal } from '../decimal/decimal.ts'
import type { Actor } from '../message/actor.ts'
import { currency } from '../money/currency.ts'
import { anApprovalInSteps, aStep } from './approval.examples.ts'
import type { Approval } from './approval.ts'
import {
  answerApproval,
  askStep,
  escalateApproval,
  handApprovalOver,
  nextStep,
  roleToCall,
} from './run-approval.ts'
import { refusalToHandOver, standToAnswer } from './stand-to-answer.ts'

const at = instant('2026-12-01T10:00:00Z')
const person = (id: string, ...roles: readonly string[]): Actor => ({
  kind: 'user',
  id,
  roles: [...roles],
})

/** Lets people answer in turn; the reason of the first who is refused is given back beside what stands. */
function answered(
  approval: Approval,
  ...answers: readonly (readonly [Actor, ('approved' | 'rejected' | 'returned')?, Authority?])[]
): { readonly approval: Approval; readonly refused: string | null } {
  let current = approval
  for (const [actor, answer = 'approved', authority] of answers) {
    const standing = standToAnswer(current, { actor, answer, authority, at, reason: null }, [
      'paula',
    ])
    if (standing.kind === 'refused') return { approval: current, refused: standing.reason }
    current = answerApproval(current, standing.answer)
    const step = nextStep(current)
    if (step !== null) current = askStep(current, { step, dueAt: at })
  }
  return { approval: current, refused: null }
}

const heidi = person('heidi', 'head-of-purchasing')
const carl = person('carl', 'controller')
const fiona = person('fiona', 'finance-director')

describe('the steps of an approval', () => {
  it('are asked in turn, and the last yes approves (R-30)', () => {
    const asked = anApprovalInSteps([aStep('head-of-purchasing'), aStep('controller')])
    const first = answered(asked, [heidi]).approval
    expect(first).toMatchObject({
      state: 'requested',
      approverRole: 'controller',
      decidedBy: null,
      progress: { step: 2 },
    })
    expect(answered(first, [heidi])).toMatchObject({ refused: 'role-not-asked' })
    const both = answered(first, [carl]).approval
    expect(both).toMatchObject({ state: 'approved', decidedBy: 'carl' })
    expect(both.progress?.answers).toEqual([
      { step: 1, answer: 'approved', by: 'heidi', asRole: 'head-of-purchasing', at, reason: null },
      { step: 2, answer: 'approved', by: 'carl', asRole: 'controller', at, reason: null },
    ])
  })

  const three = ['head-of-purchasing', 'controller', 'finance-director'] as const
  // Of three roles: one is enough for any, two for a quorum of two, three for all.
  it.each([
    ['any', undefined, ['approved']],
    ['quorum', 2, ['requested', 'approved']],
    ['all', undefined, ['requested', 'requested', 'approved']],
    ['quorum', undefined, ['requested', 'requested', 'approved']],
  ] as const)('takes %s of three roles, quorum %s, as %j', (mode, quorum, states) => {
    const asked = anApprovalInSteps([
      { ...aStep(...three), mode, ...(quorum !== undefined && { quorum }) },
    ])
    const people = [heidi, carl, fiona]
    const after = states.map((_, index) => {
      const answers = people.slice(0, index + 1).map((one) => [one] as const)
      return answered(asked, ...answers).approval.state
    })
    expect(after).toEqual(states)
  })

  it('count one person once, however many of the roles they have', () => {
    const asked = anApprovalInSteps([{ ...aStep('controller', 'finance-director'), mode: 'all' }])
    const both = person('zoe', 'controller', 'finance-director')
    expect(answered(asked, [both], [both])).toMatchObject({
      refused: 'already-answered',
      approval: { state: 'requested' },
    })
    expect(answered(asked, [both], [fiona]).approval.state).toBe('approved')
  })

  it('end at the first no, and go back at the first return', () => {
    const asked = anApprovalInSteps([{ ...aStep(...three), mode: 'all' }, aStep('controller')])
    expect(answered(asked, [heidi], [carl, 'rejected']).approval).toMatchObject({
      state: 'rejected',
      decidedBy: 'carl',
    })
    const returned = answered(asked, [heidi], [carl, 'returned']).approval
    expect(returned.state).toBe('returned')
    expect(answered(returned, [fiona])).toMatchObject({ refused: 'already-decided' })
  })

  it('need two different persons where four eyes are asked for (R-30)', () => {
    const zoe = person('zoe', 'head-of-purchasing', 'controller')
    const asked = anApprovalInSteps([aStep('head-of-purchasing'), aStep('controller')], {
      fourEyes: true,
    })
    expect(answered(asked, [zoe], [zoe])).toMatchObject({
      refused: 'four-eyes',
      approval: { state: 'requested', progress: { step: 2 } },
    })
    expect(answered(asked, [zoe], [carl]).approval.state).toBe('approved')
    const once = anApprovalInSteps([aStep('controller')], { fourEyes: true })
    expect(answered(once, [carl]).approval.state).toBe('requested')
    expect(answered(once, [carl], [zoe]).approval.state).toBe('approved')
  })

  it('do not take somebody and their delegate for two persons', () => {
    const asked = anApprovalInSteps([aStep('head-of-purchasing'), aStep('controller')], {
      fourEyes: true,
    })
    const forCarl = {
      asRole: 'head-of-purchasing',
      onBehalfOf: 'carl',
      limit: null,
      because: 'on holiday',
    }
    const dora = person('dora')
    expect(answered(asked, [dora, 'approved', forCarl], [carl])).toMatchObject({
      refused: 'four-eyes',
    })
  })

  it('call the role that decides when nobody does, and its yes is enough', () => {
    const asked = anApprovalInSteps([
      {
        ...aStep('head-of-purchasing', 'controller'),
        mode: 'all',
        escalateToRole: 'finance-director',
      },
    ])
    expect(answered(asked, [fiona])).toMatchObject({ refused: 'role-not-asked' })
    expect(roleToCall(asked)).toBe('finance-director')
    const called = escalateApproval(asked, { toRole: 'finance-director', dueAt: at })
    expect(called).toMatchObject({ state: 'escalated', progress: { dueAt: at } })
    expect(roleToCall(called)).toBeNull()
    expect(answered(called, [fiona]).approval.state).toBe('approved')
    // Those who were late may still decide.
    expect(answered(called, [heidi], [carl]).approval.state).toBe('approved')
  })

  it('are decided by somebody else where an approver hands this one over, for them and as they', () => {
    const asked = anApprovalInSteps([aStep('controller')])
    const handing = {
      actor: carl,
      answer: 'approved' as const,
      at,
      reason: null,
      makers: ['paula'],
    }
    const to = (name: string) => refusalToHandOver(asked, { ...handing, to: name })?.reason ?? null
    expect([to('dora'), to('carl'), to('paula')]).toEqual([
      null,
      'delegation-to-oneself',
      'same-person',
    ])
    expect(refusalToHandOver(asked, { ...handing, actor: heidi, to: 'dora' })).toMatchObject({
      reason: 'role-not-asked',
    })
    const given = {
      step: 1,
      from: 'carl',
      to: 'dora',
      asRole: 'controller',
      at,
      reason: 'knows it',
    }
    const handed = handApprovalOver(asked, given)
    expect(handed.state).toBe('delegated')
    const dora = person('dora', 'buyer')
    expect(refusalToHandOver(handed, { ...handing, actor: dora, to: 'emil' })?.reason).toBe(
      'handed-over-once',
    )
    expect(answered(handed, [dora]).approval).toMatchObject({
      state: 'approved',
      progress: { answers: [{ by: 'dora', onBehalfOf: 'carl', asRole: 'controller' }] },
    })
  })

  it('keep out who made it, and who acts for one who did (INV-15)', () => {
    const asked = anApprovalInSteps([aStep('controller')])
    const acting = { ...person('dora', 'controller'), onBehalfOf: 'paula' }
    expect(answered(asked, [acting])).toMatchObject({ refused: 'same-person' })
    const forPaula = { asRole: 'controller', onBehalfOf: 'paula', limit: null, because: '' }
    expect(answered(asked, [person('dora'), 'approved', forPaula])).toMatchObject({
      refused: 'same-person',
    })
    const through = {
      asRole: 'controller',
      onBehalfOf: 'carl',
      delegatedBy: ['carl', 'paula'],
      limit: null,
      because: '',
    }
    expect(answered(asked, [person('dora'), 'approved', through])).toMatchObject({
      refused: 'same-person',
    })
  })

  it('keep to the limit the host gave, which is still within it (INV-15)', () => {
    const euro = currency('EUR')
    const upTo = (amount: string): Authority => ({
      asRole: 'controller',
      limit: { amount: decimal(amount), currency: euro },
      because: 'the matrix of 2026',
    })
    // 12000.00 EUR are at stake.
    const asked = anApprovalInSteps([aStep('controller')])
    expect(answered(asked, [carl, 'approved', upTo('11999.99')])).toMatchObject({
      refused: 'limit-exceeded',
    })
    expect(answered(asked, [carl, 'approved', upTo('12000.00')]).approval.state).toBe('approved')
  })

  it('count working hours once, on the calendar of the buyer', () => {
    // Tuesday 10:00, office hours 8 to 17: 8 hours later is Wednesday 9:00, 20 hours later Thursday 12:00.
    const asked = anApprovalInSteps([aStep('controller')], { expiresAfterBusinessHours: 20 })
    expect(asked.progress).toMatchObject({
      step: 1,
      dueAt: '2026-12-02T09:00:00Z',
      expiresAt: '2026-12-03T12:00:00Z',
    })
    expect(officeHours.opens).toBe('08:00')
  })
})
