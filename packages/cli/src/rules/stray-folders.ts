import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'

/** A folder beside the rule sets in which there is none, so that no command looks at what it holds. */
export type StrayFolder = {
  /** Below the folder of the rule sets. */
  readonly file: string
  readonly sentence: string
}

/** The folders that look like a rule set or a version of one and are none: a file was named otherwise, or lies too deep. */
export function strayFoldersOf(registry: string): readonly StrayFolder[] {
  return foldersIn(registry)
    .filter((name) => name !== 'calendars')
    .flatMap((id) => {
      const versions = foldersIn(join(registry, id))
      if (versions.length > 0)
        return versions.flatMap((version) => strayVersion(registry, id, version))
      return [strayFolder(registry, id, `put it in \`${id}/<version>/ruleset.json\``)]
    })
}

function strayVersion(registry: string, id: string, version: string): readonly StrayFolder[] {
  const file = `${id}/${version}`
  if (existsSync(join(registry, file, 'ruleset.json'))) return []
  return [strayFolder(registry, file, 'name the file of the rule set `ruleset.json`')]
}

function strayFolder(registry: string, file: string, mend: string): StrayFolder {
  const held = readdirSync(join(registry, file)).toSorted()
  const what = held.length === 0 ? 'is empty' : `holds ${held.slice(0, shownMax).join(', ')}`
  return { file, sentence: `no rule set is in it, it ${what}: ${mend}, or take the folder away` }
}

const shownMax = 5

function foldersIn(folder: string): readonly string[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && !entry.name.startsWith('.'))
    .map(({ name }) => name)
    .toSorted()
}
