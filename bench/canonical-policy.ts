import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Policy } from '@counterfoil/core'
import { createPolicy, type LoadedRuleSet } from '@counterfoil/rules'
import { loadRuleSetFolder } from '@counterfoil/rules/node'

/** The ready-made canonical rule sets. */
export function canonicalRuleSets(): readonly LoadedRuleSet[] {
  const folder = dirname(
    fileURLToPath(import.meta.resolve('@counterfoil/rules/rulesets/released.json')),
  )
  return loadRuleSetFolder(folder).filter(({ ruleSet }) => ruleSet.id.startsWith('canonical-'))
}

/** The policy of the ready-made canonical rule sets. */
export function canonicalPolicy(): Policy {
  return createPolicy({ ruleSets: canonicalRuleSets() })
}
