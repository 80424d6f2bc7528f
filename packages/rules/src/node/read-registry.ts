import { existsSync, globSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { AuditEntry, CounterfoilError, sha256Hex, verifyAuditChain } from '@counterfoil/core'
import type * as z from 'zod'
import { RuleSetCases } from '../cases/rule-set-case.ts'
import { hashOfBusinessDays } from '../check/business-calendars.ts'
import { lastPointerOf, lastReleaseOf, pointerText } from '../registry/registry-audit.ts'
import {
  everythingReleased,
  type RegistryState,
  ReleasedVersions,
  standingOf,
  versionName,
  VersionsInForce,
  type VersionStanding,
} from '../registry/registry-state.ts'
import type { RuleSetCase } from '../cases/rule-set-case.ts'
import type { LoadRuleSetOptions } from '../rule-set/load-rule-set.ts'
import type { LoadedRuleSet } from '../rule-set/loaded-rule-set.ts'
import { compareVersions } from '../rule-set/pick-rule-set-version.ts'
import { loadRuleSetFiles, type RuleSetFileFinding } from './load-rule-set-folder.ts'
import { readCalendars } from './read-calendars.ts'
import { readJsonAs } from './read-json-as.ts'

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
}

/**
 * Reads a folder of rule sets in all their versions: `<id>/<version>/ruleset.json` and `cases.json`, which of them are
 * released (`released.json`) and in force (`in-force.json`), and who did that when and why (`audit.jsonl`). Never throws
 * for what is in the files; a folder that is not there is an empty one.
 */
export const readRegistry = (folder: string, options: LoadRuleSetOptions = {}): Registry => {
  const problems: RuleSetFileFinding[] = []
  const released = readState(folder, releasedFile, ReleasedVersions, problems) ?? {}
  const pointed = readState(folder, inForceFile, VersionsInForce, problems)
  const state = { released, inForce: pointed ?? everythingReleased(released) }
  const audit = readAudit(folder, problems)
  const versions = readVersions(folder, state, options)
  problems.push(
    ...readCalendars(folder).findings,
    ...releasedProblems(state, versions),
    ...changedSince(state, versions, audit),
    ...(pointed === null ? [] : pointerProblems(state, audit)),
  )
  return { folder, state, versions, audit, problems }
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

export const releasedFile = 'released.json'
export const inForceFile = 'in-force.json'
export const auditFile = 'audit.jsonl'

const readState = <Value>(
  folder: string,
  file: string,
  schema: z.ZodType<Value>,
  problems: RuleSetFileFinding[],
): Value | null => {
  const text = readText(join(folder, file))
  if (text === null) return null
  const read = readJsonAs(schema, text)
  if ('value' in read) return read.value
  const sentence = `${read.why}: put back what \`counterfoil rules\` wrote`
  problems.push({ file, pointer: read.pointer, sentence })
  return null
}

const readAudit = (folder: string, problems: RuleSetFileFinding[]): readonly AuditEntry[] => {
  const lines = (readText(join(folder, auditFile)) ?? '').split('\n').filter((line) => line !== '')
  const entries = lines.flatMap((line, index) => {
    const read = readJsonAs(AuditEntry, line)
    if ('value' in read) return [read.value]
    const sentence = `line ${index + 1} is not an audit entry: put the file back as it was`
    problems.push({ file: auditFile, pointer: '', sentence })
    return []
  })
  const fault = verifyAuditChain(entries)
  if (fault !== null) {
    const sentence = `${fault.sentence}: put the file back as it was`
    problems.push({ file: auditFile, pointer: '', sentence })
  }
  return entries
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
  { released, inForce }: RegistryState,
  versions: readonly RegistryVersion[],
): readonly RuleSetFileFinding[] => {
  const byName = new Map(versions.map((one) => [versionName(one.id, one.version), one]))
  const changed = Object.entries(released).flatMap(
    ([name, hash]): readonly RuleSetFileFinding[] => {
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
    },
  )
  const unreleased = Object.entries(inForce).flatMap(([id, ids]) =>
    ids
      .filter((version) => !Object.hasOwn(released, versionName(id, version)))
      .map((version) => ({
        file: inForceFile,
        pointer: `/${id}`,
        sentence: `\`${versionName(id, version)}\` was never released: take it out, and release it`,
      })),
  )
  return [...changed, ...unreleased]
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

/** A pointer moved by hand is not what the audit says was done. */
const pointerProblems = (
  { inForce }: RegistryState,
  audit: readonly AuditEntry[],
): readonly RuleSetFileFinding[] => {
  return Object.entries(inForce).flatMap(([id, versions]) => {
    const said = lastPointerOf(audit, id)
    const is = pointerText(id, versions)
    if (said === undefined || said === is) return []
    const sentence = `the last version of \`${id}\` is ${is ?? 'none'}, and the audit says ${said ?? 'none'}: release or roll back with \`counterfoil rules\`, never by hand`
    return [{ file: inForceFile, pointer: `/${id}`, sentence }]
  })
}

const readText = (path: string): string | null =>
  existsSync(path) ? readFileSync(path, 'utf8') : null
