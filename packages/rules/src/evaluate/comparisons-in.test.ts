import { describe, expect, it } from 'vitest'
import {
  aCheckedRule,
  allOf,
  anyOf,
  comparing,
  comparingPlaces,
  notOf,
} from './checked-rule.examples.ts'
import { comparisonsIn } from './comparisons-in.ts'

describe('the comparisons of rules', () => {
  const kind = comparing('discrepancy.kind', 'equal', 'over-shipment')
  const percent = comparing('discrepancy.percent', 'decimal-at-most', '5')
  const currency = comparingPlaces('order.currency', 'equal', 'invoice.currency')
  const stocked = comparing('item.stocked', 'equal', true)

  it('are those at every depth, in the order they are come to', () => {
    const rules = [
      aCheckedRule(anyOf(allOf(kind, notOf(percent)), currency)),
      aCheckedRule(stocked),
    ]
    expect([...comparisonsIn(rules)]).toEqual([kind, percent, currency, stocked])
  })

  it('are each there once, and a condition used again and again is looked into once', () => {
    // Looked into each time, forty steps of this would be a trillion.
    let condition = anyOf(kind, percent)
    for (let step = 0; step < 40; step += 1) condition = allOf(condition, condition)
    expect([...comparisonsIn([aCheckedRule(condition), aCheckedRule(condition)])]).toEqual([
      kind,
      percent,
    ])
  })

  it('are none where there are no rules', () => {
    expect(comparisonsIn([]).size).toBe(0)
  })
})
