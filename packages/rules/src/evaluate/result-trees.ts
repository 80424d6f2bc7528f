import type { PolicyFacts } from '@counterfoil/core'
import { refuseUnfetched } from '../fetch/refuse-unfetched.ts'
import type { LoadedRuleSet } from '../rule-set/loaded-rule-set.ts'
import { allHoldIn, cellsIn } from './cell-truth.ts'
import { cellOf, type Cells, cutCells } from './cells.ts'
import type { CheckedComparison, CheckedRule } from './checked-rule.ts'
import { comparisonsIn } from './comparisons-in.ts'
import { slotValues } from './decide.ts'
import type { DecisionRecord } from './decision-record.ts'
import { inOrderOfPriority } from './hit-policy.ts'
import { type GroupPlan, type LeafPlan, planTree, type TreePlan } from './plan-tree.ts'
import { preparedRules } from './prepared-rules.ts'
import { fillSlots } from './run-program.ts'
import { isCellComparison } from './terms.ts'

/** The result of one rule, as json-rules-engine's `RuleResult` gives it as JSON. */
export type ResultTree = {
  /** Each comparison with the value found, the value compared with and its result. */
  readonly conditions: object
  readonly event: CheckedRule['json']['event']
  readonly priority: number
  readonly name: string
  readonly result: boolean
}

/**
 * The results of every rule on some facts, those that fire and those that do not, as json-rules-engine
 * reports them. In rank order; parts that are alike may be the same frozen object.
 */
export const resultTrees = (loaded: LoadedRuleSet, facts: PolicyFacts): readonly ResultTree[] => {
  refuseUnfetched(loaded, facts)
  const { program, slots } = preparedRules(loaded)
  fillSlots(program, facts, slots)
  return treesOf(loaded, slots.values)
}

/** The same for a decision that was recorded, from its record alone. */
export const resultTreesOfRecord = (
  loaded: LoadedRuleSet,
  record: DecisionRecord,
): readonly ResultTree[] => treesOf(loaded, slotValues(loaded, record))

type Planned = {
  readonly rules: readonly { readonly rule: CheckedRule; readonly plan: TreePlan }[]
  /** By slot: its cells, and numbers for the values that came first, of which reports are kept. */
  readonly cuts: readonly (Cells | null)[]
  readonly remembered: readonly Map<unknown, number>[]
  /** Room for a run. */
  readonly numbers: Int32Array
  readonly cells: Int32Array
}

const planned = new WeakMap<LoadedRuleSet, Planned>()

const plannedOf = (loaded: LoadedRuleSet): Planned => {
  const known = planned.get(loaded)
  if (known !== undefined) return known
  const made = plan(loaded)
  planned.set(loaded, made)
  return made
}

const plan = (loaded: LoadedRuleSet): Planned => {
  const { program } = preparedRules(loaded)
  const rules = inOrderOfPriority(loaded.rules)
  const slots = new Map(program.slots.map(({ text }, slot) => [text, slot]))
  const comparisons = [...comparisonsIn(rules)].filter(isCellComparison)
  const cuts = program.slots.map(({ text }) => {
    const own = comparisons.filter(({ left }) => left.text === text)
    return own.length === 0 ? null : cutCells(own)
  })
  const slotOf = (text: string): number => slots.get(text) ?? -1
  const truthOf = (comparison: CheckedComparison): readonly boolean[] | null => {
    const at = cuts[slotOf(comparison.left.text)]
    if (at === undefined || at === null || !isCellComparison(comparison)) return null
    const signed = [{ condition: comparison, isNegated: false }]
    return cellsIn(at).map((cell) => allHoldIn(at, cell, signed))
  }
  const planning = { named: loaded.conditions, slotOf, truthOf }
  return {
    rules: rules.map((rule) => ({
      rule,
      plan: planTree(rule.condition, rule.json.conditions, planning),
    })),
    cuts,
    remembered: program.slots.map(() => new Map<unknown, number>()),
    numbers: new Int32Array(cuts.length),
    cells: new Int32Array(cuts.length),
  }
}

/** How many values of a slot are remembered, and how long a text may be for that. */
const rememberedMax = 64
const rememberedLengthMax = 64

/** What reports are made of, and whether the condition reported last holds. */
type Run = {
  readonly values: readonly unknown[]
  /** By slot: the number of its value among those remembered, -1 where it is not; its cell. */
  readonly numbers: Int32Array
  readonly cells: Int32Array
  holds: boolean
}

