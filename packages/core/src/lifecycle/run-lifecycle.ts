import type { AnyEventObject, AnyStateMachine } from 'xstate'
import { CounterfoilError } from '../errors/counterfoil-error.ts'
import { checkLifecycle } from './check-lifecycle.ts'
import { asksForStates } from './compile-guard.ts'
import { alwaysOf, chooseAlways, chooseByEvent, undecided } from './choose-transitions.ts'
import type {
  Assignment,
  Chosen,
  CompiledLifecycle,
  Configuration,
  Eventless,
  PlannedAction,
  Situation,
  TransitionPlan,
} from './compiled-lifecycle.ts'
import {
  planBeginning,
  type PlannedMicrostep,
  planTransitions,
  type Standing,
} from './plan-transitions.ts'
import { valueOf } from './state-tree.ts'

/** An effect that a lifecycle asks for: its name and its parameters, as plain data. Nothing carries it out here. */
export type LifecycleEffect = { readonly type: string; readonly params: unknown }

/** A lifecycle on its way through one event. */
export type LifecycleRun = {
  configuration: Configuration
  context: object
  /** XState would have answered with another snapshot than the one it was given. */
  changed: boolean
  effects: readonly LifecycleEffect[]
  /** What the lifecycle told itself and has not answered yet. */
  raised: readonly AnyEventObject[]
}

/** Microsteps in one event after which a lifecycle is taken to go in circles, where its machine names no limit. */
const microstepsMax = 10_000

/** The most configurations a machine keeps plans for; with more it starts afresh, and only loses time. */
const configurationsMax = 5_000

const lifecycles = new WeakMap<AnyStateMachine, CompiledLifecycle>()

/** The plans for a machine, checked when it is first seen: what no plan can be made for is refused then. */
export function lifecycleOf(machine: AnyStateMachine): CompiledLifecycle {
  const known = lifecycles.get(machine)
  if (known !== undefined && !isFull(known)) return known
  checkLifecycle(machine)
  const { maxIterations = Infinity } = machine.options
  const lifecycle: CompiledLifecycle = {
    machine,
    stepsMax: Number.isFinite(maxIterations) ? maxIterations : microstepsMax,
    isAskedForStates: asksForStates(machine),
    candidates: new Map(),
    configurations: new Map(),
    byValue: new WeakMap(),
    byText: new Map(),
    values: new Map(),
    beginning: null,
  }
  lifecycles.set(machine, lifecycle)
  return lifecycle
}

function isFull({ configurations, byText }: CompiledLifecycle): boolean {
  return configurations.size >= configurationsMax || byText.size >= configurationsMax
}

/** Enters the first states of a lifecycle, and goes on as far as they lead. */
export function beginRun(lifecycle: CompiledLifecycle, input: unknown): LifecycleRun {
  const { machine } = lifecycle
  const event = { type: 'xstate.init', input }
  const written: unknown = machine.config.context
  const context =
    typeof written === 'function' ? { ...written({ input, ...noActor }) } : (written ?? {})
  lifecycle.beginning ??= planFirst(lifecycle)
  const run = runFrom(lifecycle.beginning.next, context)
  takePlan(run, lifecycle.beginning, event)
  settle(lifecycle, run, event)
  return run
}

/** Moves a lifecycle by one event, as XState's `transition` does. */
export function runEvent(
  lifecycle: CompiledLifecycle,
  { configuration, context }: { readonly configuration: Configuration; readonly context: object },
  event: AnyEventObject,
): LifecycleRun {
  const run = runFrom(configuration, context)
  const chosen = chooseByEvent(lifecycle, configuration, { context, event })
  takePlan(run, planFor(lifecycle, run.configuration, chosen), event)
  settle(lifecycle, run, event)
  return run
}

/** The configuration that a stored value stands for; what it leaves out is filled with initial states, as XState does. */
export function configurationAt(
  lifecycle: CompiledLifecycle,
  value: Configuration['value'],
): Configuration {
  const known =
    typeof value === 'object' ? lifecycle.byValue.get(value) : lifecycle.byText.get(value)
  if (known !== undefined) return known
  const text = typeof value === 'object' ? JSON.stringify(value) : value
  const found = lifecycle.byText.get(text) ?? resolvedAt(lifecycle, value)
  lifecycle.byText.set(text, found)
  // Only a value made here stays as it is, so that it can be known again without a look inside.
  if (typeof value === 'object' && value === found.value) lifecycle.byValue.set(value, found)
  return found
}

function resolvedAt(lifecycle: CompiledLifecycle, value: Configuration['value']): Configuration {
  const { _nodes, status } = lifecycle.machine.resolveState({ value, context: {} } as never)
  return configurationOf(lifecycle, {
    nodes: _nodes,
    status: status === 'done' ? status : 'active',
  })
}

function configurationOf(lifecycle: CompiledLifecycle, { nodes, status }: Standing): Configuration {
  const key = `${status} ${nodes.map(({ order }) => order).join(' ')}`
  const known = lifecycle.configurations.get(key)
  if (known !== undefined) return known
  const configuration: Configuration = {
    nodes,
    status,
    value: sharedValue(lifecycle, valueOf(lifecycle.machine.root, nodes)),
    undecided: undecided(),
    branches: new Map(),
    always: alwaysOf(lifecycle, nodes),
    snapshot: null,
  }
  lifecycle.configurations.set(key, configuration)
  return configuration
}

