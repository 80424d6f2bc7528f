import type { PolicyFacts } from '@counterfoil/core'
import { CounterfoilError } from '@counterfoil/core'
import type { FactPlace } from '../evaluate/checked-rule.ts'
import { evaluateRuleSet, type RuleAnswer } from '../evaluate/evaluate-rule-set.ts'
import { type FactSeen, factSeen } from '../evaluate/facts-seen.ts'
import { readPlace } from '../evaluate/read-place.ts'
import type { LoadedRuleSet } from '../rule-set/loaded-rule-set.ts'
import { type Border, type Candidate, candidateValues, type Walk } from './candidate-values.ts'
import { compareChanges } from './compare-changes.ts'
import { type Decided, decisionFacts, placesOf } from './decision-facts.ts'
import { factsWith } from './facts-with.ts'
import type { Language } from './language.ts'
import { english } from './languages/english.ts'
import { looksAt } from './looks-at.ts'
import { sayCounterfactual } from './say-counterfactual.ts'

/** What the decision should have been: a rule fires or does not, or the answers are to somebody's liking. */
export type WantedDecision =
  | { readonly rule: string; readonly fires: boolean }
  | { readonly answers: (answers: readonly RuleAnswer[]) => boolean }

/** One place of the facts changed. */
export type FactChange = {
  readonly place: string
  /** Left out where nothing stood there. */
  readonly seen?: FactSeen
  /** Left out where the value is taken away. */
  readonly to?: FactSeen
  /** For numbers and days: the nearest end of the values that do, and the way they go; null for others. */
  readonly border:
    | (Border & {
        readonly goes: 'up' | 'down'
        /** Where the values that do end again; null where they do not. */
        readonly until: Border | null
        /** The value one smallest step nearer to what was seen, which does not. */
        readonly refused: string | number
      })
    | null
}

/** Changes that together would have given the decision wanted; tried on the evaluator. */
export type Counterfactual = { readonly changes: readonly FactChange[]; readonly sentence: string }

/** What was found. */
export type CounterfactualSearch = {
  /** `already-so` where nothing has to change; `budget-spent` where nothing was found before the budget ended. */
  readonly outcome: 'already-so' | 'found' | 'none' | 'budget-spent'
  /** Smallest first, the smallest of each place; two places only where one is not enough. */
  readonly counterfactuals: readonly Counterfactual[]
  /** How often the rules were evaluated. */
  readonly evaluations: number
  /** False where the budget ended first, so that a smaller change may exist. */
  readonly isComplete: boolean
}

/** What may be changed, and how long is searched. */
export type CounterfactualOptions = {
  /**
   * Places that may be changed, `discrepancy.percent`, or whole facts, `discrepancy`; any where not said. Facts of
   * one document hang together, as a difference and its percentage do: name the one that leads.
   */
  readonly changeable?: readonly string[]
  /** The most evaluations; 5000 where not said. */
  readonly evaluationsMax?: number
  readonly language?: Language
}

const evaluationsMaxDefault = 5000

/** The most values of each place that are tried together with those of another. */
export const pairedValuesMax = 12

/**
 * The smallest change of one place, and where there is none of two, that would have changed the decision: "would
 * have applied with the difference in percent at 5 or below". Values come from the limits in the rules; each answer
 * was tried on the evaluator. Numbers are smaller than days, days than other values, a value than none; among
 * numbers counts the change relative to what was seen. Throws `COMMAND_INVALID` for a rule the set does not have.
 */
export const counterfactual = (
  loaded: LoadedRuleSet,
  decided: Decided,
  wanted: WantedDecision,
  options: CounterfactualOptions = {},
): CounterfactualSearch => {
  const search = startSearch(loaded, decided, wanted, options)
  if (search.isWanted(search.facts)) return resultOf('already-so', [], search)
  const singles = search.movable.flatMap((movable) => smallestOf(movable, search) ?? [])
  const found = singles.length > 0 ? singles.map((one) => [one]) : firstPair(search)
  const outcome = found.length > 0 ? 'found' : search.budget.isSpent ? 'budget-spent' : 'none'
  return resultOf(outcome, found, search)
}

