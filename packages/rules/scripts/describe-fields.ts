import { english } from '../src/explain/languages/english.ts'
import { factTypesOfKind } from '../src/facts/facts-of-kind.ts'
import type { FactField } from '../src/facts/fact-type.ts'
import type { DocComments } from './doc-comments.ts'
import { isJsonSchema, type JsonSchema } from './json-schema.ts'

/** An object's schema with what the sources say of each of its fields. */
export const describeFields = (part: JsonSchema, comments: DocComments): JsonSchema => {
  const { properties } = part
  if (!isJsonSchema(properties)) return part
  const names = Object.keys(properties)
  return {
    ...part,
    properties: Object.fromEntries(
      Object.entries(properties).map(([name, field]) => {
        const description = comments.ofField(names, name) ?? nameOfPlace(names, name)
        return description === null || !isJsonSchema(field)
          ? [name, field]
          : [name, { description, ...field }]
      }),
    ),
  }
}

const keyOf = (fields: Iterable<string>): string => [...fields].toSorted().join(' ')

const recordsIn = (place: string, { type }: FactField): readonly (readonly [string, string])[] =>
  type.kind === 'record'
    ? [
        [keyOf(type.fields.keys()), place] as const,
        ...[...type.fields].flatMap(([name, field]) => recordsIn(`${place}.${name}`, field)),
      ]
    : []

// A record that stands at several places goes by the shortest: the item, not the item of a line.
const places = new Map(
  Object.values(factTypesOfKind)
    .flatMap((facts) => [...facts].flatMap(([name, field]) => recordsIn(name, field)))
    .toSorted(([, a], [, b]) => b.length - a.length),
)

const nameOfPlace = (fields: readonly string[], field: string): string | null => {
  const record = places.get(keyOf(fields))
  const words = english.places[record === undefined ? field : `${record}.${field}`]
  if (words === undefined) return null
  const name = typeof words === 'string' ? words : words.name
  return `${name.slice(0, 1).toUpperCase()}${name.slice(1)}.`
}