function sharedValue({ values }: CompiledLifecycle, value: Configuration['value']) {
  const text = JSON.stringify(value)
  const known = values.get(text) ?? value
  values.set(text, known)
  return known
}

/** Takes eventless transitions and answers raised events until nothing is left to do. */
function settle(lifecycle: CompiledLifecycle, run: LifecycleRun, received: AnyEventObject): void {
  let event = received
  let asked = run.configuration.always
  for (let steps = 0; run.configuration.status === 'active'; steps += 1) {
    if (steps >= lifecycle.stepsMax) throw new Error(inCircles(lifecycle.stepsMax))
    const { configuration, context, raised } = run
    if (asked.length === 0 && raised.length === 0) return
    const eventless = chooseAlways(configuration, asked, { context, event })
    if (eventless !== configuration.undecided) {
      const plan = planFor(lifecycle, configuration, eventless)
      takePlan(run, plan, event)
      asked = plan.unsettled
      continue
    }
    const [first] = raised
    if (first === undefined) return
    event = first
    run.raised = raised.slice(1)
    const chosen = chooseByEvent(lifecycle, configuration, { context, event })
    takePlan(run, planFor(lifecycle, configuration, chosen), event)
    asked = run.configuration.always
  }
}

function planFirst(lifecycle: CompiledLifecycle): TransitionPlan {
  const planned = planBeginning(lifecycle.machine)
  const next = configurationOf(lifecycle, planned)
  return { actions: planned.actions, isChange: true, next, unsettled: next.always }
}

function planFor(
  lifecycle: CompiledLifecycle,
  configuration: Configuration,
  chosen: Chosen,
): TransitionPlan {
  if (chosen.plan !== null) return chosen.plan
  const transitions = chosen.candidates.map(({ transition }) => transition)
  const planned = planTransitions(lifecycle.machine, configuration, transitions)
  const next = configurationOf(lifecycle, planned)
  const unsettled = unsettledAfter(lifecycle, { from: configuration, chosen, planned, next })
  chosen.plan = { actions: planned.actions, isChange: planned.isChange, next, unsettled }
  return chosen.plan
}

// A guard that looks at nothing but facts and the event answers as before while both are the same. So after a step in one
// region the others need not be asked again: only states just entered, and those whose transition passed.
function unsettledAfter(
  lifecycle: CompiledLifecycle,
  { from, chosen, planned, next }: Step,
): readonly Eventless[] {
  if (!planned.isChange) return []
  const isAskedAnew =
    lifecycle.isAskedForStates || planned.actions.some(({ kind }) => kind === 'assign')
  if (isAskedAnew) return next.always
  return next.always.filter(
    ({ innermost, candidates }) =>
      !from.nodes.includes(innermost) ||
      candidates.some((candidate) => chosen.candidates.includes(candidate)),
  )
}

type Step = {
  readonly from: Configuration
  readonly chosen: Chosen
  readonly planned: PlannedMicrostep
  readonly next: Configuration
}

function takePlan(run: LifecycleRun, plan: TransitionPlan, event: AnyEventObject): void {
  for (const action of plan.actions) takeAction(run, action, situationOf(run, event))
  run.configuration = plan.next
  run.changed ||= plan.isChange
}

// XState gives assigns its own actor too. A lifecycle has none, and one that uses it must not get by unnoticed.
function situationOf({ context }: LifecycleRun, event: AnyEventObject): Situation & typeof noActor {
  return { context, event, spawn: noActor.spawn, self: noActor.self, system: noActor.system }
}

function refuseActor(name: string): never {
  throw new CounterfoilError(
    'INVARIANT_BROKEN',
    `an assign of a lifecycle uses \`${name}\`, which lifecycles do not have: name an effect and let its answer come back as an event`,
    { details: { feature: name } },
  )
}

const noActor = {
  spawn: () => refuseActor('spawn'),
  self: new Proxy({}, { get: () => refuseActor('self') }),
  system: new Proxy({}, { get: () => refuseActor('system') }),
}

function takeAction(run: LifecycleRun, action: PlannedAction, situation: Situation): void {
  const params = action.parameters?.(situation)
  switch (action.kind) {
    case 'assign':
      run.context = { ...run.context, ...assigned(action.assignment, situation, params) }
      return
    case 'raise': {
      const { event } = action
      run.raised = [...run.raised, typeof event === 'function' ? event(situation, params) : event]
      return
    }
    case 'effect':
      run.effects = [...run.effects, { type: action.type, params }]
  }
}

function assigned(
  assignment: Assignment | Readonly<Record<string, unknown>>,
  situation: Situation,
  params: unknown,
): object {
  if (typeof assignment === 'function') return assignment(situation, params)
  const update: Record<string, unknown> = {}
  for (const [name, value] of Object.entries(assignment)) {
    update[name] = typeof value === 'function' ? value(situation, params) : value
  }
  return update
}

function runFrom(configuration: Configuration, context: object): LifecycleRun {
  return { configuration, context, changed: false, effects: nothing, raised: nothing }
}

const nothing: readonly never[] = []

function inCircles(stepsMax: number): string {
  return `Infinite loop detected: the machine has processed more than ${stepsMax} microsteps without reaching a stable state. This usually happens when there's a cycle of transitions (e.g., eventless transitions or raised events causing state A -> B -> C -> A).`
}