type Movable = {
  readonly place: FactPlace
  readonly seen: unknown
  readonly walks: readonly Walk[]
}

type Search = {
  readonly facts: PolicyFacts
  readonly movable: readonly Movable[]
  readonly isWanted: (facts: PolicyFacts) => boolean
  readonly budget: { used: number; isSpent: boolean; readonly max: number }
  readonly wanted: WantedDecision
  readonly language: Language
}

/** A change with the place it is made at, before it is written as plain data. */
export type MadeChange = {
  readonly place: FactPlace
  readonly seen: unknown
  readonly value: unknown
} & {
  readonly border: FactChange['border']
}

const startSearch = (
  loaded: LoadedRuleSet,
  decided: Decided,
  wanted: WantedDecision,
  { changeable, evaluationsMax = evaluationsMaxDefault, language = english }: CounterfactualOptions,
): Search => {
  const rules =
    'rule' in wanted ? loaded.rules.filter(({ name }) => name === wanted.rule) : loaded.rules
  if (rules.length === 0) throw noSuchRule(loaded, wanted)
  const facts = decisionFacts(loaded, decided)
  const looks = looksAt(rules, facts)
  const movable = placesOf(loaded)
    .filter(({ text }) => looks.has(text) && isChangeable(text, changeable))
    .map((place) => {
      const seen = readPlace(place, facts)
      return { place, seen, walks: candidateValues(place, seen, looks.get(place.text) ?? []) }
    })
  const budget = { used: 0, isSpent: false, max: evaluationsMax }
  const isWanted = (changed: PolicyFacts): boolean => {
    budget.used += 1
    const { fired, answers } = evaluateRuleSet(loaded, changed)
    return 'rule' in wanted ? fired.includes(wanted.rule) === wanted.fires : wanted.answers(answers)
  }
  return { facts, movable, isWanted, budget, wanted, language }
}

const isChangeable = (text: string, changeable: readonly string[] | undefined): boolean =>
  changeable === undefined ||
  changeable.some((one) => text === one || text.startsWith(`${one}.`) || text.startsWith(`${one}[`))

const noSuchRule = (loaded: LoadedRuleSet, wanted: WantedDecision): CounterfoilError => {
  const rule = 'rule' in wanted ? wanted.rule : ''
  return new CounterfoilError(
    'COMMAND_INVALID',
    `no rule \`${rule}\` in \`${loaded.reference.ruleSet}\`: use the name of one of its rules`,
    { details: { rule } },
  )
}

/** Tries facts while there is budget; false, and the search is marked, once there is none. */
const tryFacts = (search: Search, facts: PolicyFacts): boolean => {
  if (search.budget.used >= search.budget.max) {
    search.budget.isSpent = true
    return false
  }
  return search.isWanted(facts)
}

/** The nearest change of one place that does; null for none. */
const smallestOf = (movable: Movable, search: Search): MadeChange | null => {
  const found = movable.walks.flatMap((walk) => firstOnWalk(movable, walk, search) ?? [])
  return found.toSorted(compareChanges)[0] ?? null
}

const firstOnWalk = (movable: Movable, walk: Walk, search: Search): MadeChange | null => {
  const works = (value: unknown): boolean =>
    tryFacts(search, factsWith(search.facts, movable.place, value))
  const index = walk.candidates.findIndex(({ value }) => works(value))
  return index < 0 ? null : changeOf(movable, walk, index, { works, budget: search.budget })
}

