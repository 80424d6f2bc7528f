import type { FactField, FactType } from '../src/facts/fact-type.ts'
import { english } from '../src/explain/languages/english.ts'
import type { DocComments } from './doc-comments.ts'

/** Places inside a fact a rule may name: as text where one path leads there, null for none; as a pattern where many do. */
export type FactPlaces = {
  readonly fact: string
  readonly path: { readonly text?: string | null; readonly pattern?: string }
  readonly type: FactType
  readonly description: string
}

type Place = {
  readonly fact: string
  /** Its path, as the part of a regular expression. */
  readonly pattern: string
  readonly isOne: boolean
  /** Its path without positions and free names. */
  readonly named: string
  readonly said: string | null
}

/** Every place of a fact, itself first. */
export const placesOf = (
  fact: string,
  field: FactField,
  comments: DocComments,
): readonly FactPlaces[] =>
  placesIn({ fact, pattern: '', isOne: true, named: fact, said: null }, field, comments)

const placesIn = (
  place: Place,
  { type, mayBeMissing }: FactField,
  comments: DocComments,
): readonly FactPlaces[] => {
  const { fact, pattern, isOne } = place
  const path = isOne
    ? { text: pattern === '' ? null : `$${pattern.replaceAll('\\', '')}` }
    : { pattern: `^\\$${pattern}$` }
  const description = `${describePlace(place)} ${describeType(type)}${mayBeMissing ? ', may be missing' : ''}.`
  return [{ fact, path, type, description }, ...membersOf(place, type, comments)]
}

const membersOf = (place: Place, type: FactType, comments: DocComments): readonly FactPlaces[] => {
  const at = (part: string, change: Partial<Place>): Place => ({
    ...place,
    said: null,
    ...change,
    pattern: place.pattern + part,
  })
  if (type.kind === 'list') {
    return placesIn(at('\\[\\d{1,4}\\]', { isOne: false }), type.element, comments)
  }
  if (type.kind !== 'record') return []
  const { fields, rest } = type
  const names = [...fields.keys()]
  const free =
    rest === null
      ? []
      : placesIn(
          at('\\.[A-Za-z_][A-Za-z0-9_-]*', { isOne: false, named: `${place.named}.*` }),
          rest,
          comments,
        )
  return [
    ...[...fields].flatMap(([name, field]) =>
      placesIn(
        at(`\\.${name}`, {
          named: `${place.named}.${name}`,
          said: comments.ofField(names, name),
        }),
        field,
        comments,
      ),
    ),
    ...free,
  ]
}

/** What the sources say of a place; else what a person calls it. */
const describePlace = ({ named, said }: Place): string => {
  const words = english.places[named]
  const name = typeof words === 'string' ? words : (words?.name ?? named)
  return sentence(said ?? name.replaceAll('{name}', '*'))
}

const sentence = (text: string): string =>
  `${text.slice(0, 1).toUpperCase()}${text.slice(1)}${text.endsWith('.') ? '' : '.'}`

const describeType = (type: FactType): string => {
  switch (type.kind) {
    case 'text':
      return type.values === null ? 'Text' : `One of ${type.values.length} words`
    case 'decimal':
      return 'A decimal, written as text'
    case 'date':
      return 'A day, as 2026-12-31'
    case 'number':
      return 'A number'
    case 'boolean':
      return 'True or false'
    case 'list':
      return 'A list'
    case 'record':
      return 'A record: name a field of it by its path'
  }
}
