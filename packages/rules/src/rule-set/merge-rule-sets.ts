import type { CheckedRule } from '../evaluate/checked-rule.ts'
import type { CompiledTable } from '../table/compile-table.ts'
import type {
  LoadedRuleSet,
  LoadedTable,
  OverriddenSetting,
  OverridesReport,
} from './loaded-rule-set.ts'
import type { Rule, RuleSet } from './rule-set.ts'

/** A rule of a merged set: as written, where, and by which version. */
export type MergedRule = {
  readonly rule: Rule
  readonly from: string
  /** Null for a rule of the extended set. */
  readonly ownIndex: number | null
}

/**
 * The rules that hold when a set extends another: the extended set's in their order, those of the same
 * name replaced in their place, those switched off left out, and then the new ones. Rows of tables are not
 * among them.
 */
export const mergeRules = (own: RuleSet, base: LoadedRuleSet | null): readonly MergedRule[] => {
  const from = `${own.id}@${own.version}`
  const rules = own.rules.map((rule, ownIndex): MergedRule => ({ rule, from, ownIndex }))
  const inherited = writtenRules(base).map((one): MergedRule => ({
    rule: one.json,
    from: one.from,
    ownIndex: null,
  }))
  return mergeByName(rules, inherited, { nameOf: ({ rule }) => rule.name, own })
}

/** A table that holds in a merged set, with its rows as rules. */
export type MergedTable = LoadedTable & { readonly rules: readonly CheckedRule[] }

/** The tables that hold when a set extends another; a table of the same name replaces all of the other. */
export const mergeTables = (
  own: RuleSet,
  compiled: readonly CompiledTable[],
  base: LoadedRuleSet | null,
): readonly MergedTable[] => {
  const from = `${own.id}@${own.version}`
  const rowsByTable = Map.groupBy(base?.rules ?? [], ({ table }) => table)
  const inherited = (base?.tables ?? []).map((one): MergedTable => ({
    ...one,
    rules: rowsByTable.get(one.table.name) ?? [],
  }))
  const tables = compiled.map(({ table, rules }): MergedTable => ({ table, from, rules }))
  return mergeByName(tables, inherited, { nameOf: ({ table }) => table.name, own })
}

const mergeByName = <One>(
  ownOnes: readonly One[],
  inherited: readonly One[],
  { nameOf, own }: { readonly nameOf: (one: One) => string; readonly own: RuleSet },
): readonly One[] => {
  const ownByName = new Map(ownOnes.map((one) => [nameOf(one), one]))
  const isOff = new Set(own.switchedOff ?? [])
  const baseNames = new Set(inherited.map(nameOf))
  return [
    ...inherited
      .filter((one) => !isOff.has(nameOf(one)))
      .map((one) => ownByName.get(nameOf(one)) ?? one),
    ...ownOnes.filter((one) => !baseNames.has(nameOf(one))),
  ]
}

const writtenRules = (base: LoadedRuleSet | null): readonly CheckedRule[] =>
  (base?.rules ?? []).filter(({ table }) => table === null)

/** Says what a set changes in the one it extends. */
export const reportOverrides = (own: RuleSet, base: LoadedRuleSet | null): OverridesReport => {
  const baseRules = writtenRules(base).map(({ name }) => name)
  const switchedOff = own.switchedOff ?? []
  return {
    extends: own.extends ?? null,
    ...compareNames(
      own.rules.map(({ name }) => name),
      baseRules,
      switchedOff,
    ),
    conditionsReplaced: Object.keys(own.conditions ?? {}).filter((name) =>
      Object.hasOwn(base?.conditions ?? {}, name),
    ),
    tables: compareNames(
      (own.tables ?? []).map(({ name }) => name),
      (base?.tables ?? []).map(({ table }) => table.name),
      switchedOff,
    ),
    settings: base === null ? [] : overriddenSettings(own, base),
  }
}

const compareNames = (
  own: readonly string[],
  base: readonly string[],
  switchedOff: readonly string[],
) => {
  const [isOwn, isBase, isOff] = [new Set(own), new Set(base), new Set(switchedOff)]
  return {
    replaced: own.filter((name) => isBase.has(name)),
    added: own.filter((name) => !isBase.has(name)),
    switchedOff: switchedOff.filter((name) => isBase.has(name)),
    inherited: base.filter((name) => !isOwn.has(name) && !isOff.has(name)),
  }
}

const overriddenSettings = (own: RuleSet, base: LoadedRuleSet): readonly OverriddenSetting[] => {
  const { ruleSet } = base
  const settings: readonly OverriddenSetting[] = [
    {
      field: 'calendar',
      here: own.calendar ?? base.calendar?.id ?? null,
      extended: base.calendar?.id ?? null,
    },
    { field: 'facts', here: own.facts ?? null, extended: ruleSet.facts ?? null },
    { field: 'hitPolicy', here: own.hitPolicy ?? base.hitPolicy, extended: base.hitPolicy },
    { field: 'owner', here: own.owner, extended: ruleSet.owner },
    { field: 'priority', here: own.priority ?? 1, extended: ruleSet.priority ?? 1 },
    { field: 'scope', here: own.scope, extended: ruleSet.scope },
  ]
  return settings.filter(({ here, extended }) => JSON.stringify(here) !== JSON.stringify(extended))
}
