import { hashOf } from '@counterfoil/core'
import {
  inputHashOfFolder,
  pointerText,
  type RegistryAct,
  type RegistryEvent,
} from '../registry/registry-audit.ts'
import { versionName, versionsInForce } from '../registry/registry-state.ts'
import { actOf, change, changing, refused } from './apply-change.ts'
import type { Registry, RegistryVersion } from './read-registry.ts'
import { reasonsAgainst } from './reasons-against-release.ts'
import type {
  RegistryAnswer,
  RegistryAsk,
  ReleaseRequest,
  RollbackRequest,
} from './registry-ask.ts'
import { takenBackBy } from './taken-back.ts'

/**
 * Keeps who began a version, so that somebody else releases it. Throws `SETTINGS_INVALID` for a name or a reason that the
 * audit could not keep as one line, as all that changes a registry does, and `STORE_CONFLICT` while another process is at it.
 */
export const recordDraft = (ask: RegistryAsk & { readonly version: string }): RegistryAnswer =>
  changing(ask, (registry) => {
    const standing = pointerText(ask.id, versionsInForce(registry.state.inForce, ask.id))
    const one = versionOf(registry, ask.id, ask.version)
    const inputHash = one?.folderHash ?? hashOf(ask.version)
    const act = { ...actOf(ask), from: standing, to: standing, policy: [], inputHash }
    return change(registry, ask, { act: { ...act, event: 'rule-set.drafted' } })
  })

/**
 * Releases a version: what is wrong with it, a case that fails, a rule without a case or a missing second person
 * refuses it. Its folder never changes from then on. The entry of the audit puts it in force; the other files are made of
 * it, by the next change where this one breaks off.
 */
export const releaseVersion = (request: ReleaseRequest): RegistryAnswer =>
  changing(request, (registry) => {
    const { id, version, approvedBy, writtenBy } = request
    const one = versionOf(registry, id, version)
    if (one === undefined)
      return refused(`there is no \`${versionName(id, version)}\` in the folder`)
    if (one.standing === 'in-force') return refused(`\`${versionName(id, version)}\` is in force`)
    const reasons = reasonsAgainst(registry, one, request)
    const { loaded } = one
    if (reasons.length > 0 || loaded === null) return { outcome: 'refused', reasons }
    const from = pointerText(id, versionsInForce(registry.state.inForce, id))
    const inputHash = inputHashOfFolder(one.folderHash)
    const act = { ...actOf(request), policy: [loaded.reference], inputHash, from, to: from }
    const saidBy = (person: string | null, event: RegistryEvent): readonly RegistryAct[] =>
      person === null ? [] : [{ ...act, by: person, event }]
    return change(registry, request, {
      after: [
        ...saidBy(writtenBy, 'rule-set.drafted'),
        ...saidBy(approvedBy, 'rule-set.release-approved'),
      ],
      act: { ...act, event: 'rule-set.released', to: versionName(id, version) },
    })
  })

/**
 * Takes the version released last back, so that the one before it decides again from now on, or everything released after
 * an older one (`to`). Nothing is deleted, and what was decided under it keeps it. Refused where what is left in force
 * would contradict itself.
 */
export const rollBackVersion = (request: RollbackRequest): RegistryAnswer =>
  changing(request, (registry) => {
    const { id } = request
    const back = takenBackBy(registry, request)
    if ('reasons' in back) return { outcome: 'refused', reasons: back.reasons }
    const [last] = back.taken
    const act: RegistryAct = {
      ...actOf({ ...request, version: last.version }),
      event: 'rule-set.rolled-back',
      policy: back.taken.flatMap(({ loaded }) => loaded?.reference ?? []),
      inputHash: inputHashOfFolder(last.folderHash),
      from: versionName(id, last.version),
      to: pointerText(id, back.left),
    }
    return change(registry, request, { act })
  })

const versionOf = (registry: Registry, id: string, version: string): RegistryVersion | undefined =>
  registry.versions.find((one) => one.id === id && one.version === version)
