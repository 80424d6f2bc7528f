import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decide } from '../evaluate/decide.ts'
import { evaluateRuleSet } from '../evaluate/evaluate-rule-set.ts'
import {
  aLoadedRuleSet,
  aRule,
  aToleranceEvent,
  type ExampleJson,
} from '../rule-set/rule-set.examples.ts'
import { explainDecision, type ExplainedRule } from './explain-decision.ts'
import type { ExplainedCondition } from './explained-condition.ts'
import { english } from './languages/english.ts'
import { german } from './languages/german.ts'

const at = (place: string, operator: string, value: unknown): ExampleJson => {
  const [fact, ...steps] = place.split('.')
  return steps.length === 0
    ? { fact, operator, value }
    : { fact, path: `$.${steps.join('.')}`, operator, value }
}

const isOver = at('discrepancy.kind', 'equal', 'over-shipment')
const isWithin5 = at('discrepancy.percent', 'decimal-at-most', '5')
const isDiffering = at('discrepancy', 'is-present', true)
const isStocked = at('item.stocked', 'equal', true)

const explainOne = (conditions: ExampleJson, facts: ExampleJson, language = english) => {
  const loaded = aLoadedRuleSet({
    conditions: { 'stock-item': { all: [isStocked] } },
    rules: [aRule({ conditions })],
  })
  const [rule] = explainDecision(loaded, facts, { language }).rules
  if (rule === undefined) throw new Error('no rule')
  return rule
}

const leavesOf = (condition: ExplainedCondition): readonly string[] => {
  switch (condition.kind) {
    case 'comparison':
      return [condition.sentence]
    case 'not':
      return leavesOf(condition.condition)
    case 'all':
    case 'any':
      return condition.conditions.flatMap(leavesOf)
  }
}

const over45 = { discrepancy: { kind: 'over-shipment', percent: '4.5' }, item: { stocked: true } }
const short72 = {
  discrepancy: { kind: 'short-shipment', percent: '7.20' },
  item: { stocked: false },
}

