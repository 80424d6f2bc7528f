import { addBusinessDays, BusinessCalendar, calendarDate } from '@counterfoil/core'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { operatorOf, testOf } from '../evaluate/operators.ts'
import { businessDaysBetween } from './business-days-between.ts'
import { matchesPattern } from './matches-pattern.ts'
import { readOperator, writeOperator } from './operator-text.ts'

const holds = (operator: string, left: unknown, right: unknown): boolean => {
  const written = readOperator(operator)
  if (typeof written === 'string') throw new Error(written)
  return testOf(written)(left, right)
}

const huge = '9'.repeat(40)

describe('an operator', () => {
  it.each<[string, unknown, unknown, boolean]>([
    ['within-5-percent', '105', '100', true],
    ['within-5-percent', '95', '100', true],
    ['within-5-percent', '105.000000000000000001', '100', false],
    ['within-5-percent', '94.999999999999999999', '100', false],
    // In floats 1.10 against 1.00 is more than ten percent over.
    ['within-10-percent', '1.10', '1.00', true],
    ['within-10-percent', '1.1000001', '1.00', false],
    ['within-5-percent', '-105', '-100', true],
    ['within-5-percent', '-106', '-100', false],
    ['within-5-percent', '105', '-100', false],
    ['within-5-percent', '0.00', '0', true],
    ['within-5-percent', '0.01', '0', false],
    ['within-0-percent', '7.0', '7', true],
    ['within-0-percent', '7.01', '7', false],
    ['within-0.5-percent', '100.5', '100', true],
    ['within-0.5-percent', '100.51', '100', false],
    [`within-${huge}-percent`, huge, '100', true],
    ['within-5-percent', 105, '100', false],
    ['within-5-percent', null, '100', false],
    ['within-5-percent', '105', undefined, false],
    ['decimal-equal', '7.0', '7', true],
    ...['above', 'at-least', 'below', 'at-most', 'equal'].flatMap(
      (name): [string, unknown, unknown, boolean][] => [
        [`decimal-${name}`, 7, '7', false],
        [`decimal-${name}`, '7', null, false],
      ],
    ),
    ['within-0.05-amount', '10.05', '10.00', true],
    ['within-0.05-amount', '9.95', '10', true],
    ['within-0.05-amount', '10.0500001', '10', false],
    ['within-0.05-amount', '-0.05', '0', true],
    ['within-0.05-amount', '-0.051', '0', false],
    ['within-0-amount', '1', '1.0', true],
    ['within-0.05-amount', 10.05, '10', false],
    // Thursday, then Friday, Monday and Tuesday.
    ['later-than-2-business-days', '2026-12-01', '2026-11-26', true],
    ['later-than-2-business-days', '2026-11-30', '2026-11-26', false],
    ['later-than-0-business-days', '2026-11-29', '2026-11-27', false],
    ['later-than-0-business-days', '2026-11-30', '2026-11-27', true],
    ['later-than-0-business-days', '2026-11-27', '2026-11-27', false],
    ['later-than-0-business-days', '2026-11-26', '2026-11-27', false],
    ['later-than-0-business-days', '2026-02-30', '2026-01-01', false],
    ['later-than-0-business-days', '1.12.2026', '2026-01-01', false],
    ['later-than-0-business-days', '2026-12-01', null, false],
    ['earlier-than-2-business-days', '2026-11-26', '2026-12-01', true],
    ['earlier-than-2-business-days', '2026-11-26', '2026-11-30', false],
    ['earlier-than-2-business-days', '2026-12-01', '2026-11-26', false],
    ['starts-with', '27-14-02', '27-', true],
    ['starts-with', 'X27-', '27-', false],
    ['starts-with', ['27-'], '27-', false],
    ['starts-with', '27-', ['27-'], false],
    ['ends-with', 'PUMP-DS', '-DS', true],
    ['ends-with', 'PUMP-DS2', '-DS', false],
    ['ends-with', null, '-DS', false],
    ['matches-pattern', '27-14-02', '27-*-0?', true],
    ['matches-pattern', '27-14-12', '27-*-0?', false],
    ['matches-pattern', 27, '27', false],
    ['matches-pattern', 'a'.repeat(101), 'a'.repeat(101), false],
    // Days are compared as text, no other text is, and a list is never taken for the day in it.
    ['greaterThan', '2026-12-31', '2026-01-01', true],
    ['greaterThan', '2026-01-01', '2026-12-31', false],
    ['greaterThan', '9.50', '10.00', false],
    ['greaterThan', ['2026-12-31'], '2026-01-01', false],
    ['greaterThan', '2026-12-31T00:00', '2026-01-01', false],
    ['greaterThan', 'on 2026-12-31', '2026-01-01', false],
    ['is-present', '', true, true],
    ['is-present', null, true, false],
    ['is-present', undefined, false, true],
    ['is-present', 0, 'yes', false],
  ])('`%s` of %o and %o: %s', (operator, left, right, expected) => {
    expect(holds(operator, left, right)).toBe(expected)
  })

  it.each<[string, unknown, unknown, boolean]>([
    ['someFact:equal', ['a', 'b'], 'b', true],
    ['someFact:equal', ['a', 'b'], 'c', false],
    ['someFact:equal', [], 'c', false],
    ['someFact:equal', 'b', 'b', false],
    ['everyFact:equal', ['b', 'b'], 'b', true],
    ['everyFact:equal', ['a', 'b'], 'b', false],
    ['everyFact:equal', [], 'b', true],
    ['everyFact:equal', undefined, 'b', false],
    ['someValue:equal', 'b', ['a', 'b'], true],
    ['someValue:equal', 'c', ['a', 'b'], false],
    ['someValue:equal', 'b', 'b', false],
    ['everyValue:notEqual', 'c', ['a', 'b'], true],
    ['everyValue:notEqual', 'b', ['a', 'b'], false],
    ['everyValue:notEqual', 'c', null, false],
    ['swap:lessThan', 3, 2, true],
    ['swap:lessThan', 2, 3, false],
    ['not:equal', 'a', 'b', true],
    ['not:equal', undefined, 'b', true],
    ['not:everyFact:equal', undefined, 'b', true],
    ['everyFact:not:equal', ['a', 'c'], 'b', true],
    ['everyFact:someValue:equal', ['a', 'b'], ['b', 'a', 'c'], true],
    ['everyFact:someValue:equal', ['a', 'd'], ['b', 'a', 'c'], false],
    ['everyValue:someFact:equal', ['a', 'b', 'c'], ['a', 'c'], true],
    ['everyValue:someFact:equal', ['a', 'b'], ['a', 'c'], false],
    ['swap:someFact:equal', 'b', ['a', 'b'], true],
    ['swap:in', ['a', 'b'], 'b', true],
    ['swap:in', 'GOLD,SILVER', 'OLD', false],
    ['everyFact:decimal-at-most', ['9.50', '10'], '10.00', true],
    ['someFact:within-5-percent', ['90', '104'], '100', true],
  ])('decorated, `%s` of %o and %o: %s', (operator, left, right, expected) => {
    expect(holds(operator, left, right)).toBe(expected)
  })
})

