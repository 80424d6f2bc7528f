import { analyseRuleSets } from '../analyse/analyse-rule-sets.ts'
import { runRuleSetCases } from '../cases/run-rule-set-cases.ts'
import { refusalOfRelease } from '../registry/may-release.ts'
import { authorsOf } from '../registry/registry-audit.ts'
import { versionName } from '../registry/registry-state.ts'
import type { LoadedRuleSet } from '../rule-set/loaded-rule-set.ts'
import { contradictionsOf, inForceTogether, type RuleSetContradiction } from './contradictions.ts'
import { inForceOf, type Registry, type RegistryVersion } from './read-registry.ts'
import type { ReleaseRequest } from './registry-ask.ts'

/** Everything that speaks against releasing a version; nothing where it may be released. */
export const reasonsAgainst = (
  registry: Registry,
  one: RegistryVersion,
  { approvedBy, writtenBy, by, bases, alongside = [] }: ReleaseRequest,
): readonly string[] => {
  const known = authorsOf(registry.audit, one.id, one.version)
  const authors = writtenBy === null ? known : [...known, writtenBy]
  const duty = refusalOfRelease({ by, approvedBy, authors })
  const findings = one.findings.map(
    ({ file, pointer, sentence }) =>
      `${file}${pointer === '' ? '' : ` at ${pointer}`}: ${sentence}`,
  )
  if (one.loaded === null) return [...findings, ...(duty === null ? [] : [duty])]
  return [
    ...findings,
    ...casesAgainst(one.loaded, one),
    ...errorsIn(one.loaded),
    ...unreleasedBelow(registry, one.loaded, bases),
    ...contradictionsOf(inForceTogether([...inForceOf(registry), one.loaded], alongside)).map(
      describeContradiction,
    ),
    ...(duty === null ? [] : [duty]),
  ]
}

/** Where sets that would be in force together contradict each other, and how to mend it. */
export const describeContradiction = ({
  ruleSet,
  pointer,
  sentence,
}: RuleSetContradiction): string => `${ruleSet} at ${pointer}: ${sentence}`

const casesAgainst = (loaded: LoadedRuleSet, { cases }: RegistryVersion): readonly string[] => {
  const report = runRuleSetCases(loaded, cases)
  return [
    ...report.results.flatMap(({ name, differences }) =>
      differences.map((difference) => `case \`${name}\`, ${difference}`),
    ),
    ...report.rulesWithoutCase.map((rule) => `no case shows the rule \`${rule}\` deciding`),
    ...(report.hasNothingFires ? [] : ['no case shows that nothing fires: add one']),
  ]
}

const errorsIn = (loaded: LoadedRuleSet): readonly string[] =>
  analyseRuleSets([loaded])
    .findings.filter(({ severity }) => severity === 'error')
    .map(({ pointer, sentence }) => `at \`${pointer}\`: ${sentence}`)

/** What is released stands on nothing that may still change: drafts are released before what extends them. */
const unreleasedBelow = (
  registry: Registry,
  { overrides: { extends: name } }: LoadedRuleSet,
  bases: readonly LoadedRuleSet[],
): readonly string[] => {
  const below = registry.versions.find(({ id, version }) => versionName(id, version) === name)
  const isBase = bases.some(({ ruleSet: { id, version } }) => versionName(id, version) === name)
  if (below === undefined || isBase) return []
  if (below.standing === 'draft') return [`it extends \`${name}\`, a draft: release that first`]
  return below.loaded === null ? [] : unreleasedBelow(registry, below.loaded, bases)
}
