import type { PolicyFacts } from '@counterfoil/core'
import { refuseUnfetched } from '../fetch/refuse-unfetched.ts'
import type { LoadedRuleSet } from '../rule-set/loaded-rule-set.ts'
import { cellOf, cellOfOther } from './cells.ts'
import type { CheckedRule } from './checked-rule.ts'
import { slotValues } from './decide.ts'
import type { DecisionRecord } from './decision-record.ts'
import { type GroupPlan, type LeafPlan, planTree, type TreePlan } from './plan-tree.ts'
import { preparedRules } from './prepared-rules.ts'
import { fillSlots } from './run-program.ts'

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

type RulePlan = { readonly rule: CheckedRule; readonly plan: TreePlan }

const plans = new WeakMap<LoadedRuleSet, readonly RulePlan[]>()

const plansOf = (loaded: LoadedRuleSet): readonly RulePlan[] => {
  const known = plans.get(loaded)
  if (known !== undefined) return known
  const { rules, program } = preparedRules(loaded)
  const slots = new Map(program.slots.map(({ text }, slot) => [text, slot]))
  const slotOf = (text: string): number => slots.get(text) ?? -1
  const made = rules.map((rule) => ({
    rule,
    plan: planTree(rule.condition, rule.json.conditions, { named: loaded.conditions, slotOf }),
  }))
  plans.set(loaded, made)
  return made
}

/** The values reports are made of, and whether the condition reported last holds. */
type Run = { readonly values: readonly unknown[]; holds: boolean }

const treesOf = (loaded: LoadedRuleSet, values: readonly unknown[]): readonly ResultTree[] => {
  const run: Run = { values, holds: false }
  return plansOf(loaded).map(({ rule, plan }): ResultTree => {
    const conditions = reportOf(plan, run)
    const { event } = rule.json
    return { conditions, event, priority: rule.priority, name: rule.name, result: run.holds }
  })
}

const reportOf = (plan: TreePlan, run: Run): object => {
  if (plan.kind === 'leaf') return reportOfLeaf(plan, run)
  if (plan.kind !== 'not') return reportOfGroup(plan, run)
  const not = reportOf(plan.plan, run)
  run.holds = !run.holds
  return { ...plan.labels, not }
}

const reportOfGroup = (plan: GroupPlan, run: Run): object => {
  const { kind, labels, sets } = plan
  const reports = sets.length === 1 ? reportsOfAll(plan, run) : reportsBySet(plan, run)
  const { priority, name } = labels
  if (name !== undefined) return { ...labels, [kind]: reports }
  return kind === 'all' ? { priority, all: reports } : { priority, any: reports }
}

const reportsOfAll = ({ kind, plans: parts }: GroupPlan, run: Run): readonly object[] => {
  const decides = kind === 'any'
  let isDecided = false
  const reports = parts.map((part) => {
    const report = reportOf(part, run)
    if (run.holds === decides) isDecided = true
    return report
  })
  run.holds = isDecided === decides
  return reports
}

const reportsBySet = ({ kind, plans: parts, sets }: GroupPlan, run: Run): readonly object[] => {
  const decides = kind === 'any'
  const reports = parts.map((part) => part.unseen)
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

const reportOfLeaf = (plan: LeafPlan, run: Run): object => {
  const found = run.values[plan.slot]
  if (plan.cells === null) return newReport(plan, found, run)
  const cell = cellOf(plan.cells, found)
  // Only this cell holds more than one value.
  if (cell === cellOfOther) return newReport(plan, found, run)
  const known = plan.known[cell]
  if (known !== undefined) {
    run.holds = known.holds
    return known.tree
  }
  const tree = Object.freeze(newReport(plan, found, run))
  plan.known[cell] = { holds: run.holds, tree }
  return tree
}

const newReport = (plan: LeafPlan, factResult: unknown, run: Run): object => {
  const { written, other, constant, test } = plan
  const { operator, value, fact, path, rest } = written
  const valueResult = other === null ? constant : run.values[other]
  const result = test(factResult, valueResult)
  run.holds = result
  if (rest === null && factResult !== undefined && valueResult !== undefined) {
    return { operator, value, fact, factResult, valueResult, result, path }
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
