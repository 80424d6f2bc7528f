import { describe, expect, it } from 'vitest'
import { aLoadedRuleSet, aRule } from '../rule-set/rule-set.examples.ts'
import { makeEvaluator } from './make-evaluator.ts'
import { preparedRules } from './prepared-rules.ts'

const on = (value: string) => ({
  all: [{ fact: 'discrepancy', path: '$.kind', operator: 'equal', value }],
})

const receiving = aLoadedRuleSet({
  rules: [
    aRule({ name: 'over', conditions: on('over-shipment') }),
    aRule({ name: 'short', priority: 5, conditions: on('short-receipt') }),
  ],
})
const pricing = aLoadedRuleSet({
  id: 'pricing',
  rules: [
    aRule({ name: 'over too', conditions: on('over-shipment') }),
    aRule({ name: 'price', priority: 9, conditions: on('price-change') }),
  ],
})

describe('rules of several sets', () => {
  const evaluator = makeEvaluator([receiving, pricing])
  const fired = (kind: string): number => evaluator.fire({ discrepancy: { kind } })[0] ?? -1

  it('are bits set after set, each set by priority', () => {
    expect(evaluator.rules.map(({ name }) => name)).toEqual(['short', 'over', 'price', 'over too'])
    expect(fired('short-receipt')).toBe(0b0001)
    expect(fired('over-shipment')).toBe(0b1010)
    expect(fired('price-change')).toBe(0b0100)
    expect(fired('date-change')).toBe(0)
  })

  it('are asked for the first that fires', () => {
    const first = (kind: string) => evaluator.first({ discrepancy: { kind } })
    expect(first('over-shipment')).toBe(1)
    expect(first('short-receipt')).toBe(0)
    expect(first('date-change')).toBeNull()
    expect(makeEvaluator([]).first({})).toBeNull()
    expect(makeEvaluator([]).fire({})).toHaveLength(0)
  })

  it('are given in the same array every time', () => {
    expect(evaluator.fire({})).toBe(evaluator.fire({ discrepancy: { kind: 'over-shipment' } }))
  })
})

describe('what is needed to run a set', () => {
  it('is made once for each loaded set', () => {
    expect(preparedRules(receiving)).toBe(preparedRules(receiving))
    expect(preparedRules(receiving)).not.toBe(preparedRules(pricing))
    expect(preparedRules(pricing).rules.map(({ name }) => name)).toEqual(['price', 'over too'])
  })
})
