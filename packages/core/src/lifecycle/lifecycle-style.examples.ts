import type { AnyStateMachine, AnyStateNode, AnyTransitionDefinition } from 'xstate'
import { CounterfoilError } from '../errors/counterfoil-error.ts'
import { checkLifecycle } from './check-lifecycle.ts'
import { beginRun, lifecycleOf } from './run-lifecycle.ts'
import { nodesIn, transitionsOf } from './state-tree.ts'

/** How a lifecycle moves: by the facts documents add, or by commands that people give one after the other. */
export type MovedBy = 'facts' | 'commands'

/**
 * What in a machine is not written as lifecycles are (CONTRIBUTING.md, "State machines"), one sentence each; none where it is as it
 * should be. `input` is what the lifecycle may begin with.
 */
export function breachesOfStyle(
  machine: AnyStateMachine,
  { movedBy, input }: { readonly movedBy: MovedBy; readonly input: unknown },
): readonly string[] {
  try {
    checkLifecycle(machine)
  } catch (error) {
    if (CounterfoilError.is(error)) return [error.message]
    throw error
  }
  const nodes = nodesIn(machine.root)
  return [
    ...nodes.flatMap((node) => [...node.entry, ...node.exit].flatMap((one) => ofAction(node, one))),
    ...nodes.flatMap(transitionsOf).flatMap((transition) => ofTransition(transition, movedBy)),
    ...unlikeJson(beginRun(lifecycleOf(machine), input).context, 'context'),
  ]
}

function ofTransition(transition: AnyTransitionDefinition, movedBy: MovedBy): readonly string[] {
  const { source, target, guard, actions, eventType } = transition
  const isByEvent = movedBy === 'facts' && eventType !== '' && target !== undefined
  return [
    ...(isByEvent
      ? [
          `${placeOf(source)} moves by the event \`${eventType}\`: add a fact and let the state follow`,
        ]
      : []),
    ...actions.flatMap((action) => ofAction(source, action)),
    ...(guard === undefined ? [] : ofGuard(source, guard)),
  ]
}

function ofAction(node: AnyStateNode, action: unknown): readonly string[] {
  const name = nameOf(action)
  if (name === null) return [`${placeOf(node)} has an action without a name: name it in \`setup\``]
  const made = node.machine.implementations.actions[name] as { readonly type?: string } | undefined
  if (made?.type !== 'xstate.raise') return []
  return [`${placeOf(node)} raises an event: add a fact and let the state follow`]
}

function ofGuard(node: AnyStateNode, guard: unknown): readonly string[] {
  const { guards = [], stateValue } = guard as {
    readonly guards?: readonly unknown[]
    readonly stateValue?: unknown
  }
  if (stateValue !== undefined) return []
  if (guards.length > 0) return guards.flatMap((inner) => ofGuard(node, inner))
  const name = nameOf(guard)
  if (name === null) return [`${placeOf(node)} has a guard without a name: name it in \`setup\``]
  if (/^(?:is|has|can)[A-Z]/.test(name)) return []
  return [`${placeOf(node)} has the guard \`${name}\`: name it by what it asks, as \`isComplete\``]
}

function nameOf(reference: unknown): string | null {
  if (typeof reference === 'string') return reference
  return typeof reference === 'function' ? null : (reference as { readonly type: string }).type
}

function placeOf({ path }: AnyStateNode): string {
  return path.length === 0 ? 'the root' : `\`${path.join('.')}\``
}

function unlikeJson(value: unknown, place: string): readonly string[] {
  if (value === null || ['string', 'boolean'].includes(typeof value)) return []
  if (typeof value === 'number' && Number.isFinite(value)) return []
  if (Array.isArray(value)) return value.flatMap((one, at) => unlikeJson(one, `${place}.${at}`))
  if (typeof value === 'object' && Object.getPrototypeOf(value) === Object.prototype) {
    return Object.entries(value).flatMap(([name, one]) => unlikeJson(one, `${place}.${name}`))
  }
  return [`\`${place}\` is not plain JSON: keep text, numbers, lists and records`]
}
