import { type BusinessCalendar, hashOf } from '@counterfoil/core'
import type { CheckedRule } from '../evaluate/checked-rule.ts'
import type { FetchedFacts } from '../fetch/fetched-facts.ts'
import type { LoadedRuleSet } from '../rule-set/loaded-rule-set.ts'
import type { LoadRuleSetOptions } from '../rule-set/load-rule-set.ts'
import { mergeRules, mergeTables, reportOverrides } from '../rule-set/merge-rule-sets.ts'
import type { HitPolicy } from '../rule-set/rule-event.ts'
import { pointerTo, type RuleSetFinding } from '../rule-set/rule-set-finding.ts'
import { RuleSetKind } from '../rule-set/rule-set-kind.ts'
import { RuleSet, tableOfKind } from '../rule-set/rule-set.ts'
import { type CompiledTable, compileTable } from '../table/compile-table.ts'
import { checkAbsence } from './check-absence.ts'
import type { ConditionsAsWritten } from './negated-use.ts'
import {
  checkNamedConditions,
  checkRootCondition,
  type WrittenCondition,
} from './check-conditions.ts'
import { checkEnvelope } from './check-envelope.ts'
import { checkHitPolicy, type RulePlace } from './check-hit-policy.ts'
import { checkJson } from './check-json.ts'
import { calendarOf, hashOfBusinessDays, onCalendar } from './business-calendars.ts'
import { baseOf, checkReferences } from './check-references.ts'
import { checkSizes } from './check-sizes.ts'
import { compileRules, startConditionWalk, type WrittenConditions } from './compile-rules.ts'
import { isObject } from './condition-check.ts'
import { freeze } from './freeze.ts'

/** What became of a rule set that was read: loaded, or what is wrong with it. */
export type ReadRuleSet = {
  readonly loaded: LoadedRuleSet | null
  readonly findings: readonly RuleSetFinding[]
  /** What to call it in a message. */
  readonly name: string
}

/** Reads a foreign value as a rule set, collecting everything that is wrong with it. */
export const readRuleSet = (
  json: unknown,
  { bases = [], fetched = {}, calendars = [] }: LoadRuleSetOptions,
): ReadRuleSet => {
  const name = isObject(json) && typeof json['id'] === 'string' ? json['id'].slice(0, 80) : ''
  const plain = checkJson(json)
  if (plain.isTooLarge) return { loaded: null, findings: plain.findings, name }
  const base = baseOf(json, bases)
  const envelope = checkEnvelope(json)
  const calendar = calendarOf(json, base, calendars)
  const tables = plain.findings.length > 0 ? [] : compileOwnTables(json, envelope)
  const findings = [
    ...plain.findings,
    ...envelope,
    ...checkReferences(json, base),
    ...('finding' in calendar ? [calendar.finding] : []),
    ...checkOwnConditions(json, base, fetched),
    ...tables.flatMap((table) => table.findings),
  ]
  if (findings.length > 0 || 'finding' in calendar) return { loaded: null, findings, name }
  const read = mergeIntoBase(json, tables, { base, fetched, calendar: calendar.calendar })
  return { ...read, name }
}

/** The tables whose envelope is right, with their rows as rules. */
const compileOwnTables = (
  json: unknown,
  envelope: readonly RuleSetFinding[],
): readonly CompiledTable[] => {
  const kind = RuleSetKind.safeParse(isObject(json) ? json['kind'] : undefined)
  if (!isObject(json) || !kind.success || !Array.isArray(json['tables'])) return []
  const from = `${String(json['id'])}@${String(json['version'])}`
  if (envelope.some(({ pointer }) => pointer === '/tables')) return []
  return json['tables'].flatMap((table: unknown, index) => {
    const read = tableOfKind[kind.data].safeParse(table)
    const pointer = pointerTo('/tables', index)
    return read.success ? [compileTable(read.data, { kind: kind.data, from, pointer })] : []
  })
}

