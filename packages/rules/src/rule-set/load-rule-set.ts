import type { BusinessCalendar } from '@counterfoil/core'
import { readRuleSet } from '../check/read-rule-set.ts'
import type { FetchedFacts } from '../fetch/fetched-facts.ts'
import type { LoadedRuleSet } from './loaded-rule-set.ts'
import { ruleSetInvalid, type RuleSetFinding } from './rule-set-finding.ts'

/** What loading a rule set may need besides the rule set. */
export type LoadRuleSetOptions = {
  /** Loaded sets that `extends` may name. */
  readonly bases?: readonly LoadedRuleSet[]
  /** Facts the host fetches before evaluating (`fetchFacts`), beside those of the kind. */
  readonly fetched?: FetchedFacts
  /** Calendars that `calendar` may name: which days are business days. */
  readonly calendars?: readonly BusinessCalendar[]
}

/**
 * Everything that is wrong with a rule set, with the place and the way to mend it; none for a rule set
 * that can be loaded. Takes any value, also a foreign one, and never throws.
 */
export const checkRuleSet = (
  json: unknown,
  options: LoadRuleSetOptions = {},
): readonly RuleSetFinding[] => readRuleSet(json, options).findings

/**
 * Loads a rule set from parsed JSON. Throws `RULE_SET_INVALID` with all findings in `details.findings`.
 * The result is frozen and keeps nothing of the value given.
 */
export const loadRuleSet = (json: unknown, options: LoadRuleSetOptions = {}): LoadedRuleSet => {
  const { loaded, findings, name } = readRuleSet(json, options)
  if (loaded === null) throw ruleSetInvalid(name === '' ? 'without a name' : name, findings)
  return loaded
}
