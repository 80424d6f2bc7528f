import { globSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { evaluateRuleSet, runRuleSetCases } from '@counterfoil/rules'
import { evaluateWithJsonRulesEngine } from '@counterfoil/rules/compat'
import {
  readReleased,
  releaseHash,
  ruleSetFolders,
  ruleSetsFolder,
} from '../scripts/rule-set-folders.ts'

const folders = ruleSetFolders()

describe('the rule sets that come with the package', () => {
  it('are found', () => {
    expect(folders.length).toBeGreaterThan(0)
    expect(folders).toHaveLength(globSync('*/*/', { cwd: ruleSetsFolder }).length)
  })

  describe.each(folders)('$name', ({ loaded, cases }) => {
    const report = runRuleSetCases(loaded, cases)

    it.each(report.results)('$name', ({ differences }) => {
      expect(differences).toEqual([])
    })

    it('has a case for every rule, and one in which nothing fires', () => {
      expect(report.rulesWithoutCase).toEqual([])
      expect(report.hasNothingFires).toBe(true)
    })

    it('means the same to json-rules-engine', async () => {
      for (const { facts } of cases) {
        const reference = await evaluateWithJsonRulesEngine(loaded, facts)
        expect(evaluateRuleSet(loaded, facts)).toEqual(reference)
      }
    })
  })
})

describe('released rule sets', () => {
  const released = Object.entries(readReleased())

  it('are there', () => {
    expect(released.length).toBeGreaterThan(0)
  })

  it.each(released)('%s is as it was released', (name, hash) => {
    const folder = folders.find((one) => one.name === name)?.folder
    expect(folder, 'a released version stays in the tree').toBeDefined()
    expect(releaseHash(folder ?? '')).toBe(hash)
  })
})
