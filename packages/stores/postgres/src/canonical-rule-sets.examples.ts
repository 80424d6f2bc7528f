import type { LoadedRuleSet } from '@counterfoil/rules'
import { loadRuleSetFolder } from '@counterfoil/rules/node'

/** The canonical rule sets, as they stand in the rules package. */
export function canonicalRuleSets(): readonly LoadedRuleSet[] {
  const folder = new URL('../../../rules/rulesets', import.meta.url).pathname
  return loadRuleSetFolder(folder).filter(({ ruleSet }) => ruleSet.id.startsWith('canonical-'))
}
