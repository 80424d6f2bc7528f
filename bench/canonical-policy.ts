import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Policy } from '@counterfoil/core'
import { createPolicy } from '@counterfoil/rules'
import { loadRuleSetFolder } from '@counterfoil/rules/node'

/** The policy of the ready-made canonical rule sets. */
export function canonicalPolicy(): Policy {
  const folder = dirname(
    fileURLToPath(import.meta.resolve('@counterfoil/rules/rulesets/released.json')),
  )
  const ruleSets = loadRuleSetFolder(folder).filter(({ ruleSet }) =>
    ruleSet.id.startsWith('canonical-'),
  )
  return createPolicy({ ruleSets })
}
