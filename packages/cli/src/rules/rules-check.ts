import { parseArgs } from 'node:util'
import {
  analyseRuleSets,
  type AnalysisFinding,
  type RuleSetAnalysis,
} from '@counterfoil/rules/analyse'
import {
  contradictionsOf,
  inForceOf,
  inForceTogether,
  type Registry,
  type RegistryVersion,
  type RuleSetContradiction,
} from '@counterfoil/rules/node'
import { counted, describeAnalysis } from './describe-analysis.ts'
import { type OpenFolder, openFolderAsItIs, versionOf, versionsAsked } from './open-folder.ts'
import { registryOptions, type RulesSubcommand } from './rules-subcommand.ts'
import { strayFoldersOf } from './stray-folders.ts'

/**
 * `counterfoil rules check [ID@VERSION]`: what is wrong with the rule sets of a folder, with the place and the way to
 * mend it, and what their rules leave open, say twice or never say; of a whole folder also where sets in force together say
 * different things or contradict each other, allow what somebody else has to approve, or give one role two duties. Ends with 1 where there is an error,
 * or nothing to check.
 */
export const rulesCheck: RulesSubcommand = async (args, out) => {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { ...registryOptions, all: { type: 'boolean', default: false } },
  })
  const open = openFolderAsItIs(values)
  const versions = versionsAsked(open, positionals)
  const findings = versions.flatMap((one) => one.findings)
  const analyses = versions.flatMap(analysisOf)
  const between = positionals.length === 0 ? findBetween(open) : nothingBetween
  const contradictions = [...between.contradictions, ...contradictionsOfDrafts(open, versions)]
  const analysis = [...analyses.flatMap((one) => one.findings), ...between.findings]
  const opaque = analyses.flatMap((one) => one.opaque)
  const problems = problemsOf(open.registry, versions)
  const stray = strayFoldersOf(open.folder)
  const errors =
    findings.length +
    stray.length +
    problems.length +
    contradictions.length +
    analysis.filter(({ severity }) => severity === 'error').length
  const exit = errors > 0 || versions.length === 0 ? 1 : 0
  if (values.json) {
    const named = versions.map(nameOf)
    out(
      JSON.stringify({
        versions: named,
        findings,
        problems,
        stray,
        analysis,
        opaque,
        contradictions,
      }),
    )
    return exit
  }
  for (const { file, pointer, sentence } of [...problems, ...findings]) {
    out(`${file}${pointer === '' ? '' : ` at ${pointer}`}: ${sentence}`)
  }
  for (const { file, sentence } of stray) out(`${file}: ${sentence}`)
  for (const { ruleSet, pointer, sentence } of contradictions) {
    out(`${ruleSet} at ${pointer}: error: in force together, ${sentence}`)
  }
  for (const line of describeAnalysis(analysis, opaque, values.all)) out(line)
  out(`${counted(versions.length, 'version')} checked, ${counted(errors, 'error')}`)
  return exit
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

type Between = {
  readonly findings: readonly AnalysisFinding[]
  /** Why the sets cannot be in force together, so that they were not compared. */
  readonly contradictions: readonly RuleSetContradiction[]
}

const nothingBetween: Between = { findings: [], contradictions: [] }

/** What is found between sets only, never in one by itself. */
const kindsBetween: ReadonlySet<AnalysisFinding['kind']> = new Set([
  'disagreement',
  'beyond-authority',
  'duties',
])

/** Compares what is in force: the folder's own sets with each other and with those that decide beside them. */
function findBetween({ registry, inForce }: OpenFolder): Between {
  const contradictions = contradictionsOf(inForce)
  if (contradictions.length > 0) return { findings: [], contradictions }
  const own = new Set(inForceOf(registry).map(versionOf))
  const isOwn = ({ ruleSet, rules }: AnalysisFinding) =>
    [ruleSet, ...rules.map((rule) => rule.replace(/\/.*/, ''))].some((name) => own.has(name))
  const { findings } = analyseRuleSets(inForce)
  return {
    findings: findings.filter((finding) => kindsBetween.has(finding.kind) && isOwn(finding)),
    contradictions,
  }
}

/** Where a draft contradicts what is in force, which refuses its release; nothing while that contradicts itself. */
function contradictionsOfDrafts(
  { registry, alongside, inForce }: OpenFolder,
  versions: readonly RegistryVersion[],
): readonly RuleSetContradiction[] {
  const drafts = versions.flatMap(({ standing, loaded }) =>
    standing === 'draft' && loaded !== null ? [loaded] : [],
  )
  if (drafts.length === 0 || contradictionsOf(inForce).length > 0) return []
  const own = inForceOf(registry)
  return drafts.flatMap((draft) => contradictionsOf(inForceTogether([...own, draft], alongside)))
}

/** Problems of the folder, whichever version was asked about, that the findings of those asked about do not name already. */
function problemsOf({ problems }: Registry, asked: readonly RegistryVersion[]) {
  const own = new Set(asked.flatMap(({ findings }) => findings))
  return problems.filter((one) => !own.has(one))
}

function nameOf({ id, version, standing }: RegistryVersion) {
  return { id, version, standing }
}
