import * as z from 'zod'
import { RuleSetId, RuleSetVersion, RuleSetVersionReference } from '../rule-set/rule-set.ts'

const hash = z
  .string()
  .regex(/^[0-9a-f]{64}$/, 'not a hash: let `counterfoil rules release` write it')

/** `released.json`: every version ever released, with the hash of its folder. */
export const ReleasedVersions = z.record(RuleSetVersionReference, hash)
export type ReleasedVersions = z.infer<typeof ReleasedVersions>

/**
 * `in-force.json`, the pointer: of each rule set the released versions that count, in the order they were
 * released. Which of them decides follows from the business date of the document.
 */
export const VersionsInForce = z.record(RuleSetId, z.array(RuleSetVersion))
export type VersionsInForce = z.infer<typeof VersionsInForce>

/** What a folder of rule sets says about its versions. */
export type RegistryState = {
  readonly released: ReleasedVersions
  readonly inForce: VersionsInForce
}

/** Where one version stands: still being written, deciding, or taken back. */
export type VersionStanding = 'draft' | 'in-force' | 'withdrawn'

/** `receiving-tolerance@1.0.0` from its parts. */
export const versionName = (id: string, version: string): string => `${id}@${version}`

/** The released versions of a rule set that count, in the order they were released; none of a set nobody released. */
export const versionsInForce = (inForce: VersionsInForce, id: string): readonly string[] =>
  Object.hasOwn(inForce, id) ? (inForce[id] ?? []) : []

/** Where a version stands. */
export const standingOf = (
  { released, inForce }: RegistryState,
  id: string,
  version: string,
): VersionStanding => {
  if (versionsInForce(inForce, id).includes(version)) return 'in-force'
  return Object.hasOwn(released, versionName(id, version)) ? 'withdrawn' : 'draft'
}

/** The pointer with a version put at its end. */
export const putInForce = (
  inForce: VersionsInForce,
  id: string,
  version: string,
): VersionsInForce => ({
  ...inForce,
  [id]: [...versionsInForce(inForce, id).filter((one) => one !== version), version],
})

/** The pointer without what was released after a version; without any of the set where that is null. */
export const takeBackTo = (
  inForce: VersionsInForce,
  id: string,
  version: string | null,
): VersionsInForce => {
  const versions = versionsInForce(inForce, id)
  return {
    ...inForce,
    [id]: version === null ? [] : versions.slice(0, versions.indexOf(version) + 1),
  }
}
