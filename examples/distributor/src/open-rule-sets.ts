import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { LoadedRuleSet } from '@counterfoil/rules'
import {
  loadRuleSetFolder,
  openRuleSetRegistry,
  type RuleSetRegistry,
} from '@counterfoil/rules/node'
import { ruleSetsFolder } from './folders.ts'

/**
 * The distributor's own rule sets as they were released, on top of the ready-made ones they extend: what is in the folder
 * and was not released decides nothing, and what was changed since is refused.
 */
export function openRuleSets(folder: string = ruleSetsFolder): RuleSetRegistry {
  const canonical = canonicalRuleSets()
  return openRuleSetRegistry(folder, { bases: canonical, alongside: canonical })
}

/** The ready-made sets, which decide where the distributor's own say nothing. */
export function canonicalRuleSets(): readonly LoadedRuleSet[] {
  const released = import.meta.resolve('@counterfoil/rules/rulesets/released.json')
  return loadRuleSetFolder(dirname(fileURLToPath(released))).filter(({ ruleSet }) =>
    ruleSet.id.startsWith('canonical-'),
  )
}
