import { describe, expect, it } from 'vitest'
import { checkRuleSet } from '../rule-set/load-rule-set.ts'
import { aRule, aRuleSet, type ExampleJson } from '../rule-set/rule-set.examples.ts'

const findings = (...all: ExampleJson[]): readonly string[] =>
  checkRuleSet(aRuleSet({ rules: [aRule({ conditions: { all } })] })).map(
    ({ pointer, sentence }) => `${pointer}: ${sentence}`,
  )

const on = (fact: string, path: string, operator: string, value: unknown): ExampleJson => ({
  fact,
  path,
  operator,
  value,
})
const onCodes = (operator: string, value: unknown) =>
  on('invoice', '$.chargeCodes', operator, value)
const onPercent = (operator: string, value: unknown) =>
  on('discrepancy', '$.percent', operator, value)
const onDays = (operator: string, value: unknown) =>
  on('discrepancy', '$.differenceDays', operator, value)
const onDate = (operator: string, value: unknown) => on('invoice', '$.invoiceDate', operator, value)
const onCategory = (operator: string, value: unknown) => on('item', '$.category', operator, value)
const onKind = (operator: string, value: unknown) => on('discrepancy', '$.kind', operator, value)

describe('the operators a rule may use', () => {
  it.each<readonly ExampleJson[]>([
    [onPercent('within-5-percent', '10')],
    [onPercent('within-0.05-amount', { fact: 'discrepancy', path: '$.difference' })],
    [onPercent('someValue:decimal-equal', ['1', '2'])],
    [onPercent('swap:decimal-above', '5')],
    [onDate('later-than-2-business-days', '2026-01-01')],
    [onDate('earlier-than-2-business-days', { fact: 'invoice', path: '$.dueDate' })],
    [onCategory('starts-with', '27-')],
    [onCategory('ends-with', '-DS')],
    [onCategory('matches-pattern', '27-*-0?')],
    [onCategory('someValue:starts-with', ['27-', '31-'])],
    [onCategory('swap:starts-with', '27-14-02')],
    [onCodes('someFact:equal', 'FC')],
    [onCodes('someFact:in', ['FC', 'IN'])],
    [onCodes('someFact:starts-with', 'F')],
    [onCodes('swap:in', 'FC')],
    [onCodes('someValue:contains', ['FC', 'IN'])],
    [onCodes('everyValue:contains', ['FC', 'IN'])],
    [onCodes('someFact:someValue:equal', ['FC', 'IN'])],
    [onCodes('someFact:equal', { fact: 'line', path: '$.taxCode' })],
    [onCodes('someFact:someValue:equal', { fact: 'invoice', path: '$.taxCodes' })],
    [onKind('swap:contains', ['over-shipment', 'short-receipt'])],
    [onKind('someValue:equal', ['over-shipment'])],
    [onKind('starts-with', 'over-')],
    [onKind('swap:starts-with', 'over-shipment-of-two')],
    [onKind('not:equal', 'split'), on('discrepancy', '$.kind', 'is-present', true)],
    [onCategory('equal', '')],
    [onCategory('matches-pattern', 'x'.repeat(100))],
    [onCategory('starts-with', 'x'.repeat(101))],
    [
      onCategory(
        'in',
        Array.from({ length: 1_000 }, (_, index) => `27-${index}`),
      ),
    ],
    [onDate('swap:contains', ['2026-01-01'])],
    [onDays('swap:contains', [1, 2])],
    [on('item', '$.stocked', 'swap:contains', [true])],
  ])('%o is taken', (...comparisons) => {
    expect(findings(...comparisons)).toEqual([])
  })

  it.each<[ExampleJson, string]>([
    [
      onKind('everyFact:equal', 'x'),
      '/operator: `discrepancy.kind` is text, and `everyFact` looks through a list: leave it out',
    ],
    [
      onPercent('someFact:decimal-above', '1'),
      '/operator: `discrepancy.percent` is a decimal, and `someFact` looks through a list: leave it out',
    ],
    [
      onDays('everyFact:equal', 1),
      '/operator: `discrepancy.differenceDays` is a number, and `everyFact` looks through a list: leave it out',
    ],
    [
      onDate('someFact:equal', '2026-01-01'),
      '/operator: `invoice.invoiceDate` is a day, and `someFact` looks through a list: leave it out',
    ],
    [
      onKind('everyFact:someFact:equal', 'x'),
      '/operator: `discrepancy.kind` is text, and `everyFact` looks through a list: leave it out',
    ],
    [
      onKind('swap:someValue:equal', 'x'),
      '/operator: `discrepancy.kind` is text, and `someValue` looks through a list: leave it out',
    ],
    [
      on('item', '$.inspection', 'equal', 'some'),
      '/value: never `some`: use one of `none`, `sample`, `full`',
    ],
    [
      on('item', '$.inspection', 'swap:equal', 'some'),
      '/value: never `some`: use one of `none`, `sample`, `full`',
    ],
    [
      on(
        'item',
        '$.category',
        'in',
        Array.from({ length: 1_001 }, () => 'x'),
      ),
      '/value: more than 1000 values in one list: split the rule',
    ],
    [on('item', '$.category', 'in', ['x', 1]), '/value/1: `1` is not text: write it in quotes'],
    [
      onDate('equal', '2026-12-31T00:00'),
      '/value: `"2026-12-31T00:00"` is not a day: write it as `2026-12-31`',
    ],
    [
      onDate('equal', 'on 2026-12-31'),
      '/value: `"on 2026-12-31"` is not a day: write it as `2026-12-31`',
    ],
    [
      onCodes('someFact:someFact:equal', 'FC'),
      '/operator: `invoice.chargeCodes` is text, and `someFact` looks through a list: leave it out',
    ],
    [
      onCodes('someFact:lessThan', 'FC'),
      '/operator: `someFact:lessThan` comes to `lessThan` on text, which it does not compare: use `equal`, `notEqual`, `in`, `notIn`, `starts-with`, `ends-with`, `matches-pattern`, `is-present`',
    ],
    [
      onCodes('someFact:decimal-above', '1'),
      '/operator: `someFact:decimal-above` comes to `decimal-above` on text, which it does not compare: use `equal`, `notEqual`, `in`, `notIn`, `starts-with`, `ends-with`, `matches-pattern`, `is-present`',
    ],
    [
      onCodes('equal', 'FC'),
      '/operator: `invoice.chargeCodes` is a list, which `equal` does not compare: use `contains`, `doesNotContain`, `is-present`',
    ],
    [onCodes('someFact:equal', ['FC']), '/value: `["FC"]` is not text: write it in quotes'],
    [
      onCodes('someFact:in', 'FC'),
      '/value: `someFact:in` looks through a list: write `["a", "b"]`, not empty',
    ],
    [
      onKind('someValue:in', ['over-shipment']),
      '/operator: `someValue:in` would want a list of lists as its value, which a rule cannot write: leave a decorator out',
    ],
    [
      onKind('someValue:equal', 'over-shipment'),
      '/value: `someValue:equal` looks through a list: write `["a", "b"]`, not empty',
    ],
    [
      onKind('someValue:equal', []),
      '/value: `someValue:equal` looks through a list: write `["a", "b"]`, not empty',
    ],
    [
      onKind('someValue:equal', ['overshipment']),
      expect.stringContaining('/value/0: never `overshipment`: use one of'),
    ],
    [
      onKind('swap:contains', 'over-shipment'),
      '/value: `swap:contains` looks through a list: write `["a", "b"]`, not empty',
    ],
    [
      onKind('swap:in', 'over-shipment'),
      '/operator: `swap:in` comes to `in` on text, which it does not compare: use `equal`, `notEqual`, `in`, `notIn`, `starts-with`, `ends-with`, `matches-pattern`, `is-present`',
    ],
    [
      onCodes('swap:contains', ['FC']),
      '/operator: `swap:contains` comes to `contains` on a list, which it does not compare: use `contains`, `doesNotContain`, `is-present`',
    ],
    [
      onCodes('swap:is-present', true),
      '/operator: `is-present` cannot be turned round: leave `swap` out',
    ],
    [
      onCategory('swap:matches-pattern', 'x'),
      '/operator: `matches-pattern` cannot be turned round: leave `swap` out',
    ],
    [
      onCategory('matches-pattern', 'x'.repeat(101)),
      '/value: a pattern of more than 100 characters: shorten it',
    ],
    [
      onCategory('starts-with', ''),
      '/value: an empty text stands at every place of another: write some characters',
    ],
    [
      onCategory('someValue:ends-with', ['a', '']),
      '/value/1: an empty text stands at every place of another: write some characters',
    ],
    [
      onCategory('matches-pattern', { fact: 'item', path: '$.gtin' }),
      '/value: `matches-pattern` cannot look at another fact: write a constant',
    ],
    [
      onCodes('swap:in', { fact: 'line', path: '$.taxCode' }),
      '/value: `swap:in` cannot look at another fact: write a constant; for a list of the facts use `contains`',
    ],
    [
      onCodes('someFact:someValue:equal', { fact: 'line', path: '$.taxCode' }),
      '/value: `invoice.chargeCodes` is compared with a list, each member text, and `line.taxCode` is text: compare like with like',
    ],
    [
      onCodes('someFact:equal', { fact: 'invoice', path: '$.taxCodes' }),
      '/value: `invoice.chargeCodes` is compared with text, and `invoice.taxCodes` is a list: compare like with like',
    ],
    [
      onDate('later-than-2-business-days', '1.1.2026'),
      '/value: `"1.1.2026"` is not a day: write it as `2026-12-31`',
    ],
    [
      onPercent('later-than-2-business-days', '1'),
      '/operator: `discrepancy.percent` is a decimal kept as text, where `later-than-2-business-days` takes "9.50" for more than "10.00": use `decimal-above`, `decimal-at-least`, `decimal-below`, `decimal-at-most`, `decimal-equal`, `within-5-percent`, `within-0.05-amount`, `is-present`',
    ],
    [
      onPercent('within-five-percent', '1'),
      '/operator: `five` is not a number of at most 40 digits, without a sign: write it as in `within-5-percent`',
    ],
    [
      onPercent('within-5-percent', 10),
      '/value: `10` is not a decimal: write it as text, as in "12.40"',
    ],
    [
      onPercent('never:decimal-equal', '1'),
      '/operator: no decorator `never`: use one of `someFact`, `everyFact`, `someValue`, `everyValue`, `swap`, `not`',
    ],
  ])('%o is refused', (comparison, finding) => {
    const place = '/rules/0/conditions/all/0'
    expect(findings(comparison).map((one) => one.replace(place, ''))).toEqual([finding])
  })
})

