import type { LoadedRuleSet, OverridesReport } from './loaded-rule-set.ts'
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
 * name replaced in their place, those switched off left out, and then the new ones.
 */
export const mergeRules = (own: RuleSet, base: LoadedRuleSet | null): readonly MergedRule[] => {
  const from = `${own.id}@${own.version}`
  const rules = own.rules.map((rule, ownIndex): MergedRule => ({ rule, from, ownIndex }))
  const ownByName = new Map(rules.map((one) => [one.rule.name, one]))
  const isOff = new Set(own.switchedOff ?? [])
  const inherited = (base?.rules ?? [])
    .filter((one) => !isOff.has(one.name))
    .map((one): MergedRule => {
      return ownByName.get(one.name) ?? { rule: one.json, from: one.from, ownIndex: null }
    })
  const baseNames = new Set(base?.rules.map((one) => one.name))
  return [...inherited, ...rules.filter((one) => !baseNames.has(one.rule.name))]
}

/** Says what a set changes in the one it extends. */
export const reportOverrides = (own: RuleSet, base: LoadedRuleSet | null): OverridesReport => {
  const names = own.rules.map((rule) => rule.name)
  const baseNames = base?.rules.map((rule) => rule.name) ?? []
  const switchedOff = own.switchedOff ?? []
  return {
    extends: own.extends ?? null,
    replaced: names.filter((name) => baseNames.includes(name)),
    added: names.filter((name) => !baseNames.includes(name)),
    switchedOff,
    conditionsReplaced: Object.keys(own.conditions ?? {}).filter((name) =>
      Object.hasOwn(base?.conditions ?? {}, name),
    ),
    inherited: baseNames.filter((name) => !names.includes(name) && !switchedOff.includes(name)),
  }
}
