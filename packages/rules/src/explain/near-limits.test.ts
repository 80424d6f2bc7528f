import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compareDecimals, decimal } from '@counterfoil/core'
import { aLoadedRuleSet, aRule, type ExampleJson } from '../rule-set/rule-set.examples.ts'
import { decide } from '../evaluate/decide.ts'
import { german } from './languages/german.ts'
import { type NearLimitsOptions, nearLimits } from './near-limits.ts'

const percentAtMost5: ExampleJson = {
  fact: 'discrepancy',
  path: '$.percent',
  operator: 'decimal-at-most',
  value: '5',
}
const isOver: ExampleJson = {
  fact: 'discrepancy',
  path: '$.kind',
  operator: 'equal',
  value: 'over-shipment',
}

const near = (
  conditions: ExampleJson,
  facts: ExampleJson,
  options: NearLimitsOptions = { withinPercent: '5' },
) => nearLimits(aLoadedRuleSet({ rules: [aRule({ conditions })] }), facts, options)

describe('the limits a decision was near', () => {
  it('are told with the distance, exactly, and the rule they belong to', () => {
    const facts = { discrepancy: { kind: 'over-shipment', percent: '4.80' } }
    expect(near({ all: [isOver, percentAtMost5] }, facts)).toEqual([
      {
        rule: 'over-within-5-percent',
        fired: true,
        place: 'discrepancy.percent',
        operator: 'decimal-at-most',
        seen: '4.8',
        limit: '5',
        distance: '0.2',
        distancePercent: '4',
        holds: true,
        changesRule: true,
        pointer: '/rules/0/conditions/all/1',
        sentence: 'the difference in percent is 4.8 %, 0.2 % from the limit of 5 %',
      },
    ])
  })

  it.each([
    ['4.75', '5', 1],
    ['4.749999999999999999999999', '5', 0],
    ['5.25', '5', 1],
    ['5.250000000000000000000001', '5', 0],
    ['5', '0', 1],
    ['5.0000000001', '0', 0],
  ])(
    'are those within the percentage, itself included: %s within %s %%',
    (percent, within, count) => {
      const facts = { discrepancy: { percent } }
      expect(near({ all: [percentAtMost5] }, facts, { withinPercent: within })).toHaveLength(count)
    },
  )

  it('say whether the rule would have come out otherwise', () => {
    const facts = { discrepancy: { kind: 'short-shipment', percent: '5.1' } }
    const [both] = near({ all: [isOver, percentAtMost5] }, facts)
    expect(both).toMatchObject({ fired: false, holds: false, changesRule: false })
    const [either] = near({ any: [isOver, percentAtMost5] }, facts)
    expect(either).toMatchObject({ fired: false, holds: false, changesRule: true })
    const present = { fact: 'discrepancy', operator: 'is-present', value: true }
    const under = { fact: 'discrepancy', path: '$.percent', operator: 'is-present', value: true }
    const [not] = near({ all: [present, under, { not: percentAtMost5 }] }, facts)
    expect(not).toMatchObject({ fired: true, holds: false, changesRule: true })
  })

  it('are told of days, in days', () => {
    const dueBefore = {
      fact: 'invoice',
      path: '$.dueDate',
      operator: 'lessThan',
      value: '2026-12-01',
    }
    const facts = { invoice: { dueDate: '2026-11-30' } }
    expect(near({ all: [dueBefore] }, facts)).toMatchObject([
      {
        seen: '2026-11-30',
        limit: '2026-12-01',
        distance: '1',
        distancePercent: null,
        sentence: "the invoice's due date is 2026-11-30, 1 day from the limit of 2026-12-01",
      },
    ])
    expect(near({ all: [dueBefore] }, facts, { withinPercent: '5', withinDays: 0 })).toEqual([])
  })

  it('are told of numbers, of lists of them and of the value at another place', () => {
    const daysIn = {
      fact: 'discrepancy',
      path: '$.differenceDays',
      operator: 'in',
      value: [10, 20],
    }
    const asOrdered = {
      fact: 'line',
      path: '$.quantity',
      operator: 'decimal-at-most',
      value: { fact: 'line', path: '$.quantityOrdered' },
    }
    const facts = {
      discrepancy: { differenceDays: 19 },
      line: { quantity: '100', quantityOrdered: '100.0' },
    }
    expect(
      near({ any: [daysIn, asOrdered] }, facts).map(({ limit, distance, sentence }) => ({
        limit,
        distance,
        sentence,
      })),
    ).toEqual([
      {
        limit: 20,
        distance: '1',
        sentence: 'the difference in days is 19 days, 1 day from the limit of 20 days',
      },
      {
        limit: '100',
        distance: '0',
        sentence: 'the quantity billed is 100, exactly at the limit',
      },
    ])
  })

  it('are none of text, of what is missing and of what has no order', () => {
    const facts = { discrepancy: { kind: 'over-shipment', percent: null } }
    expect(near({ all: [isOver, percentAtMost5] }, facts)).toEqual([])
  })

  it('are refused a percentage that is no decimal', () => {
    expect(() =>
      near({ all: [percentAtMost5] }, { discrepancy: { percent: '5' } }, { withinPercent: '5 %' }),
    ).toThrow(expect.objectContaining({ code: 'DECIMAL_INVALID' }))
  })

  it('are said in another language', () => {
    const options = { withinPercent: '5', language: german }
    const [one] = near({ all: [percentAtMost5] }, { discrepancy: { percent: '4.8' } }, options)
    expect(one?.sentence).toBe('die Abweichung in Prozent: 4,8 %, 0,2 % neben der Grenze von 5 %')
  })

  it('are the same from the record, and near as the percentage says', () => {
    const loaded = aLoadedRuleSet({ rules: [aRule({ conditions: { all: [percentAtMost5] } })] })
    fc.assert(
      fc.property(fc.integer({ min: 4_000, max: 6_000 }), (thousandths) => {
        const percent = decimal((thousandths / 1_000).toFixed(3))
        const facts = { discrepancy: { kind: 'over-shipment', percent } }
        const found = nearLimits(loaded, facts, { withinPercent: '10' })
        expect(found).toHaveLength(thousandths >= 4_500 && thousandths <= 5_500 ? 1 : 0)
        expect(
          found.every((one) => one.holds === compareDecimals(percent, decimal('5')) <= 0),
        ).toBe(true)
        const record = decide(loaded, facts)
        expect(nearLimits(loaded, record, { withinPercent: '10' })).toEqual(found)
      }),
    )
  })
})
