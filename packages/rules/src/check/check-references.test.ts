import { describe, expect, it } from 'vitest'
import { checkRuleSet } from '../rule-set/load-rule-set.ts'
import {
  aLoadedRuleSet,
  aRule,
  aRuleSet,
  aTable,
  type ExampleJson,
} from '../rule-set/rule-set.examples.ts'

const findingsIn = (json: ExampleJson, bases = [loadOther(), loadBase()]): readonly string[] =>
  checkRuleSet(aRuleSet(json), { bases }).map(({ pointer, sentence }) => `${pointer}: ${sentence}`)

/** A set of one rule, `over`, and one table of three rows, `limits`. */
const loadBase = () =>
  aLoadedRuleSet({ id: 'base', rules: [aRule({ name: 'over', priority: 9 })], tables: [aTable()] })
const loadOther = () => aLoadedRuleSet({ id: 'other' })

const onBase = (json: ExampleJson): ExampleJson => ({ extends: 'base@1.0.0', rules: [], ...json })

describe('what a rule set says of another', () => {
  it('is understood where the other is loaded, and one of several', () => {
    expect(findingsIn(onBase({}))).toEqual([])
    expect(findingsIn(onBase({ switchedOff: ['over'] }))).toEqual([])
    expect(findingsIn(onBase({ switchedOff: ['limits'] }))).toEqual([])
    expect(findingsIn(onBase({ switchedOff: ['over', 'limits'] }))).toEqual([])
  })

  it('is refused where a name to be switched off begins with a blank, not where it is blank', () => {
    const sentence = '/switchedOff/1: `" limits"` begins or ends with a blank: write `limits`'
    expect(findingsIn(onBase({ switchedOff: ['over', ' limits'] }))).toContain(sentence)
    expect(findingsIn(onBase({ switchedOff: ['  '] })).join()).not.toContain('begins or ends')
  })

  it.each<[string, ExampleJson, string]>([
    [
      'another version than the loaded one',
      { extends: 'base@1.0.1', switchedOff: ['over'] },
      '/extends: no rule set `base@1.0.1` is loaded: correct the version or load that set first',
    ],
    [
      'a rule whose name ends with a blank, beside one of the same name',
      {
        rules: [
          aRule({ name: 'limit', priority: 2 }),
          aRule({ name: 'limit ', priority: 3 }),
          aRule({ name: 'inside name', priority: 4 }),
        ],
      },
      '/rules/1/name: `"limit "` begins or ends with a blank: write `limit`',
    ],
    [
      'a table whose name begins with a blank',
      { tables: [aTable({ name: '\u00a0sizes', priority: 3 })] },
      '/tables/0/name: `"\u00a0sizes"` begins or ends with a blank: write `sizes`',
    ],
    [
      'a row to be switched off',
      { switchedOff: ['limits/1'] },
      '/switchedOff/0: the extended set has no rule or table `"limits/1"`: correct the name or remove it',
    ],
    [
      'a table that is both replaced and switched off',
      { tables: [aTable()], switchedOff: ['over', 'limits'] },
      '/switchedOff/1: `"limits"` is also a table of this set: do one or the other',
    ],
    [
      'a rule with the name of a table it takes over',
      { rules: [aRule({ name: 'limits', priority: 2 })] },
      '/rules/0/name: `"limits"` could be taken for the table `"limits"` or a row of it: choose another name',
    ],
    [
      'a rule with the name of a row it takes over',
      { rules: [aRule({ name: 'new', priority: 3 }), aRule({ name: 'limits/7', priority: 2 })] },
      '/rules/1/name: `"limits/7"` could be taken for the table `"limits"` or a row of it: choose another name',
    ],
    [
      'a table with the name of a rule it takes over',
      { tables: [aTable({ name: 'new', priority: 3 }), aTable({ name: 'over', priority: 2 })] },
      '/tables/1/name: the extended set has a rule `"over"`, which could be taken for this table or a row of it: choose another name',
    ],
  ])('is refused: %s', (_, json, finding) => {
    expect(findingsIn(onBase(json))).toContain(finding)
    expect(findingsIn(onBase(json))).toHaveLength(1)
  })

  it('hears of no clash where a rule of its own has no name', () => {
    expect(findingsIn(onBase({ rules: [{ ...aRule(), name: 5 }] }))).toEqual([
      '/rules/0/name: `5` is of the wrong kind: write text in quotes',
    ])
  })

  it('is no clash where a name only begins like another', () => {
    const rules = [aRule({ name: 'limits-of-harbour', priority: 2 })]
    const tables = [aTable({ name: 'overs', priority: 3 })]
    expect(findingsIn(onBase({ rules }))).toEqual([])
    expect(findingsIn(onBase({ tables }))).toEqual([])
  })
})

describe('what a rule set says of itself', () => {
  it('may end on the day it begins', () => {
    expect(findingsIn({ effectiveFrom: '2026-12-01', effectiveTo: '2026-12-01' })).toEqual([])
  })

  it.each<[string, ExampleJson, readonly string[]]>([
    [
      'a first day that is no text',
      { effectiveFrom: 5, effectiveTo: '2026-12-01' },
      ['/effectiveFrom: `5` is of the wrong kind: write text in quotes'],
    ],
    [
      'rules without names',
      {
        rules: [
          { ...aRule(), name: 5 },
          { ...aRule(), name: 5 },
        ],
      },
      [
        '/rules/0/name: `5` is of the wrong kind: write text in quotes',
        '/rules/1/name: `5` is of the wrong kind: write text in quotes',
      ],
    ],
    [
      'two tables of one name',
      { rules: [], tables: [aTable(), aTable({ priority: 2 })] },
      ['/tables/1/name: a table before this one is also named `limits`: give each its own name'],
    ],
    [
      'a table that is text',
      { rules: [], tables: ['limits'] },
      ['/tables/0: `"limits"` is of the wrong kind: write an object in `{}`'],
    ],
    [
      'facts of a later version',
      { facts: 'tolerance-facts@2' },
      [
        '/facts: this version of the package has `tolerance-facts@1` and not `"tolerance-facts@2"`: write `tolerance-facts@1`',
      ],
    ],
    [
      'facts of another kind',
      { facts: 'matching-facts@1' },
      [
        '/facts: `"matching-facts@1"` are not the facts of a tolerance set: write `tolerance-facts@1`',
      ],
    ],
    [
      'facts that only begin like those of the kind',
      { facts: 'tolerance-facts-plus@1' },
      [
        '/facts: `"tolerance-facts-plus@1"` are not the facts of a tolerance set: write `tolerance-facts@1`',
      ],
    ],
  ])('is refused, and nothing else with it: %s', (_, json, findings) => {
    expect(findingsIn(json)).toEqual(findings)
  })

  it('decides something by rules or by tables alone, or by those it takes over', () => {
    const rules = [aRule({ priority: 9 })]
    expect(findingsIn({ rules, tables: [aTable()] })).toEqual([])
    expect(findingsIn({ rules: [], tables: [aTable()] })).toEqual([])
    expect(findingsIn(onBase({ rules: [] }))).toEqual([])
    expect(findingsIn({ rules: [], tables: [] })).toEqual([
      '/rules: a set without rules decides nothing: write at least one',
    ])
  })
})
