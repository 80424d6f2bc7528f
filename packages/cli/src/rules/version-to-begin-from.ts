import { CounterfoilError } from '@counterfoil/core'
import type { RegistryVersion } from '@counterfoil/rules/node'
import type { OpenFolder } from './open-folder.ts'

/**
 * The version of the folder that a new one begins from. A name alone means what is in force of it, or its latest draft where
 * nothing is; a version that was taken back has to be named in full. Null for a set the folder does not have.
 */
export function versionToBeginFrom({ registry }: OpenFolder, from: string): RegistryVersion | null {
  const exact = registry.versions.find(({ id, version }) => `${id}@${version}` === from)
  if (exact !== undefined) return exact
  const versions = registry.versions.filter(({ id }) => id === from)
  const inForce = versions.findLast(({ standing }) => standing === 'in-force')
  const usable = inForce ?? versions.findLast(({ standing }) => standing === 'draft')
  if (usable !== undefined) return usable
  if (versions.length === 0) return null
  const known = versions.map(({ version }) => `${from}@${version}`).join(', ')
  throw new CounterfoilError(
    'SETTINGS_INVALID',
    `cannot begin from \`${from}\`, all of it was taken back: name a version with --from, one of ${known}`,
  )
}

/** The version with how it stands, for who begins another from it. */
export function describeBeginning({ id, version, standing }: RegistryVersion): string {
  return `${id}@${version}, ${standings[standing]}`
}

const standings: Readonly<Record<RegistryVersion['standing'], string>> = {
  draft: 'a draft',
  'in-force': 'which is in force',
  withdrawn: 'which was taken back',
}
