import { parseArgs } from 'node:util'
import { openFolderAsItIs } from './open-folder.ts'
import { registryOptions, type RulesSubcommand } from './rules-subcommand.ts'
import { strayFoldersOf } from './stray-folders.ts'

/** `counterfoil rules list`: every version of the folder, and whether it is a draft, in force or withdrawn. */
export const rulesList: RulesSubcommand = async (args, out) => {
  const { values } = parseArgs({ args: [...args], options: registryOptions })
  const { registry } = openFolderAsItIs(values)
  const rows = registry.versions.map(({ id, version, standing, loaded }) => ({
    id,
    version,
    standing,
    effectiveFrom: loaded?.ruleSet.effectiveFrom ?? null,
    hash: loaded?.reference.hash ?? null,
  }))
  const stray = strayFoldersOf(registry.folder)
  const { problems, unfinished } = registry
  if (values.json) out(JSON.stringify({ versions: rows, problems, stray, unfinished }))
  else {
    if (rows.length === 0) out('there is no version yet: begin one with `rules new`')
    for (const { id, version, standing, effectiveFrom } of rows) {
      out(`${`${id}@${version}`.padEnd(40)} ${standing.padEnd(10)} from ${effectiveFrom ?? '?'}`)
    }
    for (const { file, sentence } of [...problems, ...stray, ...unfinished])
      out(`${file}: ${sentence}`)
  }
  return problems.length + stray.length > 0 ? 1 : 0
}
