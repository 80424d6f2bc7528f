import { parseArgs } from 'node:util'
import { CalendarDate } from '@counterfoil/core'
import {
  type Deciding,
  decidingOn,
  type DecidingRuleSet,
  inForceOf,
  type Registry,
} from '@counterfoil/rules/node'
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
  const { registry, inForce } = openFolderAsItIs(values)
  const stray = strayFoldersOf(registry.folder)
  const { problems, unfinished } = registry
  const day = CalendarDate.parse(now().slice(0, 10))
  const own = new Set(inForceOf(registry).map(({ ruleSet }) => ruleSet.id))
  const ruleSets =
    problems.length > 0 ? null : decidingOn(inForce, day).filter(({ ruleSet }) => own.has(ruleSet))
  const versions = rowsOf(registry)
  if (values.json) {
    const decides = ruleSets === null ? null : { day, ruleSets }
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
    if (ruleSets !== null && ruleSets.length > 0) {
      out(`documents dated today, ${day}, are decided by`)
      for (const one of ruleSets) out(`  ${describeDeciding(one)}`)
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

function describeDeciding({ ruleSet, scope, now: current, later }: DecidingRuleSet): string {
  const whom = Object.entries(scope).map(([key, value]) => `${key} ${value}`)
  const forWhom = whom.length === 0 ? '' : `for ${whom.join(', ')}: `
  const say = ({ version }: Deciding): string => version ?? `nothing of ${ruleSet}`
  const today =
    current === null ? `nothing of ${ruleSet} yet` : `${say(current)} since ${current.from}`
  return `${forWhom}${[today, ...later.map((one) => `${say(one)} from ${one.from} on`)].join(', ')}`
}
