import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { CounterfoilError } from '@counterfoil/core'
import { readRuleSet } from '../check/read-rule-set.ts'
import { isObject } from '../check/condition-check.ts'
import type { LoadRuleSetOptions } from '../rule-set/load-rule-set.ts'
import type { LoadedRuleSet } from '../rule-set/loaded-rule-set.ts'
import type { RuleSetFinding } from '../rule-set/rule-set-finding.ts'
import { parseJson } from './parse-json.ts'
import { readCalendars } from './read-calendars.ts'

/** A finding in one of several files. */
export type RuleSetFileFinding = RuleSetFinding & {
  /** The file, relative to the folder. */
  readonly file: string
}

/** The most rule-set files a folder may hold. */
export const filesMax = 2_000

type RuleSetFile = { readonly file: string; readonly json: unknown }

/**
 * Loads every rule set of a folder: `<id>/<version>/ruleset.json`, or any `*.json` lying in the folder
 * itself, in the order of their names. A set may extend another of the folder or one of `bases`, and count business days on
 * a calendar of `calendars/*.json` or one of the options. One of the name and version of a base has to be the same as it. Throws
 * `RULE_SET_INVALID` with all findings of all files in `details.findings`, each with its file, and
 * `RULE_SET_NOT_FOUND` for a folder without rule sets.
 */
export const loadRuleSetFolder = (
  folder: string,
  options: LoadRuleSetOptions = {},
): readonly LoadedRuleSet[] => {
  const { loaded, findings } = loadRuleSetFiles(folder, ruleSetFiles(folder), options)
  const [first] = findings
  if (first === undefined) return [...loaded.values()]
  throw new CounterfoilError(
    'RULE_SET_INVALID',
    `cannot load rule sets, in \`${first.file}\` at \`${first.pointer}\`: ${first.sentence}` +
      (findings.length > 1 ? ` (and ${findings.length - 1} more)` : ''),
    { details: { folder, findings } },
  )
}

/** Loads these files of a folder, by file, with everything that is wrong with any of them. */
export const loadRuleSetFiles = (
  folder: string,
  files: readonly string[],
  options: LoadRuleSetOptions = {},
): {
  readonly loaded: ReadonlyMap<string, LoadedRuleSet>
  readonly findings: readonly RuleSetFileFinding[]
} => {
  const own = readCalendars(folder)
  const findings: RuleSetFileFinding[] = [...own.findings]
  const readable = files.flatMap((file) => readJson(folder, file, findings))
  const calendars = [...(options.calendars ?? []), ...own.calendars]
  const loaded = loadInOrder(readable, { ...options, calendars }, findings)
  return { loaded, findings }
}

/** Files of a folder of rule sets that are none: what is released, what is in force, and where its audit ends. */
const notRuleSets: ReadonlySet<string> = new Set([
  'released.json',
  'in-force.json',
  'audit-heads.json',
])

const ruleSetFiles = (folder: string): readonly string[] => {
  const files = globSync(['*.json', '*/*/ruleset.json'], { cwd: folder })
    .map((file) => file.replaceAll('\\', '/'))
    .filter((file) => !notRuleSets.has(file))
    .toSorted()
  if (files.length > 0 && files.length <= filesMax) return files
  const [code, why] =
    files.length === 0
      ? (['RULE_SET_NOT_FOUND', 'it holds none: put one in `<id>/<version>/ruleset.json`'] as const)
      : (['LIMIT_EXCEEDED', `it holds more than ${filesMax}: split it`] as const)
  throw new CounterfoilError(code, `cannot load rule sets from \`${folder}\`, ${why}`, {
    details: { folder, files: files.length },
  })
}

const readJson = (
  folder: string,
  file: string,
  findings: RuleSetFileFinding[],
): readonly RuleSetFile[] => {
  try {
    const json = parseJson(readFileSync(join(folder, file), 'utf8'))
    return [{ file, json }]
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    findings.push({ file, pointer: '', sentence: `the file is not JSON, ${why}: correct it` })
    return []
  }
}

/** Loads sets after those they extend; what is left when nothing more can be loaded refers in a circle or to nothing. */
const loadInOrder = (
  files: readonly RuleSetFile[],
  { bases = [], ...options }: LoadRuleSetOptions,
  findings: RuleSetFileFinding[],
): ReadonlyMap<string, LoadedRuleSet> => {
  const loaded = new Map<string, LoadedRuleSet>()
  const known = () => [...bases, ...loaded.values()]
  const load = ({ file, json }: RuleSetFile): void => {
    const read = readRuleSet(json, { ...options, bases: known() })
    const other = read.loaded === null ? [] : otherThanBase(read.loaded, bases)
    if (read.loaded !== null && other.length === 0) loaded.set(file, read.loaded)
    findings.push(...[...read.findings, ...other].map((finding) => ({ file, ...finding })))
  }
  let waiting = files
  for (let isMoving = true; isMoving;) {
    const names = new Set(waiting.map(({ json }) => versionOf(json)))
    const ready = waiting.filter(({ json }) => !names.has(extendedBy(json)))
    for (const one of ready) load(one)
    waiting = waiting.filter((one) => !ready.includes(one))
    isMoving = ready.length > 0
  }
  for (const { file } of waiting) {
    const sentence = 'these sets extend each other in a circle: let one of them stand alone'
    findings.push({ file, pointer: '/extends', sentence })
  }
  const inOrder = files.flatMap(({ file }) => {
    const one = loaded.get(file)
    return one === undefined ? [] : [[file, one] as const]
  })
  return new Map(inOrder)
}

/** Under one name and version there is one content: what extends it would not know which is meant. */
const otherThanBase = (
  { reference: { ruleSet, version, hash } }: LoadedRuleSet,
  bases: readonly LoadedRuleSet[],
): readonly RuleSetFinding[] => {
  const base = bases.find(
    ({ reference: one }) => one.ruleSet === ruleSet && one.version === version,
  )
  if (base === undefined || base.reference.hash === hash) return []
  const sentence = `\`${ruleSet}@${version}\` is a set this folder builds on, with other content: give yours a later version, or a name of its own`
  return [{ pointer: '/version', sentence }]
}

const versionOf = (json: unknown): string =>
  isObject(json) ? `${String(json['id'])}@${String(json['version'])}` : ''

const extendedBy = (json: unknown): string =>
  isObject(json) && typeof json['extends'] === 'string' ? json['extends'] : 'nothing'
