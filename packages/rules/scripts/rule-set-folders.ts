import { globSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type LoadedRuleSet, type RuleSetCase, RuleSetCases } from '@counterfoil/rules'
import { loadRuleSetFolder } from '@counterfoil/rules/node'
import { hashOfFolder } from '../src/node/read-registry.ts'
import { compareVersions } from '../src/rule-set/pick-rule-set-version.ts'

/** The folder of the rule sets that come with the package. */
export const ruleSetsFolder = fileURLToPath(new URL('../rulesets/', import.meta.url))

/** A version of a rule set as it lies in its folder. */
export type RuleSetFolder = {
  /** `receiving-tolerance@1.0.0`. */
  readonly name: string
  /** `receiving-tolerance/1.0.0`. */
  readonly folder: string
  readonly loaded: LoadedRuleSet
  readonly cases: readonly RuleSetCase[]
}

/** Every version of every rule set below a folder, loaded, with its cases. */
export const ruleSetFolders = (root: string = ruleSetsFolder): readonly RuleSetFolder[] => {
  const loaded = loadRuleSetFolder(root)
  return globSync('*/*/ruleset.json', { cwd: root })
    .toSorted()
    .map((file) => {
      const folder = dirname(file).replaceAll('\\', '/')
      const one = loaded.find(({ ruleSet }) => `${ruleSet.id}/${ruleSet.version}` === folder)
      if (one === undefined)
        throw new Error(`the folder \`${folder}\` is not named \`<id>/<version>\``)
      const cases = RuleSetCases.parse(
        JSON.parse(readFileSync(join(root, folder, 'cases.json'), 'utf8')),
      )
      return { name: folder.replace('/', '@'), folder, loaded: one, cases }
    })
}

/** Of each rule set the version that was written last. */
export const newestOf = <One extends Pick<RuleSetFolder, 'loaded'>>(
  folders: readonly One[],
): readonly One[] =>
  folders.filter(({ loaded: { ruleSet } }) =>
    folders.every(
      ({ loaded: { ruleSet: other } }) =>
        other.id !== ruleSet.id || compareVersions(other.version, ruleSet.version) <= 0,
    ),
  )

/** The hash of everything in the folder of a version, as a registry keeps it. */
export const releaseHash = (folder: string, root: string = ruleSetsFolder): string =>
  hashOfFolder(join(root, folder))

/** The hashes of the versions released, by name. */
export const readReleased = (root: string = ruleSetsFolder): Readonly<Record<string, string>> =>
  JSON.parse(readFileSync(join(root, 'released.json'), 'utf8'))
