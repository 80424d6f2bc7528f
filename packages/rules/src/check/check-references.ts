import type { LoadedRuleSet } from '../rule-set/loaded-rule-set.ts'
import { pointerTo, type RuleSetFinding } from '../rule-set/rule-set-finding.ts'
import { RuleSetKind } from '../rule-set/rule-set-kind.ts'
import { factsReferenceOf } from '../rule-set/rule-set.ts'
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
    ...checkBlanks(json, names),
    ...checkDuplicates(names, '/rules', 'rule'),
    ...checkTableNames(json, names, base),
    ...checkFacts(json),
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

/** A blank at either end is not seen, and would tell two names apart that read alike. */
const checkBlanks = (json: JsonObject, rules: readonly unknown[]): readonly RuleSetFinding[] => {
  const switchedOff = Array.isArray(json['switchedOff']) ? json['switchedOff'] : []
  const named = [
    ...rules.map((name, index) => ({ name, pointer: `/rules/${index}/name` })),
    ...tableNames(json).map((name, index) => ({ name, pointer: `/tables/${index}/name` })),
    ...switchedOff.map((name: unknown, index) => ({ name, pointer: `/switchedOff/${index}` })),
  ]
  return named.flatMap(({ name, pointer }) => {
    if (typeof name !== 'string' || name === name.trim() || name.trim() === '') return []
    const sentence = `${shown(name)} begins or ends with a blank: write ${quoted(name.trim())}`
    return [{ pointer, sentence }]
  })
}

const checkDuplicates = (
  names: readonly unknown[],
  pointer: string,
  what: 'rule' | 'table',
): readonly RuleSetFinding[] =>
  names.flatMap((name, index) =>
    typeof name === 'string' && names.indexOf(name) < index
      ? [
          {
            pointer: `${pointerTo(pointer, index)}/name`,
            sentence: `a ${what} before this one is also named ${quoted(name)}: give each its own name`,
          },
        ]
      : [],
  )

/** Rules and tables are told apart by name, and so is every row from every rule. */
const checkTableNames = (
  json: JsonObject,
  rules: readonly unknown[],
  base: LoadedRuleSet | null,
): readonly RuleSetFinding[] => {
  const tables = tableNames(json)
  const inherited = base?.tables.map(({ table }) => table.name) ?? []
  const baseRules = base?.rules.flatMap(({ name, table }) => (table === null ? [name] : [])) ?? []
  const clash = (name: unknown, others: readonly unknown[]): unknown =>
    others.find(
      (one) => one === name || (typeof name === 'string' && name.startsWith(`${String(one)}/`)),
    )
  return [
    ...checkDuplicates(tables, '/tables', 'table'),
    ...rules.flatMap((name, index) => {
      const table = clash(name, [...tables, ...inherited])
      const sentence = `${shown(name)} could be taken for the table ${shown(table)} or a row of it: choose another name`
      return table === undefined ? [] : [{ pointer: `/rules/${index}/name`, sentence }]
    }),
    ...tables.flatMap((name, index) => {
      const rule = baseRules.find((one) => clash(one, [name]) !== undefined)
      const sentence = `the extended set has a rule ${shown(rule)}, which could be taken for this table or a row of it: choose another name`
      return rule === undefined ? [] : [{ pointer: `/tables/${index}/name`, sentence }]
    }),
  ]
}

const tableNames = ({ tables }: JsonObject): readonly unknown[] =>
  Array.isArray(tables)
    ? tables.map((table: unknown) => (isObject(table) ? table['name'] : undefined))
    : []

/** The facts named must be those of the kind, in a version this package has. */
const checkFacts = ({ facts, kind }: JsonObject): readonly RuleSetFinding[] => {
  const known = RuleSetKind.safeParse(kind)
  if (typeof facts !== 'string' || !known.success) return []
  const reference = factsReferenceOf(known.data)
  if (facts === reference) return []
  const name = reference.slice(0, reference.indexOf('@') + 1)
  const why = facts.startsWith(name)
    ? `this version of the package has ${quoted(reference)} and not ${shown(facts)}`
    : `${shown(facts)} are not the facts of a ${known.data} set`
  return [{ pointer: '/facts', sentence: `${why}: write ${quoted(reference)}` }]
}

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
    const isTable = tableNames(json).includes(name)
    if (isTable || names.includes(name)) {
      const what = isTable ? 'table' : 'rule'
      return [
        { pointer, sentence: `${shown(name)} is also a ${what} of this set: do one or the other` },
      ]
    }
    const isKnown =
      base === null ||
      base.tables.some(({ table }) => table.name === name) ||
      base.rules.some((rule) => rule.table === null && rule.name === name)
    if (isKnown) return []
    const sentence = `the extended set has no rule or table ${shown(name)}: correct the name or remove it`
    return [{ pointer, sentence }]
  })
}

const checkNotEmpty = (json: JsonObject, ruleCount: number): readonly RuleSetFinding[] =>
  Array.isArray(json['rules']) &&
  ruleCount + tableNames(json).length === 0 &&
  json['extends'] === undefined
    ? [{ pointer: '/rules', sentence: 'a set without rules decides nothing: write at least one' }]
    : []
