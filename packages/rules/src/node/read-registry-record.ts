import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { AuditEntry, canonicalJson, verifyAuditChain } from '@counterfoil/core'
import * as z from 'zod'
import { describeAct, folderHashOf, pointerText } from '../registry/registry-audit.ts'
import {
  movesPointer,
  recordBeforeLast,
  recordOf,
  type RegistryRecord,
} from '../registry/registry-record.ts'
import {
  ReleasedVersions,
  type RegistryState,
  VersionsInForce,
  versionsInForce,
} from '../registry/registry-state.ts'
import type { RuleSetFileFinding } from './load-rule-set-folder.ts'
import { readJsonAs } from './read-json-as.ts'

export const releasedFile = 'released.json'
export const inForceFile = 'in-force.json'
export const auditFile = 'audit.jsonl'
export const headsFile = 'audit-heads.json'

/** What was done in a folder, as its audit has it, and where the files made of it differ. */
export type ReadRecord = {
  readonly state: RegistryState
  readonly audit: readonly AuditEntry[]
  readonly problems: readonly RuleSetFileFinding[]
  /** What a change that broke off left undone: the next one finishes it, nothing is wrong with what decides. */
  readonly unfinished: readonly RuleSetFileFinding[]
}

/** Reads the audit of a folder and compares what was made of it. */
export const readRecord = (folder: string): ReadRecord => {
  const problems: RuleSetFileFinding[] = []
  // The audit last: a change writes it first, so that it is never behind the files.
  const heads = readState(folder, headsFile, z.record(z.string(), z.string()), problems)
  const inForce = readState(folder, inForceFile, VersionsInForce, problems)
  const released = readState(folder, releasedFile, ReleasedVersions, problems)
  const { entries, tail } = readAudit(folder, problems, heads ?? {})
  const now = recordOf(entries)
  const state = stateOf(now, released ?? {})
  if (problems.length > 0) return { state, audit: entries, problems, unfinished: [] }
  const files = { inForce, released }
  const differences = differencesFrom(now, files)
  const isBehind = isBrokenOff(entries, now, heads)
  const isLag = isBehind && differencesFrom(now, files, recordBeforeLast(entries)).length === 0
  const behind = isBehind ? [brokenOff(entries.at(-1))] : []
  const headless = headsMissing(entries, heads)
  return isLag || differences.length === 0
    ? { state, audit: entries, problems: headless, unfinished: [...tail, ...behind] }
    : { state, audit: entries, problems: [...differences, ...headless], unfinished: [] }
}

type Heads = Readonly<Record<string, string>> | null

type Files = {
  readonly inForce: VersionsInForce | null
  readonly released: ReleasedVersions | null
}

/** The files are written after the audit and the heads last: while these are behind, the others may be. */
const isBrokenOff = (
  entries: readonly AuditEntry[],
  { heads }: RegistryRecord,
  written: Heads,
): boolean => {
  const last = entries.findLast(movesPointer)
  if (written === null && (last === undefined || folderHashOf(last) === null)) return false
  return canonicalJson(written ?? {}) !== canonicalJson(heads)
}

const brokenOff = (last: AuditEntry | undefined): RuleSetFileFinding => {
  const what = last === undefined ? '' : ` (${describeAct(last)})`
  const sentence = `a change broke off before it was written here${what}: it counts, and ${nextChange} finishes it`
  return { file: headsFile, pointer: '', sentence }
}

const nextChange = 'the next `rules new`, `release` or `rollback`'

const stateOf = (
  { released, inForce }: RegistryRecord,
  written: ReleasedVersions,
): RegistryState => ({
  released: Object.fromEntries(
    Object.entries(released).map(([name, hash]) => [name, hash ?? written[name] ?? '']),
  ),
  inForce,
})

