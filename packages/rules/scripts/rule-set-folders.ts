import { globSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { sha256Hex } from '@counterfoil/core'
import { type LoadedRuleSet, type RuleSetCase, RuleSetCases } from '@counterfoil/rules'
import { loadRuleSetFolder } from '@counterfoil/rules/node'

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

/** The hash of everything in the folder of a version: each file's name with the hash of its text. */
export const releaseHash = (folder: string, root: string = ruleSetsFolder): string => {
  const files = globSync('**/*', { cwd: join(root, folder), withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .toSorted()
  const lines = files.map((file) => {
    const name = file.slice(join(root, folder).length + 1).replaceAll('\\', '/')
    return `${sha256Hex(readFileSync(file, 'utf8'))}  ${name}\n`
  })
  return sha256Hex(lines.join(''))
}

/** The hashes of the versions released, by name. */
export const readReleased = (root: string = ruleSetsFolder): Readonly<Record<string, string>> =>
  JSON.parse(readFileSync(join(root, 'released.json'), 'utf8'))
