import { describe, expect, it } from 'vitest'
import * as z from 'zod'
import { checkRuleSet } from '../rule-set/load-rule-set.ts'
import { aLoadedRuleSet, aRule, aRuleSet } from '../rule-set/rule-set.examples.ts'

/** A fact that is always there, since its source always answers. */
const fetched = {
  homeCurrency: { value: z.string(), params: z.strictObject({}) },
}
const homeCurrency = { fact: 'homeCurrency', params: {} }

const findingsIn = (conditions: unknown): readonly string[] =>
  checkRuleSet(aRuleSet({ rules: [aRule({ conditions })] }), { fetched }).map(
    ({ pointer, sentence }) => `${pointer}: ${sentence}`,
  )

const present = (fact: string, path?: string, value = true) => ({
  fact,
  ...(path === undefined ? {} : { path }),
  operator: 'is-present',
  value,
})
const days = { fact: 'discrepancy', path: '$.differenceDays', operator: 'lessThan', value: 3 }
const daysPresent = present('discrepancy', '$.differenceDays')
const daysAbsent = present('discrepancy', '$.differenceDays', false)
const notFresh = { fact: 'item', path: '$.category', operator: 'notEqual', value: 'fresh' }
const notKind = { fact: 'discrepancy', path: '$.kind', operator: 'notIn', value: ['split'] }
const kind = { fact: 'discrepancy', path: '$.kind', operator: 'equal', value: 'split' }
const homeIsNot = (value: string) => ({ ...homeCurrency, operator: 'notEqual', value })
const sameCurrency = (operator: string) => ({
  fact: 'order',
  path: '$.currency',
  operator,
  value: { fact: 'invoice', path: '$.currency' },
})

describe('a rule that would fire because a value is missing', () => {
  it.each<[rule: string, conditions: unknown, at: string, sentence: string]>([
    [
      'notEqual alone',
      { all: [notFresh] },
      '/all/0',
      '`item` may be missing, and `notEqual` would hold then',
    ],
    [
      'notIn alone',
      { all: [notKind] },
      '/all/0',
      '`discrepancy` may be missing, and `notIn` would hold then',
    ],
    [
      'notEqual with only the record there',
      { all: [present('item'), notFresh] },
      '/all/1',
      '`item.category` may be missing, and `notEqual` would hold then',
    ],
    [
      'notEqual as an alternative to presence',
      { any: [present('item', '$.category'), notFresh] },
      '/any/1',
      '`item` may be missing, and `notEqual` would hold then',
    ],
    [
      'not around a comparison of numbers',
      { not: days },
      '/not',
      '`discrepancy` may be missing, and `not` around `lessThan` would hold then',
    ],
    [
      'not around it, twice too many',
      { not: { not: { not: days } } },
      '/not/not/not',
      '`discrepancy` may be missing, and `not` around `lessThan` would hold then',
    ],
    [
      'not all, where each alone would do',
      { not: { all: [daysPresent, days] } },
      '/not/all/1',
      '`discrepancy` may be missing, and `not` around `lessThan` would hold then',
    ],
    [
      'presence proven for one alternative only',
      { all: [{ any: [daysPresent, kind] }, { not: days }] },
      '/all/1/not',
      '`discrepancy.differenceDays` may be missing, and `not` around `lessThan` would hold then',
    ],
    [
      'presence asked for and denied',
      { all: [present('discrepancy', '$.differenceDays', false), { not: days }] },
      '/all/1/not',
      '`discrepancy` may be missing, and `not` around `lessThan` would hold then',
    ],
    [
      'two facts that differ',
      { all: [present('order'), sameCurrency('notEqual')] },
      '/all/1',
      '`invoice` may be missing, and `notEqual` would hold then',
    ],
    [
      'two facts that are equal',
      { all: [sameCurrency('equal')] },
      '/all/0',
      '`order` may be missing, and `equal` would hold then',
    ],
    [
      'two facts that do not differ',
      { not: sameCurrency('notEqual') },
      '/not',
      '`order` may be missing, and `not` around `notEqual` would hold then',
    ],
    [
      'two facts that differ, the first of which may be missing',
      { all: [present('invoice'), sameCurrency('notEqual')] },
      '/all/1',
      '`order` may be missing, and `notEqual` would hold then',
    ],
    [
      'a fact that differs from one that is always there',
      { all: [{ ...sameCurrency('notEqual'), value: homeCurrency }] },
      '/all/0',
      '`order` may be missing, and `notEqual` would hold then',
    ],
    [
      'presence proven for two of three alternatives',
      { all: [{ any: [daysPresent, kind, daysPresent] }, { not: days }] },
      '/all/1/not',
      '`discrepancy.differenceDays` may be missing, and `not` around `lessThan` would hold then',
    ],
    [
      'presence that is only one of two denied together',
      { all: [{ not: { all: [daysAbsent, present('item')] } }, { not: days }] },
      '/all/1/not',
      '`discrepancy` may be missing, and `not` around `lessThan` would hold then',
    ],
    [
      'not around a list that contains',
      { not: { fact: 'invoice', path: '$.chargeCodes', operator: 'contains', value: 'FR' } },
      '/not',
      '`invoice` may be missing, and `not` around `contains` would hold then',
    ],
  ])('is refused: %s', (_, conditions, at, sentence) => {
    const where = sentence.includes('`not` around') ? 'an `all` beside the `not`' : 'the same `all`'
    expect(findingsIn(conditions)).toEqual([
      `/rules/0/conditions${at}: ${sentence}: add \`is-present\` for it in ${where}`,
    ])
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
    [
      'a fact that is equal to one that is always there',
      { all: [{ ...sameCurrency('equal'), value: homeCurrency }] },
    ],
    ['a fact that is always there and differs', { all: [homeIsNot('EUR')] }],
    ['presence in a group of its own', { all: [{ all: [daysPresent] }, { not: days }] }],
    [
      'absence denied as an alternative in a group of its own',
      { all: [{ not: { any: [daysAbsent, kind] } }, { not: days }] },
    ],
    [
      'a comparison of the same place with another fact',
      {
        all: [
          { fact: 'item', path: '$.category', operator: 'starts-with', value: homeCurrency },
          notFresh,
        ],
      },
    ],
    [
      'a comparison of another fact with the same place',
      {
        all: [
          {
            ...homeCurrency,
            operator: 'starts-with',
            value: { fact: 'item', path: '$.category' },
          },
          notFresh,
        ],
      },
    ],
    ['absence itself', { all: [present('line', undefined, false)] }],
  ])('is taken with %s', (_, conditions) => {
    expect(findingsIn(conditions)).toEqual([])
  })
})

