import { describe, expect, it } from 'vitest'
import { instant } from '../calendar/instant.ts'
import { officeHours } from '../calendar/office-hours.ts'
import {
  applyCaseCommand,
  type CaseCommand,
  type CaseCommandAnswer,
  cureCase,
  escalateCase,
  isCaseCommandType,
} from './apply-case-command.ts'
import { aCase } from './exception.examples.ts'
import type { ExceptionCase } from './exception.ts'

const exceptionId = 'delivery-1#3'
const said = (
  exceptionCase: ExceptionCase,
  command: CaseCommand,
  at = '2026-12-02T10:00:00Z',
  by = 'bert',
): CaseCommandAnswer =>
  applyCaseCommand({ exceptionCase, command, by, at: instant(at), calendar: officeHours })
const done = (
  exceptionCase: ExceptionCase,
  command: CaseCommand,
  at?: string,
  by?: string,
): ExceptionCase => {
  const answer = said(exceptionCase, command, at, by)
  if (answer.outcome === 'refused') throw new Error(answer.sentence)
  return answer.case
}

const resolve: CaseCommand = {
  type: 'case.resolved',
  data: { exceptionId, code: 'credit-request', note: 'agreed by phone', rootCause: 'contract' },
}

describe('a case that is worked on', () => {
  it('is classified before it is worked on, and the cause named then is the root cause when nobody names another', () => {
    const classify = (rootCause: 'carrier' | 'contract'): CaseCommand => ({
      type: 'case.classified',
      data: { exceptionId, rootCause, note: 'two pallets are on another truck' },
    })
    const classified = done(aCase(), classify('carrier'))
    expect(classified).toMatchObject({
      state: 'classified',
      classification: { rootCause: 'carrier', by: 'bert', at: '2026-12-02T10:00:00Z' },
    })
    const settle: CaseCommand = { type: 'case.resolved', data: { exceptionId, code: 'accept' } }
    expect(done(classified, settle).resolution?.rootCause).toBe('carrier')
    expect(done(classified, resolve).resolution?.rootCause).toBe('contract')
    const take: CaseCommand = { type: 'case.taken', data: { exceptionId } }
    expect(said(done(classified, take), classify('contract'))).toMatchObject({
      reason: 'case-state',
    })
  })

  it('is passed on to a person, and to another desk', () => {
    const assign: CaseCommand = { type: 'case.assigned', data: { exceptionId, person: 'ines' } }
    expect(done(aCase(), assign)).toMatchObject({
      state: 'assigned',
      owner: { role: 'buyer', person: 'ines' },
    })
    const pass: CaseCommand = {
      type: 'case.assigned',
      data: { exceptionId, person: null, role: 'quality' },
    }
    expect(done(aCase(), pass).owner).toEqual({ role: 'quality', person: null })
  })

  it('is taken by who will do it', () => {
    const take: CaseCommand = { type: 'case.taken', data: { exceptionId } }
    expect(done(aCase(), take)).toMatchObject({
      state: 'in-progress',
      owner: { role: 'buyer', person: 'bert' },
    })
  })

  it.each([
    ['supplier', 'waiting-supplier'],
    ['internal', 'waiting-internal'],
    ['approval', 'waiting-approval'],
  ] as const)('waits for the %s', (whom, state) => {
    const wait: CaseCommand = { type: 'case.waiting', data: { exceptionId, for: whom } }
    expect(done(aCase(), wait).state).toBe(state)
  })

  it('gets the hours back that the supplier took, where the rules say that they do not count', () => {
    const wait: CaseCommand = { type: 'case.waiting', data: { exceptionId, for: 'supplier' } }
    const take: CaseCommand = { type: 'case.taken', data: { exceptionId } }
    const waiting = done(aCase({}, { pausesForSupplier: true }), wait, '2026-12-02T10:00:00Z')
    expect(waiting.pausedAt).toBe('2026-12-02T10:00:00Z')
    const resumed = done(waiting, take, '2026-12-02T14:00:00Z')
    expect(resumed.pausedAt).toBeUndefined()
    expect(resumed.dueAt).toBe('2026-12-03T13:00:00Z')
    const counting = done(done(aCase(), wait), take, '2026-12-02T14:00:00Z')
    expect(counting.dueAt).toBe('2026-12-03T09:00:00Z')
  })

  it('keeps a proposal until somebody agrees to it', () => {
    const propose: CaseCommand = {
      type: 'case.proposed',
      data: { exceptionId, code: 'accept-variance', note: 'freight was included' },
    }
    const proposed = done(aCase(), propose)
    expect(proposed).toMatchObject({
      state: 'resolution-proposed',
      proposal: { code: 'accept-variance', by: 'bert', note: 'freight was included' },
    })
    const approve: CaseCommand = { type: 'case.approved', data: { exceptionId } }
    const approved = done(proposed, approve, '2026-12-02T11:00:00Z', 'ines')
    expect(approved.state).toBe('approved')
    const execute: CaseCommand = { type: 'case.executing', data: { exceptionId } }
    expect(done(approved, execute).state).toBe('executing')
    expect(said(proposed, execute)).toMatchObject({ outcome: 'refused', reason: 'case-state' })
    expect(said(proposed, approve)).toMatchObject({ outcome: 'refused', reason: 'same-person' })
    expect(said(aCase(), approve)).toMatchObject({ outcome: 'refused', reason: 'case-state' })
  })

  it('is resolved with a code, who and why, then verified and closed with its root cause (R-89)', () => {
    const resolved = done(aCase(), resolve)
    expect(resolved).toMatchObject({
      state: 'resolved',
      resolution: {
        code: 'credit-request',
        by: 'bert',
        at: '2026-12-02T10:00:00Z',
        note: 'agreed by phone',
        rootCause: 'contract',
      },
    })
    const verified = done(resolved, { type: 'case.verified', data: { exceptionId } })
    const closed = done(verified, {
      type: 'case.closed',
      data: { exceptionId, rootCause: 'buyer-error' },
    })
    expect(closed).toMatchObject({ state: 'closed', resolution: { rootCause: 'buyer-error' } })
    const silently = done(verified, { type: 'case.closed', data: { exceptionId } })
    expect(silently.resolution?.rootCause).toBe('contract')
  })

  it('is taken up again, and what had settled it no longer stands', () => {
    const reopen: CaseCommand = {
      type: 'case.reopened',
      data: { exceptionId, reason: 'the credit never came' },
    }
    expect(done(done(aCase(), resolve), reopen)).toMatchObject({
      state: 'in-progress',
      resolution: null,
    })
  })

  it('is set aside unsolved only where the rules allow it', () => {
    const bypass: CaseCommand = {
      type: 'case.bypassed',
      data: { exceptionId, reason: 'too small' },
    }
    expect(done(aCase({}, { bypassAllowed: true }), bypass)).toMatchObject({
      state: 'bypassed',
      resolution: { code: 'bypassed', note: 'too small' },
    })
    expect(said(aCase(), bypass)).toEqual({
      outcome: 'refused',
      reason: 'bypass-not-allowed',
      sentence: 'case PRICE_OVER cannot be set aside unsolved: its routing rules do not allow it',
    })
    expect(said(done(aCase(), resolve), bypass)).toMatchObject({ reason: 'case-state' })
  })

  it('is merged into another about the same', () => {
    const merge: CaseCommand = { type: 'case.merged', data: { exceptionId, into: 'delivery-0#3' } }
    expect(done(aCase(), merge)).toMatchObject({
      state: 'merged',
      resolution: { code: 'merged', note: 'delivery-0#3' },
    })
  })

  it('says why a command cannot be done', () => {
    expect(said(aCase(), { type: 'case.verified', data: { exceptionId } })).toEqual({
      outcome: 'refused',
      reason: 'case-state',
      sentence: '`case.verified` cannot be done with case PRICE_OVER: it is detected',
    })
  })
})

describe('a case that moves without a command', () => {
  it('is called for at one level after the other, whoever works on it', () => {
    const once = escalateCase(aCase({ state: 'in-progress' }))
    expect(once).toMatchObject({ escalationLevel: 1, state: 'in-progress' })
    expect(once === null ? null : escalateCase(once)).toMatchObject({ escalationLevel: 2 })
    expect(escalateCase(aCase({ state: 'closed' }))).toBeNull()
  })

  it('is cured when its reason is gone, and says what made it go', () => {
    const at = instant('2026-12-02T10:00:00Z')
    expect(cureCase({ exceptionCase: aCase(), at, because: 'the receipt came' })).toMatchObject({
      state: 'auto-resolved',
      resolution: {
        code: 'cured',
        by: 'counterfoil',
        note: 'the receipt came',
        rootCause: 'timing',
      },
    })
    const settled = done(aCase(), resolve)
    expect(cureCase({ exceptionCase: settled, at, because: 'too late' })).toBeNull()
  })

  it('knows which messages are about cases', () => {
    expect(isCaseCommandType('case.taken')).toBe(true)
    expect(isCaseCommandType('case.overdue')).toBe(false)
    expect(isCaseCommandType('toString')).toBe(false)
  })
})
