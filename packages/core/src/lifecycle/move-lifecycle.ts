import { type AnyActorScope, type AnyStateMachine, createActor, type EventFrom } from 'xstate'

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
  const snapshot = machine.getInitialSnapshot(scopeOf(machine, context), context)
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
  const after = machine.transition(before, event, scopeOf(machine, position.context))
  return {
    value: after.value,
    context: after.context as Context,
    changed: after !== before,
  }
}

// XState's own `transition` makes an actor for every single event, which takes longer than the event itself. Our machines
// start, send and schedule nothing, so one actor a machine, never started, does for all of its events.
const scopes = new WeakMap<AnyStateMachine, AnyActorScope>()

function scopeOf(machine: AnyStateMachine, context: unknown): AnyActorScope {
  const known = scopes.get(machine)
  if (known !== undefined) return known
  const self = createActor(machine, { input: context })
  const scope: AnyActorScope = {
    self,
    system: self.system,
    id: '',
    sessionId: '',
    logger: nothing,
    defer: nothing,
    emit: nothing,
    stopChild: nothing,
    actionExecutor: nothing,
  }
  scopes.set(machine, scope)
  return scope
}

function nothing(): void {}
