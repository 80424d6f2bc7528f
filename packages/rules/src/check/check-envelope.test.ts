import { describe, expect, it } from 'vitest'
import { checkRuleSet } from '../rule-set/load-rule-set.ts'
import { CheckEvent, ToleranceEvent } from '../rule-set/rule-event.ts'
import {
  aCheckEvent,
  aConductEvent,
  aRule,
  aRuleSet,
  aToleranceEvent,
  type ExampleJson,
} from '../rule-set/rule-set.examples.ts'
import { checkEvent } from './check-envelope.ts'

const findingsIn = (ruleSet: ExampleJson): readonly string[] =>
  checkRuleSet(aRuleSet(ruleSet)).map(({ pointer, sentence }) => `${pointer}: ${sentence}`)

const withEvent = (event: unknown): ExampleJson => ({ rules: [aRule({ event })] })

describe('a field of a rule set', () => {
  it.each<[string, ExampleJson, string]>([
    [
      'rules that are no list',
      { rules: {} },
      '/rules: `{}` is of the wrong kind: write a list in `[]`',
    ],
    [
      'a scope that is no object',
      { scope: 5 },
      '/scope: `5` is of the wrong kind: write an object in `{}`',
    ],
    [
      'conditions that are no object',
      { conditions: [] },
      '/conditions: `[]` is of the wrong kind: write an object in `{}`',
    ],
    [
      'a priority with a fraction',
      { priority: 1.5 },
      '/priority: `1.5` is of the wrong kind: write a whole number without quotes',
    ],
    [
      'a priority of nothing',
      { priority: 0 },
      '/priority: `0` is too small or too short: write more than 0',
    ],
    [
      'a priority beyond the highest',
      { priority: 1_000_001 },
      '/priority: `1000001` is too large or too long: the most is 1000000',
    ],
    [
      'a word where yes or no is meant',
      {
        kind: 'matching',
        rules: [
          aRule({
            conditions: {
              all: [{ fact: 'order', path: '$.currency', operator: 'equal', value: 'EUR' }],
            },
            event: aConductEvent({ partialRelease: 'yes' }),
          }),
        ],
      },
      '/rules/0/event/params/partialRelease: `"yes"` is of the wrong kind: write true or false',
    ],
    [
      'a lower limit that is left out',
      withEvent(aToleranceEvent({ lower: { pct: null } })),
      '/rules/0/event/params/lower/abs: `abs` is missing: a tolerance gives every limit, so write null for not checked or "0" for checked against zero',
    ],
    [
      'a parameter of a check in another answer',
      withEvent(aToleranceEvent({ parameters: { percentSlak: '1' } })),
      '/rules/0/event/params/parameters: `parameters` is not a field here: correct its spelling or remove it',
    ],
    [
      'a rule that is text',
      { rules: ['over'] },
      '/rules/0: `"over"` is of the wrong kind: write an object in `{}`',
    ],
    [
      'a rule that is nothing',
      { rules: [null] },
      '/rules/0: `null` is of the wrong kind: write an object in `{}`',
    ],
  ])('is refused with the way to mend it: %s', (_, ruleSet, finding) => {
    expect(findingsIn(ruleSet)).toEqual([finding])
  })

  it('is missing where a rule has no conditions, which is told once', () => {
    const { name, event } = aRule()
    expect(findingsIn({ rules: [{ name, event }] })).toEqual([
      '/rules/0/conditions: `conditions` is missing: write it',
    ])
  })
})

describe('an answer on its own', () => {
  it('is right where its fields and parameters are', () => {
    expect(checkEvent(aToleranceEvent(), ToleranceEvent)).toEqual([])
    expect(checkEvent(aCheckEvent(), CheckEvent)).toEqual([])
  })

  it('is refused at the place in it that is wrong', () => {
    const event = aCheckEvent({ holdCode: 5, parameters: { percentSlak: '1' } })
    expect(checkEvent(event, CheckEvent)).toEqual([
      {
        pointer: '/params/holdCode',
        sentence: '`5` is of the wrong kind: write text in quotes',
      },
      {
        pointer: '/params/parameters/percentSlak',
        sentence: '`percentSlak` is not a field here: correct its spelling or remove it',
      },
    ])
  })
})
