import type { CheckedRule } from '../evaluate/checked-rule.ts'
import type { JudgedCondition } from './explained-condition.ts'
import { fillTemplate } from './fill-template.ts'
import type { Language } from './language.ts'
import { sayClause } from './say-comparison.ts'

/** The most clauses one sentence holds; of the others their number is said. */
export const clausesMax = 6

/** Whether a rule decides, applies beside the one that decides, or did not apply. */
export type RuleStanding = 'decides' | 'stood-back' | 'not-applied'

/** One sentence about a rule: what became of it, and only what decided that. */
export const sayRule = (
  rule: CheckedRule,
  condition: JudgedCondition,
  standing: RuleStanding,
  language: Language,
): string => {
  const { sentences } = language
  const clauses = joinClauses(clausesOf(condition, language), language)
  const words = { rule: rule.name, because: rule.event.params.because, clauses }
  switch (standing) {
    case 'decides':
      return fillTemplate(sentences.decides, words)
    case 'stood-back':
      return fillTemplate(sentences.stoodBack, words)
    case 'not-applied':
      return fillTemplate(sentences.appliedNot, words)
  }
}

/**
 * What decided a condition, one clause each. Of an `all` that fails every member that fails, of an `any` that
 * holds the first member that does: nothing else has to be known. A `not` turns it round, so nothing is said
 * for it. A named condition is one clause under its name.
 */
const clausesOf = (condition: JudgedCondition, language: Language): readonly string[] => {
  const clauses = clausesInside(condition, language)
  if (condition.name === null) return clauses
  const { namedHolds, namedHoldsNot } = language.sentences
  const template = condition.holds ? namedHolds : namedHoldsNot
  const words = { name: condition.name, clauses: joinClauses(clauses, language) }
  return [fillTemplate(template, words)]
}

const clausesInside = (condition: JudgedCondition, language: Language): readonly string[] => {
  switch (condition.kind) {
    case 'comparison':
      return [sayClause(condition.comparison, language)]
    case 'not':
      return clausesOf(condition.condition, language)
    case 'all':
    case 'any': {
      const { kind, conditions, holds } = condition
      const deciding = conditions.filter((one) => one.holds === holds)
      if (kind === 'all') return deciding.flatMap((one) => clausesOf(one, language))
      if (holds) return deciding.slice(0, 1).flatMap((one) => clausesOf(one, language))
      return [noneOf(deciding, language)]
    }
  }
}

const noneOf = (failed: readonly JudgedCondition[], language: Language): string => {
  const ways = failed.map((one) => clausesOf(one, language))
  const [only] = ways
  if (ways.length === 1 && only !== undefined) return joinClauses(only, language)
  const clauses = joinClauses(ways.flat(), language)
  return fillTemplate(language.sentences.noneOf, { count: String(failed.length), clauses })
}

const joinClauses = (clauses: readonly string[], { sentences }: Language): string => {
  // The same comparison may stand in several branches.
  const different = [...new Set(clauses)]
  const shown = different.slice(0, clausesMax)
  const others = different.length - shown.length
  if (others > 0) shown.push(fillTemplate(sentences.more, { count: String(others) }))
  return shown.join(sentences.clauseComma)
}
