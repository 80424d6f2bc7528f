import type { PolicyFacts } from '@counterfoil/core'
import type { CheckedRule } from '../evaluate/checked-rule.ts'
import type { LoadedRuleSet } from '../rule-set/loaded-rule-set.ts'

/**
 * What was found. `gap`: facts no rule answers for. `overlap`, `conflict`: two rules fire for the same facts,
 * in a conflict neither going first. `never`: conditions that contradict each other. `unreachable`: others
 * always go before. `redundant`: without it the same would be said. `blank-limit`: a limit left out means no
 * limit. `disagreement`: two sets in force together say different things. `beyond-authority`: a tolerance passes what the matrix has approved. `less-for-more`: a larger amount
 * needs less approval. `calls-itself`: whoever does not answer is called again. `duties`: one role has two
 * duties that must be kept apart. `no-case`: no case shows the rule deciding. `not-analysed`: too involved.
 */
export type AnalysisFindingKind =
  | 'gap'
  | 'overlap'
  | 'conflict'
  | 'never'
  | 'unreachable'
  | 'redundant'
  | 'blank-limit'
  | 'disagreement'
  | 'beyond-authority'
  | 'less-for-more'
  | 'calls-itself'
  | 'duties'
  | 'no-case'
  | 'not-analysed'

/** `error`: to be mended; `warning`: most likely not meant; `information`: may well be meant. */
export type AnalysisSeverity = 'error' | 'warning' | 'information'

/** One thing found in a rule set, as plain data. */
export type AnalysisFinding = {
  readonly kind: AnalysisFindingKind
  readonly severity: AnalysisSeverity
  /** The exact version: `receiving-tolerance@1.0.0`. */
  readonly ruleSet: string
  /** Where in the rule set, as a JSON pointer; `/extends` for a rule taken over. */
  readonly pointer: string
  /** The rules concerned, the one to look at first. Those of another set are written `set@version/rule`. */
  readonly rules: readonly string[]
  /** For the person who writes the rules. */
  readonly sentence: string
  /** Facts that show it: evaluate the set with them. */
  readonly witness?: PolicyFacts
}

/** The exact version of a set. */
export const versionOf = ({ reference }: LoadedRuleSet): string =>
  `${reference.ruleSet}@${reference.version}`

/** Where a rule stands in its set: a rule, a row of a table, or `/extends` for what is taken over. */
export const pointerOfRule = (loaded: LoadedRuleSet, rule: CheckedRule): string => {
  if (isInherited(loaded, rule)) return '/extends'
  const { rules, tables = [] } = loaded.ruleSet
  if (rule.table === null) {
    return `/rules/${rules.findIndex(({ name }) => name === rule.name)}`
  }
  const table = tables.findIndex(({ name }) => name === rule.table)
  return `/tables/${table}/rows/${rule.row ?? 0}`
}

/** Whether a rule is taken over from an extended set as it is. */
export const isInherited = (loaded: LoadedRuleSet, rule: CheckedRule): boolean =>
  rule.from !== versionOf(loaded)

/** Names of rules in a sentence. */
export const namesOf = (rules: readonly { readonly name: string }[]): string => {
  const names = rules.slice(0, 5).map(({ name }) => `\`${name}\``)
  const more = rules.length - names.length
  if (more > 0) return `${names.join(', ')} and ${more} more`
  return names.length < 2
    ? names.join('')
    : `${names.slice(0, -1).join(', ')} and ${names[names.length - 1] ?? ''}`
}
