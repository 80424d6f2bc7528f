import { describe, expect, it } from 'vitest'
import { evaluateRuleSet } from '../evaluate/evaluate-rule-set.ts'
import { checkRuleSet, loadRuleSet } from './load-rule-set.ts'
import type { LoadedRuleSet } from './loaded-rule-set.ts'
import {
  aCheckEvent,
  aLoadedRuleSet,
  aRule,
  aRuleSet,
  aToleranceEvent,
  type ExampleJson,
  onOverShipment,
} from './rule-set.examples.ts'

const onShortShipment = {
  all: [{ fact: 'discrepancy', path: '$.kind', operator: 'equal', value: 'short-shipment' }],
}

const loadBase = () =>
  aLoadedRuleSet({
    conditions: { 'is-over': onOverShipment },
    rules: [
      aRule({ name: 'over', conditions: { condition: 'is-over' } }),
      aRule({ name: 'short', conditions: onShortShipment }),
    ],
  })

const northOf = (
  more: ExampleJson,
  bases: readonly LoadedRuleSet[] = [loadBase()],
): LoadedRuleSet =>
  loadRuleSet(
    aRuleSet({
      id: 'receiving-tolerance-north',
      scope: { businessUnit: 'north' },
      extends: 'receiving-tolerance@1.0.0',
      rules: [],
      ...more,
    }),
    { bases },
  )

const over = { discrepancy: { kind: 'over-shipment' } }
const short = { discrepancy: { kind: 'short-shipment' } }

