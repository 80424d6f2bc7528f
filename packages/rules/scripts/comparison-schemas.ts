import { Decimal } from '@counterfoil/core'
import * as z from 'zod'
import { type Operator, operators, type OperatorValue } from '../src/evaluate/operators.ts'
import { english } from '../src/explain/languages/english.ts'
import type { FactField, FactType } from '../src/facts/fact-type.ts'
import { decoratorNames } from '../src/operators/decorators.ts'
import type { DocComments } from './doc-comments.ts'
import { type JsonSchema, where } from './json-schema.ts'
import { type FactPlaces, placesOf } from './place-schemas.ts'

/**
 * What an editor is told of comparisons over these facts, as definitions: which facts there are and which
 * paths each has (`places`), the operators that compare what stands there (`operators-at-places`), and what
 * each is given as its value (`comparisons-at-places`). None refuses what the loader takes.
 */
export const comparisonSchemas = (
  facts: ReadonlyMap<string, FactField>,
  comments: DocComments,
): JsonSchema => {
  const places = [...facts].flatMap(([fact, field]) => placesOf(fact, field, comments))
  const types = Object.entries(Object.groupBy(places, ({ type }) => nameOf(type))).map(
    ([name, some = []]) => ({ name, some }),
  )
  const of = (what: string): JsonSchema => ({
    allOf: types.flatMap(({ name, some }) => atPlaces(some, `${name}-${what}`)),
  })
  return {
    places: { allOf: [factNames(places), ...[...facts.keys()].map((fact) => paths(fact, places))] },
    'operators-at-places': of('operators'),
    'comparisons-at-places': of('comparison'),
    ...Object.fromEntries(types.flatMap(({ name, some }) => typed(name, theOneType(name, some)))),
  }
}

/** A name for the type, the same for all that are compared the same way. */
const nameOf = (type: FactType): string => {
  if (type.kind === 'list') return `list-of-${nameOf(type.element.type)}`
  return type.kind === 'text' && type.values !== null
    ? `one-of-${type.values.slice(0, 3).join('-')}-${type.values.length}`
    : type.kind
}

const theOneType = (name: string, places: readonly FactPlaces[]): FactType => {
  const [first, ...rest] = places
  if (first === undefined || rest.some(({ type }) => wordsOf(type) !== wordsOf(first.type)))
    throw new Error(`\`${name}\` names several types: give each its own name`)
  return first.type
}

const wordsOf = (type: FactType): string =>
  type.kind === 'text'
    ? String(type.values)
    : type.kind === 'list'
      ? wordsOf(type.element.type)
      : ''

const factNames = (places: readonly FactPlaces[]): JsonSchema => {
  const whole = places.filter(({ path }) => path.text === null)
  return {
    properties: {
      fact: {
        enum: whole.map(({ fact }) => fact),
        enumDescriptions: whole.map(({ description }) => description),
      },
    },
  }
}

const paths = (fact: string, places: readonly FactPlaces[]): JsonSchema => {
  const inside = places.filter((place) => place.fact === fact)
  const named = inside.flatMap(({ path, description }) =>
    typeof path.text === 'string' ? [{ text: path.text, description }] : [],
  )
  const path = {
    anyOf: [
      {
        enum: named.map(({ text }) => text),
        enumDescriptions: named.map(({ description }) => description),
      },
      ...inside.flatMap(({ path: { pattern }, description }) =>
        pattern === undefined ? [] : [{ pattern, description }],
      ),
    ],
  }
  return where(
    { properties: { fact: { const: fact } }, required: ['fact'] },
    { properties: { path } },
  )
}

// One rule for the places of a fact that have the type, and one for the fact itself, which has no path.
const atPlaces = (places: readonly FactPlaces[], definition: string): readonly JsonSchema[] =>
  [...new Set(places.map(({ fact }) => fact))].flatMap((fact) => {
    const some = places.filter((place) => place.fact === fact).map(({ path }) => path)
    const texts = some.flatMap(({ text }) => (typeof text === 'string' ? [text] : []))
    const patterns = some.flatMap(({ pattern }) => (pattern === undefined ? [] : [pattern]))
    const then = { $ref: `#/$defs/${definition}` }
    const isFact = { properties: { fact: { const: fact } }, required: ['fact'] }
    const at = (path: JsonSchema): JsonSchema =>
      where({ properties: { fact: { const: fact }, path }, required: ['fact', 'path'] }, then)
    return [
      // Never a list of words: an editor offers those of a condition too, whatever the fact is.
      ...(texts.length === 0 ? [] : [at({ type: 'string', pattern: oneOf(texts) })]),
      ...patterns.map((pattern) => at({ type: 'string', pattern })),
      ...(some.some(({ text }) => text === null)
        ? [where({ ...isFact, not: { required: ['path'] } }, then)]
        : []),
    ]
  })

