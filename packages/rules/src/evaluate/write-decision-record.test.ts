import { describe, expect, it } from 'vitest'
import { aLoadedRuleSet } from '../rule-set/rule-set.examples.ts'
import { decide } from './decide.ts'
import type { DecisionRecord } from './decision-record.ts'
import { readDecisionRecord, writeDecisionRecord } from './write-decision-record.ts'

const record = (given: Partial<DecisionRecord> = {}): DecisionRecord => ({
  ruleSet: 'a-set',
  version: '1.0.0',
  hash: '0'.repeat(64),
  fired: '1',
  given: '3',
  slots: ['a b', null],
  ...given,
})

/** A line with one part written otherwise. */
const lineWith = (part: number, text: string): string =>
  ['a-set@1.0.0', 'A'.repeat(43), '1', '1', '[1]'].with(part, text).join(' ')

describe('the line of a decision record', () => {
  it('names the version, then its hash, the rules, the places and the values', () => {
    expect(writeDecisionRecord(record())).toBe(`a-set@1.0.0 ${'A'.repeat(43)} 1 3 ["a b",null]`)
  })

  // Three hex digits are two characters of base64url; the 64th digit is the last, by itself.
  it.each<[string, string]>([
    ['0'.repeat(64), 'A'.repeat(43)],
    ['f'.repeat(64), `${'_'.repeat(42)}8`],
    [`${'0'.repeat(63)}1`, `${'A'.repeat(42)}E`],
    [`001${'0'.repeat(61)}`, `AB${'A'.repeat(41)}`],
    [`040${'0'.repeat(61)}`, `BA${'A'.repeat(41)}`],
    [`fbe${'0'.repeat(61)}`, `-${'-'}${'A'.repeat(41)}`],
    [`69a${'0'.repeat(61)}`, `aa${'A'.repeat(41)}`],
    [`d34${'0'.repeat(61)}`, `00${'A'.repeat(41)}`],
  ])('writes the hash %s as %s, and reads it back', (hash, written) => {
    const text = writeDecisionRecord(record({ hash }))
    expect(text.split(' ')[1]).toBe(written)
    expect(readDecisionRecord(text).hash).toBe(hash)
  })

  it.each<[string, DecisionRecord]>([
    ['the longest name', record({ ruleSet: 'a'.repeat(200) })],
    ['digits in the name', record({ ruleSet: '3-way-2' })],
    ['a point in the name', record({ ruleSet: 'acme.price.2-way' })],
    ['the longest version', record({ version: `1${'.'.repeat(80)}` })],
    ['a version before another', record({ version: '10.0.0-rc.1A' })],
    ['no rules and no places', record({ fired: '', given: '', slots: [] })],
    ['33 rules and 33 places', record({ fired: '000000001', given: '000000001', slots: [0] })],
    [
      'values of every kind',
      record({ given: 'ff', slots: ['] [', -1.5, true, null, [['x']], { a: { b: 1 } }, '', '\n'] }),
    ],
  ])('is read back with %s', (_, given) => {
    expect(readDecisionRecord(writeDecisionRecord(given))).toEqual(given)
  })

  it.each<[string, string]>([
    ['no name', lineWith(0, '@1.0.0')],
    ['too long a name', lineWith(0, `${'a'.repeat(201)}@1.0.0`)],
    ['a capital in the name', lineWith(0, 'A@1.0.0')],
    ['no version', lineWith(0, 'a-set@')],
    ['a version that begins with a letter', lineWith(0, 'a-set@v1')],
    ['too long a version', lineWith(0, `a-set@1${'.'.repeat(81)}`)],
    ['a foreign character in the version', lineWith(0, 'a-set@1_0')],
    ['a hash that is short', lineWith(1, 'A'.repeat(42))],
    ['a hash that is long', lineWith(1, 'A'.repeat(44))],
    ['a foreign character in the hash', lineWith(1, `${'A'.repeat(42)}+`)],
    ['bits that are not hex', lineWith(2, 'g')],
    ['bits in capitals', lineWith(2, 'F')],
    ['places that are not hex', lineWith(3, 'x')],
    ['values that are no list', lineWith(4, '{"length":1}')],
    ['values that are no JSON', lineWith(4, '[1,]')],
    ['fewer values than places', lineWith(4, '[]')],
    ['more values than places', lineWith(4, '[1,2]')],
    ['something before it', ` ${lineWith(2, '1')}`],
    ['something after it', `${lineWith(2, '1')}x`],
    ['a line after it', `${lineWith(2, '1')}\n`],
  ])('is refused with %s', (_, text) => {
    expect(() => readDecisionRecord(text)).toThrow(
      expect.objectContaining({
        code: 'DOCUMENT_INVALID',
        message: `cannot read \`${text.slice(0, 80)}\` as a decision: give a line as \`writeDecisionRecord\` wrote it`,
      }),
    )
  })

  it('is shown only in its beginning where it is refused', () => {
    expect(() => readDecisionRecord('x'.repeat(500))).toThrow(
      `cannot read \`${'x'.repeat(80)}\` as`,
    )
  })

  it('is read back where it was made by a set with a point in its name', () => {
    const loaded = aLoadedRuleSet({ id: 'acme.price' })
    const decided = decide(loaded, { discrepancy: { kind: 'over-shipment' } })
    expect(readDecisionRecord(writeDecisionRecord(decided))).toEqual(decided)
    expect(decided.ruleSet).toBe('acme.price')
  })

  it('is read part by part', () => {
    expect(readDecisionRecord(lineWith(4, '[{"a":[null]}]'))).toEqual(
      record({ given: '1', slots: [{ a: [null] }] }),
    )
  })
})
