import type { PolicyFacts } from '@counterfoil/core'
import { evaluateRuleSet, type RuleSetEvaluation } from '../evaluate/evaluate-rule-set.ts'
import type { LoadedRuleSet } from '../rule-set/loaded-rule-set.ts'
import type { RuleSetCase } from './rule-set-case.ts'

/** How the cases of a rule set came out. */
export type RuleSetCaseReport = {
  readonly results: readonly RuleSetCaseResult[]
  /** Rules no case shows deciding; a set that is released has none. */
  readonly rulesWithoutCase: readonly string[]
  /** Whether some case shows facts about which the set says nothing. */
  readonly hasNothingFires: boolean
  /** Every case passed, every rule has one, and so has "nothing fires". */
  readonly isComplete: boolean
}

/** How one case came out: what differs, in words; nothing where it passed. */
export type RuleSetCaseResult = {
  readonly name: string
  readonly differences: readonly string[]
  readonly evaluation: RuleSetEvaluation
}

/** Runs the cases of a rule set: those it holds itself and those given, of its `cases.json`. Another evaluator may be given, to hold it against the same cases. */
export const runRuleSetCases = (
  loaded: LoadedRuleSet,
  cases: readonly RuleSetCase[],
  evaluate: (loaded: LoadedRuleSet, facts: PolicyFacts) => RuleSetEvaluation = evaluateRuleSet,
): RuleSetCaseReport => {
  const results = [...(loaded.ruleSet.cases ?? []), ...cases].map((one): RuleSetCaseResult => {
    const evaluation = evaluate(loaded, one.facts)
    return { name: one.name, differences: differencesOf(one, evaluation), evaluation }
  })
  const decided = new Set(
    results.flatMap(({ evaluation }) => evaluation.answers.map(({ rule }) => rule)),
  )
  const own = `${loaded.ruleSet.id}@${loaded.ruleSet.version}`
  const rulesWithoutCase = loaded.rules
    .filter(({ name, from }) => from === own && !decided.has(name))
    .map(({ name }) => name)
  const hasNothingFires = results.some(({ evaluation }) => evaluation.fired.length === 0)
  const passed = results.every(({ differences }) => differences.length === 0)
  const isComplete = passed && rulesWithoutCase.length === 0 && hasNothingFires
  return { results, rulesWithoutCase, hasNothingFires, isComplete }
}

const differencesOf = (
  { expect }: RuleSetCase,
  { answers }: RuleSetEvaluation,
): readonly string[] => {
  const fired = answers.map(({ rule }) => rule)
  const rules =
    JSON.stringify(fired) === JSON.stringify(expect.firedRules)
      ? []
      : [`rules: expected ${list(expect.firedRules)}, and ${list(fired)} fired`]
  const outcome = outcomeOf(answers)
  if (expect.outcome === 'nothing fires') {
    return answers.length === 0 ? rules : [...rules, 'outcome: expected that nothing fires']
  }
  return [...rules, ...differencesIn(named(expect.outcome), outcome, 'outcome', 'exactly')]
}

const list = (names: readonly string[]): string => (names.length === 0 ? 'none' : names.join(', '))

type Outcome = Readonly<Record<string, unknown>>

const outcomeOf = (answers: RuleSetEvaluation['answers']): Outcome => {
  const checks = answers.filter(({ event }) => event.type === 'check')
  const others = answers.filter(({ event }) => event.type !== 'check')
  return {
    ...Object.fromEntries(others.map(({ event }) => [event.type, event.params])),
    ...(checks.length > 0 ? { check: checks.map(({ event }) => event.params) } : {}),
  }
}

/** A check may be expected by its name alone. */
const named = (outcome: Exclude<RuleSetCase['expect']['outcome'], string>): Outcome =>
  outcome.check === undefined
    ? outcome
    : {
        ...outcome,
        check: outcome.check.map((one) => (typeof one === 'string' ? { name: one } : one)),
      }

/** `exactly`: no field besides those expected; `in part`: others may be there. Lists have equal length. */
const differencesIn = (
  expected: unknown,
  actual: unknown,
  place: string,
  how: 'exactly' | 'in part',
): readonly string[] => {
  if (isRecord(expected) && isRecord(actual)) {
    const extra = how === 'exactly' ? Object.keys(actual).filter((key) => !(key in expected)) : []
    return [
      ...extra.map((key) => `${place}.${key}: not expected`),
      ...Object.entries(expected).flatMap(([key, value]) =>
        differencesIn(value, actual[key], `${place}.${key}`, 'in part'),
      ),
    ]
  }
  if (Array.isArray(expected) && Array.isArray(actual) && expected.length === actual.length) {
    return expected.flatMap((one: unknown, index) =>
      differencesIn(one, actual[index], `${place}[${index}]`, 'in part'),
    )
  }
  if (expected === actual) return []
  return [`${place}: expected ${JSON.stringify(expected)}, and it is ${JSON.stringify(actual)}`]
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