const treesOf = (loaded: LoadedRuleSet, values: readonly unknown[]): readonly ResultTree[] => {
  const plans = plannedOf(loaded)
  const { numbers, cells } = plans
  for (let slot = 0; slot < values.length; slot += 1) {
    const value = values[slot]
    const cut = plans.cuts[slot] ?? null
    const number = isSeldomTwice(cut) ? -1 : numberOf(plans.remembered[slot], value)
    numbers[slot] = number
    cells[slot] = number < 0 && cut !== null ? cellOf(cut, value) : -1
  }
  const run: Run = { values, numbers, cells, holds: false }
  return plans.rules.map(({ rule, plan: own }): ResultTree => {
    const conditions = reportOf(own, run)
    const { event } = rule.json
    const { priority, name } = rule
    return { conditions, event, priority, name, result: run.holds }
  })
}

/** Amounts rarely come twice. */
const isSeldomTwice = (cut: Cells | null): boolean =>
  cut !== null && cut.decimals.thresholds.length > 0

const numberOf = (remembered: Map<unknown, number> | undefined, value: unknown): number => {
  if (remembered === undefined || (typeof value === 'object' && value !== null)) return -1
  const number = remembered.get(value)
  if (number !== undefined) return number
  if (remembered.size >= rememberedMax) return -1
  if (typeof value === 'string' && value.length > rememberedLengthMax) return -1
  remembered.set(value, remembered.size)
  return remembered.size - 1
}

const reportOf = (own: TreePlan, run: Run): object => {
  if (own.kind === 'leaf') return reportOfLeaf(own, run)
  if (own.kind !== 'not') return reportOfGroup(own, run)
  const not = reportOf(own.plan, run)
  run.holds = !run.holds
  return { ...own.labels, not }
}

const reportOfGroup = (group: GroupPlan, run: Run): object => {
  const { kind, labels, sets } = group
  const reports = sets.length === 1 ? reportsOfAll(group, run) : reportsBySet(group, run)
  const { priority, name } = labels
  if (name !== undefined) return { ...labels, [kind]: reports }
  return kind === 'all' ? { priority, all: reports } : { priority, any: reports }
}

const reportsOfAll = (
  { kind, plans: parts, unseenParts }: GroupPlan,
  run: Run,
): readonly object[] => {
  const decides = kind === 'any'
  let isDecided = false
  // A copy has just the room it needs, where a list that grows takes more.
  const reports = unseenParts.slice()
  for (let index = 0; index < parts.length; index += 1) {
    const part = parts[index]
    if (part === undefined) continue
    reports[index] = reportOf(part, run)
    if (run.holds === decides) isDecided = true
  }
  run.holds = isDecided === decides
  return reports
}

const reportsBySet = (
  { kind, plans: parts, sets, unseenParts }: GroupPlan,
  run: Run,
): readonly object[] => {
  const decides = kind === 'any'
  const reports = unseenParts.slice()
  let isDecided = false
  for (const set of sets) {
    if (isDecided) break
    for (const index of set) {
      const part = parts[index]
      if (part === undefined) continue
      reports[index] = reportOf(part, run)
      if (run.holds === decides) isDecided = true
    }
  }
  run.holds = isDecided === decides
  return reports
}

const reportOfLeaf = (leaf: LeafPlan, run: Run): object => {
  const number = leaf.other === null ? (run.numbers[leaf.slot] ?? -1) : -1
  if (number < 0) return newReport(leaf, run)
  const known = leaf.known[number]
  if (known !== undefined) {
    run.holds = known.holds
    return known.tree
  }
  const tree = Object.freeze(newReport(leaf, run))
  leaf.known[number] = { holds: run.holds, tree }
  return tree
}

const newReport = (leaf: LeafPlan, run: Run): object => {
  const { slot, written, other, constant, truth } = leaf
  const { operator, value, fact, path, rest } = written
  const factResult = run.values[slot]
  const valueResult = other === null ? constant : run.values[other]
  const byCell = truth?.[run.cells[slot] ?? -1]
  const result = byCell ?? leaf.test(factResult, valueResult)
  run.holds = result
  if (rest === null && factResult !== undefined && valueResult !== undefined) {
    return path === undefined
      ? { operator, value, fact, factResult, valueResult, result }
      : { operator, value, fact, factResult, valueResult, result, path }
  }
  return {
    operator,
    value,
    fact,
    ...(factResult === undefined ? {} : { factResult }),
    ...(valueResult === undefined ? {} : { valueResult }),
    result,
    ...(path === undefined ? {} : { path }),
    ...rest,
  }
}
