import { existsSync, mkdirSync, readdirSync, rmdirSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { CalendarDate, CounterfoilError } from '@counterfoil/core'
import {
  evaluateRuleSet,
  type LoadedRuleSet,
  type RuleSetCase,
  RuleSetId,
  RuleSetVersion,
} from '@counterfoil/rules'
import { recordDraft, type RegistryAnswer, type RegistryVersion } from '@counterfoil/rules/node'
import type * as z from 'zod'
import { notLoaded, onlyOne, type OpenFolder, openFolderIfThere } from './open-folder.ts'
import { askOf, changeOptions, now, required, tellFinished } from './rules-change.ts'
import { registryOptions, type RulesSubcommand } from './rules-subcommand.ts'
import { describeBeginning, versionToBeginFrom } from './version-to-begin-from.ts'

/**
 * `counterfoil rules new ID`: begins a version. The next of a set the folder has, from what is in force of it, or a set of
 * its own on top of another (`--from`), and in the audit who began it.
 */
export const rulesNew: RulesSubcommand = async (args, out) => {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      ...registryOptions,
      ...changeOptions,
      from: { type: 'string' },
      version: { type: 'string' },
      'effective-from': { type: 'string' },
    },
  })
  const id = read(RuleSetId, onlyOne(positionals, 'rule set, as in `rules new price-tolerance`'))
  const by = required(values.by, 'by', 'somebody else releases what one person wrote')
  const wanted = {
    from: values.from ?? null,
    version: values.version === undefined ? null : read(RuleSetVersion, values.version),
    effectiveFrom: read(CalendarDate, values['effective-from'] ?? now().slice(0, 10)),
  }
  const open = openFolderIfThere(values)
  const draft = draftOf(open, id, wanted)
  const because = values.because?.trim() ?? `begun from ${draft.from}`
  const folder = join(open.folder, id, draft.version)
  makeFolder(folder)
  const kind = String(draft.json['kind'])
  const schemas = fileURLToPath(
    import.meta.resolve(`@counterfoil/rules/schemas/${kind}-rule-set.json`),
  )
  const $schema = relative(folder, schemas).replaceAll('\\', '/')
  write(join(folder, 'ruleset.json'), { $schema, ...draft.json })
  write(join(folder, 'cases.json'), draft.cases)
  const { version } = draft
  const answer = recorded(folder, { ...askOf(open, { id, by, because }), version })
  if (values.json) {
    const { finished } = answer
    out(JSON.stringify({ id, version, folder, from: draft.from, finished }))
  } else {
    tellFinished(answer, out)
    out(`${id}@${version} begun from ${draft.described}, in ${folder.replaceAll('\\', '/')}`)
    out(
      'write its rules in ruleset.json and what they should decide in cases.json, then: rules check',
    )
  }
  return 0
}

/** Keeps who began the version; where that cannot be, its folder is taken away again. */
function recorded(folder: string, ask: Parameters<typeof recordDraft>[0]): RegistryAnswer {
  try {
    return recordDraft(ask)
  } catch (error) {
    removeFolder(folder)
    throw error
  }
}

/** Makes the folder of a version, which is nobody else's then. */
function makeFolder(folder: string): void {
  mkdirSync(dirname(folder), { recursive: true })
  try {
    mkdirSync(folder)
  } catch (cause) {
    if (!existsSync(folder)) throw cause
    throw new CounterfoilError(
      'SETTINGS_INVALID',
      `cannot begin \`${folder}\`: it is there already`,
      { cause },
    )
  }
}

/** Takes it away again, and that of the set where nothing else is in it. */
function removeFolder(folder: string): void {
  rmSync(folder, { recursive: true })
  if (readdirSync(dirname(folder)).length === 0) rmdirSync(dirname(folder))
}

