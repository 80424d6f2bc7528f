import { calendarDate, CalendarDate } from '@counterfoil/core'
import { describe, expect, it } from 'vitest'
import * as z from 'zod'
import { checkRuleSet, loadRuleSet } from '../rule-set/load-rule-set.ts'
import { aRule, aRuleSet, type ExampleJson } from '../rule-set/rule-set.examples.ts'

const fetched = {
  rating: { value: z.string(), params: z.strictObject({ agency: z.string().min(2) }) },
  terms: {
    value: z.object({
      days: z.array(z.number()),
      holidays: z.array(CalendarDate),
      answers: z.array(z.boolean()),
      parts: z.array(z.object({ code: z.string() })),
    }),
    params: z.strictObject({}),
  },
}

const findingsIn = (...all: readonly ExampleJson[]): readonly string[] =>
  checkRuleSet(aRuleSet({ rules: [aRule({ conditions: { all } })] }), { fetched }).map(
    ({ pointer, sentence }) => `${pointer.replace('/rules/0/conditions/all', '')}: ${sentence}`,
  )

const rating: ExampleJson = {
  fact: 'rating',
  params: { agency: 'AB' },
  operator: 'equal',
  value: 'A',
}
const known =
  '`order`, `invoice`, `line`, `item`, `supplier`, `check`, `discrepancy`, `rating`, `terms`'

describe('the fact a condition is about', () => {
  it.each(['discrepency', 5, ['rating'], null])('is told where there is none: %o', (fact) => {
    expect(findingsIn({ fact, operator: 'equal', value: 'x' })).toEqual([
      `/0/fact: no fact \`${JSON.stringify(fact)}\` here: use one of ${known}`,
    ])
  })

  it('is told where it is left out', () => {
    expect(findingsIn({ operator: 'equal', value: 'x' })).toEqual([
      `/0/fact: no fact \`nothing\` here: use one of ${known}`,
    ])
  })

  it('is shown up to sixty characters', () => {
    const shownAs = (length: number) => findingsIn({ ...rating, fact: 'x'.repeat(length) })[0]
    expect(shownAs(58)).toContain(`no fact \`"${'x'.repeat(58)}"\` here`)
    expect(shownAs(59)).toContain(`no fact \`"${'x'.repeat(59)}…\` here`)
  })
})

describe('a fact that is fetched', () => {
  it('is known by its name and its params', () => {
    const conditions = { all: [rating] }
    const ruleSet = aRuleSet({ rules: [aRule({ conditions })] })
    const { fetches } = loadRuleSet(ruleSet, { fetched })
    expect(fetches).toMatchObject([{ fact: 'rating', params: { agency: 'AB' } }])
  })

  it.each<[string, ExampleJson, string]>([
    [
      'without params',
      { fact: 'rating', operator: 'equal', value: 'A' },
      '/0: `rating` is fetched: write what it is asked by as `params`, `{}` for nothing',
    ],
    [
      'with params that are no object',
      { ...rating, params: 'AB' },
      '/0/params: `rating` is fetched: write what it is asked by as `params`, `{}` for nothing',
    ],
    [
      'with params of the wrong kind',
      { ...rating, params: { agency: 5 } },
      '/0/params/agency: `rating` is not asked by that, invalid input: expected string, received number: correct `params`',
    ],
    [
      'with params its source does not know',
      { ...rating, params: { agency: 'AB', year: 1 } },
      '/0/params: `rating` is not asked by that, unrecognized key: "year": correct `params`',
    ],
  ])('is refused %s', (_, condition, finding) => {
    expect(findingsIn(condition)).toEqual([finding])
  })

  it('is missing only where its source may leave it out', () => {
    expect(findingsIn({ ...rating, operator: 'notEqual' })).toEqual([])
  })

  it('is refused where a given fact has its name', () => {
    const order = { value: z.string(), params: z.strictObject({}) }
    expect(checkRuleSet(aRuleSet(), { fetched: { order } })).toEqual([
      {
        pointer: '',
        sentence: 'the fetched fact `order` is also a given one: name it otherwise',
      },
    ])
  })

  it.each<[string, unknown]>([
    ['days', 5],
    ['holidays', calendarDate('2026-12-25')],
    ['answers', true],
  ])('may hold a list of plain values: %s', (field, value) => {
    const inList = { fact: 'terms', params: {}, path: `$.${field}`, operator: 'contains' }
    expect(findingsIn({ ...inList, value })).toEqual([])
    expect(findingsIn({ ...inList, value: 'x' })).toHaveLength(1)
  })

  it('may hold a list of records, one of which has to be named', () => {
    const part = { fact: 'terms', params: {}, operator: 'contains', value: 'x' }
    expect(findingsIn({ ...part, path: '$.parts' })).toEqual([
      '/0/operator: `terms({}).parts` is not a list of plain values, which `contains` looks through: name one of them by its position',
    ])
    const code = { ...part, path: '$.parts[0].code', operator: 'equal' }
    expect(findingsIn(code)).toEqual([])
  })
})

describe('the path into a fact', () => {
  it.each<[path: unknown, sentence: string]>([
    [5, '`5` is not a path: write field names and positions, as in `$.price.lots[0]`'],
    [null, '`null` is not a path: write field names and positions, as in `$.price.lots[0]`'],
    [
      '$.chargeCodes.first',
      '`invoice.chargeCodes` has no field `first`: it is a list, name a position as in `[0]`',
    ],
    ['$[0]', '`invoice` has no position `[0]`: only a list has positions'],
    [
      '$.currency.code',
      '`invoice.currency` has no field `code`: it is one value, end the path there',
    ],
  ])('is refused where it leads nowhere: %o', (path, sentence) => {
    expect(findingsIn({ fact: 'invoice', path, operator: 'equal', value: 'x' })).toEqual([
      `/0/path: ${sentence}`,
    ])
  })

  it('takes no position for a name the buyer may have given', () => {
    const attribute = { fact: 'item', operator: 'equal', value: 'x' }
    expect(findingsIn({ ...attribute, path: '$.attributes.region' })).toEqual([])
    expect(findingsIn({ ...attribute, path: '$.attributes[0]' })).toEqual([
      '/0/path: `item.attributes` has no position `[0]`: only a list has positions',
    ])
  })
})

describe('an operator that is no text', () => {
  it('is told the operators there are', () => {
    expect(findingsIn({ ...rating, operator: 5 })).toEqual([
      expect.stringContaining(
        '/0/operator: no operator `5`: use one of `equal`, `notEqual`, `in`, ',
      ),
    ])
  })
})
