import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { CalendarDate } from '@counterfoil/core'
import type { ShadowDifference } from '@counterfoil/rules'
import { afterAll, describe, expect, it } from 'vitest'
import { aRule, aRuleSet, aToleranceEvent } from '../rule-set/rule-set.examples.ts'

const root = mkdtempSync(join(tmpdir(), 'registry-readme-'))
afterAll(() => rmSync(root, { recursive: true, force: true }))
const [folder, candidates] = [join(root, 'rulesets'), join(root, 'candidates')]
const write = (path: string, value: unknown): void => {
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, JSON.stringify(value))
}
write(join(candidates, 'house.json'), {
  ...aRuleSet({ rules: [aRule({ event: aToleranceEvent({ combine: 'both' }) })] }),
  effectiveFrom: '2026-01-01',
})
mkdirSync(folder)
const readyMade: ReturnType<typeof loadRuleSetFolder> = []
const differences: ShadowDifference[] = []

// #region readme
import { createPolicySource, shadowPolicySource } from '@counterfoil/rules'
import { loadRuleSetFolder, openRuleSetRegistry } from '@counterfoil/rules/node'

const registry = openRuleSetRegistry(folder, {
  bases: readyMade,
  alongside: readyMade.filter(({ ruleSet }) => ruleSet.id.startsWith('canonical-')),
  watch: true,
})
const { source } = registry // for a runtime: it picks by scope and the business date of the document

// Shadow: both answer, the one in force counts, and what differs is recorded.
const candidate = createPolicySource(loadRuleSetFolder(candidates, { bases: readyMade }))
const shadowed = shadowPolicySource(source, candidate, {
  record: (difference) => differences.push(difference),
  later: setImmediate,
})
// #endregion

describe('the README of the registry', () => {
  it('shows an example that runs', async () => {
    const source = readFileSync(new URL(import.meta.url), 'utf8')
    const [, region = ''] = /\/\/ #region readme\n([\s\S]*?)\/\/ #endregion/.exec(source) ?? []
    const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8')
    expect(region).not.toBe('')
    expect(readme).toContain(`\`\`\`ts\n${region}\`\`\``)
    const policy = shadowed.pick({ tenant: 'acme' }, CalendarDate.parse('2026-12-01'))
    policy.tolerance({ discrepancy: { kind: 'over-shipment', percent: '4' } })
    expect(differences).toEqual([])
    await new Promise((resolve) => setImmediate(resolve))
    expect(differences).toMatchObject([{ question: 'tolerance', failure: null }])
    registry.close()
  })
})
