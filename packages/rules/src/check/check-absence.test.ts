import { describe, expect, it } from 'vitest'
import { checkRuleSet } from '../rule-set/load-rule-set.ts'
import { aRule, aRuleSet } from '../rule-set/rule-set.examples.ts'

const isRefused = (conditions: unknown): boolean => {
  const findings = checkRuleSet(aRuleSet({ rules: [aRule({ conditions })] }))
  expect(findings.every(({ sentence }) => sentence.includes('may be missing'))).toBe(true)
  return findings.length > 0
}

const present = (fact: string, path?: string, value = true) => ({
  fact,
  ...(path === undefined ? {} : { path }),
  operator: 'is-present',
  value,
})
const days = { fact: 'discrepancy', path: '$.differenceDays', operator: 'lessThan', value: 3 }
const daysPresent = present('discrepancy', '$.differenceDays')
const notFresh = { fact: 'item', path: '$.category', operator: 'notEqual', value: 'fresh' }
const notKind = { fact: 'discrepancy', path: '$.kind', operator: 'notIn', value: ['split'] }
const kind = { fact: 'discrepancy', path: '$.kind', operator: 'equal', value: 'split' }
const sameCurrency = (operator: string) => ({
  fact: 'order',
  path: '$.currency',
  operator,
  value: { fact: 'invoice', path: '$.currency' },
})

describe('a rule that would fire because a value is missing', () => {
  it.each<[string, unknown]>([
    ['notEqual alone', { all: [notFresh] }],
    ['notIn alone', { all: [notKind] }],
    ['notEqual with only the record there', { all: [present('item'), notFresh] }],
    ['notEqual as an alternative to presence', { any: [present('item', '$.category'), notFresh] }],
    ['not around a comparison of numbers', { not: days }],
    ['not around it, twice too many', { not: { not: { not: days } } }],
    ['not all, where each alone would do', { not: { all: [daysPresent, days] } }],
    [
      'presence proven for one alternative only',
      { all: [{ any: [daysPresent, kind] }, { not: days }] },
    ],
    [
      'presence asked for and denied',
      { all: [present('discrepancy', '$.differenceDays', false), { not: days }] },
    ],
    ['two facts that differ', { all: [present('order'), sameCurrency('notEqual')] }],
    ['two facts that are equal', { all: [sameCurrency('equal')] }],
    ['two facts that do not differ', { not: sameCurrency('notEqual') }],
    [
      'not around a list that contains',
      { not: { fact: 'invoice', path: '$.chargeCodes', operator: 'contains', value: 'FR' } },
    ],
  ])('is refused: %s', (_, conditions) => {
    expect(isRefused(conditions)).toBe(true)
  })

  it.each<[string, unknown]>([
    ['presence beside it', { all: [present('item', '$.category'), notFresh] }],
    ['presence further out', { all: [present('item', '$.category'), { any: [notFresh, kind] }] }],
    [
      'presence of a record whose field is always there',
      { all: [present('discrepancy'), notKind] },
    ],
    [
      'another comparison of the same place',
      { all: [{ ...days, operator: 'greaterThan', value: 0 }, { not: days }] },
    ],
    [
      'a comparison deeper in the same record',
      { all: [{ ...days, operator: 'greaterThan', value: 0 }, notKind] },
    ],
    [
      'not any, with absence as an alternative',
      { not: { any: [present('discrepancy', '$.differenceDays', false), days] } },
    ],
    ['not around notEqual, which needs the value', { not: notFresh }],
    ['not not', { not: { not: days } }],
    [
      'every alternative proving it',
      {
        all: [
          { any: [daysPresent, { ...days, operator: 'greaterThan', value: 9 }] },
          { not: days },
        ],
      },
    ],
    [
      'two facts that differ, both there',
      { all: [present('order'), present('invoice'), sameCurrency('notEqual')] },
    ],
    ['two facts that are equal, one there', { all: [present('order'), sameCurrency('equal')] }],
    ['absence itself', { all: [present('line', undefined, false)] }],
  ])('is taken with %s', (_, conditions) => {
    expect(isRefused(conditions)).toBe(false)
  })
})