/** Where the files are not what the record makes of them, nor of the record before it. */
const differencesFrom = (
  now: RegistryRecord,
  { inForce, released }: Files,
  before: RegistryRecord = now,
): readonly RuleSetFileFinding[] => {
  const isEmpty = Object.keys(now.released).length === 0
  const found: RuleSetFileFinding[] = []
  const say = (file: string, pointer: string, sentence: string) =>
    found.push({ file, pointer, sentence })
  if (inForce === null && !isEmpty && Object.keys(before.released).length > 0) {
    say(inForceFile, '', 'the audit names what is in force, and the file is gone: put it back')
  }
  if (released === null && !isEmpty && Object.keys(before.released).length > 0) {
    say(releasedFile, '', 'the audit names what was released, and the file is gone: put it back')
  }
  for (const id of namesIn(inForce, now.inForce)) {
    const [is = [], said = [], was = []] = [inForce ?? {}, now.inForce, before.inForce].map((all) =>
      versionsInForce(all, id),
    )
    if (inForce === null && before !== now) continue
    if ([said, was].some((one) => canonicalJson(one) === canonicalJson(is))) continue
    const sentence = `in force of \`${id}\` is ${listed(id, is)}, and the audit says ${listed(id, said)}: release or roll back with \`counterfoil rules\`, never by hand`
    if (inForce !== null) say(inForceFile, `/${id}`, sentence)
  }
  for (const name of namesIn(released, now.released)) {
    if (released === null) continue
    const said = [now, before].filter(
      (one) => Object.hasOwn(one.released, name) === Object.hasOwn(released, name),
    )
    const isSame = said.some((one) =>
      [null, undefined, released[name]].includes(one.released[name]),
    )
    if (isSame) continue
    const sentence = Object.hasOwn(now.released, name)
      ? `\`${name}\` does not stand there as the audit says it was released: put the file back as it was`
      : `\`${name}\` was never released, the audit does not know it: take it out, and release it`
    say(releasedFile, `/${name}`, sentence)
  }
  return found
}

const namesIn = (...records: readonly (object | null)[]): readonly string[] => [
  ...new Set(records.flatMap((one) => Object.keys(one ?? {}))),
]

const listed = (id: string, versions: readonly string[]): string =>
  versions.map((version) => pointerText(id, [version])).join(', ') || 'none'

/** Folders of before kept no heads; one where two changes were made since has lost them. */
const headsMissing = (
  entries: readonly AuditEntry[],
  heads: Heads,
): readonly RuleSetFileFinding[] => {
  const changes = entries.filter((one) => movesPointer(one) && folderHashOf(one) !== null)
  if (heads !== null || changes.length < 2) return []
  const sentence =
    'the last hash of each chain is gone, so that a cut off audit would not show: put it back'
  return [{ file: headsFile, pointer: '', sentence }]
}

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

/** The entries, and a last line that was not written to its end: the change it was to record was never answered as done. */
const readAudit = (
  folder: string,
  problems: RuleSetFileFinding[],
  heads: Readonly<Record<string, string>>,
): {
  readonly entries: readonly AuditEntry[]
  readonly tail: readonly RuleSetFileFinding[]
} => {
  const text = readText(join(folder, auditFile)) ?? ''
  const whole = wholeLinesOf(text)
  const lines = whole.split('\n').filter((line) => line !== '')
  const entries = lines.flatMap((line, index) => {
    const read = readJsonAs(AuditEntry, line)
    if ('value' in read) return [read.value]
    const sentence = `line ${index + 1} is not an audit entry: put the file back as it was`
    problems.push({ file: auditFile, pointer: '', sentence })
    return []
  })
  const fault = verifyAuditChain(entries) ?? cutOff(entries, heads)
  if (fault !== null) {
    const sentence = `${fault.sentence}: put the file back as it was`
    problems.push({ file: auditFile, pointer: '', sentence })
  }
  const sentence = `line ${lines.length + 1} was not written to its end, and what it was to record was not done: ${nextChange} cuts it off`
  const tail = whole === text ? [] : [{ file: auditFile, pointer: '', sentence }]
  return { entries, tail }
}

/** A text without what stands behind its last line break, unless that is a whole entry. */
export const wholeLinesOf = (text: string): string => {
  const end = text.lastIndexOf('\n') + 1
  return 'value' in readJsonAs(AuditEntry, text.slice(end)) ? text : text.slice(0, end)
}

/** Every head kept is the hash of some entry, or entries are missing at the end. */
const cutOff = (
  entries: readonly AuditEntry[],
  heads: Readonly<Record<string, string>>,
): { readonly sentence: string } | null => {
  const known = new Set(entries.map(({ hash }) => hash))
  const lost = Object.entries(heads).find(([, hash]) => !known.has(hash))
  if (lost === undefined) return null
  return { sentence: `the chain of \`${lost[0]}\` lacks its last entries` }
}

/** The text of a file; null where it is not there. */
export const readText = (path: string): string | null =>
  existsSync(path) ? readFileSync(path, 'utf8') : null
