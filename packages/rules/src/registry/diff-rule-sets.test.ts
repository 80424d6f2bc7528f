import { BusinessCalendar } from '@counterfoil/core'
import { describe, expect, it } from 'vitest'
import { loadRuleSet } from '../rule-set/load-rule-set.ts'
import {
  aLoadedRuleSet,
  aRouteEvent,
  aRule,
  aToleranceEvent,
  type ExampleJson,
} from '../rule-set/rule-set.examples.ts'
import { diffRuleSets } from './diff-rule-sets.ts'

const at = (percent: string) => ({
  all: [
    { fact: 'discrepancy', path: '$.kind', operator: 'equal', value: 'over-shipment' },
    { fact: 'discrepancy', path: '$.percent', operator: 'decimal-at-most', value: percent },
  ],
})
const before = aLoadedRuleSet({ rules: [aRule({ conditions: at('5') })] })
const sentences = (changed: ExampleJson) =>
  diffRuleSets(before, aLoadedRuleSet({ rules: [aRule({ conditions: at('5') })], ...changed })).map(
    ({ sentence }) => sentence,
  )

describe('what changes between two versions', () => {
  it.each<[string, ExampleJson, readonly string[]]>([
    ['nothing, where only the version differs', { version: '1.1.0' }, []],
    [
      'a limit',
      {
        rules: [
          aRule({
            conditions: at('5'),
            event: aToleranceEvent({ upper: { abs: '10', pct: '3' } }),
          }),
        ],
      },
      [
        'rule `over-within-5-percent`: upper amount not checked → 10',
        'rule `over-within-5-percent`: upper percent 5 → 3',
      ],
    ],
    [
      'the value of a comparison',
      { rules: [aRule({ conditions: at('4') })] },
      ['rule `over-within-5-percent`: discrepancy.percent decimal-at-most 5 → 4'],
    ],
    [
      'a condition of another shape, shown whole',
      { rules: [aRule({ conditions: { all: at('5').all.slice(0, 1) } })] },
      [
        'rule `over-within-5-percent`: it fires when discrepancy.kind equal over-shipment and discrepancy.percent decimal-at-most 5 → discrepancy.kind equal over-shipment',
      ],
    ],
    [
      'a priority',
      { rules: [aRule({ conditions: at('5'), priority: 7 })] },
      ['rule `over-within-5-percent`: priority 1 → 7'],
    ],
    [
      'a rule of another name',
      { rules: [aRule({ name: 'slack', conditions: at('5') })] },
      [
        'rule `over-within-5-percent` is gone; it said: within 5 % of the ordered quantity',
        'rule `slack` is new, at priority 1: within 5 % of the ordered quantity',
      ],
    ],
    [
      'days and scope',
      { effectiveFrom: '2027-01-01', effectiveTo: '2027-12-31', scope: { supplier: 'S100' } },
      [
        'the first day: 2026-12-01 → 2027-01-01',
        'the last day: nothing → 2027-12-31',
        'whom it is for: everybody → supplier S100',
      ],
    ],
  ])('is told in words: %s', (_, changed, expected) => {
    expect(sentences(changed)).toEqual(expected)
  })

  const isIn = (value: unknown) => ({
    all: [{ fact: 'item', path: '$.category', operator: 'in', value }],
  })
  const routed = (ownerRole: string, alsoRoles: readonly string[]) =>
    aLoadedRuleSet({
      kind: 'routing',
      rules: [aRule({ event: aRouteEvent({ ownerRole, alsoRoles }) })],
    })

  it.each<[string, readonly [ExampleJson, ExampleJson], readonly string[]]>([
    [
      'which of the rules that fire decide',
      [{}, { hitPolicy: 'unique' }],
      ['which of the rules that fire decide: as usual for each type of answer → unique'],
    ],
    [
      'the priority of the set',
      [{}, { priority: 9 }],
      ['the priority among sets of equal scope: 1 → 9'],
    ],
    [
      'the facts it is written for',
      [{}, { facts: 'tolerance-facts@1' }],
      ['the facts it is written for: nothing → tolerance-facts@1'],
    ],
    [
      'a supplier whose number reads like a supplier and an item',
      [{ scope: { supplier: 'V1, item V2' } }, { scope: { supplier: 'V1', item: 'V2' } }],
      ['whom it is for: supplier "V1, item V2" → supplier V1, item V2'],
    ],
    [
      'an item whose number is the word for all',
      [{ effectiveTo: '2027-12-31', scope: { item: 'everybody' } }, { scope: {} }],
      ['the last day: 2027-12-31 → nothing', 'whom it is for: item everybody → everybody'],
    ],
    [
      'a list of two and a list of one text with a comma',
      [
        { rules: [aRule({ conditions: isIn(['pipes', 'valves']) })] },
        { rules: [aRule({ conditions: isIn(['pipes, valves']) })] },
      ],
      ['rule `over-within-5-percent`: item.category in pipes, valves → "pipes, valves"'],
    ],
  ])('is told where the values look alike: %s', (_, [one, other], expected) => {
    const changes = diffRuleSets(aLoadedRuleSet(one), aLoadedRuleSet(other))
    expect(changes.map(({ sentence }) => sentence)).toEqual(expected)
  })

  it('is told of a text and of the fact of that name', () => {
    const [field, place] = [
      { fact: 'item', path: '$.category' },
      { fact: 'item', path: '$.buyerItem' },
    ]
    const isKind = (value: unknown) => ({
      all: [
        ...[field, place].map((one) => ({ ...one, operator: 'is-present', value: true })),
        { ...field, operator: 'equal', value },
      ],
    })
    const one = aLoadedRuleSet({ rules: [aRule({ conditions: isKind('item.buyerItem') })] })
    const other = aLoadedRuleSet({ rules: [aRule({ conditions: isKind(place) })] })
    expect(diffRuleSets(one, other)).toMatchObject([
      { before: '"item.buyerItem"', after: 'item.buyerItem' },
    ])
  })

  it('is told of lists in an answer', () => {
    expect(
      diffRuleSets(routed('buyer', ['a b', 'c']), routed('buyer', ['a', 'b c'])),
    ).toMatchObject([{ field: 'also roles', before: '"a b", c', after: 'a, "b c"' }])
  })

  it('names the fields that are written otherwise where the rules that hold are the same', () => {
    const named = aLoadedRuleSet({
      conditions: { close: at('5') },
      rules: [aRule({ conditions: { condition: 'close' } })],
    })
    expect(diffRuleSets(before, named).map(({ sentence }) => sentence)).toEqual([
      '`rules` is written otherwise, and the rules that hold are the same',
      '`conditions` is written otherwise, and the rules that hold are the same',
    ])
  })

  it('tells of other business days on the same calendar', () => {
    const plant = BusinessCalendar.parse({
      id: 'plant',
      timeZone: 'Europe/Berlin',
      workingDays: [1, 2, 3, 4, 5],
      opens: '08:00',
      closes: '17:00',
      holidays: ['2026-12-25'],
    })
    const closed = BusinessCalendar.parse({
      ...plant,
      holidays: ['2026-12-25', '2026-12-28'],
    })
    const on = (calendar: typeof plant) =>
      aLoadedRuleSet({ calendar: 'plant' }, { calendars: [calendar] })
    expect(diffRuleSets(on(plant), on(closed)).map(({ sentence }) => sentence)).toEqual([
      'the business days of the calendar plant: on days 1, 2, 3, 4, 5 of the week → on days 1, 2, 3, 4, 5 of the week, closed on 2026-12-28',
    ])
    expect(
      diffRuleSets(on(plant), on(BusinessCalendar.parse({ ...plant, opens: '09:00' }))),
    ).toEqual([])
  })

  it('tells a rule that is switched off from one that is gone', () => {
    const house = loadRuleSet(
      {
        ...before.ruleSet,
        id: 'house',
        extends: 'receiving-tolerance@1.0.0',
        rules: [],
        switchedOff: ['over-within-5-percent'],
      },
      { bases: [before] },
    )
    expect(diffRuleSets(before, house)).toContainEqual(
      expect.objectContaining({ kind: 'rule-switched-off', rule: 'over-within-5-percent' }),
    )
  })
})