describe('a comparison that would hold because nothing is there', () => {
  const taxCodes = { fact: 'invoice', path: '$.taxCodes' }
  const firstCode = on('invoice', '$.chargeCodes[0]', 'is-present', true)
  const empty = 'may be empty, and'
  const missing = 'may be missing, and'

  it.each<[ExampleJson, string]>([
    [onCodes('everyFact:equal', 'FC'), empty],
    [onCodes('everyFact:in', ['FC']), empty],
    [onCodes('not:someFact:equal', 'FC'), missing],
    [onCategory('not:equal', 'x'), missing],
    [onCategory('not:starts-with', 'x'), missing],
    [onPercent('not:within-5-percent', '5'), missing],
    [{ not: onCodes('someFact:equal', 'FC') }, missing],
    [onPercent('everyValue:not:decimal-equal', ['5']), missing],
    [onCodes('swap:everyValue:equal', 'FC'), empty],
    [onCodes('someFact:everyValue:equal', taxCodes), empty],
    [onCodes('everyFact:equal', { fact: 'line', path: '$.taxCode' }), empty],
    [onCodes('everyValue:contains', taxCodes), '`invoice.taxCodes` may be empty, and'],
  ])('is found in %o', (comparison, words) => {
    expect(findings(comparison)).toEqual([expect.stringContaining(words)])
  })

  it.each<[ExampleJson, ExampleJson]>([
    [onCodes('everyFact:equal', 'FC'), firstCode],
    [onCodes('everyFact:equal', 'FC'), onCodes('someFact:equal', 'FC')],
    [onCodes('everyFact:equal', 'FC'), onCodes('contains', 'FC')],
    [onCodes('everyFact:equal', 'FC'), onCodes('everyValue:contains', ['FC'])],
    [onCodes('everyValue:contains', taxCodes), on('invoice', '$.taxCodes[0]', 'is-present', true)],
    [
      on('invoice', '$.taxCodes', 'everyFact:equal', 'FC'),
      onCodes('someFact:someValue:equal', taxCodes),
    ],
    [onCodes('not:someFact:equal', 'FC'), firstCode],
    [{ not: onCodes('someFact:equal', 'FC') }, firstCode],
    [onCategory('not:equal', 'x'), on('item', '$.category', 'is-present', true)],
    [onPercent('not:within-5-percent', '5'), onPercent('decimal-above', '0')],
  ])('is taken where something beside it shows that there is one: %o', (comparison, beside) => {
    expect(findings(comparison, beside)).toEqual([])
  })

  it('is not the plain truth that an empty list contains nothing', () => {
    expect(findings(onCodes('doesNotContain', 'FC'))).toEqual([])
    expect(findings(onCodes('everyValue:doesNotContain', ['FC', 'IN']))).toEqual([])
  })

  it('is not ruled out by presence of the list, which may be there and empty', () => {
    const beside = on('invoice', '$.chargeCodes', 'is-present', true)
    expect(findings(onCodes('everyFact:equal', 'FC'), beside)).toEqual([
      expect.stringContaining('`invoice.chargeCodes` may be empty, and'),
    ])
  })

  it('names the way out for a list', () => {
    expect(findings(onCodes('everyFact:equal', 'FC'))).toEqual([
      '/rules/0/conditions/all/0: `invoice.chargeCodes` may be empty, and `everyFact:equal` would hold then: ' +
        'add `is-present` for its first member `invoice.chargeCodes[0]` in the same `all`',
    ])
  })
})
