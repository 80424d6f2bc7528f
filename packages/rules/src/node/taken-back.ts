import { versionName, versionsInForce } from '../registry/registry-state.ts'
import { contradictionsOf, inForceTogether } from './contradictions.ts'
import { inForceOf, type Registry, type RegistryVersion } from './read-registry.ts'
import { describeContradiction } from './reasons-against-release.ts'
import type { RollbackRequest } from './registry-ask.ts'

/** What a rollback takes back, the last released first, and the versions it leaves in force; or why it may not be. */
type TakenBack =
  | {
      readonly taken: readonly [RegistryVersion, ...RegistryVersion[]]
      readonly left: readonly string[]
    }
  | { readonly reasons: readonly string[] }

/** What a rollback comes to in a folder as it is. */
export const takenBackBy = (registry: Registry, request: RollbackRequest): TakenBack => {
  const { id, alongside = [] } = request
  const inForce = versionsInForce(registry.state.inForce, id)
  const reason = reasonAgainst(registry, inForce, request)
  if (reason !== null) return { reasons: [reason] }
  const to = request.to ?? inForce.at(-2)
  const left = inForce.slice(0, to === undefined ? 0 : inForce.indexOf(to) + 1)
  const [last, ...others] = inForce
    .slice(left.length)
    .toReversed()
    .flatMap((version) =>
      registry.versions.filter((one) => one.id === id && one.version === version),
    )
  if (last === undefined) return { reasons: [nothingInForce(id)] }
  const taken = [last, ...others] as const
  const rest = inForceOf(registry).filter((set) => !taken.some(({ loaded }) => loaded === set))
  const reasons = contradictionsOf(inForceTogether(rest, alongside)).map(describeContradiction)
  return reasons.length > 0 ? { reasons } : { taken, left }
}

const nothingInForce = (id: string): string => `no version of \`${id}\` is in force`

const reasonAgainst = (
  { versions }: Registry,
  inForce: readonly string[],
  { id, version = null, to = null }: RollbackRequest,
): string | null => {
  const last = inForce.at(-1)
  if (last === undefined) return nothingInForce(id)
  const lastName = versionName(id, last)
  if (version !== null && version !== last) {
    return `\`${versionName(id, version)}\` was not released last, \`${lastName}\` was: only what was released last is taken back`
  }
  if (to === null || (to !== last && inForce.includes(to))) return null
  const name = versionName(id, to)
  if (to === last)
    return `\`${name}\` was released last, nothing was after it: leave --to out to take it back itself`
  const standing = versions.find((one) => one.id === id && one.version === to)?.standing
  if (standing === undefined) {
    const older = inForce.slice(0, -1).join(', ')
    const mend = older === '' ? `\`${lastName}\` alone is in force` : `name one of ${older}`
    return `there is no \`${name}\` in the folder: ${mend}`
  }
  return standing === 'draft'
    ? `\`${name}\` was never released: release it instead`
    : `\`${name}\` was taken back itself: release it again instead`
}
