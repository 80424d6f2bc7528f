import { CalendarDate, Decimal } from '@counterfoil/core'
import * as z from 'zod'
import type { FetchedFacts } from '../fetch/fetched-facts.ts'
import { aRuleSet, aToleranceEvent, type ExampleJson } from '../rule-set/rule-set.examples.ts'
import { type Chance, oneOf, oneTimeIn, someOf } from './chance.examples.ts'

/** Facts the random rule sets have fetched. */
export const randomFetched: FetchedFacts = {
  rating: {
    value: z.object({
      grade: z.enum(['A', 'B', 'C']),
      limit: Decimal.nullable(),
      score: z.number(),
      codes: z.array(z.string()),
      since: CalendarDate.optional(),
    }),
    params: z.strictObject({ agency: z.string(), year: z.int().optional() }),
  },
  tags: { value: z.array(z.string()), params: z.strictObject({}) },
}

const kinds = ['over-shipment', 'short-receipt', 'price-change', 'date-change']
const codes = ['FC', 'IN', 'FUEL', 'F']
const days = ['2025-12-31', '2026-01-01', '2026-01-02', '2026-01-05']
const decimals = ['0', '-1', '9.50', '10.00', '10', '0.1', '1000000000000.000001']
const numbers = [-3, -1, 0, 1, 2.5, 3]
const categories = ['27-14-02', '27', '31-99']

const equality = ['equal', 'notEqual']
const membership = ['in', 'notIn']
const order = ['lessThan', 'lessThanInclusive', 'greaterThan', 'greaterThanInclusive']
const exact = [
  'decimal-above',
  'decimal-at-least',
  'decimal-below',
  'decimal-at-most',
  'decimal-equal',
  'within-5-percent',
  'within-0-percent',
  'within-0.5-amount',
]
const businessDays = ['later-than-0-business-days', 'earlier-than-1-business-days']
const words = ['starts-with', 'ends-with']

type Place = {
  readonly fact: string
  readonly path?: string
  readonly params?: ExampleJson
}

/** A kind of value, where it stands, and what a rule may write about it. */
export type Kind = {
  readonly places: readonly Place[]
  readonly values: readonly unknown[]
  /** Operators that take one value, and those that take several. */
  readonly one: readonly string[]
  readonly several: readonly string[]
  readonly isList: boolean
}

const at = (fact: string, ...paths: readonly string[]): readonly Place[] =>
  paths.map((path) => ({ fact, path: `$.${path}` }))

const ratingAt = (...paths: readonly string[]): readonly Place[] =>
  [{ agency: 'D&B' }, { agency: 'Creditreform', year: 2026 }].flatMap((params) =>
    at('rating', ...paths).map((place) => ({ ...place, params })),
  )

const single = { isList: false } as const

/** Every kind of value there is in the random rule sets. */
export const kindsOfValue: readonly Kind[] = [
  {
    ...single,
    places: at('discrepancy', 'kind'),
    values: kinds,
    one: equality,
    several: membership,
  },
  {
    ...single,
    places: ratingAt('grade'),
    values: ['A', 'B', 'C'],
    one: equality,
    several: membership,
  },
  {
    ...single,
    places: at('item', 'category', 'attributes.region'),
    values: categories,
    one: [...equality, ...words],
    several: membership,
  },
  {
    ...single,
    places: at('item', 'category'),
    values: ['27*', '*-??', '*1*9*', '?7'],
    one: ['matches-pattern'],
    several: [],
  },
  {
    ...single,
    places: [...at('discrepancy', 'differenceDays'), ...ratingAt('score')],
    values: numbers,
    one: [...equality, ...order],
    several: membership,
  },
  {
    ...single,
    places: [...at('invoice', 'invoiceDate', 'dueDate'), ...ratingAt('since')],
    values: days,
    one: [...equality, ...order, ...businessDays],
    several: membership,
  },
  {
    ...single,
    places: [...at('discrepancy', 'difference', 'percent'), ...ratingAt('limit')],
    values: decimals,
    one: exact,
    several: [],
  },
  {
    ...single,
    places: at('item', 'stocked', 'hazardous'),
    values: [true, false],
    one: equality,
    several: [],
  },
  {
    isList: true,
    places: [
      ...at('invoice', 'chargeCodes', 'taxCodes'),
      ...ratingAt('codes'),
      { fact: 'tags', params: {} },
    ],
    values: codes,
    one: [...equality, ...words],
    several: membership,
  },
]

/** A comparison, and the places that have to be there for it to mean anything. */
export type Leaf = { readonly json: ExampleJson; readonly needs: readonly Place[] }

