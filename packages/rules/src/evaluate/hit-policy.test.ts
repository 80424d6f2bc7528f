import { describe, expect, it } from 'vitest'
import {
  aCheckEvent,
  aConductEvent,
  aLoadedRuleSet,
  aRule,
  aTable,
  aToleranceEvent,
} from '../rule-set/rule-set.examples.ts'
import {
  decidingOf,
  deniesFirst,
  firstForEachCheck,
  hitPolicyOf,
  inOrderOfPriority,
} from './hit-policy.ts'

const nothing = aToleranceEvent({ upper: { abs: '0', pct: null } })
const names = (rules: readonly { readonly name: string }[]): readonly string[] =>
  rules.map(({ name }) => name)

describe('the order in which rules are tried', () => {
  it('is by priority, of equal ones a denial first, then as declared', () => {
    const { rules } = aLoadedRuleSet({
      rules: [
        aRule({ name: 'low', priority: 1 }),
        aRule({ name: 'first', priority: 5 }),
        aRule({ name: 'second', priority: 5 }),
        aRule({ name: 'denied', priority: 5, event: nothing }),
        aRule({ name: 'denied too', priority: 5, event: nothing }),
        aRule({ name: 'high', priority: 9 }),
        aRule({ name: 'denied low', priority: 1, event: nothing }),
      ],
    })
    expect(names(inOrderOfPriority(rules))).toEqual([
      'high',
      'denied',
      'denied too',
      'first',
      'second',
      'denied low',
      'low',
    ])
    expect(names(rules)[0]).toBe('low')
  })

  it('leaves the rows of a table in their places, also one that denies', () => {
    const { rules } = aLoadedRuleSet({
      rules: [],
      tables: [
        aTable({
          outputs: ['/upper/pct', '/because'],
          rows: [
            ['over-shipment', '2', '2', 'two percent over'],
            ['over-shipment', '5', '0', 'nothing over'],
          ],
        }),
      ],
    })
    expect(rules.map(deniesFirst)).toEqual([false, false])
    expect(inOrderOfPriority(rules)).toEqual(rules)
    // The same answers outside a table.
    expect(rules.map(({ event }) => deniesFirst({ event, table: null }))).toEqual([false, true])
  })
})

describe('of the rules that fired', () => {
  const conditions = { all: [{ fact: 'order', operator: 'is-present', value: true }] }
  const matching = aLoadedRuleSet({
    kind: 'matching',
    rules: [
      aRule({ name: 'price', priority: 2, conditions, event: aCheckEvent({ name: 'price' }) }),
      aRule({ name: 'conduct', conditions, event: aConductEvent() }),
      aRule({
        name: 'price again',
        conditions,
        event: aCheckEvent({ name: 'price', onExceed: 'warn' }),
      }),
      aRule({ name: 'quantity', conditions, event: aCheckEvent({ name: 'quantity' }) }),
    ],
  }).rules

  it('each check is made as the first plans it, and what plans none is left out', () => {
    expect(names(firstForEachCheck(matching))).toEqual(['price', 'quantity'])
    expect(firstForEachCheck([])).toEqual([])
  })

  it('all checks decide, of anything else the first', () => {
    expect(names(decidingOf(matching, 'collect'))).toEqual(['price', 'quantity'])
    expect(names(decidingOf(matching, 'first'))).toEqual(['price'])
    expect(names(decidingOf(matching, 'unique'))).toEqual(['price'])
    expect(decidingOf([], 'first')).toEqual([])
  })

  it('those decide that the set says, else those usual for the type', () => {
    expect(hitPolicyOf(null, 'check')).toBe('collect')
    expect(hitPolicyOf(null, 'conduct')).toBe('first')
    expect(hitPolicyOf('unique', 'check')).toBe('unique')
    expect(hitPolicyOf('collect', 'tolerance')).toBe('collect')
  })
})
