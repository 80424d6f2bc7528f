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
import {
  counterfactual,
  type CounterfactualOptions,
  type FactChange,
  factsAfter,
} from './counterfactual.ts'
import { german } from './languages/german.ts'

const at = (fact: string, field: string, operator: string, value: unknown): ExampleJson => ({
  fact,
  path: `$.${field}`,
  operator,
  value,
})
const isOver = at('discrepancy', 'kind', 'equal', 'over-shipment')
const percent = (operator: string, value: string) => at('discrepancy', 'percent', operator, value)
const days = (operator: string, value: unknown) =>
  at('discrepancy', 'differenceDays', operator, value)

const name = 'over-within-5-percent'
const loadedWith = (conditions: ExampleJson) => aLoadedRuleSet({ rules: [aRule({ conditions })] })
const search = (
  conditions: ExampleJson,
  facts: ExampleJson,
  fires = true,
  options: CounterfactualOptions = {},
) => counterfactual(loadedWith(conditions), facts, { rule: name, fires }, options)

describe('a counterfactual', () => {
  it('says at which value a rule would have applied, and where exactly that begins', () => {
    const facts = { discrepancy: { kind: 'over-shipment', percent: '5.2' } }
    expect(search({ all: [isOver, percent('decimal-at-most', '4.8')] }, facts)).toEqual({
      outcome: 'found',
      counterfactuals: [
        {
          changes: [
            {
              place: 'discrepancy.percent',
              seen: '5.2',
              to: '4.8',
              border: {
                value: '4.8',
                isInclusive: true,
                goes: 'down',
                until: null,
                refused: '4.9',
              },
            },
          ],
          sentence:
            '`over-within-5-percent` would have applied with the difference in percent at 4.8 % or below',
        },
      ],
      evaluations: expect.any(Number),
      isComplete: true,
    })
  })

  it.each<[string, ExampleJson, ExampleJson, boolean, string]>([
    [
      'below a limit that is not reached',
      { all: [percent('decimal-below', '5')] },
      { percent: '7' },
      true,
      'would have applied with the difference in percent below 5 %',
    ],
    [
      'above one',
      { all: [percent('decimal-above', '5')] },
      { percent: '5' },
      true,
      'would have applied with the difference in percent above 5 %',
    ],
    [
      'from one on, in whole days',
      { all: [days('greaterThanInclusive', 3)] },
      { differenceDays: 1 },
      true,
      'would have applied with the difference in days at 3 days or above',
    ],
    [
      'between two limits',
      { all: [percent('decimal-at-most', '5'), percent('decimal-at-least', '3')] },
      { percent: '9' },
      true,
      'would have applied with the difference in percent at 5 %, down to 3 %',
    ],
    [
      'between two limits that are not reached',
      { all: [percent('decimal-below', '5'), percent('decimal-above', '4.9')] },
      { percent: '4.9' },
      true,
      'would have applied with the difference in percent at 4.91 % or more, still below 5 %',
    ],
    [
      'at one value alone',
      { all: [percent('decimal-equal', '5')] },
      { percent: '5.5' },
      true,
      'would have applied with the difference in percent at 5 %',
    ],
    [
      'so that it does not apply',
      { all: [percent('decimal-at-most', '5')] },
      { percent: '5' },
      false,
      'would not have applied with the difference in percent above 5 %',
    ],
    [
      'another kind',
      { all: [isOver] },
      { kind: 'short-shipment' },
      true,
      'would have applied with the kind of difference at `over-shipment`',
    ],
    [
      'any other kind',
      { all: [isOver] },
      { kind: 'over-shipment' },
      false,
      'would not have applied with the kind of difference at `quantity-change`',
    ],
    [
      'a value where none was',
      { all: [percent('decimal-at-most', '5')] },
      {},
      true,
      'would have applied with the difference in percent at 4 %',
    ],
    [
      'no value',
      { all: [at('discrepancy', 'currency', 'is-present', false)] },
      { currency: 'EUR' },
      true,
      'would have applied with the currency of the difference not given',
    ],
  ])('is found from the limits in the rules: %s', (_, conditions, discrepancy, fires, said) => {
    const { outcome, counterfactuals } = search(conditions, { discrepancy }, fires)
    expect(outcome).toBe('found')
    expect(counterfactuals[0]?.sentence).toBe(`\`${name}\` ${said}`)
  })

  it('is found for days of the calendar, lists, yes and no, and a value at another place', () => {
    const sentenceOf = (condition: ExampleJson, facts: ExampleJson, options = {}) =>
      search({ all: [condition] }, facts, true, options).counterfactuals[0]?.sentence
    expect(
      sentenceOf(at('invoice', 'dueDate', 'lessThan', '2026-12-01'), {
        invoice: { dueDate: '2026-12-24' },
      }),
    ).toMatch(/the invoice's due date before 2026-12-01$/)
    expect(
      sentenceOf(at('invoice', 'chargeCodes', 'contains', 'FREIGHT'), {
        invoice: { chargeCodes: ['A'] },
      }),
    ).toMatch(/the list of the invoice's charges at `A` and `FREIGHT`$/)
    expect(sentenceOf(at('item', 'stocked', 'equal', true), { item: { stocked: false } })).toMatch(
      /at yes$/,
    )
    expect(
      sentenceOf(
        at('line', 'quantity', 'decimal-at-most', { fact: 'line', path: '$.quantityOrdered' }),
        { line: { quantity: '12', quantityOrdered: '10' } },
        { changeable: ['line.quantityOrdered'] },
      ),
    ).toMatch(/the quantity ordered at 12 or above$/)
  })

  it('gives the smallest change of each place, the smallest first', () => {
    const { counterfactuals } = search(
      { any: [percent('decimal-at-most', '5'), days('lessThanInclusive', 9), isOver] },
      { discrepancy: { kind: 'short-shipment', percent: '10', differenceDays: 10 } },
    )
    expect(counterfactuals.map(({ changes }) => changes.map(({ place }) => place))).toEqual([
      ['discrepancy.differenceDays'],
      ['discrepancy.percent'],
      ['discrepancy.kind'],
    ])
  })

  it('changes two places where one is not enough', () => {
    const { outcome, counterfactuals } = search(
      { all: [isOver, percent('decimal-at-most', '5')] },
      { discrepancy: { kind: 'short-shipment', percent: '7' } },
    )
    expect(outcome).toBe('found')
    expect(counterfactuals.map(({ sentence }) => sentence)).toEqual([
      '`over-within-5-percent` would have applied with the kind of difference at `over-shipment` and the difference in percent at 5 % or below',
    ])
  })

  it('changes only what may be changed', () => {
    const conditions = { any: [percent('decimal-at-most', '5'), isOver] }
    const facts = { discrepancy: { kind: 'short-shipment', percent: '7' } }
    const only = search(conditions, facts, true, { changeable: ['discrepancy.kind'] })
    expect(only.counterfactuals).toMatchObject([{ changes: [{ place: 'discrepancy.kind' }] }])
    const nothing = search(conditions, facts, true, { changeable: ['item'] })
    expect(nothing).toMatchObject({ outcome: 'none', counterfactuals: [], isComplete: true })
    const whole = search(conditions, facts, true, { changeable: ['discrepancy'] })
    expect(whole.counterfactuals).toHaveLength(2)
  })

  it('is nothing where the decision is as wanted already', () => {
    expect(search({ all: [isOver] }, { discrepancy: { kind: 'over-shipment' } })).toMatchObject({
      outcome: 'already-so',
      counterfactuals: [],
      evaluations: 1,
    })
  })

  it('says when its budget ended before it found one', () => {
    const conditions = { all: [isOver, percent('decimal-at-most', '5'), days('lessThan', 3)] }
    const facts = { discrepancy: { kind: 'short-shipment', percent: '7', differenceDays: 9 } }
    expect(search(conditions, facts, true, { evaluationsMax: 4 })).toMatchObject({
      outcome: 'budget-spent',
      isComplete: false,
      evaluations: 4,
    })
  })

  it('claims no border on a spent budget', () => {
    const facts = { discrepancy: { percent: '7' } }
    const { counterfactuals, isComplete } = search(
      { all: [percent('decimal-at-most', '5')] },
      facts,
      true,
      { evaluationsMax: 2 },
    )
    expect(isComplete).toBe(false)
    expect(counterfactuals).toMatchObject([{ changes: [{ to: '5', border: null }] }])
  })

  it('is found for another answer', () => {
    const loaded = aLoadedRuleSet({
      rules: [
        aRule({ priority: 2, conditions: { all: [percent('decimal-above', '5')] } }),
        aRule({
          name: 'small',
          conditions: { all: [{ fact: 'discrepancy', operator: 'is-present', value: true }] },
          event: aToleranceEvent({ because: 'small differences are accepted' }),
        }),
      ],
    })
    const facts = { discrepancy: { kind: 'over-shipment', percent: '5.20' } }
    const { counterfactuals } = counterfactual(loaded, facts, {
      answers: (answers) => answers.some(({ rule }) => rule === 'small'),
    })
    expect(counterfactuals[0]?.sentence).toBe(
      'the answer would have been the one wanted with the difference in percent at 5 % or below',
    )
  })

  it('is said in another language', () => {
    const facts = { discrepancy: { percent: '5.2' } }
    const { counterfactuals } = search({ all: [percent('decimal-at-most', '4.8')] }, facts, true, {
      language: german,
    })
    expect(counterfactuals[0]?.sentence).toBe(
      '`over-within-5-percent` hätte gegolten mit: die Abweichung in Prozent: 4,8 % oder weniger',
    )
  })

  it('is refused for a rule the set does not have', () => {
    expect(() => counterfactual(aLoadedRuleSet(), {}, { rule: 'none', fires: true })).toThrow(
      expect.objectContaining({ code: 'COMMAND_INVALID' }),
    )
  })
})

const tenths = fc.integer({ min: -20, max: 80 }).map((value) => (value / 10).toFixed(1))
const leaf = fc.oneof(
  fc
    .tuple(
      fc.constantFrom(
        'decimal-above',
        'decimal-at-least',
        'decimal-below',
        'decimal-at-most',
        'decimal-equal',
      ),
      tenths,
    )
    .map(([operator, value]) => percent(operator, value)),
  fc
    .tuple(
      fc.constantFrom('lessThan', 'lessThanInclusive', 'greaterThan', 'greaterThanInclusive'),
      fc.integer({ min: -3, max: 6 }),
    )
    .map(([operator, value]) => days(operator, value)),
  fc
    .constantFrom('over-shipment', 'short-shipment')
    .map((kind) => at('discrepancy', 'kind', 'equal', kind)),
)
const group = fc
  .tuple(fc.constantFrom('all', 'any'), fc.array(leaf, { minLength: 1, maxLength: 3 }))
  .map(([kind, leaves]) => ({ [kind]: leaves }))
const conditions = fc
  .tuple(fc.constantFrom('all', 'any'), fc.array(group, { minLength: 1, maxLength: 3 }))
  .map(([kind, groups]) => ({ [kind]: groups }))
const facts = fc.record({
  discrepancy: fc.record({
    kind: fc.constantFrom('over-shipment', 'short-shipment', 'backorder'),
    percent: fc.option(tenths),
    differenceDays: fc.option(fc.integer({ min: -4, max: 7 })),
  }),
})

describe('every counterfactual', () => {
  it('gives what was wanted, and one smallest step nearer to what was seen does not', () => {
    fc.assert(
      fc.property(conditions, facts, fc.boolean(), (written, given, fires) => {
        const loaded = loadedWith(written)
        const firesWith = (changes: readonly FactChange[]): boolean =>
          evaluateRuleSet(loaded, factsAfter(loaded, given, changes)).fired.includes(name) === fires
        const { outcome, counterfactuals } = counterfactual(loaded, given, { rule: name, fires })
        expect(counterfactuals.length > 0).toBe(outcome === 'found')
        for (const { changes } of counterfactuals) {
          expect(firesWith(changes)).toBe(true)
          for (const [index, { border, to }] of changes.entries()) {
            if (border === null) continue
            const moved = (value: string | number) =>
              firesWith(changes.map((one, at) => (at === index ? { ...one, to: value } : one)))
            expect(moved(border.refused)).toBe(false)
            expect(moved(border.value)).toBe(border.isInclusive)
            if (border.until !== null)
              expect(moved(border.until.value)).toBe(border.until.isInclusive)
            expect(to === border.value).toBe(border.isInclusive)
          }
        }
      }),
      { numRuns: 300 },
    )
  })

  it('is the same from the record, to the byte', () => {
    fc.assert(
      fc.property(conditions, facts, (written, given) => {
        const loaded = loadedWith(written)
        const wanted = { rule: name, fires: true }
        expect(JSON.stringify(counterfactual(loaded, decide(loaded, given), wanted))).toBe(
          JSON.stringify(counterfactual(loaded, given, wanted)),
        )
      }),
      { numRuns: 60 },
    )
  })

  it('leaves no single change of a number unfound: where none is told, no tenth does it', () => {
    fc.assert(
      fc.property(conditions, facts, (written, given) => {
        const loaded = loadedWith(written)
        const only = { changeable: ['discrepancy.percent'] }
        const { outcome } = counterfactual(loaded, given, { rule: name, fires: true }, only)
        if (outcome !== 'none') return
        for (let hundredths = -300; hundredths <= 900; hundredths += 5) {
          const to = (hundredths / 100).toFixed(2)
          const changed = { discrepancy: { ...given.discrepancy, percent: to } }
          expect(evaluateRuleSet(loaded, changed).fired).toEqual([])
        }
      }),
      { numRuns: 60 },
    )
  })
})
