import { describe, expect, it } from 'vitest'
import { operators } from '../../evaluate/operators.ts'
import type { FactField } from '../../facts/fact-type.ts'
import { factTypesOfKind } from '../../facts/facts-of-kind.ts'
import type { Language } from '../language.ts'
import { english } from './english.ts'
import { german } from './german.ts'

const placesIn = (text: string, { type }: FactField): readonly string[] => [
  text,
  ...(type.kind === 'record'
    ? [
        ...[...type.fields].flatMap(([name, field]) => placesIn(`${text}.${name}`, field)),
        ...(type.rest === null ? [] : placesIn(`${text}.*`, type.rest)),
      ]
    : []),
]

const everyPlace = new Set(
  Object.values(factTypesOfKind).flatMap((facts) =>
    [...facts].flatMap(([name, field]) => placesIn(name, field)),
  ),
)

/** Every text of a language with the place it stands at. */
const textsOf = (words: object, path = ''): readonly (readonly [string, string])[] =>
  Object.entries(words).flatMap(([key, value]: [string, unknown]) => {
    const at = `${path}/${key}`
    if (typeof value === 'string') return [[at, value] as const]
    return typeof value === 'object' && value !== null ? textsOf(value, at) : []
  })

const namesIn = (text: string): readonly string[] =>
  [...text.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name).toSorted()

describe.each<Language>([english, german])('the language $tag', (language) => {
  it('has words for every operator', () => {
    expect(Object.keys(language.operators)).toEqual(expect.arrayContaining(Object.keys(operators)))
  })

  it.each(['someFact', 'everyFact', 'someValue', 'everyValue', 'swap', 'not'])(
    'has words for the decorator %s',
    (decorator) => {
      expect(language.decorators[decorator]).toContain('{relation}')
    },
  )

  it('has a name for every place of the facts of every kind', () => {
    expect(Object.keys(language.places)).toEqual(expect.arrayContaining([...everyPlace]))
  })

  it('says nothing with an empty text', () => {
    expect(textsOf(language).filter(([, text]) => text.trim() === '')).toEqual([])
  })

  it('is plain data', () => {
    expect(JSON.parse(JSON.stringify(language))).toEqual(language)
  })
})

describe('a language', () => {
  it('has the texts of English', () => {
    const paths = (language: Language) => textsOf(language).map(([path]) => path)
    expect(paths(german).toSorted()).toEqual(paths(english).toSorted())
  })

  // The verdict of a comparison may leave the value out, where it is the same as what was seen.
  const mayDiffer = (path: string): boolean => /^\/operators\/\w+\/(so|notSo)$/.test(path)

  it('puts the same values into each of them', () => {
    const inGerman = new Map(textsOf(german))
    const different = textsOf(english).filter(
      ([path, text]) =>
        !mayDiffer(path) &&
        !path.startsWith('/values/date') &&
        namesIn(text).join() !== namesIn(inGerman.get(path) ?? '').join(),
    )
    expect(different).toEqual([])
  })
})