/** A word of the command line as what it has to be. */
function read<Value>(schema: z.ZodType<Value>, text: string): Value {
  const { data, error } = schema.safeParse(text)
  if (data !== undefined) return data
  const [issue] = error?.issues ?? []
  throw new CounterfoilError('SETTINGS_INVALID', `cannot take \`${text}\`: ${issue?.message ?? ''}`)
}

type Draft = {
  readonly version: string
  readonly from: string
  /** What it is begun from, and how that stands where it is of the folder. */
  readonly described: string
  readonly json: Readonly<Record<string, unknown>>
  readonly cases: readonly RuleSetCase[]
}

type Wanted = {
  readonly from: string | null
  readonly version: string | null
  readonly effectiveFrom: string
}

function draftOf(open: OpenFolder, id: string, wanted: Wanted): Draft {
  const own = open.registry.versions.filter((one) => one.id === id)
  const from = wanted.from ?? (own.length > 0 ? id : null)
  if (from === null) {
    const known = open.bases.map(({ ruleSet }) => `${ruleSet.id}@${ruleSet.version}`)
    throw new CounterfoilError(
      'SETTINGS_INVALID',
      `cannot begin \`${id}\` from nothing: name the set it builds on with --from, one of ${known.join(', ')}`,
    )
  }
  const begun = versionToBeginFrom(open, from)
  return begun?.id === id ? nextVersion(open, begun, wanted) : onTopOf(open, id, from, wanted)
}

/** The same set with the next version number: a copy to change. */
function nextVersion(open: OpenFolder, copied: RegistryVersion, wanted: Wanted): Draft {
  if (copied.loaded === null) throw notLoaded(copied)
  const { id, cases } = copied
  const versions = open.registry.versions.filter((one) => one.id === id)
  const version = wanted.version ?? raised(versions.at(-1)?.version ?? copied.version)
  const { $schema: _, hash: _hash, ...ruleSet } = copied.loaded.ruleSet
  const json = { ...ruleSet, version, effectiveFrom: wanted.effectiveFrom }
  const from = `${id}@${copied.version}`
  return { version, from, described: describeBeginning(copied), json, cases }
}

/** A set of its own that takes over all rules of another: what it writes replaces them or comes on top. */
function onTopOf(open: OpenFolder, id: string, from: string, wanted: Wanted): Draft {
  const own = versionToBeginFrom(open, from)
  const base =
    own?.loaded ??
    open.bases.findLast(({ ruleSet }) =>
      [ruleSet.id, `${ruleSet.id}@${ruleSet.version}`].includes(from),
    )
  if (base === undefined) throw nothingToBeginFrom(from)
  const version = wanted.version ?? '1.0.0'
  const { kind, owner, scope, id: baseId } = base.ruleSet
  const json = {
    id,
    kind,
    version,
    effectiveFrom: wanted.effectiveFrom,
    scope,
    extends: `${baseId}@${base.ruleSet.version}`,
    owner,
    title: `What differs from ${base.ruleSet.title}`,
    rules: [],
  }
  const described = own === null ? json.extends : describeBeginning(own)
  return { version, from: json.extends, described, json, cases: silentCases(base) }
}

/** A case in which nothing fires, where the facts of nobody have none: without rules of its own a set decides as its base. */
function silentCases(base: LoadedRuleSet): readonly RuleSetCase[] {
  const { fired } = evaluateRuleSet(base, {})
  if (fired.length > 0) return []
  const expect = { outcome: 'nothing fires' as const, firedRules: [] }
  return [{ name: 'facts no rule speaks of', facts: {}, expect }]
}

function raised(version: string): string {
  const [major = 0, minor = 0] = version.split('.').map(Number)
  return `${major}.${minor + 1}.0`
}

function nothingToBeginFrom(from: string): CounterfoilError {
  return new CounterfoilError(
    'RULE_SET_NOT_FOUND',
    `cannot begin from \`${from}\`: there is no such version that can be loaded`,
  )
}

function write(path: string, value: unknown): void {
  writeFileSync(path, `${JSON.stringify(value, null, 2)}\n`)
}
