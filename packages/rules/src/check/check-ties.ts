import { canonicalJson, isDecimal, trimDecimal } from '@counterfoil/core'
import type { CheckedComparison, CheckedCondition, CheckedRule } from '../evaluate/checked-rule.ts'
import { deniesFirst } from '../evaluate/hit-policy.ts'
import { areApart, type Bands, bandsOf } from './bands.ts'
import { type Candidate, candidatePairs, pairsBetween } from './candidate-pairs.ts'
import { proven } from './check-absence.ts'

/** The values a place can have where a rule fires: only these, or any but these. */
type Values = { readonly kind: 'only' | 'any-but'; readonly values: ReadonlySet<string> }

/** What must hold at each place for a rule to fire, as far as it can be read from the rule. */
type Demands = ReadonlyMap<string, Values>

/** A rule and what it needs, read once. */
export type RuleDemands = {
  readonly rule: CheckedRule
  readonly demands: Demands
  readonly bands: Bands
}

/** Two rules that could answer the same question differently, neither going first. */
export type Tie = { readonly first: CheckedRule; readonly second: CheckedRule }

/**
 * Pairs of rules of equal priority that may both fire and say different things, as they are found. Rules are
 * taken as exclusive where one place would need two values at once (`kind` equal to this in one and to that in
 * the other) or lie in two bands that do not meet; otherwise one of them needs a higher priority. Checks of
 * different names do not compete, unless only one check is made (`isOneCheck`); a denial goes before an allowance;
 * and of the rows of one table the order decides.
 */
export const tiesIn = function* (
  rules: readonly CheckedRule[],
  { isOneCheck = false }: { readonly isOneCheck?: boolean } = {},
): Generator<Tie | null> {
  for (const group of groupByQuestion(rules, isOneCheck).values()) {
    for (const [first, second] of pairsAcrossTables(group)) {
      const isTie = !saysTheSame(first.rule, second.rule) && !areExclusive(first, second)
      yield isTie ? { first: first.rule, second: second.rule } : null
    }
  }
}

/** All ties; see `tiesIn`. */
export const findTies = (rules: readonly CheckedRule[]): readonly Tie[] => [
  ...new Set([...tiesIn(rules)].filter((tie) => tie !== null)),
]

/** Pairs of a group of which not both are rows of the same table. */
const pairsAcrossTables = function* (
  group: readonly CheckedRule[],
): Generator<readonly [RuleDemands, RuleDemands]> {
  const sources = [
    ...Map.groupBy(group, ({ table, from }) => (table === null ? null : `${from} ${table}`)),
  ]
  if (sources.every(([source]) => source !== null) && sources.length === 1) return
  const candidates = sources.map(([source, rules]) => ({
    source,
    rules: rules.map(asCandidate),
  }))
  for (const [index, { source, rules }] of candidates.entries()) {
    if (source === null) yield* candidatePairs(rules)
    for (const other of candidates.slice(index + 1)) yield* pairsBetween(rules, other.rules)
  }
}

/** A rule as one to be held against others. */
export const asCandidate = (rule: CheckedRule): Candidate<RuleDemands> => {
  const demands = demandsOf(rule.condition, false)
  const needs = new Map(
    [...demands].flatMap(([place, { kind, values }]) =>
      kind === 'only' ? [[place, values] as const] : [],
    ),
  )
  return { one: { rule, demands, bands: bandsOf(rule.condition) }, needs }
}

const groupByQuestion = (
  rules: readonly CheckedRule[],
  isOneCheck: boolean,
): ReadonlyMap<string, readonly CheckedRule[]> =>
  Map.groupBy(rules, (rule) => {
    const { event, priority } = rule
    const name = event.type === 'check' && !isOneCheck ? event.params.name : ''
    return `${event.type} ${priority} ${deniesFirst(rule)} ${name}`
  })

const saysTheSame = (first: CheckedRule, second: CheckedRule): boolean =>
  first.event === second.event ||
  canonicalJson({ ...first.event.params, because: '' }) ===
    canonicalJson({ ...second.event.params, because: '' })

/** True where some place would need two values at once, or lie in two bands. */
export const areExclusive = (first: RuleDemands, second: RuleDemands): boolean =>
  [...first.demands].some(([place, values]) => {
    const others = second.demands.get(place)
    return others !== undefined && isEmpty(intersect(values, others))
  }) || areApart(first.bands, second.bands)

