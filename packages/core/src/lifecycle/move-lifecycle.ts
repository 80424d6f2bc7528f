import type { AnyStateMachine, EventFrom } from 'xstate'
import {
  beginRun,
  configurationAt,
  type LifecycleEffect,
  lifecycleOf,
  runEvent,
} from './run-lifecycle.ts'
import type { LifecycleValue } from './state-tree.ts'

/** Where a lifecycle stands, as it is stored: the state of every region, and the facts it follows from. Plain JSON. */
export type LifecyclePosition<Context> = {
  readonly value: LifecycleValue
  readonly context: Context
}

/**
 * Where a lifecycle stands after an event, and the effects it asks for; `changed` is false when no state takes the
 * event.
 */
export type LifecycleMove<Context> = LifecyclePosition<Context> & {
  readonly changed: boolean
  readonly effects: readonly LifecycleEffect[]
}

/** Where a lifecycle begins. The machine's input is its first context. */
export function beginLifecycle<Context>(
  machine: AnyStateMachine,
  context: Context,
): LifecyclePosition<Context> {
  const { configuration, context: begun } = beginRun(lifecycleOf(machine), context)
  return { value: configuration.value, context: begun as Context }
}

/**
 * Moves a lifecycle by one event. When no state takes the event nothing changes and `changed` says so: the machine
 * itself keeps silent, so the caller must answer with a reason. The only way lifecycles are moved.
 */
export function moveLifecycle<Machine extends AnyStateMachine, Context>(
  machine: Machine,
  position: LifecyclePosition<Context>,
  event: EventFrom<Machine>,
): LifecycleMove<Context> {
  const lifecycle = lifecycleOf(machine)
  const configuration = configurationAt(lifecycle, position.value)
  const context = position.context ?? {}
  const run = runEvent(lifecycle, { configuration, context }, event)
  return {
    value: run.configuration.value,
    context: run.context as Context,
    changed: run.changed,
    effects: run.effects,
  }
}
