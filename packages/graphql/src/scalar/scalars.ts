import { CalendarDate, CounterfoilError, instant, isDecimal } from '@counterfoil/core'
import { GraphQLError, GraphQLScalarType, Kind, type ValueNode } from 'graphql'
import { scalarDescriptions } from './scalars.sdl.ts'

/** The scalars by name, ready for a schema. Made when asked for: nothing happens on import. */
export function createScalars(): { readonly [name: string]: GraphQLScalarType } {
  return {
    Decimal: textScalar({
      name: 'Decimal',
      isRight: isDecimal,
      wanted: 'a decimal number as text, such as "12.40"',
    }),
    CalendarDate: textScalar({
      name: 'CalendarDate',
      isRight: (text) => CalendarDate.safeParse(text).success,
      wanted: 'a day, YYYY-MM-DD',
      specifiedByURL: 'https://www.rfc-editor.org/rfc/rfc3339#section-5.6',
    }),
    Instant: textScalar({
      name: 'Instant',
      isRight: isInstant,
      wanted: 'a moment with its offset, such as 2026-11-25T09:00:00Z',
      specifiedByURL: 'https://www.rfc-editor.org/rfc/rfc3339',
    }),
    Json: new GraphQLScalarType({
      name: 'Json',
      description: scalarDescriptions.Json,
      serialize: (value) => value,
      parseValue: (value) => value,
      parseLiteral: jsonOf,
    }),
  }
}

function textScalar({
  name,
  isRight,
  wanted,
  specifiedByURL,
}: {
  readonly name: Exclude<keyof typeof scalarDescriptions, 'Json'>
  readonly isRight: (text: string) => boolean
  readonly wanted: string
  readonly specifiedByURL?: string
}): GraphQLScalarType<string, string> {
  const read = (value: unknown): string => {
    if (typeof value === 'string' && value.length <= textLengthMax && isRight(value)) return value
    throw new GraphQLError(`cannot read ${name}: write ${wanted}`)
  }
  return new GraphQLScalarType<string, string>({
    name,
    description: scalarDescriptions[name],
    ...(specifiedByURL !== undefined && { specifiedByURL }),
    serialize: read,
    parseValue: read,
    parseLiteral: (node) => read(node.kind === Kind.STRING ? node.value : null),
  })
}

/** Longer than any decimal, day or moment. */
const textLengthMax = 200

function isInstant(text: string): boolean {
  try {
    instant(text)
    return true
  } catch (error) {
    if (CounterfoilError.is(error)) return false
    throw error
  }
}

function jsonOf(node: ValueNode, variables?: { readonly [name: string]: unknown } | null): unknown {
  switch (node.kind) {
    case Kind.NULL:
      return null
    case Kind.STRING:
    case Kind.ENUM:
    case Kind.BOOLEAN:
      return node.value
    case Kind.INT:
    case Kind.FLOAT:
      return Number(node.value)
    case Kind.LIST:
      return node.values.map((value) => jsonOf(value, variables))
    case Kind.OBJECT:
      return Object.fromEntries(
        node.fields.map(({ name, value }) => [name.value, jsonOf(value, variables)]),
      )
    case Kind.VARIABLE:
      return variables?.[node.name.value] ?? null
  }
}