describe('the explanation of a decision', () => {
  it('gives the answer, the rules and what each comparison saw (R-97)', () => {
    const loaded = aLoadedRuleSet({
      rules: [
        aRule({ conditions: { all: [isOver, isWithin5] }, priority: 2 }),
        aRule({
          name: 'anything-over',
          conditions: { all: [isOver] },
          event: aToleranceEvent({ because: 'nothing is agreed' }),
        }),
      ],
    })
    const explanation = explainDecision(loaded, over45)
    expect(explanation).toMatchObject({
      reference: loaded.reference,
      language: 'en',
      answers: [
        {
          rule: 'over-within-5-percent',
          because: 'within 5 % of the ordered quantity',
          event: { params: { upper: { pct: '5' } } },
        },
      ],
      rules: [
        {
          name: 'over-within-5-percent',
          fired: true,
          decides: true,
          condition: {
            kind: 'all',
            holds: true,
            conditions: [
              { place: 'discrepancy.kind', holds: true },
              {
                place: 'discrepancy.percent',
                operator: 'decimal-at-most',
                seen: '4.5',
                comparedWith: { kind: 'constant', value: '5' },
                holds: true,
                pointer: '/rules/0/conditions/all/1',
                sentence: 'the difference in percent is 4.5 %, at most 5 % is accepted: holds',
              },
            ],
          },
        },
        { name: 'anything-over', fired: true, decides: false },
      ],
    })
    expect(explanation.sentences).toEqual([
      '`over-within-5-percent` decides (within 5 % of the ordered quantity), because the kind of difference is `over-shipment`; the difference in percent is 4.5 %, at most 5 %',
    ])
    expect(explanation.rules[1]?.sentence).toBe(
      '`anything-over` applies too, but stands behind another rule, because the kind of difference is `over-shipment`',
    )
  })

  it.each<[string, ExampleJson, ExampleJson, string]>([
    [
      'every failed member of an all, and no other',
      { all: [isOver, isWithin5, isStocked] },
      { ...over45, discrepancy: { kind: 'short-shipment', percent: '7.2' } },
      'the kind of difference is `short-shipment` and not `over-shipment`; the difference in percent is 7.2 %, more than 5 %',
    ],
    [
      'all ways of an any',
      { any: [isOver, isStocked] },
      short72,
      'none of 2 ways is open (the kind of difference is `short-shipment` and not `over-shipment`; whether the item is kept in stock is no and not yes)',
    ],
    [
      'what is so where a `not` forbids it',
      { all: [isDiffering, { not: isOver }] },
      over45,
      'the kind of difference is `over-shipment`',
    ],
    [
      'the named condition',
      { all: [{ condition: 'stock-item' }, isOver] },
      { ...over45, item: { stocked: false } },
      '`stock-item` does not hold (whether the item is kept in stock is no and not yes)',
    ],
    [
      'the short name of a condition',
      { all: [isOver, { any: [isWithin5], name: 'small' }] },
      { discrepancy: { kind: 'over-shipment', percent: '9' } },
      '`small` does not hold (the difference in percent is 9 %, more than 5 %)',
    ],
    [
      'what is missing',
      { all: [isWithin5] },
      { discrepancy: { kind: 'over-shipment' } },
      'the difference in percent is not given (at most 5 % is accepted)',
    ],
    [
      'that a value has to be there',
      { all: [at('item', 'is-present', true), at('line', 'is-present', false)] },
      { line: { quantity: '1' } },
      'the item is not given; the line is given',
    ],
    [
      'the value at another place',
      {
        all: [at('line.quantity', 'decimal-at-most', { fact: 'line', path: '$.quantityOrdered' })],
      },
      { line: { quantity: '12', quantityOrdered: '10.0' } },
      'the quantity billed is 12, more than the quantity ordered (10)',
    ],
    [
      'a list compared with a list, of which one would do',
      { all: [at('supplier.class', 'in', ['A', 'B'])] },
      { supplier: { id: 'S1', class: 'Z' } },
      "the supplier's class is `Z` and not `A` or `B`",
    ],
    [
      'a long list only in part',
      { all: [at('supplier.class', 'in', ['A', 'B', 'C', 'D', 'E', 'F', 'G', 'H'])] },
      { supplier: { id: 'S1', class: 'Z' } },
      "the supplier's class is `Z` and not `A`, `B`, `C`, `D`, `E`, `F` or 2 more",
    ],
    [
      'fields of free names, lists and days',
      {
        any: [
          at('supplier.attributes.region', 'equal', 'north'),
          at('invoice.chargeCodes', 'contains', 'FREIGHT'),
          at('invoice.dueDate', 'lessThan', '2026-12-01'),
        ],
      },
      {
        supplier: { attributes: { region: 'south' } },
        invoice: { chargeCodes: ['A', 'B'], dueDate: '2026-12-24' },
      },
      "none of 3 ways is open (the supplier's `region` is `south` and not `north`; `FREIGHT` is not in the list of the invoice's charges (`A` and `B`); the invoice's due date is 2026-12-24, not below 2026-12-01)",
    ],
  ])('says why a rule did not apply: %s', (_, conditions, facts, why) => {
    const rule = explainOne(conditions, facts)
    expect(rule.fired).toBe(false)
    expect(rule.sentence).toBe(`\`over-within-5-percent\` did not apply, because ${why}`)
  })

  it('says of an any that holds only the first way that is open', () => {
    const rule = explainOne({ any: [isWithin5, isOver] }, over45)
    expect(rule.sentence).toMatch(/because the difference in percent is 4.5 %, at most 5 %$/)
  })

  it('says of an `any` with many ways how many it leaves out', () => {
    const ways = Array.from({ length: 9 }, (_, day) =>
      at('discrepancy.differenceDays', 'equal', day),
    )
    const { sentence } = explainOne({ any: ways }, { discrepancy: { differenceDays: 40 } })
    expect(sentence).toContain('none of 9 ways')
    expect(sentence).toMatch(/not 5 days; 3 more\)$/)
  })

  it('gives a comparison under a `not` the verdict the rule takes from it', () => {
    const { condition } = explainOne({ all: [isDiffering, { not: isOver }] }, over45)
    expect(leavesOf(condition)).toEqual([
      'the difference is given, it has to be given: holds',
      'the kind of difference is `over-shipment`, `over-shipment` is excluded: does not hold',
    ])
  })

  it('speaks another language', () => {
    const { sentence } = explainOne({ all: [isOver, isWithin5] }, short72, german)
    expect(sentence).toBe(
      '`over-within-5-percent` galt nicht. Grund: die Art der Abweichung: `short-shipment` und nicht `over-shipment`; die Abweichung in Prozent: 7,2 %, mehr als 5 %',
    )
  })

  it('has a general sentence for what a language has no words for', () => {
    const poor = { ...english, operators: {}, places: {} }
    expect(explainOne({ all: [isWithin5] }, short72, poor).sentence).toBe(
      '`over-within-5-percent` did not apply, because `discrepancy.percent` is 7.2, and `decimal-at-most` 5 does not hold for it',
    )
  })

  it('says that no rule applied, and why each did not', () => {
    const explanation = explainDecision(aLoadedRuleSet(), short72)
    expect(explanation.answers).toEqual([])
    expect(explanation.sentences[0]).toBe('no rule applied')
    expect(explanation.sentences).toHaveLength(2)
  })

  it('is given for some rules alone', () => {
    const loaded = aLoadedRuleSet({
      rules: [aRule({ priority: 2 }), aRule({ name: 'other' })],
    })
    const { rules } = explainDecision(loaded, over45, { rules: ['other'] })
    expect(rules.map(({ name }: ExplainedRule) => name)).toEqual(['other'])
  })

  it('is refused for the record of another version', () => {
    const record = { ...decide(aLoadedRuleSet(), over45), hash: 'f'.repeat(64) }
    expect(() => explainDecision(aLoadedRuleSet(), record)).toThrow(
      expect.objectContaining({ code: 'RULE_SET_NOT_FOUND' }),
    )
  })
})

