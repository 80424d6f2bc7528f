import {
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  rmSync,
  writeSync,
} from 'node:fs'
import { join } from 'node:path'
import {
  type AuditEntry,
  type BusinessCalendar,
  CounterfoilError,
  hashOf,
  type Instant,
} from '@counterfoil/core'
import type { FetchedFacts } from '../fetch/fetched-facts.ts'
import {
  auditRegistryAct,
  inputHashOfFolder,
  pointerText,
  type RegistryAct,
} from '../registry/registry-audit.ts'
import { versionName } from '../registry/registry-state.ts'
import type { LoadedRuleSet } from '../rule-set/loaded-rule-set.ts'
import { contradictionsOf, inForceTogether } from './contradictions.ts'
import {
  inForceOf,
  readRegistry,
  type Registry,
  registryOf,
  registryUnusable,
  type RegistryVersion,
} from './read-registry.ts'
import { reasonsAgainst } from './reasons-against-release.ts'
import { commit, recordAfter } from './write-registry-record.ts'

/** Who changes a registry, when and why. */
export type RegistryAsk = {
  readonly folder: string
  /** Sets that those of the folder may extend. */
  readonly bases: readonly LoadedRuleSet[]
  /** Facts the host fetches, which the sets may look at. */
  readonly fetched?: FetchedFacts
  /** Calendars the sets may name, beside those of the folder. */
  readonly calendars?: readonly BusinessCalendar[]
  /** Sets that are in force beside the folder's own. */
  readonly alongside?: readonly LoadedRuleSet[]
  readonly id: string
  readonly by: string
  readonly because: string
  /** When; a clock is read once nobody else can change the folder, so that the audit is in the order of its times. */
  readonly at: Instant | (() => Instant)
}

/** What a release needs besides. */
export type ReleaseRequest = RegistryAsk & {
  readonly version: string
  /** A second person, where the author releases. */
  readonly approvedBy: string | null
  /** The author, where the version was not begun with `rules new`. */
  readonly writtenBy: string | null
}

/** Whether something was done, and in which state it left the rule set. */
export type RegistryAnswer =
  | {
      readonly outcome: 'done'
      readonly version: string
      /** The last released versions before and after; null for none. */
      readonly from: string | null
      readonly to: string | null
    }
  | { readonly outcome: 'refused'; readonly reasons: readonly string[] }

/** Keeps who began a version, so that somebody else releases it. */
export const recordDraft = (ask: RegistryAsk & { readonly version: string }): void =>
  whileLocked(ask.folder, () => {
    const registry = usable(ask)
    const standing = pointerText(ask.id, registry.state.inForce[ask.id])
    const one = versionOf(registry, ask.id, ask.version)
    const inputHash = one?.folderHash ?? hashOf(ask.version)
    const act = { ...actOf(ask), from: standing, to: standing, policy: [], inputHash }
    commit(registry, chained(registry, [{ ...act, event: 'rule-set.drafted' }]))
  })

/**
 * Releases a version: what is wrong with it, a case that fails, a rule without a case or a missing second person
 * refuses it. Its folder never changes from then on. The entry of the audit puts it in force; the other files are made of
 * it, by the next change where this one breaks off.
 */
export const releaseVersion = (request: ReleaseRequest): RegistryAnswer =>
  whileLocked(request.folder, () => {
    const registry = usable(request)
    const { id, version, approvedBy } = request
    const one = versionOf(registry, id, version)
    if (one === undefined)
      return refused(`there is no \`${versionName(id, version)}\` in the folder`)
    if (one.standing === 'in-force') return refused(`\`${versionName(id, version)}\` is in force`)
    const reasons = reasonsAgainst(registry, one, request)
    const { loaded } = one
    if (reasons.length > 0 || loaded === null) return { outcome: 'refused', reasons }
    const from = pointerText(id, registry.state.inForce[id])
    const to = versionName(id, version)
    const inputHash = inputHashOfFolder(one.folderHash)
    const act = { ...actOf(request), policy: [loaded.reference], inputHash, from, to: from }
    const { writtenBy } = request
    return change(registry, request, [
      ...(writtenBy === null
        ? []
        : [{ ...act, by: writtenBy, event: 'rule-set.drafted' as const }]),
      ...(approvedBy === null
        ? []
        : [{ ...act, by: approvedBy, event: 'rule-set.release-approved' as const }]),
      { ...act, event: 'rule-set.released', to },
    ])
  })

