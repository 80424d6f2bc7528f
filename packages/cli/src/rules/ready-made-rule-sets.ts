import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { LoadedRuleSet } from '@counterfoil/rules'
import { loadRuleSetFolder } from '@counterfoil/rules/node'

// They never change while a process runs, and reading them is most of the work of a short command.
let readyMade: readonly LoadedRuleSet[] | null = null

/** The rule sets that come with `@counterfoil/rules`. */
export function readyMadeRuleSets(): readonly LoadedRuleSet[] {
  const released = import.meta.resolve('@counterfoil/rules/rulesets/released.json')
  readyMade ??= loadRuleSetFolder(dirname(fileURLToPath(released)))
  return readyMade
}

/** The canonical ones among some sets. */
export function canonicalOf(ruleSets: readonly LoadedRuleSet[]): readonly LoadedRuleSet[] {
  return ruleSets.filter(({ ruleSet }) => ruleSet.id.startsWith('canonical-'))
}
