import { and, type AnyStateMachine, type AnyStateNode, not, or } from 'xstate'
import { hashOf, type Sha256 } from '../hash/content-hash.ts'
import { childrenOf, transitionsOf } from './state-tree.ts'

/** What a stored state depends on: the machines that made it, and what is stored. */
export type LifecycleShape = {
  readonly machines: readonly AnyStateMachine[]
  /** JSON Schema of what is stored, or anything else in plain JSON that says what its fields mean. */
  readonly state?: unknown
}

/**
 * The shape of lifecycles as one hash: states, regions, which events and guards lead where, the names of guards and
 * actions, and the stored fields. What a guard answers and an assign does is not in it: who changes that raises the version.
 */
export function lifecycleShape({ machines, state = null }: LifecycleShape): Sha256 {
  return hashOf({ machines: machines.map(describeLifecycle), state })
}

/** What the shape of a lifecycle is made of, as plain JSON: for those who want to know why two hashes differ. */
export function describeLifecycle({ id, root }: AnyStateMachine): {
  readonly [name: string]: unknown
} {
  return { id, ...describeState(root) }
}

function describeState(node: AnyStateNode): { readonly [name: string]: unknown } {
  const { type, entry, exit } = node
  return {
    type,
    initial: type === 'compound' ? pathsOf(node.initial.target) : [],
    entry: entry.map(nameOf),
    exit: exit.map(nameOf),
    transitions: transitionsOf(node).map(({ eventType, guard, target, actions, reenter }) => ({
      event: eventType,
      guard: guard === undefined ? null : nameOf(guard),
      targets: pathsOf(target),
      actions: actions.map(nameOf),
      reenter,
    })),
    states: Object.fromEntries(childrenOf(node).map((child) => [child.key, describeState(child)])),
  }
}

function pathsOf(targets: readonly AnyStateNode[] | undefined): readonly string[] {
  return (targets ?? []).map(({ path }) => path.join('.'))
}

/** A guard or an action by its name and parameters; a combination of guards by what it combines. */
function nameOf(asked: unknown): unknown {
  if (typeof asked === 'string') return asked
  if (typeof asked === 'function') return combinationOf(asked)
  const { type, params } = asked as { readonly type: string; readonly params?: unknown }
  if (params === undefined) return type
  return { type, params: typeof params === 'function' ? 'computed' : params }
}

function combinationOf(guard: Combination): unknown {
  const kind = combinations.find(([, check]) => check === guard.check)?.[0]
  if (kind === undefined) return guard.name === '' ? 'unnamed' : guard.name
  return { [kind]: (guard.guards ?? []).map(nameOf) }
}

type Combination = {
  readonly name?: string
  readonly check?: unknown
  readonly guards?: readonly unknown[]
}

const combinations = Object.entries({
  not: not(() => true),
  and: and([]),
  or: or([]),
}).map(([kind, guard]): [string, unknown] => [kind, (guard as Combination).check])