const randomLeaf = (chance: Chance, kinds: readonly Kind[]): Leaf => {
  const kind = oneOf(chance, kinds)
  const place = oneOf(chance, kind.places)
  if (oneTimeIn(chance, 12)) {
    return {
      json: { ...place, operator: 'is-present', value: oneOf(chance, [true, false]) },
      needs: [],
    }
  }
  const other = oneOf(chance, kind.places)
  const isReference = oneTimeIn(chance, 6) && !kind.one.includes('matches-pattern')
  const leaf = kind.isList
    ? listLeaf(chance, kind, isReference ? other : null)
    : singleLeaf(chance, kind, isReference ? other : null)
  const priority = oneTimeIn(chance, 8) ? { priority: oneOf(chance, [1, 2, 7]) } : {}
  const needs = [
    kind.isList ? firstOf(place) : place,
    ...(isReference ? [leaf.isOfList ? firstOf(other) : other] : []),
  ]
  return { json: { ...place, operator: leaf.operator, value: leaf.value, ...priority }, needs }
}

/** The first member of a list, which has to be there for a comparison of its members to mean anything. */
export const firstOf = (place: Place): Place => ({ ...place, path: `${place.path ?? '$'}[0]` })

type WrittenLeaf = {
  readonly operator: string
  readonly value: unknown
  readonly isOfList: boolean
}

const randomNot = (chance: Chance): string => (oneTimeIn(chance, 6) ? 'not:' : '')

const singleLeaf = (chance: Chance, kind: Kind, other: Place | null): WrittenLeaf => {
  const not = randomNot(chance)
  const operator = oneOf(chance, kind.one)
  const value = other ?? oneOf(chance, kind.values)
  const list = someOf(chance, kind.values)
  const shapes: readonly (() => WrittenLeaf)[] = [
    () => ({ operator: `${not}${operator}`, value, isOfList: false }),
    () => ({ operator: `${not}${operator}`, value, isOfList: false }),
    () =>
      operator === 'matches-pattern'
        ? { operator, value, isOfList: false }
        : { operator: `${not}swap:${operator}`, value, isOfList: false },
    () => ({ operator: `${not}someValue:${operator}`, value: list, isOfList: false }),
    () => ({ operator: `everyValue:${not}${operator}`, value: list, isOfList: false }),
    () =>
      kind.several.length === 0
        ? { operator, value, isOfList: false }
        : { operator: `${not}${oneOf(chance, kind.several)}`, value: list, isOfList: false },
    () =>
      kind.several.length === 0
        ? { operator, value, isOfList: false }
        : { operator: `${not}swap:contains`, value: list, isOfList: false },
  ]
  // Where another fact is looked at, one that is no list.
  return oneOf(chance, other === null ? shapes : shapes.slice(0, 3))()
}

const listLeaf = (chance: Chance, kind: Kind, other: Place | null): WrittenLeaf => {
  const not = randomNot(chance)
  const operator = oneOf(chance, kind.one)
  const value = oneOf(chance, kind.values)
  const list = other ?? someOf(chance, kind.values)
  const some = oneOf(chance, ['someFact', 'everyFact'])
  const someValue = oneOf(chance, ['someValue', 'everyValue'])
  const contains = oneOf(chance, ['contains', 'doesNotContain'])
  const inner = randomNot(chance)
  const pairs: readonly WrittenLeaf[] = [
    { operator: `${not}${some}:${inner}${someValue}:${operator}`, value: list, isOfList: true },
    { operator: `${someValue}:${not}${some}:${operator}`, value: list, isOfList: true },
    { operator: `${not}${someValue}:${contains}`, value: list, isOfList: true },
    {
      operator: `swap:${some}:${inner}${contains === 'contains' ? 'in' : 'notIn'}`,
      value: list,
      isOfList: true,
    },
  ]
  if (other !== null) return oneOf(chance, pairs.slice(0, 3))
  return oneOf(chance, [
    ...pairs,
    { operator: `${not}${contains}`, value, isOfList: false },
    { operator: `${not}${some}:${inner}${operator}`, value, isOfList: false },
    { operator: `${not}${some}:swap:${operator}`, value, isOfList: false },
    {
      operator: `${not}${some}:${inner}${oneOf(chance, kind.several)}`,
      value: list,
      isOfList: false,
    },
    { operator: `${not}swap:${oneOf(chance, kind.several)}`, value, isOfList: false },
    { operator: `${not}swap:${someValue}:${operator}`, value, isOfList: false },
  ])
}

const presence = (place: Place, value: boolean): ExampleJson => ({
  ...place,
  operator: 'is-present',
  value,
})

/**
 * A comparison with what has to be there beside it, so that it is not refused for holding where nothing is;
 * below a `not` the other way round.
 */
export const guarded = ({ json, needs }: Leaf, isNegated: boolean): ExampleJson => {
  if (needs.length === 0) return json
  return isNegated
    ? { any: [...needs.map((place) => presence(place, false)), json] }
    : { all: [...needs.map((place) => presence(place, true)), json] }
}

