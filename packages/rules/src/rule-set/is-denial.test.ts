import { describe, expect, it } from 'vitest'
import { ApprovalEvent, CheckEvent, type RuleEvent, ToleranceEvent } from './rule-event.ts'
import { isDenial } from './is-denial.ts'
import { aCheckEvent, aToleranceEvent, type ExampleJson } from './rule-set.examples.ts'

const tolerance = (params: ExampleJson): RuleEvent => ToleranceEvent.parse(aToleranceEvent(params))
const check = (onExceed: string): RuleEvent => CheckEvent.parse(aCheckEvent({ onExceed }))
const approval = (outcome: string): RuleEvent =>
  ApprovalEvent.parse({ type: 'approval', params: { outcome, because: 'by amount' } })
const limits = (abs: string | null, pct: string | null) => ({ abs, pct })

describe('a denial', () => {
  it.each<[string, boolean, RuleEvent]>([
    ['an approval nobody may give', true, approval('refused')],
    ['an approval nobody needs', false, approval('not-needed')],
    ['a check that rejects', true, check('reject')],
    ['a check that holds', false, check('hold')],
    ['no percent over, however spelled', true, tolerance({ upper: limits(null, '0.00') })],
    ['five percent over', false, tolerance({ upper: limits(null, '5') })],
    ['no limit at all', false, tolerance({ upper: limits(null, null) })],
    ['either of two limits, one zero', true, tolerance({ upper: limits('0', '5') })],
    [
      'both of two limits, one zero',
      false,
      tolerance({ upper: limits('0', '5'), combine: 'both' }),
    ],
    [
      'nothing over and something under',
      false,
      tolerance({
        upper: limits(null, '0'),
        lower: limits(null, '5'),
        lowerEffect: 'hold',
      }),
    ],
  ])('is told from an allowance: %s', (_, expected, event) => {
    expect(isDenial(event)).toBe(expected)
  })
})
