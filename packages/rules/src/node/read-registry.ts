import { globSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { type AuditEntry, CounterfoilError, sha256Hex } from '@counterfoil/core'
import { RuleSetCases } from '../cases/rule-set-case.ts'
import { hashOfBusinessDays } from '../check/business-calendars.ts'
import { lastReleaseOf } from '../registry/registry-audit.ts'
import {
  type RegistryState,
  standingOf,
  versionName,
  type VersionStanding,
} from '../registry/registry-state.ts'
import type { RuleSetCase } from '../cases/rule-set-case.ts'
import type { LoadRuleSetOptions } from '../rule-set/load-rule-set.ts'
import type { LoadedRuleSet } from '../rule-set/loaded-rule-set.ts'
import { compareVersions } from '../rule-set/pick-rule-set-version.ts'
import { loadRuleSetFiles, type RuleSetFileFinding } from './load-rule-set-folder.ts'
import { readCalendars } from './read-calendars.ts'
import { readJsonAs } from './read-json-as.ts'
import { type ReadRecord, readRecord, readText } from './read-registry-record.ts'

/** One version of a rule set as it lies in its folder. */
export type RegistryVersion = {
  readonly id: string
  readonly version: string
  readonly standing: VersionStanding
  /** Null where it cannot be loaded. */
  readonly loaded: LoadedRuleSet | null
  /** Its `cases.json`. */
  readonly cases: readonly RuleSetCase[]
  /** What is wrong with its files. */
  readonly findings: readonly RuleSetFileFinding[]
  /** The hash of its folder: of each file's name and text, and of the business days of its calendar. */
  readonly folderHash: string
}

/** A folder of rule sets as it was read at one moment. */
export type Registry = {
  readonly folder: string
  readonly state: RegistryState
  /** By name, then by version. */
  readonly versions: readonly RegistryVersion[]
  readonly audit: readonly AuditEntry[]
  /**
   * What is wrong with what was released: a file that was changed since or is gone, a pointer or an audit that do not
   * agree. While there is any, nothing is released or taken back, and no policy is made of the folder.
   */
  readonly problems: readonly RuleSetFileFinding[]
  /** What a change that broke off left undone. The audit decides, and the next change finishes the rest. */
  readonly unfinished: readonly RuleSetFileFinding[]
}

/**
 * Reads a folder of rule sets in all their versions: `<id>/<version>/ruleset.json` and `cases.json`, and who released
 * and took back what, when and why (`audit.jsonl`), which decides what is in force. What is made of it, `released.json`,
 * `in-force.json` and `audit-heads.json`, is compared with it. Never throws
 * for what is in the files; a folder that is not there is an empty one.
 */
export const readRegistry = (folder: string, options: LoadRuleSetOptions = {}): Registry => {
  return registryOf(folder, readRecord(folder), options)
}

/** A folder with what its audit says, or will say once a change is written. */
export const registryOf = (
  folder: string,
  { state, audit, problems, unfinished }: ReadRecord,
  options: LoadRuleSetOptions,
): Registry => {
  const versions = readVersions(folder, state, options)
  const found = [
    ...problems,
    ...readCalendars(folder).findings,
    ...releasedProblems(state, versions),
    ...changedSince(state, versions, audit),
  ]
  return { folder, state, versions, audit, problems: found, unfinished }
}

/** The versions in force, loaded. */
export const inForceOf = ({ versions }: Registry): readonly LoadedRuleSet[] =>
  versions.flatMap(({ standing, loaded }) =>
    standing === 'in-force' && loaded !== null ? [loaded] : [],
  )

/** The error for a folder whose released part cannot be trusted. */
export const registryUnusable = ({ folder, problems }: Registry): CounterfoilError => {
  const [first] = problems
  const more = problems.length > 1 ? ` (and ${problems.length - 1} more)` : ''
  return new CounterfoilError(
    'RULE_SET_INVALID',
    `cannot use the rule sets of \`${folder}\`, in \`${first?.file ?? ''}\`: ${first?.sentence ?? ''}${more}`,
    { details: { folder, findings: problems } },
  )
}

const readVersions = (
  folder: string,
  state: RegistryState,
  options: LoadRuleSetOptions,
): readonly RegistryVersion[] => {
  const files = globSync('*/*/ruleset.json', { cwd: folder })
    .map((file) => file.replaceAll('\\', '/'))
    .toSorted()
  const isDraft = (file: string): boolean => standingOf(state, ...partsOf(file)) === 'draft'
  const bases = options.bases ?? []
  const firm = loadRuleSetFiles(
    folder,
    files.filter((file) => !isDraft(file)),
    options,
  )
  // A draft that is half written must not get in the way of what was released.
  const drafts = loadRuleSetFiles(folder, files.filter(isDraft), {
    ...options,
    bases: [...bases, ...firm.loaded.values()],
  })
  const findings = [...firm.findings, ...drafts.findings]
  const versions = files.map((file): RegistryVersion => {
    const [id, version] = partsOf(file)
    const loaded = firm.loaded.get(file) ?? drafts.loaded.get(file) ?? null
    const own = [...findings.filter((one) => one.file === file), ...namedOtherwise(file, loaded)]
    const cases = readCases(folder, file)
    return {
      id,
      version,
      standing: standingOf(state, id, version),
      loaded: own.length > 0 ? null : loaded,
      cases: cases.cases,
      findings: [...own, ...cases.findings],
      folderHash: hashOfVersion(join(folder, dirname(file)), loaded),
    }
  })
  return versions.toSorted((a, b) =>
    a.id === b.id ? compareVersions(a.version, b.version) : a.id < b.id ? -1 : 1,
  )
}

const partsOf = (file: string): [id: string, version: string] => {
  const [id = '', version = ''] = file.split('/')
  return [id, version]
}

const namedOtherwise = (
  file: string,
  loaded: LoadedRuleSet | null,
): readonly RuleSetFileFinding[] => {
  if (loaded === null) return []
  const { id, version } = loaded.ruleSet
  if (`${id}/${version}` === dirname(file)) return []
  const sentence = `it is \`${versionName(id, version)}\` and lies in \`${dirname(file)}\`: move it to \`${id}/${version}\``
  return [{ file, pointer: '/version', sentence }]
}

const readCases = (
  folder: string,
  file: string,
): {
  readonly cases: readonly RuleSetCase[]
  readonly findings: readonly RuleSetFileFinding[]
} => {
  const own = file.replace('ruleset.json', 'cases.json')
  const text = readText(join(folder, own))
  if (text === null) return { cases: [], findings: [] }
  const read = readJsonAs(RuleSetCases, text)
  if ('value' in read) return { cases: read.value, findings: [] }
  const sentence = `${read.why}: correct it`
  return { cases: [], findings: [{ file: own, pointer: read.pointer, sentence }] }
}

/** The hash of a version's folder, and of the business days it counts on: what was released keeps both. */
const hashOfVersion = (folder: string, loaded: LoadedRuleSet | null): string => {
  const hash = hashOfFolder(folder)
  const calendar = loaded?.calendar ?? null
  return calendar === null ? hash : sha256Hex(`${hash} ${hashOfBusinessDays(calendar)}`)
}

/** The hash of everything in the folder of a version: each file's name with the hash of its text. */
export const hashOfFolder = (folder: string): string => {
  const lines = globSync('**/*', { cwd: folder, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .toSorted()
    .map((file) => {
      const name = file.slice(folder.length + 1).replaceAll('\\', '/')
      return `${sha256Hex(readFileSync(file, 'utf8'))}  ${name}\n`
    })
  return sha256Hex(lines.join(''))
}

const releasedProblems = (
  { released }: RegistryState,
  versions: readonly RegistryVersion[],
): readonly RuleSetFileFinding[] => {
  const byName = new Map(versions.map((one) => [versionName(one.id, one.version), one]))
  return Object.entries(released).flatMap(([name, hash]): readonly RuleSetFileFinding[] => {
    const one = byName.get(name)
    const file = `${name.replace('@', '/')}/ruleset.json`
    if (one === undefined) {
      const sentence = `\`${name}\` is released and its folder is gone: put it back`
      return [{ file, pointer: '', sentence }]
    }
    if (one.folderHash === hash) return one.loaded === null ? one.findings : []
    const what = (one.loaded?.calendar ?? null) === null ? '' : 'it, or its calendar, '
    const sentence = `\`${name}\` is released and ${what}was changed since: put it back and write the change as a new version`
    return [{ file, pointer: '', sentence }]
  })
}

/**
 * The audit names each version by the hash of what it decides, through all it extends: a version whose own folder is as it was
 * decides otherwise where one below it was changed.
 */
const changedSince = (
  { released }: RegistryState,
  versions: readonly RegistryVersion[],
  audit: readonly AuditEntry[],
): readonly RuleSetFileFinding[] =>
  versions.flatMap(({ id, version, loaded, folderHash }) => {
    const name = versionName(id, version)
    const entry = lastReleaseOf(audit, id, version)
    const hash = entry?.policy.find(({ ruleSet }) => ruleSet === id)?.hash
    const isOwnChange = released[name] !== folderHash
    if (loaded === null || hash === undefined || isOwnChange) return []
    if (hash === loaded.reference.hash) return []
    const sentence = `\`${name}\` is not what was released, it or what it extends was changed since: put it back and write the change as a new version`
    return [{ file: `${id}/${version}/ruleset.json`, pointer: '', sentence }]
  })