const demandsOf = (condition: CheckedCondition, isNegated: boolean): Demands => {
  switch (condition.kind) {
    case 'comparison':
      return withPresence(demandsOfComparison(condition, isNegated), proven(condition, isNegated))
    case 'not':
      return demandsOf(condition.condition, !isNegated)
    case 'all':
    case 'any': {
      const members = condition.conditions.map((one) => demandsOf(one, isNegated))
      return (condition.kind === 'all') !== isNegated ? allOf(members) : anyOf(members)
    }
  }
}

const presenceOf = (place: string): string => `${place} is present`

const withPresence = (demands: Demands, present: ReadonlySet<string>): Demands =>
  new Map([
    ...demands,
    ...[...present].map((place) => [presenceOf(place), only(['true'])] as const),
  ])

const demandsOfComparison = (comparison: CheckedComparison, isNegated: boolean): Demands => {
  const { left, operator, decorators, right } = comparison
  // What decorators make of a comparison is not one value that a place must have.
  if (right.kind === 'fact' || decorators.length > 0) return new Map()
  const { value } = right
  const isNumeric = left.type.kind === 'decimal'
  const values = (Array.isArray(value) ? value : [value]).map((one) => textOf(one, isNumeric))
  switch (operator) {
    case 'is-present':
      return new Map([[presenceOf(left.text), only([String((value === true) !== isNegated)])]])
    case 'equal':
    case 'in':
    case 'decimal-equal':
      return new Map([[left.text, isNegated ? anyBut(values) : only(values)]])
    case 'notEqual':
    case 'notIn':
      return new Map([[left.text, isNegated ? only(values) : anyBut(values)]])
    case 'contains':
    case 'doesNotContain':
    case 'lessThan':
    case 'lessThanInclusive':
    case 'greaterThan':
    case 'greaterThanInclusive':
    case 'decimal-above':
    case 'decimal-at-least':
    case 'decimal-below':
    case 'decimal-at-most':
    case 'within-percent':
    case 'within-amount':
    case 'later-than-business-days':
    case 'earlier-than-business-days':
    case 'starts-with':
    case 'ends-with':
    case 'matches-pattern':
      return new Map()
  }
}

// A decimal may be spelled in several ways and is one value; a code such as `01` is not a decimal.
const textOf = (value: unknown, isNumeric: boolean): string =>
  canonicalJson(isNumeric && isDecimal(value) ? trimDecimal(value) : value)

const only = (values: readonly string[]): Values => ({ kind: 'only', values: new Set(values) })

const anyBut = (values: readonly string[]): Values => ({ kind: 'any-but', values: new Set(values) })

const isEmpty = (values: Values): boolean => values.kind === 'only' && values.values.size === 0

const intersect = (a: Values, b: Values): Values => {
  if (a.kind === 'any-but') {
    return b.kind === 'any-but' ? anyBut([...a.values, ...b.values]) : intersect(b, a)
  }
  const keeps = (value: string) => b.values.has(value) === (b.kind === 'only')
  return only([...a.values].filter(keeps))
}

const unite = (a: Values, b: Values): Values => {
  if (a.kind === 'only') {
    if (b.kind === 'only') return only([...a.values, ...b.values])
    return unite(b, a)
  }
  const excludes = (value: string) => b.values.has(value) === (b.kind === 'any-but')
  return anyBut([...a.values].filter(excludes))
}

const allOf = (members: readonly Demands[]): Demands => {
  const demands = new Map<string, Values>()
  for (const member of members) {
    for (const [place, values] of member) {
      const known = demands.get(place)
      demands.set(place, known === undefined ? values : intersect(known, values))
    }
  }
  return demands
}

/** Of alternatives, only what every one of them demands something of is left. */
const anyOf = (members: readonly Demands[]): Demands => {
  const [first, ...others] = members
  const demands = new Map<string, Values>()
  for (const [place, values] of first ?? []) {
    const rest = others.map((one) => one.get(place))
    const known = rest.filter((one) => one !== undefined)
    if (known.length === rest.length) demands.set(place, known.reduce(unite, values))
  }
  return demands
}
