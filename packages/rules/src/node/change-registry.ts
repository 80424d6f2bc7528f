import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  rmSync,
  writeSync,
} from 'node:fs'
import { join } from 'node:path'
import { type BusinessCalendar, CounterfoilError, hashOf, type Instant } from '@counterfoil/core'
import { measureCoverage } from '../cases/case-coverage.ts'
import type { FetchedFacts } from '../fetch/fetched-facts.ts'
import { auditRegistryAct, pointerText, type RegistryAct } from '../registry/registry-audit.ts'
import { putInForce, takeBackLast, versionName } from '../registry/registry-state.ts'
import type { LoadedRuleSet } from '../rule-set/loaded-rule-set.ts'
import { reasonsAgainst } from './reasons-against-release.ts'
import { contradictionsOf, inForceTogether } from './contradictions.ts'
import {
  auditFile,
  inForceFile,
  inForceOf,
  readRegistry,
  type Registry,
  registryUnusable,
  type RegistryVersion,
  releasedFile,
} from './read-registry.ts'
import { writeFileAtomically } from './write-file-atomically.ts'

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
  readonly at: Instant
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
    const pointers = { from: standing, to: standing }
    append(registry, [
      { ...actOf(ask), ...pointers, event: 'rule-set.drafted', policy: [], inputHash },
    ])
  })

/**
 * Releases a version: what is wrong with it, a case that fails, a rule without a case or a missing second person
 * refuses it. Its folder never changes from then on. The hash is written first, then the audit, and the pointer last,
 * so that a crash leaves either all of it or nothing in force.
 */
export const releaseVersion = (request: ReleaseRequest): RegistryAnswer =>
  whileLocked(request.folder, () => {
    const registry = usable(request)
    const { id, version } = request
    const one = versionOf(registry, id, version)
    if (one === undefined)
      return refused(`there is no \`${versionName(id, version)}\` in the folder`)
    if (one.standing === 'in-force') return refused(`\`${versionName(id, version)}\` is in force`)
    const reasons = reasonsAgainst(registry, one, request)
    const { loaded } = one
    if (reasons.length > 0 || loaded === null) return { outcome: 'refused', reasons }
    const { state } = registry
    const inForce = putInForce(state.inForce, id, version)
    const from = pointerText(id, state.inForce[id])
    const to = pointerText(id, inForce[id])
    const coverage = measureCoverage(loaded, one.cases)
    const inputHash = hashOf({ folder: one.folderHash, coverage })
    const act = { ...actOf(request), policy: [loaded.reference], inputHash }
    writeJson(
      registry,
      releasedFile,
      sorted({ ...state.released, [versionName(id, version)]: one.folderHash }),
    )
    append(registry, [
      ...writtenBy(registry, request, act),
      ...(request.approvedBy === null
        ? []
        : [
            {
              ...act,
              by: request.approvedBy,
              event: 'rule-set.release-approved' as const,
              from,
              to: from,
            },
          ]),
      { ...act, event: 'rule-set.released', from, to },
    ])
    writeJson(registry, inForceFile, sorted(inForce))
    return { outcome: 'done', version, from, to }
  })

/**
 * Takes the version released last back: the one before it decides again, from now on. Nothing is deleted, and what was
 * decided under it keeps it. Refused where what is left in force would contradict itself.
 */
export const rollBackVersion = (ask: RegistryAsk): RegistryAnswer =>
  whileLocked(ask.folder, () => {
    const registry = usable(ask)
    const taken = takeBackLast(registry.state.inForce, ask.id)
    if (taken === null) return refused(`no version of \`${ask.id}\` is in force`)
    const one = versionOf(registry, ask.id, taken.version)
    const rest = inForceOf(registry).filter((set) => set !== one?.loaded)
    const reasons = contradictionsOf(inForceTogether(rest, ask.alongside ?? []))
    if (reasons.length > 0) return { outcome: 'refused', reasons }
    const from = pointerText(ask.id, registry.state.inForce[ask.id])
    const to = pointerText(ask.id, taken.inForce[ask.id])
    const policy = one?.loaded === null || one === undefined ? [] : [one.loaded.reference]
    const inputHash = one?.folderHash ?? hashOf(taken.version)
    const act = { ...actOf(ask), version: taken.version, policy, inputHash, from, to }
    append(registry, [{ ...act, event: 'rule-set.rolled-back' }])
    writeJson(registry, inForceFile, sorted(taken.inForce))
    return { outcome: 'done', version: taken.version, from, to }
  })

const usable = ({ folder, bases, fetched = {}, calendars = [] }: RegistryAsk): Registry => {
  const registry = readRegistry(folder, { bases, fetched, calendars })
  if (registry.problems.length > 0) throw registryUnusable(registry)
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
  at,
})

const writtenBy = (
  registry: Registry,
  request: ReleaseRequest,
  act: Omit<RegistryAct, 'event' | 'from' | 'to'>,
): readonly RegistryAct[] => {
  if (request.writtenBy === null) return []
  const standing = pointerText(request.id, registry.state.inForce[request.id])
  const pointers = { from: standing, to: standing }
  return [{ ...act, ...pointers, by: request.writtenBy, event: 'rule-set.drafted' }]
}

const append = ({ folder, audit }: Registry, acts: readonly RegistryAct[]): void => {
  const entries = acts.reduce((all, act) => [...all, ...auditRegistryAct(act, all)], audit)
  const path = join(folder, auditFile)
  const file = openSync(path, 'a')
  try {
    const lines = entries.slice(audit.length).map((entry) => `${JSON.stringify(entry)}\n`)
    writeSync(file, lines.join(''))
    fsyncSync(file)
  } finally {
    closeSync(file)
  }
}

const sorted = <Value>(record: Readonly<Record<string, Value>>): Readonly<Record<string, Value>> =>
  Object.fromEntries(Object.entries(record).toSorted(([a], [b]) => (a < b ? -1 : 1)))

const writeJson = ({ folder }: Registry, file: string, value: object): void =>
  writeFileAtomically(join(folder, file), `${JSON.stringify(value, null, 2)}\n`)

/** One change at a time: a second process is told who is at it instead of writing between the lines. */
const whileLocked = <Value>(folder: string, work: () => Value): Value => {
  mkdirSync(folder, { recursive: true })
  const lock = join(folder, '.changing')
  if (existsSync(lock)) throw beingChanged(folder, readFileSync(lock, 'utf8'))
  const file = openSync(lock, 'wx')
  try {
    writeSync(file, String(process.pid))
    return work()
  } finally {
    closeSync(file)
    rmSync(lock)
  }
}

const beingChanged = (folder: string, pid: string): CounterfoilError =>
  new CounterfoilError(
    'STORE_CONFLICT',
    `cannot change the rule sets of \`${folder}\`, process ${pid} is at it: wait for it, or remove \`.changing\` where it is gone`,
    { retryable: true },
  )