describe('an operator with a number in its name', () => {
  it.each(['within-percent', 'within-amount'] as const)('%s takes none for zero', (operator) => {
    const holdsFor = testOf({ operator, decorators: [], amount: null })
    expect(holdsFor('7.0', '7')).toBe(true)
    expect(holdsFor('7.01', '7')).toBe(false)
  })
})

describe('an operator on decimals', () => {
  it.each([
    'decimal-above',
    'decimal-at-least',
    'decimal-below',
    'decimal-at-most',
    'decimal-equal',
    'within-percent',
    'within-amount',
  ] as const)('compares a decimal with one other, and nothing else: %s', (name) => {
    expect(operatorOf(name)).toMatchObject({ on: ['decimal'], value: 'one' })
  })
})

describe('an operator as a rule writes it', () => {
  it.each([
    ['equal', 'equal', [], null],
    ['not:everyFact:in', 'in', ['not', 'everyFact'], null],
    ['within-5-percent', 'within-percent', [], '5'],
    ['within-0.05-amount', 'within-amount', [], '0.05'],
    ['someFact:later-than-10-business-days', 'later-than-business-days', ['someFact'], '10'],
  ])('`%s` is taken apart and written back', (text, operator, decorators, amount) => {
    const written = readOperator(text)
    expect(written).toEqual({ operator, decorators, amount })
    expect(typeof written === 'string' ? written : writeOperator(written)).toBe(text)
  })

  it.each([
    ['within-five-percent', '`five` is not a number of at most 40 digits, without a sign'],
    ['within-percent', '`` is not a number'],
    ['within--percent', '`` is not a number'],
    ['within--5-percent', '`-5` is not a number'],
    ['within-+5-percent', '`+5` is not a number'],
    ['within-05-percent', '`05` is not a number'],
    ['within-5.-percent', '`5.` is not a number'],
    [`within-${'1'.repeat(41)}-percent`, `\`${'1'.repeat(41)}\` is not a number`],
    [
      `within-${'1'.repeat(20)}.${'1'.repeat(21)}-amount`,
      `\`${'1'.repeat(20)}.${'1'.repeat(21)}\``,
    ],
    ['within-1e3-amount', '`1e3` is not a number'],
    ['later-than-1.5-business-days', '`1.5` is not a whole number up to 9999'],
    ['later-than-10000-business-days', '`10000` is not a whole number up to 9999'],
    ['later-than-business-days', '`` is not a whole number'],
    ['within-5-percents', 'no operator `"within-5-percents"`: use one of `equal`, '],
    ['equals', 'no operator `"equals"`: use one of'],
    ['toString', 'no operator `"toString"`'],
    ['', 'no operator `""`'],
    ['equal:', 'no decorator `equal`: use one of `someFact`, '],
    [':equal', 'no decorator ``'],
    ['constructor:equal', 'no decorator `constructor`'],
    ['not:not:equal', '`not:not:` undoes itself: leave both out'],
    ['swap:swap:equal', '`swap:swap:` undoes itself'],
    ['not:swap:not:swap:not:equal', 'more than 4 decorators'],
    ['not:'.repeat(50) + 'equal', 'no operator `""`'],
  ])('`%s` is refused', (text, sentence) => {
    expect(readOperator(text)).toContain(sentence)
  })
})

