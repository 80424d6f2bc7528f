import type { AnyStateMachine, AnyStateNode, AnyTransitionDefinition } from 'xstate'
import type { PlannedAction } from './compiled-lifecycle.ts'
import { planAction } from './plan-action.ts'
import { ancestorsOf, childrenOf, isCompleted, isWithin } from './state-tree.ts'

/** What taking transitions from the active states comes to, and the states that are active then. */
export type PlannedMicrostep = {
  readonly actions: readonly PlannedAction[]
  readonly nodes: readonly AnyStateNode[]
  readonly status: 'active' | 'done'
  readonly isChange: boolean
}

/** The active states, in XState's order, and whether the lifecycle was over before. */
export type Standing = {
  readonly nodes: readonly AnyStateNode[]
  readonly status: 'active' | 'done'
}

/**
 * Works out one microstep as XState's algorithm does (SCXML, "microstep"): which states are left and entered, and all
 * actions in their order. Guards have no part in it, so it holds for every event that chooses the same transitions.
 */
export function planTransitions(
  machine: AnyStateMachine,
  standing: Standing,
  chosen: readonly AnyTransitionDefinition[],
): PlannedMicrostep {
  if (chosen.length === 0) return { ...standing, actions: [], isChange: false }
  const active = new Set(standing.nodes)
  const taken = withoutConflicts(chosen, active)
  const actions: PlannedAction[] = []
  for (const node of lastFirst(exitSet(taken, active))) {
    actions.push(...plannedActions(node.exit, machine))
    active.delete(node)
  }
  for (const transition of taken) actions.push(...plannedActions(transition.actions, machine))
  const isEnd = enterStates(taken, active, actions)
  const status = isEnd ? 'done' : standing.status
  const isSame =
    standing.nodes.length === active.size && standing.nodes.every((node) => active.has(node))
  const nodes = status === 'done' ? lastFirst(active) : [...active]
  if (status === 'done')
    actions.push(...nodes.flatMap((node) => plannedActions(node.exit, machine)))
  return {
    actions,
    nodes: isSame ? standing.nodes : nodes,
    status,
    isChange: !isSame || isEnd || actions.some(({ kind }) => kind === 'assign'),
  }
}

/** The microstep in which a lifecycle enters its first states. */
export function planBeginning(machine: AnyStateMachine): PlannedMicrostep {
  const { root } = machine
  const beginning = { source: root, target: initialStates(root), reenter: true, actions: [] }
  const active = new Set([root])
  const actions: PlannedAction[] = []
  const isEnd = enterStates([beginning as never], active, actions)
  const nodes = isEnd ? lastFirst(active) : [...active]
  if (isEnd) actions.push(...nodes.flatMap((node) => plannedActions(node.exit, machine)))
  return { actions, nodes, status: isEnd ? 'done' : 'active', isChange: true }
}

// What `checkLifecycle` refuses never comes here.
function plannedActions(
  actions: readonly unknown[],
  machine: AnyStateMachine,
): readonly PlannedAction[] {
  return actions.flatMap((action) => {
    const planned = planAction(machine, action)
    return planned.kind === 'refused' ? [] : planned
  })
}

function initialStates(node: AnyStateNode): readonly AnyStateNode[] {
  if (node.type === 'compound') return [node, ...node.initial.target.flatMap(initialStates)]
  return node.type === 'parallel' ? [node, ...childrenOf(node).flatMap(initialStates)] : [node]
}

function lastFirst(nodes: Iterable<AnyStateNode>): readonly AnyStateNode[] {
  return [...nodes].sort((one, other) => other.order - one.order)
}

/** Of two transitions that leave the same state, the one written further inside is taken, else the first. */
function withoutConflicts(
  chosen: readonly AnyTransitionDefinition[],
  active: ReadonlySet<AnyStateNode>,
): readonly AnyTransitionDefinition[] {
  const taken = new Set<AnyTransitionDefinition>()
  for (const transition of chosen) {
    const left = exitSet([transition], active)
    const rivals = [...taken].filter((other) =>
      [...exitSet([other], active)].some((node) => left.has(node)),
    )
    const stronger = rivals.findIndex((rival) => !isWithin(transition.source, rival.source))
    if (stronger !== -1) continue
    rivals.forEach((rival) => taken.delete(rival))
    taken.add(transition)
  }
  return [...taken]
}

