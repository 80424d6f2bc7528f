import { parseArgs } from 'node:util'
import { CounterfoilError } from '@counterfoil/core'
import { diffRuleSets } from '@counterfoil/rules/analyse'
import { findLoaded, openFolderIfThere, versionOf } from './open-folder.ts'
import { registryOptions, type RulesSubcommand } from './rules-subcommand.ts'

/** `counterfoil rules diff A B`: what changes from one version to another, in words. */
export const rulesDiff: RulesSubcommand = async (args, out) => {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: registryOptions,
  })
  const [a, b, ...others] = positionals
  if (a === undefined || b === undefined || others.length > 0) {
    throw new CounterfoilError(
      'SETTINGS_INVALID',
      'cannot compare: name two versions, as in `rules diff price-tolerance@1.0.0 price-tolerance@1.1.0`',
    )
  }
  const open = openFolderIfThere(values)
  const [before, after] = [findLoaded(open, a), findLoaded(open, b)]
  const changes = diffRuleSets(before, after)
  if (values.json) {
    out(JSON.stringify({ before: versionOf(before), after: versionOf(after), changes }))
    return 0
  }
  out(`${versionOf(before)} → ${versionOf(after)}`)
  for (const { sentence } of changes) out(`  ${sentence}`)
  out(
    changes.length === 0
      ? 'nothing changes'
      : `${changes.length} ${changes.length === 1 ? 'change' : 'changes'}`,
  )
  return 0
}
