import { describe, expect, it } from 'vitest'
import { checkRuleSet } from '../rule-set/load-rule-set.ts'
import { jsonDepthMax, jsonValuesMax, textLengthMax } from './budgets.ts'
import { checkJson } from './check-json.ts'

const nested = (depth: number): unknown => (depth === 0 ? 'over' : [nested(depth - 1)])

/** A list of lists that comes to so many values, itself and the lists in it counted. */
const valuesInAll = (count: number): unknown => {
  const full = Array.from({ length: 999 }, () => 1)
  const lists = Array.from({ length: (count - 1) / 1_000 }, () => full)
  return [...lists, ...Array.from({ length: (count - 1) % 1_000 }, () => 1)]
}

const findingsIn = (value: unknown): readonly string[] =>
  checkJson(value).findings.map(({ pointer, sentence }) => `${pointer}: ${sentence}`)

describe('a foreign value', () => {
  it.each([
    ['nothing', null],
    ['a number', 3],
    ['yes or no', false],
    ['text of full length', 'x'.repeat(textLengthMax)],
    ['a key of full length', { ['x'.repeat(textLengthMax)]: '*' }],
    ['a character of two halves', '\u{1F4E6}'],
    ['lists and objects', [{ rules: [{ name: 'over', priority: 1 }] }]],
    ['an object without a prototype', Object.assign(Object.create(null), { title: 'x' })],
    [
      'an object of another window',
      Object.assign(Object.create(Object.create(null)), { title: 'x' }),
    ],
  ])('is plain JSON where it is %s', (_, value) => {
    expect(checkJson({ title: value })).toEqual({ findings: [], isTooLarge: false })
  })

  it.each([
    ['a large number', 1n, '`bigint` is not JSON: write text, numbers, lists and objects only'],
    [
      'a function',
      () => null,
      '`function` is not JSON: write text, numbers, lists and objects only',
    ],
    ['a symbol', Symbol('x'), '`symbol` is not JSON: write text, numbers, lists and objects only'],
    ['nothing', undefined, '`undefined` is not JSON: write text, numbers, lists and objects only'],
    ['no number', Number.NaN, 'not a finite number: write digits'],
    ['no end', Number.POSITIVE_INFINITY, 'not a finite number: write digits'],
    ['a date', new Date(0), 'not plain JSON: write text, numbers, lists and objects only'],
    ['a map', new Map(), 'not plain JSON: write text, numbers, lists and objects only'],
    [
      'text of a character too many',
      'x'.repeat(textLengthMax + 1),
      'longer than 2000 characters: shorten it',
    ],
    ['half of a character', 'a\uD800', 'half of a character: write whole characters'],
  ])('is refused at its place where it holds %s', (_, value, sentence) => {
    expect(findingsIn({ rules: [{ title: value }] })).toEqual([`/rules/0/title: ${sentence}`])
    expect(findingsIn(value)).toEqual([`: ${sentence}`])
  })

  it.each([
    ['__proto__', '{"a":{"__proto__":1}}'],
    ['constructor', '{"a":{"constructor":1}}'],
    ['prototype', '{"a":{"prototype":1}}'],
  ])('is refused where a key reaches into the program: %s', (key, text) => {
    const value: unknown = JSON.parse(text)
    expect(findingsIn(value)).toEqual([
      `/a/${key}: \`${key}\` cannot be a name here: choose another`,
    ])
  })

  it('is refused at the object around a key that is too long or half of a character', () => {
    const sentence = 'a key is not a short plain text: shorten it'
    expect(findingsIn({ scope: { ['x'.repeat(textLengthMax + 1)]: '*' } })).toEqual([
      `/scope: ${sentence}`,
    ])
    expect(findingsIn({ scope: { 'a\uD800': '*' } })).toEqual([`/scope: ${sentence}`])
  })

  it('is looked through in the order it is written', () => {
    expect(findingsIn({ a: [1n, { b: 2n }], c: 3n }).map((one) => one.split(':')[0])).toEqual([
      '/a/0',
      '/a/1/b',
      '/c',
    ])
  })

  it('may be nested as deep as a rule set may be and no level deeper', () => {
    expect(checkJson(nested(jsonDepthMax))).toEqual({ findings: [], isTooLarge: false })
    expect(checkJson(nested(jsonDepthMax + 1))).toEqual({
      findings: [{ pointer: '', sentence: 'it is nested more than 48 deep: use named conditions' }],
      isTooLarge: true,
    })
  })

  it('may hold as many values as a rule set may and not one more', () => {
    expect(checkJson(valuesInAll(jsonValuesMax))).toEqual({ findings: [], isTooLarge: false })
    expect(checkJson(valuesInAll(jsonValuesMax + 1))).toEqual({
      findings: [{ pointer: '', sentence: 'it holds more than 1000000 values: split it' }],
      isTooLarge: true,
    })
  })

  it('that is too large hears of nothing else, since nothing else looked at it', () => {
    expect(checkRuleSet({ id: 5, rules: nested(jsonDepthMax) })).toEqual([
      { pointer: '', sentence: 'it is nested more than 48 deep: use named conditions' },
    ])
  })
})