function exitSet(
  transitions: readonly AnyTransitionDefinition[],
  active: ReadonlySet<AnyStateNode>,
): Set<AnyStateNode> {
  const left = new Set<AnyStateNode>()
  for (const transition of transitions) {
    if (targetsOf(transition).length === 0) continue
    const domain = domainOf(transition)
    if (domain !== undefined && transition.reenter && transition.source === domain) left.add(domain)
    for (const node of active) if (isWithin(node, domain)) left.add(node)
  }
  return left
}

function targetsOf({ target }: AnyTransitionDefinition): readonly AnyStateNode[] {
  return target ?? []
}

/** The state in which everything a transition does happens; undefined where the root itself is entered anew. */
function domainOf(transition: AnyTransitionDefinition): AnyStateNode | undefined {
  const { source, reenter } = transition
  const targets = targetsOf(transition)
  if (!reenter && targets.every((target) => target === source || isWithin(target, source))) {
    return source
  }
  const [first, ...others] = [...targets, source]
  const common = ancestorsOf(first).find((outer) => others.every((node) => isWithin(node, outer)))
  return common ?? (reenter ? undefined : source.machine.root)
}

/** Enters states outermost first, adding their actions; true where the whole lifecycle has come to its end. */
function enterStates(
  taken: readonly AnyTransitionDefinition[],
  active: Set<AnyStateNode>,
  actions: PlannedAction[],
): boolean {
  const { entered, byDefault } = entrySet(taken)
  let isEnd = false
  for (const node of [...entered].sort((one, other) => one.order - other.order)) {
    active.add(node)
    actions.push(...plannedActions(node.entry, node.machine))
    if (byDefault.has(node)) actions.push(...plannedActions(node.initial.actions, node.machine))
    if (node.type !== 'final') continue
    const { parent } = node
    if (parent?.type === 'compound') actions.push(raiseDone(parent))
    let around = parent?.type === 'parallel' ? parent : parent?.parent
    while (around?.type === 'parallel' && isCompleted(around, active)) {
      actions.push(raiseDone(around))
      around = around.parent
    }
    if (around === undefined) isEnd = true
  }
  return isEnd
}

/** XState tells the lifecycle itself that a state has come to its end. */
function raiseDone({ id }: AnyStateNode): PlannedAction {
  const event = { type: `xstate.done.state.${id}`, output: undefined }
  return { kind: 'raise', event, parameters: undefined }
}

/** The states to enter, and those of them whose initial transition is taken too. */
type EntrySet = { readonly entered: Set<AnyStateNode>; readonly byDefault: Set<AnyStateNode> }

function entrySet(taken: readonly AnyTransitionDefinition[]): EntrySet {
  const set: EntrySet = { entered: new Set(), byDefault: new Set() }
  for (const transition of taken) {
    const { source, reenter } = transition
    const domain = domainOf(transition)
    for (const target of targetsOf(transition)) {
      if (source !== target || source !== domain || reenter) addByDefault(target, set)
      addDescendants(target, set)
    }
    for (const target of new Set(targetsOf(transition))) {
      const around = ancestorsOf(target, domain)
      const shared = domain?.type === 'parallel' ? [domain] : []
      addAncestors([...around, ...shared], domain, set)
    }
  }
  return set
}

function addByDefault(node: AnyStateNode, { entered, byDefault }: EntrySet): void {
  entered.add(node)
  byDefault.add(node)
}

function addDescendants(node: AnyStateNode, set: EntrySet): void {
  if (node.type === 'compound') {
    for (const first of node.initial.target) {
      addByDefault(first, set)
      addDescendants(first, set)
    }
  }
  if (node.type === 'parallel') {
    for (const region of childrenOf(node)) {
      if (isEnteredWithin(region, set)) continue
      addByDefault(region, set)
      addDescendants(region, set)
    }
  }
}

function addAncestors(
  ancestors: readonly AnyStateNode[],
  inside: AnyStateNode | undefined,
  set: EntrySet,
): void {
  for (const node of ancestors) {
    if (inside === undefined || isWithin(node, inside)) set.entered.add(node)
    if (node.type !== 'parallel') continue
    for (const region of childrenOf(node)) {
      if (isEnteredWithin(region, set)) continue
      set.entered.add(region)
      addDescendants(region, set)
    }
  }
}

function isEnteredWithin(region: AnyStateNode, { entered }: EntrySet): boolean {
  return [...entered].some((node) => isWithin(node, region))
}
