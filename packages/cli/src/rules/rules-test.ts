import { parseArgs } from 'node:util'
import { runRuleSetCases } from '@counterfoil/rules'
import { type CaseCoverage, measureCoverage } from '@counterfoil/rules/analyse'
import type { RegistryVersion } from '@counterfoil/rules/node'
import { describeFinding, openFolder, percentage, versionsAsked } from './open-folder.ts'
import { registryOptions, type RulesSubcommand } from './rules-subcommand.ts'

/**
 * `counterfoil rules test [ID@VERSION]`: runs the cases and says how many rules (a row of a table is one) some case shows
 * deciding, and how many comparisons (a cell is one) some case shows to hold and another not to. Ends with 1 where a case
 * fails or the rules shown are below `--threshold` percent, or the comparisons below `--cells`.
 */
export const rulesTest: RulesSubcommand = async (args, out) => {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      ...registryOptions,
      threshold: { type: 'string', default: '100' },
      cells: { type: 'string', default: '0' },
    },
  })
  const limits = {
    rules: percentage(values.threshold, 'threshold'),
    comparisons: percentage(values.cells, 'cells'),
  }
  const open = openFolder(values)
  const versions = versionsAsked(open, positionals)
  const tested = versions.map((one) => testVersion(one, limits))
  if (values.json) out(JSON.stringify(tested))
  else if (tested.length === 0) out('there is no version to test')
  else for (const one of tested) for (const line of describe(one, limits)) out(line)
  return tested.length > 0 && tested.every(({ passed }) => passed) ? 0 : 1
}

type Limits = { readonly rules: number; readonly comparisons: number }

type Tested = {
  readonly version: string
  readonly passed: boolean
  readonly cases: number
  readonly failures: readonly { readonly case: string; readonly differences: readonly string[] }[]
  readonly hasNothingFires: boolean
  readonly coverage: CaseCoverage | null
  readonly findings: RegistryVersion['findings']
}

function testVersion(
  { id, version, loaded, cases, findings }: RegistryVersion,
  limits: Limits,
): Tested {
  const name = `${id}@${version}`
  if (loaded === null) {
    return {
      version: name,
      passed: false,
      cases: 0,
      failures: [],
      hasNothingFires: false,
      coverage: null,
      findings,
    }
  }
  const { results, hasNothingFires } = runRuleSetCases(loaded, cases)
  const coverage = measureCoverage(loaded, cases)
  const failures = results
    .filter(({ differences }) => differences.length > 0)
    .map(({ name: one, differences }) => ({ case: one, differences }))
  const passed =
    failures.length === 0 &&
    findings.length === 0 &&
    hasNothingFires &&
    coverage.rules.percent >= limits.rules &&
    coverage.comparisons.percent >= limits.comparisons
  return {
    version: name,
    passed,
    cases: results.length,
    failures,
    hasNothingFires,
    coverage,
    findings,
  }
}

function describe(tested: Tested, limits: Limits): readonly string[] {
  const { version, cases, failures, coverage, findings } = tested
  const wrong = findings.map(describeFinding)
  if (coverage === null) return [...wrong, `${version}: cannot be loaded`]
  const { rules, comparisons } = coverage
  return [
    ...wrong,
    ...failures.flatMap(({ case: name, differences }) =>
      differences.map((difference) => `${version}, case \`${name}\`: ${difference}`),
    ),
    ...coverage.rulesNotShown.map(
      (rule) => `${version}: no case shows the rule \`${rule}\` deciding`,
    ),
    ...(tested.hasNothingFires ? [] : [`${version}: no case shows that nothing fires: add one`]),
    ...(comparisons.percent >= limits.comparisons ? [] : coverage.comparisonsNotShown).map(
      ({ rule, pointer, missing }) =>
        `${version}: no case shows that \`${rule}\` ${missing} at ${pointer}`,
    ),
    `${version}: ${cases} cases, ${failures.length} failed; ${rules.shown} of ${rules.of} rules shown (${rules.percent} %), ` +
      `${comparisons.shown} of ${comparisons.of} comparisons both ways (${comparisons.percent} %)`,
  ]
}
