import {
  type AnyStateMachine,
  assign,
  createMachine,
  emit,
  enqueueActions,
  fromPromise,
  log,
  raise,
  sendParent,
  setup,
  spawnChild,
} from 'xstate'
import { describe, expect, it } from 'vitest'
import { checkLifecycle } from './check-lifecycle.ts'
import { beginLifecycle, moveLifecycle } from './move-lifecycle.ts'

const actions = {
  tell: () => undefined,
  spawns: assign(({ spawn }: { spawn: (name: string) => unknown }) => ({ child: spawn('clerk') })),
  asksItself: assign(({ self }: { self: { readonly id: string } }) => ({ me: self.id })),
}

/** An order in two states, with something written into the second. */
function anOrder(sent: object, root: object = {}): AnyStateMachine {
  const config = {
    id: 'order',
    context: { count: 0 },
    initial: 'draft',
    states: { draft: { on: { send: 'sent' } }, sent },
    ...root,
  }
  return createMachine(config as never, { actions } as never)
}

const twoRegions = {
  type: 'parallel',
  states: {
    billing: { initial: 'open', states: { open: {}, billed: {} } },
    delivery: { initial: 'open', states: { open: {}, here: {} } },
  },
}

const refused: readonly (readonly [feature: string, sent: object, root?: object])[] = [
  ['`invoke` in `sent`', { invoke: { src: fromPromise(async () => 1) } }],
  ['`after` in `sent`', { after: { 1000: 'draft' } }],
  ['`output` in `sent`', { type: 'final', output: { done: true } }],
  ['`output` at its root', {}, { output: { done: true } }],
  ['`route` in `sent`', { id: 'sent', route: {} }],
  [
    '`history` in `sent.before`',
    { initial: 'new', states: { new: {}, before: { type: 'history' } } },
  ],
  ['the action `spawnChild` in `sent`', { entry: spawnChild('nobody' as never) }],
  ['the action `enqueueActions` in `sent`', { entry: enqueueActions(() => undefined) }],
  ['the action `sendTo` in `sent`', { exit: sendParent({ type: 'told' }) }],
  ['the action `emit` in `sent`', { entry: emit({ type: 'told' }) }],
  ['the action `log` in `sent`', { entry: log('told') }],
  ['an action without a name in `sent`', { on: { go: { actions: () => undefined } } }],
  [
    'a delayed `raise` in `sent`',
    { always: { guard: () => false, actions: raise({ type: 'go' }, { delay: 1 }) } },
  ],
  ["raise('go') in `sent`", { entry: raise('go' as never) }],
  [
    'a guard that is not implemented in `sent`',
    { on: { go: { guard: 'isUnknown', target: 'draft' } } },
  ],
  [
    'a transition to states that cannot be active together in `sent`',
    { ...twoRegions, on: { go: { target: ['.billing.open', '.billing.billed'] } } },
  ],
  [
    'a transition to states that cannot be active together in `sent`',
    { ...twoRegions, on: { go: { target: ['.billing', '.billing.billed'] } } },
  ],
  [
    'an action without a name in `sent`',
    { initial: { target: 'new', actions: () => undefined }, states: { new: {} } },
  ],
]

describe('a lifecycle', () => {
  it.each(refused.map(([feature, sent, root = {}]) => [feature, sent, root] as const))(
    'is refused with %s, before its first event',
    (feature, sent, root) => {
      const machine = anOrder(sent, root)
      expect(() => beginLifecycle(machine, {})).toThrow(`the lifecycle \`order\` has ${feature}`)
      expect(() => beginLifecycle(machine, {})).toThrow(/, which lifecycles do not have: \w+/)
    },
  )

  it('is refused with an actor, whether it is used or not', () => {
    const machine = setup({ actors: { clerk: fromPromise(async () => 1) } }).createMachine({
      id: 'order',
    })
    expect(() => checkLifecycle(machine)).toThrow('has the actor `clerk` at its root')
  })

  it('may go to one state in each region, and raise an event at once', () => {
    const sent = {
      ...twoRegions,
      entry: ['tell', raise({ type: 'go' })],
      on: { go: { target: ['.billing.billed', '.delivery.here'] } },
    }
    const machine = anOrder(sent)
    const moved = moveLifecycle(machine, beginLifecycle(machine, {}), { type: 'send' })
    expect(moved.value).toEqual({ sent: { billing: 'billed', delivery: 'here' } })
    expect(moved.effects).toEqual([{ type: 'tell', params: undefined }])
  })

  it.each([
    ['spawns', 'spawn'],
    ['asksItself', 'self'],
  ])('breaks off at an assign that %s', (action, feature) => {
    const machine = anOrder({ entry: action })
    const begun = beginLifecycle(machine, {})
    expect(() => moveLifecycle(machine, begun, { type: 'send' })).toThrow(
      `an assign of a lifecycle uses \`${feature}\``,
    )
  })

  it('takes no event that XState keeps for itself', () => {
    const machine = anOrder({})
    const begun = beginLifecycle(machine, {})
    for (const type of ['xstate.stop', 'xstate.init', 'xstate.error.actor.clerk']) {
      expect(() => moveLifecycle(machine, begun, { type })).toThrow(`the event \`${type}\``)
    }
  })

  it('that goes in circles breaks off, where XState would never come back', () => {
    const machine = anOrder(
      { always: 'draft' },
      { states: { draft: { always: 'sent' }, sent: { always: 'draft' } } },
    )
    expect(() => beginLifecycle(machine, {})).toThrow('more than 10000 microsteps')
  })

  it('says what broke in its beginning, where XState only keeps it in the snapshot', () => {
    const machine = anOrder(
      {},
      {
        context: () => {
          throw new Error('no order number')
        },
      },
    )
    expect(() => beginLifecycle(machine, {})).toThrow('no order number')
  })

  it('is stored as a value that nobody can change for the other lifecycles in the same states', () => {
    const machine = anOrder(twoRegions)
    const sent = moveLifecycle(machine, beginLifecycle(machine, {}), { type: 'send' })
    expect(Object.isFrozen(sent.value)).toBe(true)
    expect(() => moveLifecycle(machine, { value: 'late', context: {} }, { type: 'send' })).toThrow(
      "State 'late' does not exist",
    )
  })
})
