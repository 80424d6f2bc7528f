import { parseArgs } from 'node:util'
import { analyseRuleSets, type AnalysisFinding } from '@counterfoil/rules/analyse'
import type { Registry, RegistryVersion } from '@counterfoil/rules/node'
import { openFolder, versionsAsked } from './open-folder.ts'
import { registryOptions, type RulesSubcommand } from './rules-subcommand.ts'

/**
 * `counterfoil rules check [ID@VERSION]`: what is wrong with the rule sets of a folder, with the place and the way to
 * mend it, and what their rules leave open, say twice or never say. Ends with 1 where there is an error.
 */
export const rulesCheck: RulesSubcommand = async (args, out) => {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { ...registryOptions, all: { type: 'boolean', default: false } },
  })
  const open = openFolder(values)
  const versions = versionsAsked(open, positionals)
  const findings = versions.flatMap((one) => one.findings)
  const analysed = versions.flatMap(analysisOf)
  const told = values.all ? analysed : analysed.filter(({ severity }) => severity !== 'information')
  const problems = positionals.length === 0 ? problemsOf(open.registry) : []
  const errors =
    findings.length +
    problems.length +
    analysed.filter(({ severity }) => severity === 'error').length
  if (values.json) {
    out(JSON.stringify({ versions: versions.map(nameOf), findings, problems, analysis: analysed }))
    return errors > 0 ? 1 : 0
  }
  for (const { file, pointer, sentence } of [...problems, ...findings]) {
    out(`${file}${pointer === '' ? '' : ` at ${pointer}`}: ${sentence}`)
  }
  for (const { ruleSet, severity, pointer, sentence } of told) {
    out(`${ruleSet} at ${pointer}: ${severity}: ${sentence}`)
  }
  const quiet = analysed.length - told.length
  if (quiet > 0) out(`${quiet} more for information, with --all`)
  out(`${counted(versions.length, 'version')} checked, ${counted(errors, 'error')}`)
  return errors > 0 ? 1 : 0
}

function analysisOf({ loaded, cases }: RegistryVersion): readonly AnalysisFinding[] {
  if (loaded === null) return []
  const name = `${loaded.ruleSet.id}@${loaded.ruleSet.version}`
  const { findings } = analyseRuleSets([loaded], { cases: { [name]: cases } })
  // What an extended set leaves open is its own affair.
  return findings.filter(({ pointer, severity }) => severity === 'error' || pointer !== '/extends')
}

/** Problems of the folder that no version's own findings name already. */
function problemsOf({ problems, versions }: Registry) {
  const own = new Set(versions.flatMap(({ findings }) => findings))
  return problems.filter((one) => !own.has(one))
}

function nameOf({ id, version, standing }: RegistryVersion) {
  return { id, version, standing }
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`
}
