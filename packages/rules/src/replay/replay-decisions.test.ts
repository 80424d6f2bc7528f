import { describe, expect, it } from 'vitest'
import { decide } from '../evaluate/decide.ts'
import { evaluateRuleSet } from '../evaluate/evaluate-rule-set.ts'
import { chanceOf } from '../json-rules-engine/chance.examples.ts'
import {
  randomFacts,
  randomFetched,
  randomRuleSet,
} from '../json-rules-engine/random-rule-set.examples.ts'
import { checkRuleSet, loadRuleSet } from '../rule-set/load-rule-set.ts'
import type { LoadedRuleSet } from '../rule-set/loaded-rule-set.ts'
import { aLoadedRuleSet, aRule } from '../rule-set/rule-set.examples.ts'
import { logDecisions } from './log-decisions.ts'
import { replayDecisions } from './replay-decisions.ts'

const percentAtMost = (limit: string) => ({
  all: [{ fact: 'discrepancy', path: '$.percent', operator: 'decimal-at-most', value: limit }],
})

const accepts = (limit: string, version = '1.0.0'): LoadedRuleSet =>
  aLoadedRuleSet({ version, rules: [aRule({ name: 'small', conditions: percentAtMost(limit) })] })

const percents = ['1', '5', '5.0', '5.01', '6', '7', '7.001', null]
const facts = percents.map((percent) => ({ discrepancy: { percent } }))

describe('recorded decisions made again by two versions', () => {
  const [before, after] = [accepts('5'), accepts('7', '1.1.0')]
  const log = logDecisions(
    before,
    facts.map((one) => decide(before, one)),
  )

  it('are told apart where the answer is another', () => {
    const replay = replayDecisions(log, { before, after })
    expect(replay).toMatchObject({ decisions: 8, notReproduced: 0, changed: 3 })
    expect(replay.differences).toEqual([
      {
        before: { fired: [], answers: [] },
        after: evaluateRuleSet(after, { discrepancy: { percent: '6' } }),
        isOtherAnswer: true,
        decisions: 3,
        first: 3,
      },
    ])
  })

  it('do not differ by a rule that only has another name', () => {
    const renamed = aLoadedRuleSet({
      version: '1.0.1',
      rules: [aRule({ name: 'little', conditions: percentAtMost('5') })],
    })
    const replay = replayDecisions(log, { before, after: renamed })
    expect(replay.changed).toBe(0)
    expect(replay.differences).toMatchObject([{ isOtherAnswer: false, decisions: 3, first: 0 }])
  })

  it('are held against what was recorded', () => {
    const [first, ...others] = facts.map((one) => decide(before, one))
    const altered = logDecisions(before, [{ ...decide(before, {}), fired: '1' }, ...others])
    expect(first?.fired).toBe('1')
    expect(replayDecisions(altered, { before, after }).notReproduced).toBe(1)
  })

  it('are refused for a version that looks at what was not recorded', () => {
    const further = aLoadedRuleSet({
      version: '2.0.0',
      rules: [
        aRule({
          conditions: {
            all: [{ fact: 'item', path: '$.stocked', operator: 'equal', value: true }],
          },
        }),
      ],
    })
    expect(() => replayDecisions(log, { before, after: further })).toThrow(
      expect.objectContaining({ code: 'FACT_UNAVAILABLE', details: { places: ['item.stocked'] } }),
    )
  })

  it('are taken of one version only', () => {
    expect(() => logDecisions(after, [decide(before, {})])).toThrow(
      expect.objectContaining({ code: 'RULE_SET_NOT_FOUND' }),
    )
  })

  it('may be thousands', () => {
    const many = Array.from({ length: 5_000 }, (_, index) =>
      decide(before, { discrepancy: { percent: (index / 500).toFixed(3) } }),
    )
    const replay = replayDecisions(logDecisions(before, many), { before, after })
    expect(replay).toMatchObject({ decisions: 5_000, notReproduced: 0, changed: 1_000 })
    expect(replay.differences).toMatchObject([{ first: 2_501 }])
  })

  it('come out as when each is decided by itself, whatever the rules and the facts are', () => {
    const total = { decisions: 0, differing: 0 }
    for (let seed = 1; seed <= 60; seed += 1) {
      const chance = chanceOf(seed)
      const json = randomRuleSet(chance)
      if (checkRuleSet(json, { fetched: randomFetched }).length > 0) continue
      const all = loadRuleSet(json, { fetched: randomFetched })
      const rules = Array.isArray(json['rules']) ? json['rules'] : []
      const fewer = { ...json, version: '9.9.9', rules: rules.slice(0, -1) }
      if (checkRuleSet(fewer, { fetched: randomFetched }).length > 0) continue
      const some = loadRuleSet(fewer, { fetched: randomFetched })
      const names = all.fetches.map(({ name }) => name)
      const given = Array.from({ length: 30 }, () => plainJson(randomFacts(chance, names)))
      const records = given.map((one) => decide(all, one))
      const replay = replayDecisions(logDecisions(all, records), { before: all, after: some })
      const pairs = given.map((one) => [evaluateRuleSet(all, one), evaluateRuleSet(some, one)])
      expect(replay.notReproduced).toBe(0)
      const differing = pairs.filter(
        ([one, other]) => JSON.stringify(one?.fired) !== JSON.stringify(other?.fired),
      )
      expect(replay.differences.reduce((sum, { decisions }) => sum + decisions, 0)).toBe(
        differing.length,
      )
      for (const { before: one, after: other, first } of replay.differences) {
        expect([one, other]).toEqual(pairs[first])
      }
      total.decisions += records.length
      total.differing += differing.length
    }
    expect(total.decisions).toBeGreaterThan(500)
    expect(total.differing).toBeGreaterThan(20)
  })
})

// A decision is recorded of plain JSON only.
const plainJson = (facts: object): Record<string, unknown> =>
  JSON.parse(
    JSON.stringify(facts, (_, one: unknown) =>
      typeof one === 'bigint' ? String(one) : one === undefined ? null : one,
    ),
  )