describe('the explanation of a recorded decision', () => {
  const loaded = aLoadedRuleSet({
    conditions: { 'stock-item': { all: [isStocked] } },
    rules: [
      aRule({ conditions: { all: [isOver, isWithin5, { condition: 'stock-item' }] } }),
      aRule({
        name: 'exposed',
        priority: 2,
        conditions: {
          any: [
            { all: [at('line', 'is-present', true), at('line.quantity', 'decimal-above', '10')] },
            at('invoice.chargeCodes', 'contains', 'FREIGHT'),
            at('discrepancy.differenceDays', 'greaterThan', 3),
          ],
        },
      }),
    ],
  })
  const facts = fc.record(
    {
      discrepancy: fc.record({
        kind: fc.constantFrom('over-shipment', 'short-shipment'),
        percent: fc.constantFrom(null, undefined, '4.99', '5', '5.0', '5.01'),
        differenceDays: fc.constantFrom(null, 3, 4),
      }),
      item: fc.constantFrom(null, undefined, { stocked: true }, { stocked: false }, {}),
      line: fc.constantFrom(null, {}, { quantity: '10' }, { quantity: '10.001' }),
      invoice: fc.constantFrom(null, { chargeCodes: ['A'] }, { chargeCodes: ['A', 'FREIGHT'] }),
    },
    { requiredKeys: [] },
  )

  it('is to the byte the one its facts give, and says of each rule what the evaluator says', () => {
    fc.assert(
      fc.property(facts, (given) => {
        const explanation = explainDecision(loaded, given)
        const { fired, answers } = evaluateRuleSet(loaded, given)
        expect(explanation.rules.filter((one) => one.fired).map(({ name }) => name)).toEqual(fired)
        expect(explanation.answers.map(({ rule }) => rule)).toEqual(answers.map(({ rule }) => rule))
        expect(JSON.stringify(explainDecision(loaded, decide(loaded, given)))).toBe(
          JSON.stringify(explanation),
        )
      }),
      { numRuns: 200 },
    )
  })
})
