import type { AnyStateNode, AnyTransitionDefinition } from 'xstate'
import { CounterfoilError } from '../errors/counterfoil-error.ts'
import { compileGuard } from './compile-guard.ts'
import type {
  Branch,
  Candidate,
  Chosen,
  CompiledLifecycle,
  Configuration,
  Eventless,
  Situation,
} from './compiled-lifecycle.ts'
import { ancestorsOf, isAtomic, type LifecycleValue } from './state-tree.ts'

/** The most event types remembered for one configuration; more are only names some foreign sender made up. */
const eventTypesMax = 500

/** The transitions that an event chooses: in every region the innermost state that takes it. */
export function chooseByEvent(
  lifecycle: CompiledLifecycle,
  configuration: Configuration,
  situation: Situation,
): Chosen {
  const { type } = situation.event
  let branch = configuration.branches.get(type)
  if (branch === undefined) {
    if (reserved.test(type)) throw new CounterfoilError('INVARIANT_BROKEN', reservedText(type))
    branch = branchOf(lifecycle, { node: lifecycle.machine.root, value: configuration.value }, type)
    if (configuration.branches.size >= eventTypesMax) configuration.branches.clear()
    configuration.branches.set(type, branch)
  }
  const { undecided } = configuration
  return branch === null ? undecided : chooseIn(branch, undecided, configuration, situation)
}

/** The eventless transitions that are chosen: for every innermost state the first that passes, there or further out. */
export function chooseAlways(
  configuration: Configuration,
  asked: readonly Eventless[],
  situation: Situation,
): Chosen {
  let chosen = configuration.undecided
  for (const { candidates } of asked) {
    for (const candidate of candidates) {
      const { guard } = candidate
      if (guard !== null && !guard(situation, configuration)) continue
      chosen = chosen.longer.get(candidate) ?? withCandidate(chosen, candidate)
      break
    }
  }
  return chosen
}

/** Nothing chosen yet. */
export function undecided(): Chosen {
  return { candidates: [], longer: new Map(), plan: null }
}

/** For every innermost of the states, its eventless transitions and those of the states around it. */
export function alwaysOf(
  lifecycle: CompiledLifecycle,
  nodes: readonly AnyStateNode[],
): readonly Eventless[] {
  return nodes.filter(isAtomic).flatMap((innermost) => {
    const transitions = [innermost, ...ancestorsOf(innermost)].flatMap(({ always = [] }) => always)
    if (transitions.length === 0) return []
    return { innermost, candidates: transitions.map((found) => candidateOf(lifecycle, found)) }
  })
}

// XState stops, begins and breaks its actors with events of its own, to which lifecycles have no answer.
const reserved = /^xstate\.(?:stop|init|error\.actor)/

function reservedText(type: string): string {
  return `the event \`${type}\` is one of XState's own: name the event otherwise`
}

function chooseIn(
  { inside, candidates }: Branch,
  before: Chosen,
  configuration: Configuration,
  situation: Situation,
): Chosen {
  let chosen = before
  for (const branch of inside) chosen = chooseIn(branch, chosen, configuration, situation)
  if (chosen !== before) return chosen
  for (const candidate of candidates) {
    if (!isPassed(candidate, configuration, situation)) continue
    return chosen.longer.get(candidate) ?? withCandidate(chosen, candidate)
  }
  return chosen
}

// XState tells where a guard broke, though only for transitions by an event.
function isPassed(
  { guard, transition }: Candidate,
  configuration: Configuration,
  situation: Situation,
): boolean {
  if (guard === null) return true
  try {
    return Boolean(guard(situation, configuration))
  } catch (error) {
    const { type } = situation.event
    const name = guardNameOf(transition)
    const { message } = error as Error
    throw new Error(
      `Unable to evaluate guard ${name}in transition for event '${type}' in state node '${transition.source.id}':\n${message}`,
      { cause: error },
    )
  }
}

function guardNameOf({ guard }: AnyTransitionDefinition): string {
  const type: unknown =
    typeof guard === 'object' ? (guard as { readonly type?: unknown }).type : guard
  return typeof type === 'string' ? `'${type}' ` : ''
}

function withCandidate(chosen: Chosen, candidate: Candidate): Chosen {
  const longer = { ...undecided(), candidates: [...chosen.candidates, candidate] }
  chosen.longer.set(candidate, longer)
  return longer
}

/** Who is asked for an event of a type, in the order of the value, as XState does. */
function branchOf(
  lifecycle: CompiledLifecycle,
  { node, value }: { readonly node: AnyStateNode; readonly value: LifecycleValue },
  type: string,
): Branch | null {
  const places = typeof value === 'string' ? { [value]: {} } : value
  const inside = Object.entries(places).flatMap(([key, inner]) => {
    const child = node.states[key]
    if (child === undefined || inner === undefined) return []
    return branchOf(lifecycle, { node: child, value: inner }, type) ?? []
  })
  const candidates = transitionsFor(node, type).map((found) => candidateOf(lifecycle, found))
  return inside.length + candidates.length === 0 ? null : { inside, candidates }
}

/** The transitions of a state for an event: those that name it, then wildcards, the longest first. */
function transitionsFor(node: AnyStateNode, type: string): readonly AnyTransitionDefinition[] {
  const wildcards = [...node.transitions.keys()]
    .filter((descriptor) => descriptor !== type && isMatch(descriptor, type))
    .sort((one, other) => other.length - one.length)
  return [type, ...wildcards].flatMap((descriptor) => node.transitions.get(descriptor) ?? [])
}

function isMatch(descriptor: string, type: string): boolean {
  if (descriptor === '*') return true
  if (!descriptor.endsWith('.*')) return false
  const tokens = type.split('.')
  const wanted = descriptor.split('.')
  const wildcard = wanted.indexOf('*')
  return (
    wildcard === wanted.length - 1 &&
    wanted.slice(0, wildcard).every((token, index) => token === tokens[index])
  )
}

function candidateOf(lifecycle: CompiledLifecycle, transition: AnyTransitionDefinition): Candidate {
  const known = lifecycle.candidates.get(transition)
  if (known !== undefined) return known
  const { guard } = transition
  const candidate = {
    transition,
    guard: guard === undefined ? null : compileGuard(lifecycle.machine, guard),
  }
  lifecycle.candidates.set(transition, candidate)
  return candidate
}
