import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { LoadedRuleSet } from '@counterfoil/rules'
import { loadRuleSetFolder } from '@counterfoil/rules/node'
import { ruleSetsFolder } from './folders.ts'

/** The ready-made sets that the distributor builds on, and its own on top of them. */
export function loadRuleSets(folder: string = ruleSetsFolder): readonly LoadedRuleSet[] {
  const canonical = loadRuleSetFolder(readyMadeFolder()).filter(({ ruleSet }) =>
    ruleSet.id.startsWith('canonical-'),
  )
  return [...canonical, ...loadRuleSetFolder(folder, { bases: canonical })]
}

function readyMadeFolder(): string {
  return dirname(fileURLToPath(import.meta.resolve('@counterfoil/rules/rulesets/released.json')))
}
