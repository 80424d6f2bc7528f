import { describe, expect, it } from 'vitest'
import { officeHours } from '../calendar/office-hours.ts'
import { aCase } from './exception.examples.ts'
import { ExceptionCase, ExceptionState } from './exception.ts'
import { isOpenCase, isPaused, nextEscalationOf } from './open-case.ts'

describe('a case that is opened', () => {
  it('has an owner, a due time in working hours, and the rules that sent it there (R-24, R-31)', () => {
    expect(ExceptionCase.parse(aCase())).toMatchObject({
      state: 'detected',
      owner: { role: 'buyer', person: null },
      dueAt: '2026-12-03T09:00:00Z',
      escalationLevel: 0,
      policy: { firedRules: ['price'] },
      resolution: null,
      holdIds: [],
    })
  })

  it('due late on a Friday calls the next desk on Monday', () => {
    const next = nextEscalationOf(
      aCase(
        { dueAt: '2026-12-04T16:00:00Z' as never },
        { escalation: [{ afterBusinessHours: 2, toRole: 'boss' }] },
      ),
      officeHours,
    )
    expect(next).toEqual({ at: '2026-12-07T09:00:00Z', toRole: 'boss', level: 1 })
  })

  it('calls one superior after the other, and stops when all were called (R-21)', () => {
    const route = {
      escalation: [
        { afterBusinessHours: 0, toRole: 'head-of-purchasing' },
        { afterBusinessHours: 9, toRole: 'managing-director' },
      ],
    }
    const called = (escalationLevel: number) =>
      nextEscalationOf(aCase({ escalationLevel }, route), officeHours)
    expect(called(0)).toEqual({
      at: '2026-12-03T09:00:00Z',
      toRole: 'head-of-purchasing',
      level: 1,
    })
    expect(called(1)).toEqual({ at: '2026-12-04T09:00:00Z', toRole: 'managing-director', level: 2 })
    expect(called(2)).toBeNull()
  })

  it('calls its owner once where nobody is above, so that no case is without a clock', () => {
    expect(nextEscalationOf(aCase({}, { escalation: [] }), officeHours)).toEqual({
      at: '2026-12-03T09:00:00Z',
      toRole: 'buyer',
      level: 1,
    })
    const calledOnce = aCase({ escalationLevel: 1 }, { escalation: [] })
    expect(nextEscalationOf(calledOnce, officeHours)).toBeNull()
  })

  it('calls nobody once it is settled, or while the supplier is to answer and the clock stands still', () => {
    expect(nextEscalationOf(aCase({ state: 'resolved' }), officeHours)).toBeNull()
    const waiting = aCase({ state: 'waiting-supplier' }, { pausesForSupplier: true })
    expect(isPaused(waiting)).toBe(true)
    expect(nextEscalationOf(waiting, officeHours)).toBeNull()
    const running = aCase({ state: 'waiting-supplier' })
    expect(isPaused(running)).toBe(false)
    expect(nextEscalationOf(running, officeHours)).not.toBeNull()
  })

  it('is open until it is resolved, cured, bypassed or merged', () => {
    const open = ExceptionState.options.filter((state) => isOpenCase({ state }))
    expect(open).toEqual([
      'detected',
      'classified',
      'assigned',
      'in-progress',
      'waiting-supplier',
      'waiting-internal',
      'waiting-approval',
      'resolution-proposed',
      'approved',
      'executing',
    ])
  })
})
