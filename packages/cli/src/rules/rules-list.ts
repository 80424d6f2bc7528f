import { parseArgs } from 'node:util'
import type { Registry } from '@counterfoil/rules/node'
import { decidingAt, describeDeciding } from './describe-deciding.ts'
import { openFolderAsItIs } from './open-folder.ts'
import { now } from './rules-change.ts'
import { registryOptions, type RulesSubcommand } from './rules-subcommand.ts'
import { strayFoldersOf } from './stray-folders.ts'

/**
 * `counterfoil rules list`: every version of the folder, and whether it is a draft, in force or withdrawn; what decides
 * documents dated today, and what will decide those of later days. Nothing decides in a folder that cannot be trusted.
 */
export const rulesList: RulesSubcommand = async (args, out) => {
  const { values } = parseArgs({ args: [...args], options: registryOptions })
  const open = openFolderAsItIs(values)
  const { registry } = open
  const stray = strayFoldersOf(registry.folder)
  const { problems, unfinished } = registry
  const decides = problems.length > 0 ? null : decidingAt(open, now())
  const versions = rowsOf(registry)
  if (values.json) {
    out(JSON.stringify({ versions, decides, problems, stray, unfinished }))
  } else {
    if (versions.length === 0) out('there is no version yet: begin one with `rules new`')
    for (const { id, version, standing, effectiveFrom } of versions) {
      const from =
        effectiveFrom === null
          ? 'cannot be loaded: `rules check` says why'
          : `from ${effectiveFrom}`
      out(`${`${id}@${version}`.padEnd(40)} ${standing.padEnd(10)} ${from}`)
    }
    if (decides !== null && decides.ruleSets.length > 0) {
      out(`documents dated today, ${decides.day}, are decided by`)
      for (const one of decides.ruleSets) out(`  ${describeDeciding(one)}`)
    }
    for (const { file, sentence } of [...problems, ...stray, ...unfinished]) {
      out(`${file}: ${sentence}`)
    }
  }
  return problems.length + stray.length > 0 ? 1 : 0
}

function rowsOf({ versions }: Registry) {
  return versions.map(({ id, version, standing, loaded }) => ({
    id,
    version,
    standing,
    effectiveFrom: loaded?.ruleSet.effectiveFrom ?? null,
    hash: loaded?.reference.hash ?? null,
  }))
}
