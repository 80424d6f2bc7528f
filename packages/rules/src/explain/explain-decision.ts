import type { PolicyReference } from '@counterfoil/core'
import type { CheckedRule } from '../evaluate/checked-rule.ts'
import { answersOf } from '../evaluate/evaluate-rule-set.ts'
import { inOrderOfPriority } from '../evaluate/hit-policy.ts'
import type { LoadedRuleSet } from '../rule-set/loaded-rule-set.ts'
import type { RuleEvent } from '../rule-set/rule-event.ts'
import { type Decided, decisionFacts } from './decision-facts.ts'
import {
  type ExplainedCondition,
  judgeCondition,
  type JudgedCondition,
  plainComparison,
} from './explained-condition.ts'
import type { Language } from './language.ts'
import { english } from './languages/english.ts'
import { sayComparison } from './say-comparison.ts'
import { type RuleStanding, sayRule } from './say-rule.ts'

/** A rule of a decision: whether it fired, whether it is the one that decides, and why. */
export type ExplainedRule = {
  readonly name: string
  readonly fired: boolean
  readonly decides: boolean
  readonly condition: ExplainedCondition
  /** What became of it, with only what decided that. */
  readonly sentence: string
}

/** The whole explanation of a decision: plain data, and sentences a buyer reads. */
export type DecisionExplanation = {
  readonly reference: PolicyReference
  readonly language: string
  readonly answers: readonly {
    readonly rule: string
    readonly event: RuleEvent
    /** As the rule set says it, in the language it was written in. */
    readonly because: string
  }[]
  /** In the order they were tried. */
  readonly rules: readonly ExplainedRule[]
  /** The rules that decide; where none does, that no rule applied, and why each did not. */
  readonly sentences: readonly string[]
}

/** How a decision is explained. */
export type ExplainOptions = {
  /** English where not said. */
  readonly language?: Language
  /** Only these rules, by name; all where not said. A table of thousands of rows is better asked by name. */
  readonly rules?: readonly string[]
}

/** The most rules the sentences of a decision without an answer go into. */
const rulesSaidMax = 20

/**
 * Explains a decision from its record, or from the facts, and the version it was made with. The same input
 * gives the same bytes. Throws `RULE_SET_NOT_FOUND` for the record of another version.
 */
export const explainDecision = (
  loaded: LoadedRuleSet,
  decided: Decided,
  options: ExplainOptions = {},
): DecisionExplanation => {
  const { language = english } = options
  const judged = judgeRules(loaded, decided)
  const fired = judged.filter(({ condition }) => condition.holds).map(({ rule }) => rule)
  const answers = answersOf(loaded, fired)
  const deciding = new Set(answers.map(({ rule }) => rule))
  const asked = options.rules === undefined ? null : new Set(options.rules)
  const rules = judged
    .filter(({ rule }) => asked === null || asked.has(rule.name))
    .map((one) => explainRule(one, deciding, language))
  return {
    reference: loaded.reference,
    language: language.tag,
    answers: answers.map(({ rule, event }) => ({ rule, event, because: event.params.because })),
    rules,
    sentences: sentencesOf(rules, answers.length > 0, language),
  }
}

/** A rule with its condition judged. */
export type JudgedRule = { readonly rule: CheckedRule; readonly condition: JudgedCondition }

/** Every rule, in the order it is tried, with its condition judged on the facts of a decision. */
export const judgeRules = (loaded: LoadedRuleSet, decided: Decided): readonly JudgedRule[] => {
  const judging = { facts: decisionFacts(loaded, decided), conditions: loaded.conditions }
  return inOrderOfPriority(loaded.rules).map((rule) => ({
    rule,
    condition: judgeCondition(rule.condition, rule.json.conditions, judging),
  }))
}

const explainRule = (
  { rule, condition }: JudgedRule,
  deciding: ReadonlySet<string>,
  language: Language,
): ExplainedRule => {
  const decides = deciding.has(rule.name)
  const standing: RuleStanding = decides
    ? 'decides'
    : condition.holds
      ? 'stood-back'
      : 'not-applied'
  return {
    name: rule.name,
    fired: condition.holds,
    decides,
    condition: explainCondition(condition, false, language),
    sentence: sayRule(rule, condition, standing, language),
  }
}

const explainCondition = (
  condition: JudgedCondition,
  isNegated: boolean,
  language: Language,
): ExplainedCondition => {
  const { name, holds } = condition
  switch (condition.kind) {
    case 'comparison': {
      const sentence = sayComparison(condition.comparison, isNegated, language)
      return { ...plainComparison(condition.comparison, name), sentence }
    }
    case 'not': {
      const inner = explainCondition(condition.condition, !isNegated, language)
      return { kind: 'not', name, holds, condition: inner }
    }
    case 'all':
    case 'any': {
      const conditions = condition.conditions.map((one) =>
        explainCondition(one, isNegated, language),
      )
      return { kind: condition.kind, name, holds, conditions }
    }
  }
}

const sentencesOf = (
  rules: readonly ExplainedRule[],
  isAnswered: boolean,
  { sentences }: Language,
): readonly string[] => {
  if (isAnswered) return rules.filter(({ decides }) => decides).map(({ sentence }) => sentence)
  return [sentences.noAnswer, ...rules.slice(0, rulesSaidMax).map(({ sentence }) => sentence)]
}
