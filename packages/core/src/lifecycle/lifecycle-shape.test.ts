import { describe, expect, it } from 'vitest'
import { and, type AnyStateMachine, not, setup } from 'xstate'
import { lifecycleShape } from './lifecycle-shape.ts'

const guards = { isPaid: () => true, isLate: () => false }

function aMachine(states: object, settings: object = {}): AnyStateMachine {
  const machine: unknown = setup({ guards, actions: { note: () => {} } }).createMachine({
    id: 'bill',
    initial: 'open',
    ...settings,
    states: { open: {}, ...states },
  } as never)
  return machine as AnyStateMachine
}

const shapeOf = (states: object, settings: object = {}, state: unknown = null) =>
  lifecycleShape({ machines: [aMachine(states, settings)], state })

describe('the shape of a lifecycle', () => {
  const paid = { open: { always: { guard: 'isPaid', target: 'paid' } }, paid: {} }

  it('is the same for the same states, however often they are written', () => {
    expect(shapeOf(paid)).toBe(shapeOf(structuredClone(paid)))
  })

  it.each([
    ['a state', { ...paid, held: {} }],
    ['a guard', { ...paid, open: { always: { guard: 'isLate', target: 'paid' } } }],
    [
      'what a guard combines',
      { ...paid, open: { always: { guard: not('isPaid'), target: 'paid' } } },
    ],
    [
      'two guards in one',
      { ...paid, open: { always: { guard: and(['isPaid', 'isLate']), target: 'paid' } } },
    ],
    ['an event', { ...paid, paid: { on: { reopened: 'open' } } }],
    ['an action', { ...paid, paid: { entry: 'note' } }],
    ['an end', { ...paid, paid: { type: 'final' } }],
    ['a region', { ...paid, open: { ...paid.open, type: 'parallel', states: { a: {}, b: {} } } }],
  ])('differs by %s', (_what, states) => {
    expect(shapeOf(states)).not.toBe(shapeOf(paid))
  })

  it('differs by where it begins, and by the fields that are stored', () => {
    expect(shapeOf(paid, { initial: 'paid' })).not.toBe(shapeOf(paid))
    expect(shapeOf(paid, {}, { fields: ['amount'] })).not.toBe(shapeOf(paid))
  })
})
