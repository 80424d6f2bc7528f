import { describe, expect, it } from 'vitest'
import { loadRuleSet, type RuleSetCase } from '@counterfoil/rules'
import { analyseRuleSets, type AnalysisFinding } from '@counterfoil/rules/analyse'
import { newestOf, type RuleSetFolder, ruleSetFolders } from '../scripts/rule-set-folders.ts'

const folders = newestOf(ruleSetFolders())
const bases = folders.map(({ loaded }) => loaded)

/** What day one puts in force beside the sets of a system. */
const besideThem: ReadonlySet<string> = new Set([
  'acknowledgment-tolerance',
  'canonical-approval',
  'receiving-tolerance',
  'ship-notice-checks',
  'supplier-reminders',
])

const systems = [
  ...new Set(
    bases
      .map(({ ruleSet }) => ruleSet.id)
      .filter((id) => id.endsWith('-matching'))
      .map((id) => id.replace('-matching', '')),
  ),
]

const setsOf = (system: string): readonly RuleSetFolder[] =>
  folders.filter(
    ({ loaded: { ruleSet } }) =>
      besideThem.has(ruleSet.id) ||
      ['matching', 'tolerance', 'routing'].some((kind) => ruleSet.id === `${system}-${kind}`),
  )

const casesOf = (sets: readonly RuleSetFolder[]): Record<string, readonly RuleSetCase[]> =>
  Object.fromEntries(sets.map(({ name, cases }) => [name, cases]))

/** Errors and warnings, each by its kind, its set and the rule to look at first. */
const gravest = (findings: readonly AnalysisFinding[]): readonly string[] =>
  findings
    .filter(({ severity }) => severity !== 'information')
    .map(({ kind, ruleSet, rules }) => `${kind}: ${ruleSet}/${rules[0] ?? ''}`)

/** What is found and stays, by system; docs/rule-sets.md says why. */
const known: Readonly<Record<string, readonly string[]>> = {
  canonical: ['duties: canonical-routing@1.1.0/large-amount'],
  d365: ['beyond-authority: d365-tolerance@1.0.0/price-totals'],
}

describe('the analysis of the ready-made rule sets, in force beside each other', () => {
  it.each(systems)('warns of nothing but what is known and stays: %s', (system) => {
    const sets = setsOf(system)
    expect(sets.length).toBeGreaterThan(besideThem.size + 2)
    const { findings } = analyseRuleSets(
      sets.map(({ loaded }) => loaded),
      { cases: casesOf(sets) },
    )
    expect(gravest(findings)).toEqual(known[system] ?? [])
  })

  it('warns no more where a set of the buyer lowers what Dynamics 365 lets pass to what the matrix does', () => {
    const own = replacing('d365-tolerance', 'price-totals', { upper: { abs: '100', pct: '15' } })
    expect(gravest(analyseRuleSets([...matrices, own]).findings)).toEqual([])
  })

  it('warns no more where a set of the buyer has payables look at large amounts', () => {
    const own = replacing('canonical-routing', 'large-amount', { ownerRole: 'ap' })
    expect(gravest(analyseRuleSets([...matrices, own]).findings)).toEqual([])
  })
})

const matrices = bases.filter(({ ruleSet }) => ruleSet.id === 'canonical-approval')

/** A set of the buyer that builds on a ready-made one and changes one of its rules. */
const replacing = (id: string, name: string, params: Readonly<Record<string, unknown>>) => {
  const base = bases.find(({ ruleSet }) => ruleSet.id === id)
  const rule = base?.ruleSet.rules.find((one) => one.name === name)
  if (base === undefined || rule === undefined) throw new Error(`there is no \`${id}/${name}\``)
  const { event } = rule
  return loadRuleSet(
    {
      id: `own-${id}`,
      kind: base.ruleSet.kind,
      version: '1.0.0',
      effectiveFrom: '2026-12-01',
      scope: {},
      owner: 'process-owner',
      title: 'As the ready-made set, but for one rule',
      extends: `${id}@${base.ruleSet.version}`,
      rules: [{ ...rule, event: { ...event, params: { ...event.params, ...params } } }],
    },
    { bases },
  )
}
