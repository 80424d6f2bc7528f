import { hashOf } from '@counterfoil/core'
import type { CheckedRule } from '../evaluate/checked-rule.ts'
import type { LoadedRuleSet } from '../rule-set/loaded-rule-set.ts'
import { mergeRules, reportOverrides } from '../rule-set/merge-rule-sets.ts'
import { pointerTo, type RuleSetFinding } from '../rule-set/rule-set-finding.ts'
import { RuleSetKind } from '../rule-set/rule-set-kind.ts'
import { RuleSet } from '../rule-set/rule-set.ts'
import { checkAbsence } from './check-absence.ts'
import {
  checkNamedConditions,
  checkRootCondition,
  comparisonsMax,
  conditionDepthMax,
  sizeOfCondition,
  type WrittenCondition,
} from './check-conditions.ts'
import { checkEnvelope } from './check-envelope.ts'
import { checkJson } from './check-json.ts'
import { baseOf, checkReferences } from './check-references.ts'
import { findTies } from './check-ties.ts'
import { compileRules, startConditionWalk, type WrittenConditions } from './compile-rules.ts'
import { isObject, quoted } from './condition-check.ts'
import { freeze } from './freeze.ts'

/** What became of a rule set that was read: loaded, or what is wrong with it. */
export type ReadRuleSet = {
  readonly loaded: LoadedRuleSet | null
  readonly findings: readonly RuleSetFinding[]
  /** What to call it in a message. */
  readonly name: string
}

/** Reads a foreign value as a rule set, collecting everything that is wrong with it. */
export const readRuleSet = (json: unknown, bases: readonly LoadedRuleSet[]): ReadRuleSet => {
  const name = isObject(json) && typeof json['id'] === 'string' ? json['id'].slice(0, 80) : ''
  const plain = checkJson(json)
  if (plain.isTooLarge) return { loaded: null, findings: plain.findings, name }
  const base = baseOf(json, bases)
  const findings = [
    ...plain.findings,
    ...checkEnvelope(json),
    ...checkReferences(json, base),
    ...checkOwnConditions(json, base),
  ]
  if (findings.length > 0) return { loaded: null, findings, name }
  const read = mergeIntoBase(json, base)
  return { ...read, name }
}

/** Checks the conditions of the rules and the named ones, also where something else is wrong. */
const checkOwnConditions = (
  json: unknown,
  base: LoadedRuleSet | null,
): readonly RuleSetFinding[] => {
  const kind = RuleSetKind.safeParse(isObject(json) ? json['kind'] : undefined)
  if (!isObject(json) || !kind.success) return []
  const walk = startConditionWalk(kind.data, writtenConditions(json['conditions'], base))
  checkNamedConditions(walk)
  const rules: readonly unknown[] = Array.isArray(json['rules']) ? json['rules'] : []
  for (const [index, rule] of rules.entries()) {
    if (!isObject(rule) || rule['conditions'] === undefined) continue
    const pointer = pointerTo(pointerTo('/rules', index), 'conditions')
    checkRootCondition({ json: rule['conditions'], pointer }, walk)
  }
  return walk.findings
}

const writtenConditions = (own: unknown, base: LoadedRuleSet | null): WrittenConditions => {
  const written = new Map<string, WrittenCondition>()
  for (const [name, json] of Object.entries(base?.conditions ?? {})) {
    written.set(name, { json, pointer: '/extends' })
  }
  for (const [name, json] of Object.entries(isObject(own) ? own : {})) {
    written.set(name, { json, pointer: pointerTo('/conditions', name) })
  }
  return written
}

/** Puts the set on top of the one it extends and checks what only shows in the whole. */
const mergeIntoBase = (
  json: unknown,
  base: LoadedRuleSet | null,
): Pick<ReadRuleSet, 'loaded' | 'findings'> => {
  const ruleSet = RuleSet.parse(json)
  const merged = mergeRules(ruleSet, base)
  const written = writtenConditions(ruleSet.conditions, base)
  const { rules, findings } = compileRules(merged, ruleSet.kind, written)
  const sizes = findings.length > 0 ? [] : checkSizes(rules)
  // A set too large to walk is not walked.
  const meanings = findings.length + sizes.length > 0 ? [] : checkMeaning(rules, ruleSet)
  const all = uniqueFindings([...findings, ...sizes, ...meanings])
  if (all.length > 0) return { loaded: null, findings: all }
  const loaded: LoadedRuleSet = {
    ruleSet,
    reference: {
      ruleSet: ruleSet.id,
      version: ruleSet.version,
      hash: hashOfRuleSet(json, base),
      effectiveFrom: ruleSet.effectiveFrom,
      scope: narrowedScope(ruleSet.scope),
    },
    rules,
    conditions: { ...base?.conditions, ...ruleSet.conditions },
    lineage: base === null ? [] : [base.ruleSet.id, ...base.lineage],
    overrides: reportOverrides(ruleSet, base),
  }
  return { loaded: freeze(loaded), findings: [] }
}

/** What a rule set is for, without what it is for any of. */
const narrowedScope = (scope: RuleSet['scope']): Record<string, string> =>
  Object.fromEntries(
    Object.entries(scope).filter(
      (entry): entry is [string, string] => entry[1] !== undefined && entry[1] !== '*',
    ),
  )

const checkSizes = (rules: readonly CheckedRule[]): readonly RuleSetFinding[] => {
  const known = new Map()
  const sizes = rules.map((rule) => sizeOfCondition(rule.condition, known))
  const comparisons = sizes.reduce((sum, size) => sum + size.comparisons, 0)
  const depth = Math.max(0, ...sizes.map((size) => size.depth))
  return [
    ...(comparisons > comparisonsMax
      ? [
          `the rules come to more than ${comparisonsMax} comparisons: name fewer conditions in others`,
        ]
      : []),
    ...(depth > conditionDepthMax
      ? [`conditions are nested ${depth} deep, the most is ${conditionDepthMax}: simplify them`]
      : []),
  ].map((sentence) => ({ pointer: '/rules', sentence }))
}

const checkMeaning = (
  rules: readonly CheckedRule[],
  ruleSet: RuleSet,
): readonly RuleSetFinding[] => [
  ...rules.flatMap((rule) => checkAbsence(rule.condition)),
  ...findTies(rules).map(({ first, second }) => {
    const index = ruleSet.rules.findLastIndex(({ name }) =>
      [first.name, second.name].includes(name),
    )
    return {
      pointer: index < 0 ? '/extends' : `/rules/${index}/priority`,
      sentence:
        `${quoted(first.name)} and ${quoted(second.name)} may both fire at priority ${first.priority} ` +
        'and say different things: give one a higher priority or conditions that rule the other out',
    }
  }),
]

const uniqueFindings = (findings: readonly RuleSetFinding[]): readonly RuleSetFinding[] => {
  const keyed = findings.map((one) => [`${one.pointer} ${one.sentence}`, one] as const)
  return [...new Map(keyed).values()]
}

/** The hash covers all but `$schema`, and through the hash of the extended set also that. */
const hashOfRuleSet = (json: unknown, base: LoadedRuleSet | null): string => {
  const fields = isObject(json) ? Object.entries(json) : []
  const content = Object.fromEntries(fields.filter(([key]) => key !== '$schema'))
  return hashOf(base === null ? content : { ...content, extendsHash: base.reference.hash })
}
