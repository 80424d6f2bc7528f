import { parseArgs } from 'node:util'
import { analyseRuleSets, type RuleSetAnalysis } from '@counterfoil/rules/analyse'
import type { Registry, RegistryVersion } from '@counterfoil/rules/node'
import { counted, describeAnalysis } from './describe-analysis.ts'
import { openFolder, versionOf, versionsAsked } from './open-folder.ts'
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
  const analyses = versions.flatMap(analysisOf)
  const analysis = analyses.flatMap((one) => one.findings)
  const opaque = analyses.flatMap((one) => one.opaque)
  const problems = positionals.length === 0 ? problemsOf(open.registry) : []
  const errors =
    findings.length +
    problems.length +
    analysis.filter(({ severity }) => severity === 'error').length
  if (values.json) {
    out(JSON.stringify({ versions: versions.map(nameOf), findings, problems, analysis, opaque }))
    return errors > 0 ? 1 : 0
  }
  for (const { file, pointer, sentence } of [...problems, ...findings]) {
    out(`${file}${pointer === '' ? '' : ` at ${pointer}`}: ${sentence}`)
  }
  for (const line of describeAnalysis(analysis, opaque, values.all)) out(line)
  out(`${counted(versions.length, 'version')} checked, ${counted(errors, 'error')}`)
  return errors > 0 ? 1 : 0
}

function analysisOf({ loaded, cases }: RegistryVersion): readonly RuleSetAnalysis[] {
  if (loaded === null) return []
  const analysis = analyseRuleSets([loaded], { cases: { [versionOf(loaded)]: cases } })
  // What an extended set leaves open is its own affair.
  const findings = analysis.findings.filter(
    ({ pointer, severity }) => severity === 'error' || pointer !== '/extends',
  )
  return [{ ...analysis, findings }]
}

/** Problems of the folder that no version's own findings name already. */
function problemsOf({ problems, versions }: Registry) {
  const own = new Set(versions.flatMap(({ findings }) => findings))
  return problems.filter((one) => !own.has(one))
}

function nameOf({ id, version, standing }: RegistryVersion) {
  return { id, version, standing }
}
