import type { AnyEventObject, AnyStateMachine } from 'xstate'
import type { Assignment, Parameters, PlannedAction } from './compiled-lifecycle.ts'

/** An action as XState keeps it: one of its own makes, or a function that a name stands for. */
type Implementation = {
  readonly type?: string
  readonly resolve?: unknown
  readonly assignment?: Assignment | Readonly<Record<string, unknown>>
  readonly event?: unknown
  readonly delay?: unknown
}

/** An action that a lifecycle may take, or what is wrong with it and how to mend it. */
export type ActionPlan = PlannedAction | { readonly kind: 'refused'; readonly because: Refusal }

/** A feature that lifecycles do not have, and what to write instead. */
export type Refusal = { readonly feature: string; readonly instead: string }

/** What an action of a machine comes to. Effects are only named; nothing a name stands for is ever run. */
export function planAction(machine: AnyStateMachine, action: unknown): ActionPlan {
  const inline = typeof action === 'function' ? (action as Implementation) : undefined
  const { type, parameters } = inline === undefined ? referenceOf(action) : anonymous
  const found = inline ?? (machine.implementations.actions[type] as Implementation | undefined)
  if (found?.resolve === undefined) {
    return inline === undefined ? { kind: 'effect', type, parameters } : refuse(unnamed)
  }
  if (found.assignment !== undefined) {
    return { kind: 'assign', assignment: found.assignment, parameters }
  }
  if (found.type !== 'xstate.raise') return refuse(foreign(found.type ?? type))
  if (found.delay !== undefined) return refuse(delayed)
  if (typeof found.event === 'string') return refuse(raisedText(found.event))
  return { kind: 'raise', event: found.event as AnyEventObject, parameters }
}

function referenceOf(action: unknown): { readonly type: string; readonly parameters: Parameters } {
  if (typeof action === 'string') return { type: action, parameters: undefined }
  const { type, params } = action as { readonly type: string; readonly params?: unknown }
  if (params === undefined) return { type, parameters: undefined }
  return {
    type,
    parameters: typeof params === 'function' ? (params as Parameters) : () => params,
  }
}

const anonymous = { type: '', parameters: undefined }

function refuse(because: Refusal): ActionPlan {
  return { kind: 'refused', because }
}

const unnamed: Refusal = {
  feature: 'an action without a name',
  instead: 'name it in `setup({ actions })`, so that it comes out as an effect',
}

const delayed: Refusal = {
  feature: 'a delayed `raise`',
  instead: 'let the host send an event when the time has come',
}

function raisedText(event: string): Refusal {
  return { feature: `raise('${event}')`, instead: `write raise({ type: '${event}' })` }
}

function foreign(type: string): Refusal {
  return {
    feature: `the action \`${type.replace('xstate.', '')}\``,
    instead: 'name an effect and let its answer come back as an event',
  }
}
