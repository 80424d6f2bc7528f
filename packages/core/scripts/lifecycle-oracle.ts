import {
  type AnyActorScope,
  type AnyEventObject,
  type AnyMachineSnapshot,
  type AnyStateMachine,
  createActor,
  initialTransition,
  transition,
} from 'xstate'
import {
  beginRun,
  configurationAt,
  type LifecycleRun,
  lifecycleOf,
  runEvent,
} from '../src/lifecycle/run-lifecycle.ts'
import type { Dice } from './random-machine.ts'

/** A machine, and what it may be given. */
export type Subject = {
  readonly name: string
  readonly machine: AnyStateMachine
  readonly input: (dice: Dice) => unknown
  readonly event: (dice: Dice) => AnyEventObject
}

/** A walk in which the plans answered otherwise than XState. */
export type Difference = {
  readonly name: string
  readonly input: unknown
  readonly events: readonly AnyEventObject[]
  readonly xstate: string
  readonly ours: string
}

/** XState's transition of a machine, and the actions it hands out. */
export type Oracle = (
  machine: AnyStateMachine,
  before: AnyMachineSnapshot,
  event: AnyEventObject,
) => readonly [AnyMachineSnapshot, readonly { readonly type: string; readonly params?: unknown }[]]

/** The public function, which makes an actor for every event. */
export const publicTransition: Oracle = (machine, before, event) =>
  transition(machine, before, event)

/** What the public function does with that actor, with one actor for all events: the same answers in less time. */
export function sharedTransition(machine: AnyStateMachine, input: unknown): Oracle {
  const self = createActor(machine, { input })
  const shared: Omit<AnyActorScope, 'actionExecutor'> = {
    self,
    system: self.system,
    id: '',
    sessionId: '',
    logger: nothing,
    defer: nothing,
    emit: nothing,
    stopChild: nothing,
  }
  return (_, before, event) => {
    const actions: Parameters<AnyActorScope['actionExecutor']>[0][] = []
    const actionExecutor: AnyActorScope['actionExecutor'] = (action) => actions.push(action)
    return [machine.transition(before, event, { ...shared, actionExecutor }), actions]
  }
}

function nothing(): void {}

/** How far a walk went, and where it parted from XState. */
export type Walked = { readonly events: number; readonly difference: Difference | null }

/** What one step came to, in a form that compares by text; errors by what they say. */
type Answer = { readonly text: string; readonly context: unknown }

/**
 * Walks a lifecycle twice, by its plans and by XState's own `transition`, and compares value, context, status, effects,
 * the order of active states and whether anything changed after every event. Some walks go on from what was stored,
 * as lifecycles do, the others from the snapshot before.
 */
export function walkBoth(
  { name, machine, input: anInput, event: anEvent }: Subject,
  dice: Dice,
  { steps, oracle }: { readonly steps: number; readonly oracle: Oracle },
): Walked {
  const lifecycle = lifecycleOf(machine)
  const isStored = dice(2) === 0
  const input = anInput(dice)
  const events: AnyEventObject[] = []
  let run: LifecycleRun | Error = attempt(() => beginRun(lifecycle, input))
  let theirs = beginTheirs(machine, input)
  for (;;) {
    const ours = answerOf(run)
    const expected = theirs instanceof Error ? answerOf(theirs) : answerOfSnapshot(theirs)
    if (ours.text !== expected.text || !isSame(ours.context, expected.context)) {
      const difference = { name, input, events, xstate: written(expected), ours: written(ours) }
      return { events: events.length, difference }
    }
    if (events.length >= steps || run instanceof Error || theirs instanceof Error) {
      return { events: events.length, difference: null }
    }
    const event = anEvent(dice)
    events.push(event)
    const { context } = theirs.snapshot
    const value = isStored ? (JSON.parse(JSON.stringify(run.configuration.value)) as never) : null
    const standing = value === null ? run.configuration : configurationAt(lifecycle, value)
    const before =
      value === null ? theirs.snapshot : machine.resolveState({ value, context } as never)
    run = attempt(() => runEvent(lifecycle, { configuration: standing, context }, event))
    if (run instanceof Error && isEndless(machine, run)) {
      const difference = { name, input, events, xstate: 'never ends', ours: run.message }
      return { events: events.length, difference }
    }
    theirs = attempt(() => {
      const [snapshot, actions] = oracle(machine, before, event)
      return { snapshot, actions, changed: snapshot !== before }
    })
  }
}

// XState itself would never come back from such an event.
function isEndless({ options }: AnyStateMachine, { message }: Error): boolean {
  return options.maxIterations === Infinity && message.startsWith('Infinite loop')
}

type Theirs = {
  readonly snapshot: AnyMachineSnapshot
  readonly actions: readonly { readonly type: string; readonly params?: unknown }[]
  readonly changed: boolean
}

function beginTheirs(machine: AnyStateMachine, input: unknown): Theirs | Error {
  const [snapshot, actions] = initialTransition(machine, input)
  // XState keeps an error of the beginning in the snapshot, where it is easily missed; we let it come out.
  if (snapshot.status === 'error') return snapshot.error as Error
  return { snapshot, actions, changed: true }
}

function attempt<T>(run: () => T): T | Error {
  try {
    return run()
  } catch (error) {
    return error as Error
  }
}

function answerOf(run: LifecycleRun | Error): Answer {
  if (run instanceof Error) return { text: run.message, context: null }
  const { configuration, context, changed, effects } = run
  const { value, status, nodes } = configuration
  const order = nodes.map((node) => node.order)
  return { text: JSON.stringify({ value, status, changed, order, effects }), context }
}

function answerOfSnapshot({ snapshot, actions, changed }: Theirs): Answer {
  const { value, status, _nodes: nodes, context } = snapshot
  const order = nodes.map((node) => node.order)
  const effects = actions
    .filter(({ type }) => !type.startsWith('xstate.'))
    .map(({ type, params }) => ({ type, params }))
  return { text: JSON.stringify({ value, status, changed, order, effects }), context }
}

// What both took over unchanged is the same object, and need not be written out.
function isSame(ours: unknown, theirs: unknown): boolean {
  if (ours === theirs) return true
  if (typeof ours !== 'object' || typeof theirs !== 'object') return false
  if (ours === null || theirs === null) return false
  const names = Object.keys(ours)
  const others = Object.keys(theirs)
  return (
    names.length === others.length &&
    names.every(
      (name, index) =>
        others[index] === name &&
        isSame(ours[name as keyof typeof ours], theirs[name as keyof typeof theirs]),
    )
  )
}

function written({ text, context }: Answer): string {
  return `${text} ${JSON.stringify(context)}`
}
