import { describe, expect, it } from 'vitest'
import { reachedBy, unreached } from '../lifecycle/walk-lifecycle.examples.ts'
import { type DisputeEvent, disputeLifecycle } from './dispute-lifecycle.machine.ts'

const types: readonly DisputeEvent['type'][] = [
  'dispute.sent',
  'dispute.acknowledged',
  'dispute.answered',
  'dispute.countered',
  'dispute.agreed',
  'dispute.settling',
  'dispute.settled',
  'dispute.withdrawn',
  'dispute.expired',
  'dispute.escalated',
  'dispute.closed',
]
const events = types.map((type) => ({ type }))

describe('the paths of a dispute', () => {
  it('reach every state and every transition (R-37)', () => {
    const reached = reachedBy(disputeLifecycle, { events })
    expect(unreached(disputeLifecycle, reached)).toEqual({ states: [], transitions: [] })
  })

  it('without the supplier’s answer never say that it answered', () => {
    const silent = events.filter(({ type }) => type !== 'dispute.answered')
    expect(
      unreached(disputeLifecycle, reachedBy(disputeLifecycle, { events: silent })).states,
    ).toEqual(['supplier-responded'])
  })
})