// A border is only claimed where the value before it was seen to fail, and not on a spent budget.
const changeOf = (
  { place, seen }: Movable,
  { goes, candidates }: Walk,
  index: number,
  { works, budget }: { readonly works: (value: unknown) => boolean } & Pick<Search, 'budget'>,
): MadeChange => {
  const { value, border, refused } = candidates[index] ?? noCandidate
  const bare = { place, seen, value, border: null }
  if (border === null || refused === null || goes === 'elsewhere') return bare
  if (works(refused)) return bare
  const end = candidates.slice(index + 1).find((one) => !works(one.value))
  if (budget.isSpent) return bare
  // The values end on a limit that still does, or before one that does not.
  const until =
    end === undefined || end.border === null
      ? null
      : { value: end.border.value, isInclusive: !end.border.isInclusive }
  return { ...bare, border: { ...border, goes, until, refused } }
}

const noCandidate: Candidate = { value: undefined, border: null, refused: null }

type Step = { readonly movable: Movable; readonly walk: Walk; readonly index: number }

/** The first pair that does, those nearest to what was seen first; none where no pair does. */
const firstPair = (search: Search): readonly (readonly MadeChange[])[] => {
  const steps = search.movable.map((movable) =>
    movable.walks.flatMap((walk) =>
      walk.candidates.slice(0, pairedValuesMax).map((_, index) => ({ movable, walk, index })),
    ),
  )
  const pairs = steps
    .flatMap((ofOne, at) => steps.slice(at + 1).map((ofOther) => [ofOne, ofOther] as const))
    .flatMap(([ofOne, ofOther]) =>
      ofOne.flatMap((one) => ofOther.map((other) => [one, other] as const)),
    )
    .toSorted(([a, b], [c, d]) => a.index + b.index - (c.index + d.index))
  for (const [one, other] of pairs) {
    const works = (a: unknown, b: unknown): boolean =>
      tryFacts(search, withBoth(search, one, a, other, b))
    const [a, b] = [valueAt(one), valueAt(other)]
    if (works(a, b)) {
      const { budget } = search
      const first = { works: (value: unknown) => works(value, b), budget }
      const second = { works: (value: unknown) => works(a, value), budget }
      return [
        [
          changeOf(one.movable, one.walk, one.index, first),
          changeOf(other.movable, other.walk, other.index, second),
        ],
      ]
    }
    if (search.budget.isSpent) return []
  }
  return []
}

const valueAt = ({ walk, index }: Step): unknown => walk.candidates[index]?.value

const withBoth = ({ facts }: Search, one: Step, a: unknown, other: Step, b: unknown): PolicyFacts =>
  factsWith(factsWith(facts, one.movable.place, a), other.movable.place, b)

const resultOf = (
  outcome: CounterfactualSearch['outcome'],
  found: readonly (readonly MadeChange[])[],
  { budget, wanted, language }: Search,
): CounterfactualSearch => ({
  outcome,
  counterfactuals: found
    .toSorted(([a], [b]) => (a === undefined || b === undefined ? 0 : compareChanges(a, b)))
    .map((changes) => ({
      changes: changes.map(plainChange),
      sentence: sayCounterfactual(changes, wanted, language),
    })),
  evaluations: budget.used,
  isComplete: !budget.isSpent,
})

const plainChange = ({ place, seen, value, border }: MadeChange): FactChange => {
  const [from, to] = [factSeen(seen), factSeen(value)]
  return {
    place: place.text,
    ...(from === undefined ? {} : { seen: from }),
    ...(to === undefined ? {} : { to }),
    border,
  }
}

/** The facts of a decision with changes made, to try them on something else. */
export const factsAfter = (
  loaded: LoadedRuleSet,
  decided: Decided,
  changes: readonly FactChange[],
): PolicyFacts => {
  const places = new Map(placesOf(loaded).map((place) => [place.text, place]))
  return changes.reduce<PolicyFacts>(
    (facts, { place, to }) => {
      const at = places.get(place)
      if (at === undefined) return facts
      // A whole record is only said to be given.
      return factsWith(facts, at, at.type.kind === 'record' && to === 'given' ? {} : to)
    },
    decisionFacts(loaded, decided),
  )
}