/**
 * Takes the version released last back: the one before it decides again, from now on. Nothing is deleted, and what was
 * decided under it keeps it. Refused where what is left in force would contradict itself.
 */
export const rollBackVersion = (ask: RegistryAsk): RegistryAnswer =>
  whileLocked(ask.folder, () => {
    const registry = usable(ask)
    const versions = registry.state.inForce[ask.id] ?? []
    const version = versions.at(-1)
    const one = version === undefined ? undefined : versionOf(registry, ask.id, version)
    if (version === undefined || one === undefined)
      return refused(`no version of \`${ask.id}\` is in force`)
    const rest = inForceOf(registry).filter((set) => set !== one.loaded)
    const reasons = contradictionsOf(inForceTogether(rest, ask.alongside ?? []))
    if (reasons.length > 0) return { outcome: 'refused', reasons }
    const from = pointerText(ask.id, versions)
    const to = pointerText(ask.id, versions.slice(0, -1))
    const policy = one.loaded === null ? [] : [one.loaded.reference]
    const inputHash = inputHashOfFolder(one.folderHash)
    const act = { ...actOf({ ...ask, version }), policy, inputHash, from, to }
    return change(registry, ask, [{ ...act, event: 'rule-set.rolled-back' }])
  })

/** Reads the folder as it would be afterwards, and only then writes. */
const change = (
  registry: Registry,
  ask: RegistryAsk,
  acts: readonly RegistryAct[],
): RegistryAnswer => {
  const last = acts.at(-1)
  if (last === undefined) return refused('nothing is asked for')
  const audit = chained(registry, acts)
  const after = registryOf(registry.folder, recordAfter(registry, audit), optionsOf(ask))
  const reasons = after.problems.map(({ file, sentence }) => `${file}: ${sentence}`)
  if (reasons.length > 0) return { outcome: 'refused', reasons }
  commit(registry, audit)
  return { outcome: 'done', version: last.version, from: last.from, to: last.to }
}

const optionsOf = ({ bases, fetched = {}, calendars = [] }: RegistryAsk) => ({
  bases,
  fetched,
  calendars,
})

/** The folder as it can be changed: what an earlier change left undone is finished first. */
const usable = (ask: RegistryAsk): Registry => {
  const registry = readRegistry(ask.folder, optionsOf(ask))
  if (registry.problems.length > 0) throw registryUnusable(registry)
  if (registry.unfinished.length > 0) commit(registry, registry.audit)
  return registry
}

const versionOf = (registry: Registry, id: string, version: string): RegistryVersion | undefined =>
  registry.versions.find((one) => one.id === id && one.version === version)

const refused = (reason: string): RegistryAnswer => ({ outcome: 'refused', reasons: [reason] })

const actOf = ({ id, by, because, at, ...ask }: RegistryAsk & { readonly version?: string }) => ({
  id,
  version: ask.version ?? '',
  by,
  because,
  at: typeof at === 'function' ? at() : at,
})

const chained = ({ audit }: Registry, acts: readonly RegistryAct[]): readonly AuditEntry[] =>
  acts.reduce<readonly AuditEntry[]>((all, act) => [...all, ...auditRegistryAct(act, all)], audit)

/** One change at a time: a second process is told who is at it instead of writing between the lines. */
const whileLocked = <Value>(folder: string, work: () => Value): Value => {
  mkdirSync(folder, { recursive: true })
  const lock = join(folder, '.changing')
  const file = openLock(folder, lock)
  try {
    writeSync(file, String(process.pid))
    return work()
  } finally {
    closeSync(file)
    rmSync(lock)
  }
}

/** Opened only where it is not there, so that of two processes one is told. */
const openLock = (folder: string, lock: string): number => {
  try {
    return openSync(lock, 'wx')
  } catch (error) {
    if (!existsSync(lock)) throw error
    throw beingChanged(folder, readFileSync(lock, 'utf8'))
  }
}

const beingChanged = (folder: string, pid: string): CounterfoilError =>
  new CounterfoilError(
    'STORE_CONFLICT',
    `cannot change the rule sets of \`${folder}\`, process ${pid} is at it: wait for it, or remove \`.changing\` where it is gone`,
    { retryable: true },
  )
