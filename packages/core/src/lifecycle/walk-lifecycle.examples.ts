import {
  type AnyMachineSnapshot,
  type AnyStateMachine,
  type AnyStateNode,
  type AnyTransitionDefinition,
  type EventFrom,
  getInitialMicrosteps,
  getMicrosteps,
  type InputFrom,
  matchesState,
  pathToStateValue,
  type SnapshotFrom,
} from 'xstate'
import { getAdjacencyMap } from 'xstate/graph'

/** A walk through a lifecycle: where it begins, and what may happen at each step. */
export type Walk<Machine extends AnyStateMachine> = {
  readonly input?: InputFrom<Machine>
  readonly events: readonly EventFrom<Machine>[]
  /** Two snapshots with the same text are one; the states and all facts when absent. */
  readonly same?: (snapshot: SnapshotFrom<Machine>) => string
}

/** States and transitions by name: `notice.draft`, `notice.draft -> notice.submitted`. */
export type Reached = {
  readonly states: ReadonlySet<string>
  readonly transitions: ReadonlySet<string>
}

/** The most snapshots one walk looks at; a walk that needs more has too many events. */
const snapshotsMax = 5000

/** Every state and every transition a lifecycle declares. */
export function declaredIn(machine: AnyStateMachine): Reached {
  const nodes = nodesIn(machine.root)
  const states = nodes.filter((node) => node !== machine.root).map(nameOf)
  const transitions = nodes.flatMap(transitionsOf).flatMap(namesOfTransition)
  return { states: new Set(states), transitions: new Set(transitions) }
}

/** Every state and transition that some sequence of the events reaches, walked by `xstate/graph`. */
export function reachedBy<Machine extends AnyStateMachine>(
  machine: Machine,
  ...walks: readonly Walk<Machine>[]
): Reached {
  const states = new Set<string>()
  const transitions = new Set<string>()
  const note = (
    from: AnyMachineSnapshot | null,
    to: AnyMachineSnapshot,
    event?: EventFrom<Machine>,
  ) => {
    for (const node of nodesIn(machine.root)) {
      if (node !== machine.root && isActive(node, to)) states.add(nameOf(node))
      if (from === null || !isActive(node, from)) continue
      for (const transition of transitionsOf(node)) {
        if (isTaken(transition, { from, to, event })) {
          namesOfTransition(transition).forEach((name) => transitions.add(name))
        }
      }
    }
  }
  for (const { input, events, same } of walks) {
    const begin = getInitialMicrosteps(machine, input as never)
    noteSteps<EventFrom<Machine> | undefined>(begin, null, undefined, note)
    const map = getAdjacencyMap(machine, {
      events,
      input: input as never,
      limit: snapshotsMax,
      serializeState: (snapshot) => same?.(snapshot as never) ?? textOf(snapshot as never),
    })
    for (const { state } of Object.values(map)) {
      for (const event of events) {
        noteSteps(
          getMicrosteps(machine, state as never, event as never),
          state as never,
          event,
          note,
        )
      }
    }
  }
  return { states, transitions }
}

/** What a lifecycle declares and no walk reached; empty lists when everything was. */
export function unreached(
  machine: AnyStateMachine,
  reached: Reached,
): { readonly states: readonly string[]; readonly transitions: readonly string[] } {
  const declared = declaredIn(machine)
  return {
    states: [...declared.states].filter((name) => !reached.states.has(name)),
    transitions: [...declared.transitions].filter((name) => !reached.transitions.has(name)),
  }
}

function noteSteps<Event>(
  steps: readonly (readonly [unknown, unknown])[],
  start: AnyMachineSnapshot | null,
  event: Event,
  note: (from: AnyMachineSnapshot | null, to: AnyMachineSnapshot, event?: Event) => void,
): void {
  let from = start
  steps.forEach(([snapshot], index) => {
    const to = snapshot as AnyMachineSnapshot
    // Only the first step answers the event; what follows are eventless transitions.
    if (index === 0) note(from, to, event)
    else note(from, to)
    from = to
  })
}

function isTaken(
  { eventType, source, target = [] }: AnyTransitionDefinition,
  step: {
    readonly from: AnyMachineSnapshot
    readonly to: AnyMachineSnapshot
    readonly event: { readonly type: string } | undefined
  },
): boolean {
  const { from, to, event } = step
  if (eventType !== (event?.type ?? '')) return false
  const hasMoved = target.every((node: AnyStateNode) => isActive(node, to))
  const isElsewhere = target.some((node: AnyStateNode) => !isActive(node, from))
  return hasMoved && (isElsewhere || (target.includes(source) && from.context !== to.context))
}

function isActive(node: AnyStateNode, snapshot: AnyMachineSnapshot): boolean {
  return matchesState(pathToStateValue(node.path), snapshot.value)
}

function nodesIn(node: AnyStateNode): readonly AnyStateNode[] {
  return [node, ...Object.values(node.states).flatMap(nodesIn)]
}

function transitionsOf(node: AnyStateNode): readonly AnyTransitionDefinition[] {
  return [...(node.always ?? []), ...[...node.transitions.values()].flat()].filter(
    ({ target }) => target !== undefined,
  )
}

function namesOfTransition({
  source,
  target = [],
  eventType,
}: AnyTransitionDefinition): readonly string[] {
  const said = eventType === '' ? '' : ` on ${eventType}`
  return target.map((node: AnyStateNode) => `${nameOf(source)} -> ${nameOf(node)}${said}`)
}

function nameOf(node: AnyStateNode): string {
  return node.path.join('.')
}

function textOf({ value, context }: AnyMachineSnapshot): string {
  return JSON.stringify({ value, context })
}
