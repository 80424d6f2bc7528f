import type { BusinessCalendar, PolicyReference } from '@counterfoil/core'
import type { CheckedRule } from '../evaluate/checked-rule.ts'
import type { FactFetch } from '../fetch/fact-fetch.ts'
import type { RuleConditionRoot } from './rule-condition.ts'
import type { HitPolicy } from './rule-event.ts'
import type { RuleSet } from './rule-set.ts'
import type { RuleTable } from '../table/rule-table.ts'

/** A rule set that passed every check and cannot change any more. */
export type LoadedRuleSet = {
  /** As written. */
  readonly ruleSet: RuleSet
  /** Name, version and hash; the hash is over the canonical JSON, and over the extended set's hash and the business days of its calendar. */
  readonly reference: PolicyReference
  /** The rules that hold, those of an extended set included, in the order they were declared. */
  readonly rules: readonly CheckedRule[]
  /** The facts to fetch before it can be evaluated (`fetchFacts`). */
  readonly fetches: readonly FactFetch[]
  /** The named conditions that hold, those of an extended set included. */
  readonly conditions: Readonly<Record<string, RuleConditionRoot>>
  /** Its tables and those of an extended set, as they hold. */
  readonly tables: readonly LoadedTable[]
  /** Which of the rules that fire decide, said here or in the extended set; null for what is usual for each type of answer. */
  readonly hitPolicy: HitPolicy | null
  /** What business days are counted on, said here or in the extended set; null for Monday to Friday. */
  readonly calendar: BusinessCalendar | null
  /** Names of the sets it extends, directly or not. Where it applies it stands in their place. */
  readonly lineage: readonly string[]
  readonly overrides: OverridesReport
}

/** A decision table that holds in a set, and the version that wrote it. */
export type LoadedTable = { readonly table: RuleTable; readonly from: string }

/** What a rule set changes in the one it extends, so that local variations stay visible. */
export type OverridesReport = {
  /** The exact version extended; null for a set that stands alone. */
  readonly extends: string | null
  /** Rules that hold instead of a rule of the same name. */
  readonly replaced: readonly string[]
  /** Rules the extended set does not have. */
  readonly added: readonly string[]
  /** Rules of the extended set that do not hold here. */
  readonly switchedOff: readonly string[]
  /** Named conditions that mean something else here. */
  readonly conditionsReplaced: readonly string[]
  /** Rules taken over as they are. */
  readonly inherited: readonly string[]
  /** The same of decision tables, by name; a table is replaced or switched off as a whole. */
  readonly tables: {
    readonly replaced: readonly string[]
    readonly added: readonly string[]
    readonly switchedOff: readonly string[]
    readonly inherited: readonly string[]
  }
  /** Fields of the envelope that say something else here, in the order of their names. */
  readonly settings: readonly OverriddenSetting[]
}

/** A field of the envelope that differs from the extended set's; null where one of them says nothing. */
export type OverriddenSetting = {
  readonly field:
    | 'calendar'
    | 'effectiveTo'
    | 'facts'
    | 'hitPolicy'
    | 'owner'
    | 'priority'
    | 'scope'
  readonly here: unknown
  readonly extended: unknown
}
