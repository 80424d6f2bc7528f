import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Policy, PolicySource } from '@counterfoil/core'
import { createPolicy, createPolicySource, type LoadedRuleSet } from '@counterfoil/rules'
import { loadRuleSetFolder } from '@counterfoil/rules/node'

/** The policy of the ready-made canonical rule sets. */
export function canonicalPolicy(): Policy {
  return createPolicy({ ruleSets: canonicalRuleSets() })
}

/** The ready-made canonical rule sets as a runtime asks them: read once, as a process that starts reads them. */
export const canonicalPolicies: PolicySource = createPolicySource(canonicalRuleSets())

function canonicalRuleSets(): readonly LoadedRuleSet[] {
  const folder = dirname(
    fileURLToPath(import.meta.resolve('@counterfoil/rules/rulesets/released.json')),
  )
  return loadRuleSetFolder(folder).filter(({ ruleSet }) => ruleSet.id.startsWith('canonical-'))
}