describe('business days', () => {
  const mondayToFriday = BusinessCalendar.parse({
    id: 'office',
    timeZone: 'UTC',
    workingDays: [1, 2, 3, 4, 5],
    opens: '08:00',
    closes: '17:00',
    holidays: [],
  })
  const day = fc
    .integer({ min: 1, max: 28 })
    .chain((date) => fc.tuple(fc.constantFrom('2026-02', '2026-11', '2027-12'), fc.constant(date)))
    .map(([month, date]) => calendarDate(`${month}-${String(date).padStart(2, '0')}`))

  it('are counted as a business calendar adds them', () => {
    fc.assert(
      fc.property(day, fc.integer({ min: 1, max: 30 }), (from, days) => {
        const to = addBusinessDays(from, days, mondayToFriday)
        expect(businessDaysBetween(from, to)).toBe(days)
        expect(businessDaysBetween(to, from)).toBe(0)
      }),
    )
  })
})

describe('a pattern', () => {
  it.each([
    ['', '', true],
    ['', '*', true],
    ['', '?', false],
    ['abc', 'abc', true],
    ['abc', 'ab', false],
    ['ab', 'abc', false],
    ['abc', 'a*', true],
    ['abc', '*c', true],
    ['abc', '*b*', true],
    ['abc', 'a?c', true],
    ['abc', 'a??c', false],
    ['abcbc', 'a*bc', true],
    ['abcbd', 'a*bc', false],
    ['a.c', 'a.c', true],
    ['abc', 'a.c', false],
    ['a*c', 'a*c', true],
    ['abc', '***', true],
    ['(a+)+', '(a+)+', true],
  ])('`%s` against `%s`: %s', (text, pattern, expected) => {
    expect(matchesPattern(text, pattern)).toBe(expected)
  })

  it('says what the same pattern says when every way is tried', () => {
    const tried = (text: string, pattern: string): boolean => {
      const [sign, ...rest] = pattern
      if (sign === undefined) return text === ''
      const after = rest.join('')
      if (sign === '*') return tried(text, after) || (text !== '' && tried(text.slice(1), pattern))
      return text !== '' && (sign === '?' || sign === text[0]) && tried(text.slice(1), after)
    }
    const letters = (signs: readonly string[], maxLength: number) =>
      fc.array(fc.constantFrom(...signs), { maxLength }).map((all) => all.join(''))
    fc.assert(
      fc.property(letters(['a', 'b'], 8), letters(['a', 'b', '*', '?'], 6), (text, pattern) => {
        expect(matchesPattern(text, pattern)).toBe(tried(text, pattern))
      }),
      { numRuns: 3_000 },
    )
  })

  it('never runs away, however many stars there are and however long the text is', () => {
    // Tried in every way, as a backtracking regular expression does, this would not end.
    const text = 'a'.repeat(100_000)
    expect(matchesPattern(text, '*a*a*a*a*a*a*a*a*a*b')).toBe(false)
    expect(matchesPattern(text, `${'*a'.repeat(50)}*`)).toBe(true)
    expect(matchesPattern(text, `*${'a'.repeat(98)}b`)).toBe(false)
  })
})
