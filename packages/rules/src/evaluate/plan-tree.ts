import type { RuleConditionRoot } from '../rule-set/rule-condition.ts'
import type { CheckedComparison, CheckedCondition } from './checked-rule.ts'
import { testOf } from './operators.ts'
import type { Test } from './operators.ts'

/** A condition of a rule, ready to be reported for any facts as json-rules-engine reports it. */
export type TreePlan = LeafPlan | GroupPlan | NotPlan

/** One comparison. */
export type LeafPlan = {
  readonly kind: 'leaf'
  readonly slot: number
  /** The slot compared with; null where `constant` is. */
  readonly other: number | null
  readonly constant: unknown
  readonly test: Test
  /** The fields it always has. */
  readonly written: WrittenLeaf
  /** How it stands in a report that did not come to it. */
  readonly unseen: object
  /** Whether it holds, by the cell of its slot; null where cells do not decide it. */
  readonly truth: readonly boolean[] | null
  /** The report made for each value its slot remembers. */
  readonly known: (KnownLeaf | undefined)[]
}

/** A leaf as reported once, and whether it holds. */
export type KnownLeaf = { readonly holds: boolean; readonly tree: object }

/** The fields of a comparison as written. */
export type WrittenLeaf = {
  readonly operator: string
  readonly value: unknown
  readonly fact: string
  readonly path: string | undefined
  /** Name, priority and params; null where it has none of them. */
  readonly rest: object | null
}

/** Conditions of which all, or one, must hold. */
export type GroupPlan = {
  readonly kind: 'all' | 'any'
  readonly labels: { readonly priority: number; readonly name?: string }
  readonly plans: readonly TreePlan[]
  /** The numbers of the plans of each priority, higher first: once they have decided, no more are asked. */
  readonly sets: readonly (readonly number[])[]
  readonly unseenParts: readonly object[]
  readonly unseen: object
}

/** A condition that must not hold. */
export type NotPlan = {
  readonly kind: 'not'
  readonly labels: { readonly priority: number; readonly name?: string }
  readonly plan: TreePlan
  readonly unseen: object
}

type Named = Readonly<Record<string, RuleConditionRoot>>
type Json = { readonly [field: string]: unknown }

/** What a plan is made with: the named conditions, and the slots of places. */
export type TreePlanning = {
  readonly named: Named
  readonly slotOf: (place: string) => number
  /** Whether a comparison holds, by the cell of its slot; null where cells do not decide it. */
  readonly truthOf: (comparison: CheckedComparison) => readonly boolean[] | null
}

/** Plans the report of a condition from its checked form and the JSON it was made from. */
export const planTree = (
  condition: CheckedCondition,
  json: unknown,
  planning: TreePlanning,
): TreePlan => {
  const written = isJson(json) ? json : {}
  const { name, resolved } = resolve(written, planning.named)
  if (condition.kind === 'comparison') return planLeaf(condition, resolved, planning)
  const labels = { priority: priorityOf(resolved) ?? 1, ...name }
  const unseenLabels = resolved === written ? labels : null
  if (condition.kind === 'not') {
    const plan = planTree(condition.condition, resolved['not'], planning)
    const unseen =
      unseenLabels === null ? unseenReference(written) : { ...labels, not: plan.unseen }
    return { kind: 'not', labels, plan, unseen }
  }
  const { kind } = condition
  const parts = listIn(resolved, kind)
  const plans = condition.conditions.map((one, index) => planTree(one, parts[index], planning))
  const unseenParts = plans.map((plan) => plan.unseen)
  const unseen =
    unseenLabels === null ? unseenReference(written) : { ...labels, [kind]: unseenParts }
  return { kind, labels, plans, sets: setsOf(parts), unseenParts, unseen }
}

/**
 * A named condition in the place that names it. The engine copies its fields over those written there, so
 * its name and priority win; a boolean condition always has a priority.
 */
const resolve = (
  written: Json,
  named: Named,
): { readonly name: { readonly name?: string }; readonly resolved: Json } => {
  let resolved = written
  let name = nameIn(written)
  while (typeof resolved['condition'] === 'string') {
    const next: unknown = named[resolved['condition']]
    if (!isJson(next)) break
    resolved = next
    name = { ...name, ...nameIn(resolved) }
  }
  return { name, resolved }
}

const nameIn = ({ name }: Json): { readonly name?: string } =>
  typeof name === 'string' ? { name } : {}

const priorityOf = ({ priority }: Json): number | null =>
  typeof priority === 'number' ? priority : null

const unseenReference = (written: Json): object => ({
  ...(priorityOf(written) === null ? {} : { priority: priorityOf(written) }),
  ...nameIn(written),
  condition: written['condition'],
})

/** Conditions by priority, as the engine asks them; one without a priority has that of its fact, which is 1. */
const setsOf = (parts: readonly unknown[]): readonly (readonly number[])[] => {
  const sets = new Map<number, number[]>()
  for (const [index, part] of parts.entries()) {
    const priority = (isJson(part) ? priorityOf(part) : null) ?? 1
    sets.set(priority, [...(sets.get(priority) ?? []), index])
  }
  return [...sets].toSorted(([a], [b]) => b - a).map(([, set]) => set)
}

const planLeaf = (comparison: CheckedComparison, json: Json, planning: TreePlanning): LeafPlan => {
  const { operator, value, fact, path, params, name, priority } = json
  const labels = Object.entries({ priority, name, params }).filter(([, one]) => one !== undefined)
  const rest = labels.length === 0 ? null : Object.fromEntries(labels)
  const at = typeof path === 'string' ? path : undefined
  const { right } = comparison
  return {
    kind: 'leaf',
    slot: planning.slotOf(comparison.left.text),
    other: right.kind === 'fact' ? planning.slotOf(right.place.text) : null,
    constant: right.kind === 'constant' ? right.value : undefined,
    test: testOf(comparison),
    written: { operator: String(operator), value, fact: String(fact), path: at, rest },
    unseen: { operator, value, fact, ...(at === undefined ? {} : { path: at }), ...rest },
    truth: planning.truthOf(comparison),
    known: [],
  }
}

const listIn = (json: Json, kind: string): readonly unknown[] => {
  const list = json[kind]
  return Array.isArray(list) ? list : []
}

const isJson = (value: unknown): value is Json => typeof value === 'object' && value !== null
