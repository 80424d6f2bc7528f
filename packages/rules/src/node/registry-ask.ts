import type { BusinessCalendar, Instant } from '@counterfoil/core'
import type { FetchedFacts } from '../fetch/fetched-facts.ts'
import type { LoadedRuleSet } from '../rule-set/loaded-rule-set.ts'
import type { RuleSetFileFinding } from './load-rule-set-folder.ts'

/** Who changes a registry, when and why. */
export type RegistryAsk = {
  readonly folder: string
  /** Sets that those of the folder may extend. */
  readonly bases: readonly LoadedRuleSet[]
  /** Facts the host fetches, which the sets may look at. */
  readonly fetched?: FetchedFacts
  /** Calendars the sets may name, beside those of the folder. */
  readonly calendars?: readonly BusinessCalendar[]
  /** Sets that are in force beside the folder's own. */
  readonly alongside?: readonly LoadedRuleSet[]
  readonly id: string
  readonly by: string
  readonly because: string
  /** When; a clock is read once nobody else can change the folder, so that the audit is in the order of its times. */
  readonly at: Instant | (() => Instant)
}

/** What a release needs besides. */
export type ReleaseRequest = RegistryAsk & {
  readonly version: string
  /** A second person, where the author releases. */
  readonly approvedBy: string | null
  /** The author, where the version was not begun with `rules new`. */
  readonly writtenBy: string | null
}

/** What a rollback may name besides. */
export type RollbackRequest = RegistryAsk & {
  /** The version that has to be the one released last, where it matters which is taken back. */
  readonly version?: string | null
  /** The version that is to be the last released again: all that were released after it are taken back. The one before the last where not given. */
  readonly to?: string | null
}

/** What a change came to, and in which state it left the rule set. */
export type RegistryOutcome =
  | {
      readonly outcome: 'done'
      /** The version it was done to; of several taken back at once all of them, the last released first. */
      readonly versions: readonly string[]
      /** The last released versions before and after; null for none. */
      readonly from: string | null
      readonly to: string | null
    }
  | { readonly outcome: 'refused'; readonly reasons: readonly string[] }

/** The answer to who asks for a change. */
export type RegistryAnswer = RegistryOutcome & {
  /** What an earlier change had left undone when it broke off: it was finished first, whatever became of this one. */
  readonly finished: readonly RuleSetFileFinding[]
}
