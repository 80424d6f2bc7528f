import { describe, expect, it } from 'vitest'
import { reachedBy, unreached } from '../lifecycle/walk-lifecycle.examples.ts'
import { type HoldEvent, holdLifecycle } from './hold-lifecycle.machine.ts'

const events: readonly HoldEvent[] = [
  { type: 'hold.reviewed' },
  { type: 'hold.released' },
  { type: 'hold.cured' },
  { type: 'hold.converted' },
  { type: 'invoice.closed' },
]
const walkOf = (releasable: 'auto' | 'manual' | 'never') =>
  reachedBy(holdLifecycle, { input: { releasable }, events })

describe('the paths of a hold', () => {
  it('reach every state and every transition', () => {
    expect(unreached(holdLifecycle, walkOf('auto'))).toEqual({ states: [], transitions: [] })
  })

  it('of a hold placed by hand never lead through a cure', () => {
    expect(unreached(holdLifecycle, walkOf('manual'))).toEqual({
      states: [],
      transitions: ['placed -> released on hold.cured', 'under-review -> released on hold.cured'],
    })
  })

  it('of a hold that is never releasable end only with its invoice', () => {
    expect([...walkOf('never').states]).toEqual([
      'placed',
      'under-review',
      'cancelled-with-invoice',
    ])
  })
})