describe('a rule set that extends another', () => {
  it('holds what the other says where it says nothing itself', () => {
    expect(evaluateRuleSet(northOf({}), over).fired).toEqual(['over'])
  })

  it('replaces a rule by its name, in its place', () => {
    const wider = aToleranceEvent({ upper: { abs: null, pct: '8' } })
    const north = northOf({
      rules: [aRule({ name: 'over', event: wider }), aRule({ name: 'new', priority: 5 })],
    })
    expect(north.rules.map((rule) => [rule.name, rule.from])).toEqual([
      ['over', 'receiving-tolerance-north@1.0.0'],
      ['short', 'receiving-tolerance@1.0.0'],
      ['new', 'receiving-tolerance-north@1.0.0'],
    ])
    expect(evaluateRuleSet(north, over).fired).toEqual(['new', 'over'])
  })

  it('leaves out what it switches off', () => {
    const north = northOf({ switchedOff: ['short'] })
    expect(evaluateRuleSet(north, short).fired).toEqual([])
    expect(evaluateRuleSet(north, over).fired).toEqual(['over'])
  })

  it('gives a named condition another meaning for the rules it takes over too', () => {
    const north = northOf({ conditions: { 'is-over': onShortShipment }, switchedOff: ['short'] })
    expect(evaluateRuleSet(north, over).fired).toEqual([])
    expect(evaluateRuleSet(north, short).fired).toEqual(['over'])
  })

  it('reports what it changes (R-108)', () => {
    const north = northOf({
      conditions: { 'is-over': onOverShipment },
      rules: [aRule({ name: 'new', priority: 5 })],
      switchedOff: ['short'],
    })
    expect(north.overrides).toEqual({
      extends: 'receiving-tolerance@1.0.0',
      replaced: [],
      added: ['new'],
      switchedOff: ['short'],
      conditionsReplaced: ['is-over'],
      inherited: ['over'],
      tables: { replaced: [], added: [], switchedOff: [], inherited: [] },
      settings: [{ field: 'scope', here: { businessUnit: 'north' }, extended: {} }],
    })
    const changed = northOf({ rules: [aRule({ name: 'over' })] })
    expect(changed.overrides).toMatchObject({ replaced: ['over'], inherited: ['short'] })
    expect(loadBase().overrides).toMatchObject({ extends: null, added: ['over', 'short'] })
  })

  it('has another hash when the other has another content', () => {
    const other = aLoadedRuleSet({
      rules: loadBase()
        .ruleSet.rules.slice(0, 1)
        .map((rule) => ({ ...rule, conditions: onOverShipment })),
    })
    expect(northOf({}, [other]).reference.hash).not.toBe(northOf({}).reference.hash)
  })

  it('knows all sets it comes from', () => {
    const north = northOf({})
    const harbour = northOf(
      { id: 'receiving-tolerance-harbour', extends: 'receiving-tolerance-north@1.0.0' },
      [north],
    )
    expect(harbour.lineage).toEqual(['receiving-tolerance-north', 'receiving-tolerance'])
    expect(evaluateRuleSet(harbour, short).fired).toEqual(['short'])
  })

  it.each([
    [
      'of another kind',
      {
        kind: 'matching',
        rules: [
          aRule({
            name: 'price',
            event: aCheckEvent(),
            conditions: { all: [{ fact: 'order', operator: 'is-present', value: true }] },
          }),
        ],
      },
      '/extends: `receiving-tolerance@1.0.0` is a tolerance set: extend one of the same kind',
    ],
    [
      'whose rule it switches off under a wrong name',
      { switchedOff: ['shorts'] },
      '/switchedOff/0: the extended set has no rule or table `"shorts"`: correct the name or remove it',
    ],
    [
      'whose rule it both replaces and switches off',
      { rules: [aRule({ name: 'over' })], switchedOff: ['over'] },
      '/switchedOff/0: `"over"` is also a rule of this set: do one or the other',
    ],
    [
      'whose rules fall into a circle by its named conditions',
      { conditions: { 'is-over': { condition: 'is-over' } } },
      '/conditions/is-over/condition: the condition `is-over` refers to itself: break the circle',
    ],
    [
      'with a rule that ties with one of its own',
      { rules: [aRule({ name: 'other', event: aToleranceEvent({ combine: 'both' }) })] },
      '/rules/0/priority: `over` and `other` may both fire at priority 1 and say different things: give one a higher priority or conditions that rule the other out',
    ],
    [
      'whose rules come to tie by its named conditions',
      {
        conditions: { 'is-over': onShortShipment },
        rules: [
          aRule({
            name: 'short',
            event: aToleranceEvent({ combine: 'both' }),
            conditions: onShortShipment,
          }),
        ],
      },
      '/rules/0/priority: `over` and `short` may both fire at priority 1',
    ],
  ])('is refused for a set %s', (_, more, finding) => {
    const json = aRuleSet({ id: 'north', extends: 'receiving-tolerance@1.0.0', rules: [], ...more })
    const findings = checkRuleSet(json, { bases: [loadBase()] }).map(
      (one) => `${one.pointer}: ${one.sentence}`,
    )
    expect(findings.filter((one) => one.startsWith(finding))).toHaveLength(1)
  })

  it('says at `extends` what it makes of the rules it takes over', () => {
    const tied = aLoadedRuleSet({
      conditions: { 'is-over': onOverShipment },
      rules: [
        aRule({ name: 'over', conditions: { condition: 'is-over' } }),
        aRule({
          name: 'short',
          conditions: onShortShipment,
          event: aToleranceEvent({ combine: 'both' }),
        }),
      ],
    })
    const json = aRuleSet({
      id: 'north',
      extends: 'receiving-tolerance@1.0.0',
      rules: [],
      conditions: { 'is-over': onShortShipment },
    })
    expect(checkRuleSet(json, { bases: [tied] })).toEqual([
      {
        pointer: '/extends',
        sentence: expect.stringContaining('`over` and `short` may both fire'),
      },
    ])
  })
})

describe('the report of what a set changes in the one it extends', () => {
  it('names the settings that differ, with both values (R-108)', () => {
    const north = northOf({ hitPolicy: 'first', owner: 'north-desk', priority: 5 })
    expect(north.overrides.settings).toEqual([
      { field: 'hitPolicy', here: 'first', extended: null },
      { field: 'owner', here: 'north-desk', extended: 'inbound-operations' },
      { field: 'priority', here: 5, extended: 1 },
      { field: 'scope', here: { businessUnit: 'north' }, extended: {} },
    ])
    expect(loadBase().overrides.settings).toEqual([])
  })
})
