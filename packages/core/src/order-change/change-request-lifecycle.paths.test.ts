import { describe, expect, it } from 'vitest'
import { beginLifecycle, moveLifecycle } from '../lifecycle/move-lifecycle.ts'
import { reachedBy, unreached } from '../lifecycle/walk-lifecycle.examples.ts'
import {
  changeRequestLifecycle,
  type ChangeLifecycleFacts,
} from './change-request-lifecycle.machine.ts'

const written: ChangeLifecycleFacts = {
  isSubmitted: false,
  isAutoAccepted: false,
  canHaveImpact: false,
  isImpactKnown: false,
  decision: 'none',
  isWithdrawn: false,
  isExpired: false,
  isSuperseded: false,
  written: 'no',
  isClosed: false,
}
const proposed = { ...written, isSubmitted: true }

const situations: readonly (readonly [string, ChangeLifecycleFacts])[] = [
  ['draft', written],
  ['pending-decision', proposed],
  ['pending-impact', { ...proposed, canHaveImpact: true }],
  ['pending-decision', { ...proposed, canHaveImpact: true, isImpactKnown: true }],
  ['auto-accepted', { ...proposed, isAutoAccepted: true }],
  ['accepted', { ...proposed, decision: 'accept' }],
  ['applied-in-erp', { ...proposed, decision: 'accept', written: 'applied' }],
  ['apply-failed', { ...proposed, decision: 'accept', written: 'failed' }],
  ['rejected', { ...proposed, decision: 'reject' }],
  ['countered', { ...proposed, decision: 'counter' }],
  ['withdrawn', { ...proposed, isWithdrawn: true }],
  ['expired', { ...proposed, isExpired: true }],
  ['accepted', { ...proposed, isExpired: true, decision: 'accept' }],
  ['superseded', { ...proposed, isSuperseded: true, isWithdrawn: true }],
  ['closed', { ...proposed, isClosed: true, decision: 'reject' }],
]
const machine = changeRequestLifecycle

describe('the paths of a change', () => {
  it('reach every state and every transition', () => {
    const events = situations.map(([, facts]) => ({ type: 'facts.changed' as const, facts }))
    const reached = reachedBy(machine, { input: written, events })
    expect(unreached(machine, reached)).toEqual({ states: [], transitions: [] })
  })

  it.each(situations)('lead to `%s` from everywhere', (state, facts) => {
    for (const [, from] of situations) {
      const event = { type: 'facts.changed' as const, facts }
      expect(moveLifecycle(machine, beginLifecycle(machine, from), event).value).toBe(state)
    }
  })
})
