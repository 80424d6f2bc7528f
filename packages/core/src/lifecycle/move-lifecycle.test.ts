import { describe, expect, it } from 'vitest'
import { holdLifecycle } from '../hold/hold-lifecycle.machine.ts'
import { beginLifecycle, moveLifecycle } from './move-lifecycle.ts'

describe('a lifecycle', () => {
  const begun = beginLifecycle(holdLifecycle, { releasable: 'manual' } as const)

  it('begins where its machine begins, with what is known', () => {
    expect(begun).toEqual({ value: 'placed', context: { releasable: 'manual' } })
  })

  it('is stored as plain JSON and goes on from there', () => {
    const stored = JSON.parse(JSON.stringify(begun)) as typeof begun
    expect(moveLifecycle(holdLifecycle, stored, { type: 'hold.reviewed' })).toEqual({
      value: 'under-review',
      context: { releasable: 'manual' },
      changed: true,
      effects: [],
    })
  })

  it('says so when no state takes an event, where the machine itself keeps silent', () => {
    expect(moveLifecycle(holdLifecycle, begun, { type: 'hold.cured' })).toEqual({
      ...begun,
      changed: false,
      effects: [],
    })
    const over = { value: 'released', context: begun.context }
    expect(moveLifecycle(holdLifecycle, over, { type: 'hold.released' }).changed).toBe(false)
  })
})