const oneOf = (paths: readonly string[]): string =>
  `^(?:${paths.map((path) => path.replaceAll(/[$.]/g, '\\$&')).join('|')})$`

type NamedOperator = readonly [name: string, operator: Operator]

const typed = (name: string, type: FactType): readonly (readonly [string, JsonSchema])[] => {
  const usable = Object.entries(operators).filter(([, { on }]) => on.includes(type.kind))
  const byValue = Object.groupBy(usable, ([, { value }]) => value)
  const values = Object.values(byValue).flatMap((some) => {
    const [first] = some
    return first === undefined
      ? []
      : [
          where(
            { properties: { operator: written(some) }, required: ['operator'] },
            { properties: { value: valueOf(first[1].value, type) } },
          ),
        ]
  })
  return [
    [`${name}-operators`, { properties: { operator: { anyOf: operatorsOn(type, usable) } } }],
    [`${name}-comparison`, { allOf: [{ $ref: `#/$defs/${name}-operators` }, ...values] }],
  ]
}

const operatorsOn = (type: FactType, usable: readonly NamedOperator[]): readonly JsonSchema[] => [
  {
    enum: usable.map(([name, { amount }]) => amount?.example ?? name),
    enumDescriptions: usable.map(([name]) => describeOperator(name)),
  },
  written(usable),
  // What stands behind these decorators depends on both sides; the loader follows it.
  { pattern: `^(?:not:)?(?:${decoratorsOn(type)}):` },
]

// How they are written, denied or not; the number in a name is left to the pattern of all operators.
const written = (some: readonly NamedOperator[]): JsonSchema => {
  const names = some.map(([name, { amount }]) =>
    amount === null ? name : `${amount.before}[\\d.]+${amount.after}`,
  )
  return { pattern: `^(?:not:)?(?:${names.join('|')})$` }
}

const decoratorsOn = (type: FactType): string =>
  decoratorNames
    .filter((one) => one !== 'not' && (type.kind === 'list' || !one.endsWith('Fact')))
    .join('|')

/** What an operator asks, in the words decisions are explained in. */
const describeOperator = (operator: string): string => {
  if (operator === 'is-present') return 'True: it is given. False: it is missing or null.'
  const { relation = '' } = english.operators[operator] ?? {}
  return `It ${relation.replaceAll('{value}', 'the value').replaceAll('{amount}', 'so much')}.`
}

const valueOf = (value: OperatorValue, type: FactType): JsonSchema => {
  const another = { type: 'object', description: 'The value of another fact.' }
  switch (value) {
    case 'one':
      return { anyOf: [scalar(type), another] }
    case 'list':
      return { type: 'array', items: scalar(type) }
    case 'element':
      return { anyOf: [type.kind === 'list' ? scalar(type.element.type) : {}, another] }
    case 'yes-or-no':
      return { type: 'boolean' }
    case 'words':
      return { anyOf: [{ type: 'string', minLength: 1 }, another] }
    case 'pattern':
      return { type: 'string', minLength: 1 }
  }
}

const { pattern: decimalPattern } = z.toJSONSchema(Decimal, { io: 'input' })

const scalar = (type: FactType): JsonSchema => {
  switch (type.kind) {
    case 'text':
      return type.values === null ? { type: 'string' } : { enum: type.values }
    case 'decimal':
      return {
        type: 'string',
        pattern: decimalPattern,
        patternErrorMessage: 'A decimal is written as text, as in "12.40".',
      }
    case 'date':
      return {
        type: 'string',
        pattern: '^\\d{4}-\\d{2}-\\d{2}$',
        patternErrorMessage: 'A day is written as in "2026-12-31".',
      }
    case 'number':
      return { type: 'number' }
    case 'boolean':
      return { type: 'boolean' }
    case 'list':
    case 'record':
      return {}
  }
}
