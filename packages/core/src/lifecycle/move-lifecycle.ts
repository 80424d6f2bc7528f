import { type AnyStateMachine, type EventFrom, initialTransition, transition } from 'xstate'

/** The states a lifecycle is in: one name, or one for each region and the regions inside it. */
export type LifecycleValue = string | { readonly [region: string]: LifecycleValue | undefined }

/** Where a lifecycle stands, as it is stored: the state of every region, and the facts it follows from. Plain JSON. */
export type LifecyclePosition<Context> = {
  readonly value: LifecycleValue
  readonly context: Context
}

/** Where a lifecycle stands after an event; `changed` is false when no state takes the event. */
export type LifecycleMove<Context> = LifecyclePosition<Context> & { readonly changed: boolean }

/** Where a lifecycle begins. The machine's input is its first context. */
export function beginLifecycle<Context>(
  machine: AnyStateMachine,
  context: Context,
): LifecyclePosition<Context> {
  const [snapshot] = initialTransition(machine, context)
  return { value: snapshot.value, context: snapshot.context as Context }
}

/**
 * Moves a lifecycle by one event. When no state takes the event nothing changes and `changed` says so: the machine
 * itself keeps silent, so the caller must answer with a reason. The only place where XState is run.
 */
export function moveLifecycle<Machine extends AnyStateMachine, Context>(
  machine: Machine,
  position: LifecyclePosition<Context>,
  event: EventFrom<Machine>,
): LifecycleMove<Context> {
  const before = machine.resolveState({
    value: position.value,
    context: position.context,
  } as Parameters<AnyStateMachine['resolveState']>[0])
  const [after] = transition(machine as AnyStateMachine, before, event)
  return {
    value: after.value,
    context: after.context as Context,
    changed: after !== before,
  }
}
