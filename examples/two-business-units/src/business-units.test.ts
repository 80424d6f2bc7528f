import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { type LoadedRuleSet, loadRuleSet, RuleSetCases, runRuleSetCases } from '@counterfoil/rules'
import { describe, expect, it } from 'vitest'
import { common, decideIn, variants } from './business-units.ts'

const all = [...common, ...variants]
const without = (id: string) => all.filter(({ ruleSet }) => ruleSet.id !== id)

const decided = (unit: string, ruleSets: readonly LoadedRuleSet[]) => {
  const { decision, checks } = decideIn(unit, ruleSets)
  const policy = checks.find(({ name }) => name === 'price')?.policy.at(-1)
  return [decision, `${policy?.reference.ruleSet}@${policy?.reference.version}`]
}
const asEverybody = ['match-within-tolerance', 'canonical-tolerance@1.0.0']

describe('two business units that differ', () => {
  it('decide the same invoice differently, each naming its set and version (R-41)', () => {
    expect(decided('industrial', all)).toEqual([
      'match-within-tolerance',
      'bu-industrial-tolerance@1.0.0',
    ])
    expect(decided('retail', all)).toEqual(['hold', 'bu-retail-tolerance@1.0.0'])
    expect(decided('wholesale', all)).toEqual(asEverybody)
  })

  it('show what they override (R-108)', () => {
    const shown = variants.map(({ ruleSet, overrides }) => {
      const { replaced, added, switchedOff, extends: base } = overrides
      return [ruleSet.id, base, { replaced, added, switchedOff }]
    })
    expect(shown).toEqual([
      [
        'bu-industrial-tolerance',
        'canonical-tolerance@1.0.0',
        { replaced: ['price'], added: ['freight'], switchedOff: [] },
      ],
      [
        'bu-retail-tolerance',
        'canonical-tolerance@1.0.0',
        { replaced: ['price'], added: [], switchedOff: ['estimated-price'] },
      ],
    ])
  })

  it('decide as everybody does once their variant is left out, and the other unit as before', () => {
    const ruleSets = without('bu-retail-tolerance')
    expect(decided('retail', ruleSets)).toEqual(asEverybody)
    expect(decided('industrial', ruleSets)).toEqual(decided('industrial', all))
  })

  it('decide as everybody does from the day after their variant ends', () => {
    const retail = variants.find(({ ruleSet }) => ruleSet.id === 'bu-retail-tolerance')
    const endingOn = (effectiveTo: string) =>
      loadRuleSet({ ...retail?.ruleSet, effectiveTo }, { bases: common })
    // The invoice is of 21 November.
    const others = without('bu-retail-tolerance')
    expect(decided('retail', [...others, endingOn('2026-11-21')])[0]).toBe('hold')
    expect(decided('retail', [...others, endingOn('2026-11-20')])).toEqual(asEverybody)
  })

  it.each(variants.map((set) => [set.ruleSet.id, set] as const))(
    '%s answers its cases',
    (id, set) => {
      const file = new URL(`../rulesets/${id}/1.0.0/cases.json`, import.meta.url)
      const cases = RuleSetCases.parse(JSON.parse(readFileSync(fileURLToPath(file), 'utf8')))
      const { results, isComplete } = runRuleSetCases(set, cases)
      expect(results.flatMap(({ differences }) => differences)).toEqual([])
      expect(isComplete).toBe(true)
    },
  )
})
