import type { AnyStateNode, AnyTransitionDefinition } from 'xstate'

/** The states a lifecycle is in: one name, or one for each region and the regions inside it. */
export type LifecycleValue = string | { readonly [region: string]: LifecycleValue | undefined }

/** The states a state lies in, innermost first, up to and without `end`. */
export function ancestorsOf(node: AnyStateNode, end?: AnyStateNode): readonly AnyStateNode[] {
  const ancestors: AnyStateNode[] = []
  if (node === end) return ancestors
  for (let up = node.parent; up !== undefined && up !== end; up = up.parent) ancestors.push(up)
  return ancestors
}

/** True where a state lies inside another at any depth. Inside no other state at all lies every state. */
export function isWithin(node: AnyStateNode, outer: AnyStateNode | undefined): boolean {
  let top = node
  while (top.parent !== undefined && top.parent !== outer) top = top.parent
  return top.parent === outer
}

/** True for a state without states inside it. */
export function isAtomic(node: AnyStateNode): boolean {
  return node.type === 'atomic' || node.type === 'final'
}

/** The states directly inside a state, in the order in which they are written. */
export function childrenOf(node: AnyStateNode): readonly AnyStateNode[] {
  return Object.values(node.states)
}

/** A state and all states inside it. */
export function nodesIn(node: AnyStateNode): readonly AnyStateNode[] {
  return [node, ...childrenOf(node).flatMap(nodesIn)]
}

/** All transitions of a state, eventless ones first. */
export function transitionsOf(node: AnyStateNode): readonly AnyTransitionDefinition[] {
  return [...(node.always ?? []), ...[...node.transitions.values()].flat()]
}

/** True where a state has come to its end: it is final, the state inside it is, or all of its regions have. */
export function isCompleted(node: AnyStateNode, active: ReadonlySet<AnyStateNode>): boolean {
  if (node.type === 'compound') {
    return childrenOf(node).some((child) => child.type === 'final' && active.has(child))
  }
  if (node.type === 'parallel') return childrenOf(node).every((child) => isCompleted(child, active))
  return node.type === 'final'
}

/** The names of the active states as they are stored. Frozen: all lifecycles in these states share it. */
export function valueOf(root: AnyStateNode, active: readonly AnyStateNode[]): LifecycleValue {
  const inside = new Map<AnyStateNode, AnyStateNode[]>()
  for (const node of active) {
    if (node.parent !== undefined)
      inside.set(node.parent, [...(inside.get(node.parent) ?? []), node])
  }
  return valueUnder(root, inside)
}

function valueUnder(
  node: AnyStateNode,
  inside: ReadonlyMap<AnyStateNode, readonly AnyStateNode[]>,
): LifecycleValue {
  const children = inside.get(node) ?? []
  const [first] = children
  if (node.type === 'compound' && first !== undefined && isAtomic(first)) return first.key
  return Object.freeze(
    Object.fromEntries(children.map((child) => [child.key, valueUnder(child, inside)])),
  )
}