/** Checks the conditions of the rules and the named ones, also where something else is wrong. */
const checkOwnConditions = (
  json: unknown,
  base: LoadedRuleSet | null,
  fetched: FetchedFacts,
): readonly RuleSetFinding[] => {
  const kind = RuleSetKind.safeParse(isObject(json) ? json['kind'] : undefined)
  if (!isObject(json) || !kind.success) return []
  const written = writtenConditions(json['conditions'], base)
  const walk = startConditionWalk(kind.data, written, fetched)
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
  compiled: readonly CompiledTable[],
  {
    base,
    fetched,
    calendar,
  }: {
    readonly base: LoadedRuleSet | null
    readonly fetched: FetchedFacts
    readonly calendar: BusinessCalendar | null
  },
): Pick<ReadRuleSet, 'loaded' | 'findings'> => {
  const ruleSet = RuleSet.parse(json)
  const written = writtenConditions(ruleSet.conditions, base)
  const merged = mergeRules(ruleSet, base)
  const { rules, fetches, findings } = compileRules(merged, ruleSet.kind, written, fetched)
  const tables = mergeTables(ruleSet, compiled, base)
  const all = onCalendar([...rules, ...tables.flatMap((table) => table.rules)], calendar)
  const hitPolicy = ruleSet.hitPolicy ?? base?.hitPolicy ?? null
  const hash = hashOfRuleSet(json, base, calendar)
  const sizes = checkSizes(all)
  // A set too large to walk is not walked.
  const meanings =
    findings.length + sizes.length > 0 ? [] : checkMeaning(all, { ruleSet, hitPolicy })
  const found = uniqueFindings([...findings, ...sizes, ...meanings, ...checkHash(ruleSet, hash)])
  if (found.length > 0) return { loaded: null, findings: found }
  const loaded: LoadedRuleSet = {
    ruleSet,
    reference: {
      ruleSet: ruleSet.id,
      version: ruleSet.version,
      hash,
      effectiveFrom: ruleSet.effectiveFrom,
      scope: narrowedScope(ruleSet.scope),
    },
    rules: all,
    fetches,
    conditions: { ...base?.conditions, ...ruleSet.conditions },
    tables: tables.map(({ table, from }) => ({ table, from })),
    hitPolicy,
    calendar,
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

const checkMeaning = (
  rules: readonly CheckedRule[],
  { ruleSet, hitPolicy }: { readonly ruleSet: RuleSet; readonly hitPolicy: HitPolicy | null },
): readonly RuleSetFinding[] => [
  ...rules.flatMap((rule) => checkAbsence(rule.condition, writtenIn(ruleSet, rule))),
  ...checkHitPolicy({ kind: ruleSet.kind, hitPolicy, rules, placeOf: placesIn(ruleSet) }),
]

/** Null for what another set wrote. */
const writtenIn = (ruleSet: RuleSet, rule: CheckedRule): ConditionsAsWritten | null => {
  const place = placesIn(ruleSet)(rule)
  if (place === null) return null
  return { json: rule.json.conditions, pointer: pointerTo(place.rule, 'conditions') }
}

const placesIn = (ruleSet: RuleSet): ((rule: CheckedRule) => RulePlace | null) => {
  const own = `${ruleSet.id}@${ruleSet.version}`
  return ({ name, from, table, row }) => {
    if (from !== own) return null
    if (table === null) {
      const rule = pointerTo(
        '/rules',
        ruleSet.rules.findIndex((one) => one.name === name),
      )
      return { rule, priority: `${rule}/priority` }
    }
    const index = ruleSet.tables?.findIndex((one) => one.name === table) ?? 0
    const pointer = pointerTo('/tables', index)
    return { rule: `${pointer}/rows/${row}`, priority: `${pointer}/priority` }
  }
}

const uniqueFindings = (findings: readonly RuleSetFinding[]): readonly RuleSetFinding[] => {
  const keyed = findings.map((one) => [`${one.pointer} ${one.sentence}`, one] as const)
  return [...new Map(keyed).values()]
}

/** Fields that do not change what the set decides. */
const unhashed: ReadonlySet<string> = new Set(['$schema', 'hash', 'cases'])

/**
 * The hash covers what the set decides and how it is named, through the hash of the extended set also that, and the
 * business days it counts: the same hash decides the same.
 */
const hashOfRuleSet = (
  json: unknown,
  base: LoadedRuleSet | null,
  calendar: BusinessCalendar | null,
): string => {
  const fields = isObject(json) ? Object.entries(json) : []
  const content = Object.fromEntries(fields.filter(([key]) => !unhashed.has(key)))
  return hashOf({
    ...content,
    ...(base === null ? {} : { extendsHash: base.reference.hash }),
    ...(calendar === null ? {} : { businessDaysHash: hashOfBusinessDays(calendar) }),
  })
}

const checkHash = ({ hash }: RuleSet, computed: string): readonly RuleSetFinding[] =>
  hash === undefined || hash === computed
    ? []
    : [
        {
          pointer: '/hash',
          sentence: `the content was changed after it was released, and its hash is now \`${computed}\`: put it back, or write the change as a new version without \`hash\``,
        },
      ]
