import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { CounterfoilError } from '@counterfoil/core'
import type { FetchedFacts, LoadedRuleSet } from '@counterfoil/rules'
import {
  inForceOf,
  inForceTogether,
  loadRuleSetFolder,
  readRegistry,
  type Registry,
  registryUnusable,
  type RegistryVersion,
  type RuleSetFileFinding,
} from '@counterfoil/rules/node'
import { readFetchedFacts } from './read-fetched-facts.ts'
import { canonicalOf, readyMadeRuleSets } from './ready-made-rule-sets.ts'

/** A folder of rule sets with what it may build on. */
export type OpenFolder = {
  readonly folder: string
  readonly registry: Registry
  /** Sets the folder's own may extend: the ready-made ones unless a folder was named. */
  readonly bases: readonly LoadedRuleSet[]
  /** Facts a host fetches, which the sets may look at. */
  readonly fetched: FetchedFacts
  /** The canonical sets, which decide beside the folder's own. */
  readonly alongside: readonly LoadedRuleSet[]
  /** Everything in force: the folder's own, and the canonical sets beside them. Drafts are no part of it. */
  readonly inForce: readonly LoadedRuleSet[]
}

/** Reads the folder a command works on, which has to be there, with what was released as it was. */
export function openFolder(options: FolderOptions): OpenFolder {
  return trusted(openFolderAsItIs(options))
}

/** The same for a command that tells what is wrong with what was released. */
export function openFolderAsItIs(options: FolderOptions): OpenFolder {
  if (existsSync(options.registry)) return readFolder(options)
  throw new CounterfoilError(
    'SETTINGS_INVALID',
    `cannot find the folder \`${options.registry}\`: name that of the rule sets with --registry`,
  )
}

type FolderOptions = { readonly registry: string; readonly bases: string; readonly fetched: string }

/** The same as `openFolder` of a folder that may not be there: one that gets its first version, or is not needed for ready-made sets. */
export function openFolderIfThere(options: FolderOptions): OpenFolder {
  return trusted(readFolder(options))
}

function trusted(open: OpenFolder): OpenFolder {
  if (open.registry.problems.length > 0) throw registryUnusable(open.registry)
  return open
}

function readFolder(options: FolderOptions): OpenFolder {
  const fetched = readFetchedFacts(options.fetched)
  const bases =
    options.bases === '' ? readyMadeRuleSets() : loadRuleSetFolder(options.bases, { fetched })
  const registry = readRegistry(options.registry, { bases, fetched })
  const alongside = canonicalOf(bases)
  const inForce = inForceTogether(inForceOf(registry), alongside)
  return { folder: options.registry, registry, bases, fetched, alongside, inForce }
}

/** A version a command was given: `ID@VERSION`, the folder of a version, or a name alone for its highest version. */
export function findVersion({ folder, registry }: OpenFolder, text: string): RegistryVersion {
  const byPath = registry.versions.find(
    ({ id, version }) => resolve(folder, id, version) === resolve(text),
  )
  const named = registry.versions.filter(
    ({ id, version }) => id === text || `${id}@${version}` === text,
  )
  const found = byPath ?? named.at(-1)
  if (found !== undefined) return found
  const known = registry.versions.map(({ id, version }) => `${id}@${version}`)
  const there = known.length === 0 ? 'it holds none' : `it holds ${known.join(', ')}`
  throw new CounterfoilError(
    'RULE_SET_NOT_FOUND',
    `cannot find \`${text}\` in \`${folder}\`: ${there}`,
  )
}

/** A loaded version of the folder or of what it builds on. */
export function findLoaded(open: OpenFolder, text: string): LoadedRuleSet {
  const base = open.bases.find(
    ({ ruleSet }) => `${ruleSet.id}@${ruleSet.version}` === text || ruleSet.id === text,
  )
  const isOwn = open.registry.versions.some(({ id, version }) =>
    [id, `${id}@${version}`].includes(text),
  )
  if (base !== undefined && !isOwn) return base
  const version = findVersion(open, text)
  if (version.loaded !== null) return version.loaded
  throw notLoaded(version)
}

/** The error for a version that cannot be loaded, with the first thing that is wrong. */
export function notLoaded({ id, version, findings }: RegistryVersion): CounterfoilError {
  const [first] = findings
  const why = first === undefined ? 'its file is wrong: check it' : describeFinding(first)
  return new CounterfoilError('RULE_SET_INVALID', `cannot load \`${id}@${version}\`, ${why}`)
}

/** A finding with its file, and its place where it has one. */
export function describeFinding({ file, pointer, sentence }: RuleSetFileFinding): string {
  return `${file}${pointer === '' ? '' : ` at ${pointer}`}: ${sentence}`
}

/** The one thing a command works on. */
export function onlyOne(positionals: readonly string[], what: string): string {
  const [one, ...others] = positionals
  if (one !== undefined && others.length === 0) return one
  throw new CounterfoilError('SETTINGS_INVALID', `cannot tell what to do: name one ${what}`)
}

/** An option that is a share in percent. */
export function percentage(text: string, option: string): number {
  if (/^\d{1,3}(?:\.\d{1,3})?$/.test(text) && Number(text) <= 100) return Number(text)
  throw new CounterfoilError(
    'SETTINGS_INVALID',
    `cannot take \`${text}\` for --${option}: write a number from 0 to 100`,
  )
}

/** An option that counts something. */
export function wholeNumber(text: string, option: string): number {
  if (/^\d{1,9}$/.test(text)) return Number(text)
  throw new CounterfoilError(
    'SETTINGS_INVALID',
    `cannot take \`${text}\` for --${option}: write a whole number`,
  )
}

/** The exact version of a loaded set: `receiving-tolerance@1.0.0`. */
export function versionOf({ ruleSet }: LoadedRuleSet): string {
  return `${ruleSet.id}@${ruleSet.version}`
}

/** The versions a command was given, all of the folder where none was named. */
export function versionsAsked(
  open: OpenFolder,
  positionals: readonly string[],
): readonly RegistryVersion[] {
  if (positionals.length === 0) return open.registry.versions
  return positionals.map((text) => findVersion(open, text))
}
