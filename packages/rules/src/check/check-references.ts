import type { LoadedRuleSet } from '../rule-set/loaded-rule-set.ts'
import { pointerTo, type RuleSetFinding } from '../rule-set/rule-set-finding.ts'
import { isObject, type JsonObject, quoted, shown } from './condition-check.ts'

/** The loaded set that `extends` names; null where there is none. */
export const baseOf = (json: unknown, bases: readonly LoadedRuleSet[]): LoadedRuleSet | null => {
  const name = isObject(json) ? json['extends'] : undefined
  return bases.find(({ ruleSet }) => `${ruleSet.id}@${ruleSet.version}` === name) ?? null
}

/** Checks what one field of a rule set says about another: names, dates, and the set it extends. */
export const checkReferences = (
  json: unknown,
  base: LoadedRuleSet | null,
): readonly RuleSetFinding[] => {
  if (!isObject(json)) return []
  const rules = Array.isArray(json['rules']) ? json['rules'] : []
  const names = rules.map((rule: unknown) => (isObject(rule) ? rule['name'] : undefined))
  return [
    ...checkDates(json),
    ...checkExtends(json, base),
    ...checkDuplicates(names, '/rules'),
    ...checkSwitchedOff(json, names, base),
    ...checkNotEmpty(json, rules.length),
  ]
}

const checkDates = ({ effectiveFrom, effectiveTo }: JsonObject): readonly RuleSetFinding[] => {
  if (typeof effectiveFrom !== 'string' || typeof effectiveTo !== 'string') return []
  if (effectiveFrom <= effectiveTo) return []
  const sentence = `${shown(effectiveTo)} is before \`effectiveFrom\`: write the last day it is in force`
  return [{ pointer: '/effectiveTo', sentence }]
}

const checkExtends = (json: JsonObject, base: LoadedRuleSet | null): readonly RuleSetFinding[] => {
  const name = json['extends']
  if (typeof name !== 'string') return []
  if (name === `${String(json['id'])}@${String(json['version'])}`) {
    return [{ pointer: '/extends', sentence: 'a set cannot extend itself: name another version' }]
  }
  if (base === null) {
    const sentence = `no rule set ${quoted(name)} is loaded: correct the version or load that set first`
    return [{ pointer: '/extends', sentence }]
  }
  if (base.ruleSet.kind === json['kind']) return []
  const sentence = `${quoted(name)} is a ${base.ruleSet.kind} set: extend one of the same kind`
  return [{ pointer: '/extends', sentence }]
}

const checkDuplicates = (names: readonly unknown[], pointer: string): readonly RuleSetFinding[] =>
  names.flatMap((name, index) =>
    typeof name === 'string' && names.indexOf(name) < index
      ? [
          {
            pointer: `${pointerTo(pointer, index)}/name`,
            sentence: `a rule before this one is also named ${quoted(name)}: give each its own name`,
          },
        ]
      : [],
  )

const checkSwitchedOff = (
  json: JsonObject,
  names: readonly unknown[],
  base: LoadedRuleSet | null,
): readonly RuleSetFinding[] => {
  const { switchedOff } = json
  if (!Array.isArray(switchedOff)) return []
  if (json['extends'] === undefined) {
    const sentence = 'only rules of an extended set can be switched off: leave the rule out instead'
    return [{ pointer: '/switchedOff', sentence }]
  }
  return switchedOff.flatMap((name: unknown, index): readonly RuleSetFinding[] => {
    const pointer = pointerTo('/switchedOff', index)
    if (names.includes(name)) {
      return [
        { pointer, sentence: `${shown(name)} is also a rule of this set: do one or the other` },
      ]
    }
    if (base === null || base.rules.some((rule) => rule.name === name)) return []
    const sentence = `the extended set has no rule ${shown(name)}: correct the name or remove it`
    return [{ pointer, sentence }]
  })
}

const checkNotEmpty = (json: JsonObject, ruleCount: number): readonly RuleSetFinding[] =>
  Array.isArray(json['rules']) && ruleCount === 0 && json['extends'] === undefined
    ? [{ pointer: '/rules', sentence: 'a set without rules decides nothing: write at least one' }]
    : []