describe('what is said of a comparison below a `not`', () => {
  const short = { all: [daysPresent, days] }
  const findingsOf = (rule: unknown, conditions: object) =>
    checkRuleSet({ ...aRuleSet({ rules: [aRule({ conditions: rule })] }), conditions }).map(
      ({ pointer }) => pointer,
    )

  it('is mended by what it says', () => {
    for (const inside of [days, short]) {
      expect(findingsIn({ all: [{ not: inside }] })).toEqual([
        expect.stringMatching(/: add `is-present` for it in an `all` beside the `not`$/),
      ])
      expect(findingsIn({ all: [daysPresent, { not: inside }] })).toEqual([])
    }
  })

  it.each<[string, unknown, object, string]>([
    [
      'where the rule uses a named condition',
      { all: [kind, { not: { condition: 'short' } }] },
      { short },
      '/rules/0/conditions/all/1/not',
    ],
    [
      'at that use of two which is below the `not`',
      { any: [{ condition: 'short' }, { not: { all: [{ condition: 'short' }] } }] },
      { short },
      '/rules/0/conditions/any/1/not/all/0',
    ],
    [
      'at the use of a name as a pointer writes it',
      { all: [{ not: { condition: 'a/b' } }] },
      { 'a/b': short },
      '/rules/0/conditions/all/0/not',
    ],
    [
      'in the condition, where the `not` stands there',
      { all: [{ condition: 'long' }] },
      { long: { not: days } },
      '/conditions/long/not',
    ],
    [
      'in the condition, where it is below two of them',
      { all: [{ not: { not: { condition: 'long' } } }] },
      { long: { not: days } },
      '/conditions/long/not',
    ],
    [
      'in the condition, where a second `not` there undoes the one of its use',
      { all: [{ not: { condition: 'fresh' } }] },
      { fresh: { not: notFresh } },
      '/conditions/fresh/not',
    ],
  ])('is said %s', (_, rule, conditions, pointer) => {
    expect(findingsOf(rule, conditions)).toEqual([pointer])
  })

  it('is said in the condition, where the rule that uses it is taken over', () => {
    const rules = [aRule({ conditions: { all: [kind, { not: { condition: 'short' } }] } })]
    const base = aLoadedRuleSet({ id: 'base', rules, conditions: { short: { all: [kind] } } })
    const conditions = { short: { all: [kind, days] } }
    const set = { ...aRuleSet({ extends: 'base@1.0.0', rules: [] }), conditions }
    expect(checkRuleSet(set, { bases: [base] }).map(({ pointer }) => pointer)).toEqual([
      '/conditions/short/all/1',
    ])
  })

  it('is said of each condition at its own use, though their names begin alike', () => {
    const rule = { all: [{ not: { condition: 'sho' } }, { not: { condition: 'short' } }] }
    expect(findingsOf(rule, { sho: { all: [kind] }, short })).toEqual([
      '/rules/0/conditions/all/0/not',
      '/rules/0/conditions/all/1/not',
    ])
  })
})
