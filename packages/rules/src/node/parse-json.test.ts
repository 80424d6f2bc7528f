import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseJson } from './parse-json.ts'

describe('JSON that is read strictly', () => {
  it('is what JSON.parse makes of it, whatever is written', () => {
    fc.assert(
      fc.property(fc.json(), (text) => {
        expect(parseJson(text)).toEqual(JSON.parse(text))
      }),
    )
  })

  it.each<[string, string, string]>([
    ['a limit that is given twice', '{"pct": "5", "pct": "95"}', '/pct'],
    ['inside lists and objects', '{"rules":[{},{"a":[0,[1,{"b":1,"b":2}]]}]}', '/rules/1/a/1/1/b'],
    ['a key that is written otherwise', String.raw`{"pct":1,"\u0070ct":2}`, '/pct'],
    ['a key with signs of its own', String.raw`{"a/~\"{":1,"x":"},","a/~\"{":2}`, '/a~1~0"{'],
    ['a key that reaches into the program', '{"__proto__":1,"__proto__":2}', '/__proto__'],
    ['an empty key', '{"":{"":1,"":2}}', '//'],
    ['after an object that is closed', '{"a":{"b":1},"b":{"a":1},"a":1}', '/a'],
  ])('is refused with its place: %s', (_, text, pointer) => {
    expect(() => parseJson(text)).toThrow(
      new SyntaxError(`the key at \`${pointer}\` stands twice in one object`),
    )
  })

  it.each(['{"a":{"a":[{"a":1},{"a":1}]}}', '{"a":"a","b":"\\"a\\":1,\\"a\\""}', '"a"', '[]', '1'])(
    'is taken where no object has a key twice: %s',
    (text) => {
      expect(parseJson(text)).toEqual(JSON.parse(text))
    },
  )

  it('may begin with a byte order mark, which is no part of it, and no other blank of its kind', () => {
    expect(parseJson('\uFEFF{"a":1}')).toEqual({ a: 1 })
    for (const text of ['\uFEFF\uFEFF{}', '{}\uFEFF']) {
      expect(() => parseJson(text)).toThrow(SyntaxError)
    }
  })

  it('is refused where it is no JSON, as by JSON.parse', () => {
    expect(() => parseJson('{"a":1,}')).toThrow(SyntaxError)
  })

  it('may be as deep as JSON.parse reads it, and hold a long text', () => {
    const text = `${'['.repeat(2_000)}${JSON.stringify('\\"'.repeat(1_000_000))}${']'.repeat(2_000)}`
    expect(parseJson(text)).toEqual(JSON.parse(text))
  })
})