/** Where a condition is written, and what about. */
export type Spot = {
  readonly kinds: readonly Kind[]
  readonly depth: number
  readonly isNegated: boolean
  readonly names: readonly string[]
  readonly isNamed: boolean
}

const randomCondition = (chance: Chance, spot: Spot): ExampleJson => {
  const { depth, isNegated, names } = spot
  // Named conditions are written for a place that is not below a `not`.
  if (!isNegated && names.length > 0 && oneTimeIn(chance, 6))
    return { condition: oneOf(chance, names) }
  if (depth > 0 && !oneTimeIn(chance, 2)) return randomGroup(chance, spot)
  const leaf = randomLeaf(chance, spot.kinds)
  return isBare(chance, spot) ? leaf.json : guarded(leaf, isNegated)
}

// A mistake in a named condition would cost all rules of the set.
const isBare = (chance: Chance, { isNamed }: Spot): boolean => !isNamed && oneTimeIn(chance, 6)

/** Conditions put together by `all`, `any` and `not`, as deep as the spot allows. */
export const randomGroup = (chance: Chance, spot: Spot): ExampleJson => {
  const { depth, isNegated } = spot
  const group = oneOf(chance, ['all', 'any', 'not'])
  const below = { ...spot, depth: depth - 1 }
  if (group === 'not') return { not: randomCondition(chance, { ...below, isNegated: !isNegated }) }
  const length = 1 + chance(3)
  const members = Array.from({ length }, () => randomCondition(chance, { ...below, isNegated }))
  return { [group]: members }
}

/** A rule set of conditions that refer to each other and of rules of equal and of different priorities. */
export const randomRuleSet = (chance: Chance): ExampleJson => {
  const names = ['first', 'second', 'third']
  const conditions = Object.fromEntries(
    names.map((name, index) => {
      const spot = {
        kinds: kindsOfValue,
        depth: 1 + chance(2),
        isNegated: false,
        names: names.slice(0, index),
        isNamed: true,
      }
      return [name, randomGroup(chance, spot)]
    }),
  )
  const rules = Array.from({ length: 1 + chance(4) }, (_, index) => ({
    name: `rule-${index}`,
    priority: 1 + chance(3),
    conditions: randomGroup(chance, {
      kinds: kindsOfValue,
      depth: 1 + chance(3),
      isNegated: false,
      names,
      isNamed: false,
    }),
    event: aToleranceEvent(),
  }))
  return aRuleSet({ conditions, rules })
}

/** Values no fact should have: what a careless host might hand over. */
const hostile: readonly unknown[] = [
  undefined,
  null,
  Number.NaN,
  Number.POSITIVE_INFINITY,
  0,
  -0,
  7n,
  '',
  'x',
  '5',
  '007',
  'EUR 9,5',
  '31.12.2025',
  '2026-02-30',
  true,
  [],
  [7],
  ['5'],
  [null],
  [undefined, 'FC'],
  [['FC']],
  {},
  { kind: 'over-shipment' },
]

const maybe = (chance: Chance, values: readonly unknown[]): unknown =>
  oneTimeIn(chance, 5) ? oneOf(chance, hostile) : oneOf(chance, values)

const lists: readonly unknown[] = [[], ['FC'], ['FC', 'IN'], ['F', 'FUEL', 'FC'], ['IN', 'IN']]

const record = (chance: Chance, fields: Readonly<Record<string, readonly unknown[]>>): unknown => {
  if (oneTimeIn(chance, 12)) return oneOf(chance, hostile)
  const given = Object.entries(fields).filter(() => !oneTimeIn(chance, 8))
  return Object.fromEntries(given.map(([name, values]) => [name, maybe(chance, values)]))
}

/** Facts as they should be, or missing, or of another kind altogether; `names` are those to be fetched. */
export const randomFacts = (chance: Chance, names: readonly string[]): ExampleJson => {
  const given: ExampleJson = {
    discrepancy: record(chance, {
      kind: kinds,
      differenceDays: numbers,
      difference: decimals,
      percent: decimals,
    }),
    item: record(chance, {
      stocked: [true, false],
      hazardous: [true, false],
      category: categories,
      attributes: [{ region: '27' }, { region: '31-99' }, {}],
    }),
    invoice: record(chance, {
      chargeCodes: lists,
      taxCodes: lists,
      invoiceDate: days,
      dueDate: days,
    }),
  }
  const kept = Object.entries(given).filter(() => !oneTimeIn(chance, 10))
  const fetched = names.map((name) => [name, randomFetchedValue(chance, name)])
  return Object.fromEntries([...kept, ...fetched])
}

const randomFetchedValue = (chance: Chance, name: string): unknown =>
  name.startsWith('tags')
    ? maybe(chance, lists)
    : record(chance, {
        grade: ['A', 'B', 'C'],
        limit: decimals,
        score: numbers,
        since: days,
        codes: lists,
      })
