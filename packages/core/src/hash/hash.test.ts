import { hash } from 'node:crypto'
import canonicalize from 'canonicalize'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { canonicalJson } from './canonical-json.ts'
import { hashBy, hashOf, Sha256, sha256Hex } from './content-hash.ts'
import { bucketsMax, stableBucket } from './stable-bucket.ts'

/** What is written, or null where it is refused. */
function answerOf(write: () => string | undefined): string | null {
  try {
    return write() ?? null
  } catch {
    return null
  }
}

describe('canonicalJson', () => {
  it('writes the example of RFC 8785, section 3.2.3', () => {
    const value = {
      '\u20ac': 'Euro Sign',
      '\r': 'Carriage Return',
      '\ufb33': 'Hebrew Letter Dalet With Dagesh',
      '1': 'One',
      '\u{1F600}': 'Emoji: Grinning Face',
      '\u0080': 'Control',
      '\u00f6': 'Latin Small Letter O With Diaeresis',
    }
    const names = [...canonicalJson(value).matchAll(/:"([^"]*)"/g)].map(([, name]) => name)
    expect(names).toEqual([
      'Carriage Return',
      'One',
      'Control',
      'Latin Small Letter O With Diaeresis',
      'Euro Sign',
      'Emoji: Grinning Face',
      'Hebrew Letter Dalet With Dagesh',
    ])
  })

  it('writes numbers as RFC 8785 does', () => {
    expect(canonicalJson([333333333.3333333, 1e30, 4.5, 2e-3, 1e-27, -0])).toBe(
      '[333333333.3333333,1e+30,4.5,0.002,1e-27,0]',
    )
  })

  it('does not depend on the order of keys, and leaves out undefined', () => {
    expect(canonicalJson({ b: [1, { d: null, c: true }], a: undefined })).toBe(
      '{"b":[1,{"c":true,"d":null}]}',
    )
  })

  it('is JSON for the same value', () => {
    fc.assert(
      fc.property(fc.jsonValue({ noUnicodeString: false }), (value) => {
        expect(JSON.parse(canonicalJson(value))).toEqual(JSON.parse(JSON.stringify(value)))
      }),
    )
  })

  it('is to the letter what the reference implementation writes', () => {
    const values = fc.anything({ withNullPrototype: true, withBoxedValues: true, withDate: true })
    fc.assert(
      fc.property(values, (value) => {
        const written = answerOf(() => canonicalJson({ value }))
        expect(written).toBe(answerOf(() => canonicalize({ value })))
      }),
      { numRuns: 2_000 },
    )
    const numbered = { 10: 'ten', 2: 'two', a: new Date(0), b: new String('B'), c: [undefined] }
    expect(canonicalJson(numbered)).toBe(canonicalize(numbered))
  })

  it('is written of everything that can be stored as JSON, however deep', () => {
    const depth = 4_000
    const text = `${'['.repeat(depth)}${']'.repeat(depth)}`
    expect(canonicalJson(JSON.parse(text))).toBe(text)
  })

  const cycle: unknown[] = []
  cycle.push(cycle)
  it.each([
    ['undefined', undefined],
    ['a function', () => 1],
    ['a bigint', { amount: 1n }],
    ['not a number', [Number.NaN]],
    ['an infinity', Number.POSITIVE_INFINITY],
    ['a cycle', cycle],
    ['half of a surrogate pair', '\ud800'],
  ])('refuses %s', (_name, value) => {
    const expected = expect.objectContaining({ code: 'DOCUMENT_INVALID' })
    expect(() => canonicalJson(value)).toThrow(expected)
  })
})

describe('hashes', () => {
  it.each([
    ['', 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'],
    ['abc', 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad'],
    ['Größe 10 µm', '8f2732b279b47b5e917fd712ec1708e21f5c11e1198311827550c98c391df002'],
  ])('of `%s` is SHA-256 of its UTF-8', (text, hash) => {
    expect(sha256Hex(text)).toBe(hash)
    expect(Sha256.safeParse(hash).success).toBe(true)
  })

  it('of a value does not depend on the order of keys', () => {
    expect(hashOf({ a: 1, b: [2] })).toBe(hashOf({ b: [2], a: 1 }))
    expect(hashOf({ a: 1 })).toBe(sha256Hex('{"a":1}'))
    expect(hashOf({ a: 1 })).not.toBe(hashOf({ a: '1' }))
  })
})

describe('hashBy', () => {
  it('changes no hash: only who counts it', () => {
    const asked: string[] = []
    const before = sha256Hex('Größe')
    hashBy((text) => {
      asked.push(text)
      return hash('sha256', text)
    })
    expect(sha256Hex('Größe')).toBe(before)
    expect(asked.at(-1)).toBe('Größe')
  })

  it.each([
    ['no hash', () => ''],
    ['another hash', (text: string) => hash('sha512', text)],
    [
      'the bytes of another encoding',
      (text: string) => hash('sha256', Buffer.from(text, 'latin1')),
    ],
  ])('refuses %s', (_name, other) => {
    const before = sha256Hex('Größe')
    expect(() => hashBy(other)).toThrow('the function given is not SHA-256 of UTF-8')
    expect(sha256Hex('Größe')).toBe(before)
  })
})

describe('stableBucket', () => {
  it('is the same for the same key and inside the number of buckets', () => {
    fc.assert(
      fc.property(fc.string(), fc.integer({ min: 1, max: bucketsMax }), (key, buckets) => {
        const bucket = stableBucket(key, buckets)
        expect(bucket).toBe(stableBucket(key, buckets))
        expect(bucket >= 0 && bucket < buckets && Number.isInteger(bucket)).toBe(true)
      }),
    )
    // Written down so that a release cannot move orders to another bucket.
    expect(['PO-1', 'PO-2', 'PO-3'].map((key) => stableBucket(key, 100))).toEqual([48, 77, 87])
  })

  it('spreads keys evenly', () => {
    const counts = Array.from({ length: 10 }, () => 0)
    for (let order = 0; order < 10_000; order += 1) {
      const bucket = stableBucket(`order-${order}`, 10)
      counts[bucket] = (counts[bucket] ?? 0) + 1
    }
    expect(Math.min(...counts)).toBeGreaterThan(900)
    expect(Math.max(...counts)).toBeLessThan(1_100)
  })

  it.each([0, -1, 1.5, bucketsMax + 1, Number.NaN])('refuses %s buckets', (buckets) => {
    const expected = expect.objectContaining({ code: 'LIMIT_EXCEEDED' })
    expect(() => stableBucket('PO-1', buckets)).toThrow(expected)
  })
})
