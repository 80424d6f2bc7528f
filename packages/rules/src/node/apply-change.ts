import type { AuditEntry } from '@counterfoil/core'
import { auditRegistryAct, type RegistryAct } from '../registry/registry-audit.ts'
import { whileLocked } from './lock-folder.ts'
import { readRegistry, type Registry, registryOf, registryUnusable } from './read-registry.ts'
import { refuseUnfit } from './refuse-unfit-ask.ts'
import type { RegistryAnswer, RegistryAsk, RegistryOutcome } from './registry-ask.ts'
import { commit, recordAfter } from './write-registry-record.ts'

/** Changes a folder while nobody else does; what an earlier change left undone is finished first. */
export const changing = (
  ask: RegistryAsk,
  work: (registry: Registry) => RegistryOutcome,
): RegistryAnswer => {
  refuseUnfit(ask)
  return whileLocked(ask.folder, () => {
    const registry = readRegistry(ask.folder, optionsOf(ask))
    if (registry.problems.length > 0) throw registryUnusable(registry)
    const finished = registry.unfinished
    if (finished.length > 0) commit(registry, registry.audit)
    return { ...work(registry), finished }
  })
}

/** Reads the folder as it would be afterwards, and only then writes: the act, after those it takes as given. */
export const change = (
  registry: Registry,
  ask: RegistryAsk,
  { act, after = [] }: { readonly act: RegistryAct; readonly after?: readonly RegistryAct[] },
): RegistryOutcome => {
  const audit = chained(registry, [...after, act])
  const then = registryOf(registry.folder, recordAfter(registry, audit), optionsOf(ask))
  const reasons = then.problems.map(({ file, sentence }) => `${file}: ${sentence}`)
  if (reasons.length > 0) return { outcome: 'refused', reasons }
  commit(registry, audit)
  const { policy, version, from, to } = act
  const versions = policy.length === 0 ? [version] : policy.map((one) => one.version)
  return { outcome: 'done', versions, from, to }
}

/** The outcome for what may not be. */
export const refused = (...reasons: readonly string[]): RegistryOutcome => ({
  outcome: 'refused',
  reasons,
})

/** Who does it to which version, when and why; a clock is read here. */
export const actOf = ({
  id,
  version,
  by,
  because,
  at,
}: RegistryAsk & { readonly version: string }): Pick<
  RegistryAct,
  'id' | 'version' | 'by' | 'because' | 'at'
> => ({ id, version, by, because, at: typeof at === 'function' ? at() : at })

const optionsOf = ({ bases, fetched = {}, calendars = [] }: RegistryAsk) => ({
  bases,
  fetched,
  calendars,
})

const chained = ({ audit }: Registry, acts: readonly RegistryAct[]): readonly AuditEntry[] =>
  acts.reduce<readonly AuditEntry[]>((all, act) => [...all, ...auditRegistryAct(act, all)], audit)
