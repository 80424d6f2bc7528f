import type { AnyStateMachine, AnyStateNode, AnyTransitionDefinition } from 'xstate'
import { CounterfoilError } from '../errors/counterfoil-error.ts'
import { compileGuard } from './compile-guard.ts'
import { planAction, type Refusal } from './plan-action.ts'
import { ancestorsOf, isWithin, nodesIn, transitionsOf } from './state-tree.ts'

/** Refuses a machine with a feature that lifecycles do not have, naming the state and what to write instead. */
export function checkLifecycle(machine: AnyStateMachine): void {
  const [actor] = Object.keys(machine.implementations.actors)
  if (actor !== undefined) refuse(machine.root, { ...actors, feature: `the actor \`${actor}\`` })
  for (const node of nodesIn(machine.root)) {
    const refusal = [...refusedInState(node), ...transitionsOf(node).flatMap(refusedInTransition)]
    if (refusal[0] !== undefined) refuse(node, refusal[0])
  }
}

function refuse(node: AnyStateNode, { feature, instead }: Refusal): never {
  const { id } = node.machine
  const state = node.path.join('.')
  const place = state === '' ? 'at its root' : `in \`${state}\``
  throw new CounterfoilError(
    'INVARIANT_BROKEN',
    `the lifecycle \`${id}\` has ${feature} ${place}, which lifecycles do not have: ${instead}`,
    { details: { lifecycle: id, state, feature } },
  )
}

const actors = { instead: 'name an effect and let its answer come back as an event' }

const keywords: Readonly<Record<string, Omit<Refusal, 'feature'>>> = {
  invoke: actors,
  after: { instead: 'let the host send an event when the time has come' },
  output: { instead: 'keep what comes of it in the context' },
  route: { instead: 'write a transition for an event of its own' },
  history: { instead: 'keep the way back as a fact in the context' },
}

function refusedInState({ config, entry, exit, type, initial, machine }: AnyStateNode): Refusal[] {
  const written = Object.keys(keywords).filter((keyword) => keyword in config)
  if (type === 'history') written.push('history')
  const first = type === 'compound' ? initial.actions : []
  return [
    ...written.flatMap((word) => ({ feature: `\`${word}\``, instead: '', ...keywords[word] })),
    ...[...entry, ...exit, ...first].flatMap((action) => refusedAction(machine, action)),
  ]
}

function refusedInTransition({ source, guard, actions, target }: AnyTransitionDefinition) {
  const refused: Refusal[] = actions.flatMap((action) => refusedAction(source.machine, action))
  if (guard !== undefined && compileGuard(source.machine, guard) === null)
    refused.push(unknownGuard)
  const targets: readonly AnyStateNode[] = [...new Set(target)]
  const isApart = targets.every((one, index) =>
    targets.slice(index + 1).every((other) => isInOtherRegion(one, other)),
  )
  return isApart ? refused : [...refused, rivalTargets]
}

function refusedAction(machine: AnyStateMachine, action: unknown): readonly Refusal[] {
  const planned = planAction(machine, action)
  return planned.kind === 'refused' ? [planned.because] : []
}

const unknownGuard: Refusal = {
  feature: 'a guard that is not implemented',
  instead: 'write it in `setup({ guards })`',
}

const rivalTargets: Refusal = {
  feature: 'a transition to states that cannot be active together',
  instead: 'name one state in each region',
}

function isInOtherRegion(one: AnyStateNode, other: AnyStateNode): boolean {
  if (isWithin(one, other) || isWithin(other, one)) return false
  return ancestorsOf(one).find((node) => isWithin(other, node))?.type === 'parallel'
}
