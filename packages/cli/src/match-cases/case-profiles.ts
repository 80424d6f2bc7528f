import { fileURLToPath } from 'node:url'
import type { PlannedCheck } from '@counterfoil/core'
import type { LoadedRuleSet } from '@counterfoil/rules'
import { loadRuleSetFolder } from '@counterfoil/rules/node'

/** The rule sets that reproduce how one system matches invoices. */
export type CaseProfile = {
  readonly name: string
  readonly matching: LoadedRuleSet
  readonly tolerance: LoadedRuleSet
  readonly routing: LoadedRuleSet
}

/** Profiles by name: `canonical` and those of well-known systems. */
export type CaseProfiles = ReadonlyMap<string, CaseProfile>

/** Loads the profiles that come with the rules. */
export function loadCaseProfiles(): CaseProfiles {
  const manifest = import.meta.resolve('@counterfoil/rules/package.json')
  const loaded = loadRuleSetFolder(fileURLToPath(new URL('rulesets/', manifest)))
  const byId = new Map(loaded.map((set) => [set.ruleSet.id, set]))
  const profiles = new Map<string, CaseProfile>()
  for (const matching of loaded) {
    const { id, kind } = matching.ruleSet
    if (kind !== 'matching' || !id.endsWith('-matching')) continue
    const name = id.slice(0, -'-matching'.length)
    const tolerance = byId.get(`${name}-tolerance`)
    const routing = byId.get(`${name}-routing`)
    if (tolerance === undefined || routing === undefined) continue
    profiles.set(name, { name, matching, tolerance, routing })
  }
  return profiles
}

/** A check as a profile plans it. */
export type ProfileCheck = { readonly profile: CaseProfile; readonly planned: PlannedCheck }

/**
 * The check of a profile that a name means: a name of its own, or the general comparison; where the
 * profile has none, the canonical profile's or any other's.
 */
export function findProfileCheck(
  profiles: CaseProfiles,
  profile: CaseProfile,
  isMeant: (planned: PlannedCheck) => boolean,
): ProfileCheck | null {
  const canonical = profiles.get('canonical')
  const others = [...(canonical === undefined ? [] : [canonical]), ...profiles.values()]
  for (const candidate of [profile, ...others]) {
    for (const { event } of candidate.matching.rules) {
      if (event.type !== 'check' || !isMeant(event.params)) continue
      const { because: _because, ...planned } = event.params
      return { profile: candidate, planned }
    }
  }
  return null
}
