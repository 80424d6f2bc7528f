import { describe, expect, it } from 'vitest'
import { reachedBy, unreached } from '../lifecycle/walk-lifecycle.examples.ts'
import { exceptionLifecycle, type ExceptionLifecycleEvent } from './exception-lifecycle.machine.ts'
import { ExceptionState } from './exception.ts'

const events: readonly ExceptionLifecycleEvent[] = [
  { type: 'classify' },
  { type: 'assign' },
  { type: 'take' },
  { type: 'wait', for: 'supplier' },
  { type: 'wait', for: 'internal' },
  { type: 'wait', for: 'approval' },
  { type: 'propose' },
  { type: 'approve' },
  { type: 'execute' },
  { type: 'resolve' },
  { type: 'verify' },
  { type: 'close' },
  { type: 'cure' },
  { type: 'escalate' },
  { type: 'bypass' },
  { type: 'merge' },
  { type: 'reopen' },
]
const walkOf = (bypassAllowed: boolean) =>
  reachedBy(exceptionLifecycle, {
    input: { escalationLevel: 0, bypassAllowed },
    events,
    // However often it was escalated, the same can happen to it next.
    same: ({ value, context }) => JSON.stringify([value, Math.min(context.escalationLevel, 2)]),
  })

describe('the paths of a case', () => {
  it('reach every state and every transition (R-24, R-31)', () => {
    expect(unreached(exceptionLifecycle, walkOf(true))).toEqual({ states: [], transitions: [] })
  })

  it('lead past its reason only where the rules allow it', () => {
    expect(unreached(exceptionLifecycle, walkOf(false))).toEqual({
      states: ['work.bypassed'],
      transitions: [
        'work.open -> work.bypassed on bypass',
        'work.bypassed -> work.open.in-progress on reopen',
      ],
    })
  })

  it('go through the states a case is written with', () => {
    const states = [...walkOf(true).states]
      .filter((name) => name.startsWith('work.') && name !== 'work.open')
      .map((name) => name.split('.').at(-1))
    expect(new Set(states)).toEqual(new Set(ExceptionState.options))
  })
})
