import { existsSync } from 'node:fs'
import {
  type BusinessCalendar,
  CounterfoilError,
  type PolicyFacts,
  type PolicySource,
} from '@counterfoil/core'
import type { FetchedFacts } from '../fetch/fetched-facts.ts'
import { lazyPolicySource } from '../policy/create-policy-source.ts'
import type { LoadedRuleSet } from '../rule-set/loaded-rule-set.ts'
import { inForceTogether, refuseContradictions } from './contradictions.ts'
import type { RuleSetFileFinding } from './load-rule-set-folder.ts'
import { inForceOf, readRegistry, type Registry, registryUnusable } from './read-registry.ts'
import { auditFile } from './read-registry-record.ts'
import { watchFolder } from './watch-folder.ts'

/** How a registry is opened. */
export type RuleSetRegistrySettings = {
  /** Sets that those of the folder may extend. */
  readonly bases?: readonly LoadedRuleSet[]
  /** Calendars the sets may name, beside those of the folder. */
  readonly calendars?: readonly BusinessCalendar[]
  /** Facts the host fetches, which the sets may look at. */
  readonly fetched?: FetchedFacts
  /**
   * Facts that were fetched (`fetchFacts`), beside those each question brings. `pick` throws `FACT_UNAVAILABLE` for sets
   * that look at one that is not here.
   */
  readonly facts?: PolicyFacts
  /** Sets that are in force beside the folder's own, which may extend one and may not contradict it (`inForceTogether`). */
  readonly alongside?: readonly LoadedRuleSet[]
  /** Whether to look at the folder again whenever something in it changes. */
  readonly watch?: boolean
  /** Told of each look at the folder. */
  readonly onReload?: (reload: RegistryReload) => void
  /** How long the folder has to be still before it is looked at again; 200 unless said otherwise. */
  readonly stillMilliseconds?: number
}

/** What a look at the folder came to. With problems, what was in force before stays in force. */
export type RegistryReload = {
  readonly outcome: 'changed' | 'unchanged' | 'kept'
  readonly problems: readonly RuleSetFileFinding[]
}

/** The rule sets of a folder, as a source of policies that follows the folder. */
export type RuleSetRegistry = {
  /** Picks from what is in force now. A policy once picked stays what it was. */
  readonly source: PolicySource
  /** Looks at the folder again: everything is read and checked before anything is exchanged. */
  readonly reload: () => RegistryReload
  /** The folder as it was read when what is in force now was put in force. */
  readonly current: () => Registry
  readonly close: () => void
}

/**
 * Opens a folder of rule sets in all their versions. What decides are the versions in force, by the business date of the
 * document; drafts never do. Throws `RULE_SET_INVALID` where what was released cannot be trusted, contradicts itself or what is
 * `alongside`, and `RULE_SET_NOT_FOUND` for a folder that is not there.
 */
export const openRuleSetRegistry = (
  folder: string,
  settings: RuleSetRegistrySettings = {},
): RuleSetRegistry => {
  const { bases = [], calendars = [], fetched = {}, onReload } = settings
  const read = (): Opened => {
    refuseMissing(folder)
    return openOnce(readRegistry(folder, { bases, calendars, fetched }), settings)
  }
  let opened = read()
  const reload = (): RegistryReload => {
    const answer = tryReading(read, opened)
    opened = answer.opened
    onReload?.(answer.reload)
    return answer.reload
  }
  const watching =
    settings.watch === true ? watchFolder(folder, reload, settings.stillMilliseconds ?? 200) : null
  return {
    source: { pick: (scope, businessDate) => opened.source.pick(scope, businessDate) },
    reload,
    current: () => opened.registry,
    close: () => watching?.close(),
  }
}

const refuseMissing = (folder: string): void => {
  if (existsSync(folder)) return
  throw new CounterfoilError(
    'RULE_SET_NOT_FOUND',
    `cannot find the folder \`${folder}\`: name that of the rule sets, or put it back`,
    { details: { folder } },
  )
}

type Opened = { readonly registry: Registry; readonly source: PolicySource }

const openOnce = (
  registry: Registry,
  { alongside = [], facts = {} }: RuleSetRegistrySettings,
): Opened => {
  if (registry.problems.length > 0) throw registryUnusable(registry)
  const inForce = inForceTogether(inForceOf(registry), alongside)
  refuseContradictions(inForce)
  return { registry, source: lazyPolicySource(inForce, facts) }
}

const tryReading = (
  read: () => Opened,
  opened: Opened,
): { readonly opened: Opened; readonly reload: RegistryReload } => {
  try {
    const next = read()
    refuseLost(opened.registry, next.registry)
    const isSame = signatureOf(next) === signatureOf(opened)
    const reload = { outcome: isSame ? 'unchanged' : 'changed', problems: [] } as const
    return { opened: isSame ? { ...next, source: opened.source } : next, reload }
  } catch (error) {
    const sentence = error instanceof Error ? error.message : String(error)
    const problems = [{ file: '', pointer: '', sentence }]
    return { opened, reload: { outcome: 'kept', problems } }
  }
}

/** An audit only grows: a folder that holds less of it than it did is not the one that was opened, or half gone. */
const refuseLost = (before: Registry, now: Registry): void => {
  const lost = before.audit.find(({ hash }, index) => now.audit[index]?.hash !== hash)
  if (lost === undefined) return
  const sentence = `entry ${lost.sequence} of \`${lost.aggregate}\` was there and is not any more: put the file back as it was`
  throw registryUnusable({ ...now, problems: [{ file: auditFile, pointer: '', sentence }] })
}

const signatureOf = ({ registry }: Opened): string =>
  inForceOf(registry)
    .map(({ reference }) => reference.hash)
    .join(' ')
