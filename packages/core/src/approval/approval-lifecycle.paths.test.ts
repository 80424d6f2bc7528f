import { describe, expect, it } from 'vitest'
import { reachedBy, unreached } from '../lifecycle/walk-lifecycle.examples.ts'
import { approvalLifecycle } from './approval-lifecycle.machine.ts'

describe('the paths of an approval', () => {
  it('reach every state and every transition (R-30)', () => {
    const reached = reachedBy(approvalLifecycle, {
      events: [
        { type: 'approval.approved' },
        { type: 'approval.rejected' },
        { type: 'approval.returned' },
        { type: 'approval.asked' },
        { type: 'approval.delegated' },
        { type: 'approval.escalated' },
        { type: 'approval.expired' },
        { type: 'approval.recalled' },
        { type: 'approval.superseded' },
      ],
    })
    expect(unreached(approvalLifecycle, reached)).toEqual({ states: [], transitions: [] })
  })
})
