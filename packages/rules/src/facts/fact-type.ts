import { CalendarDate, Decimal, NonNegativeDecimal, PositiveDecimal } from '@counterfoil/core'
import * as z from 'zod'

/**
 * What kind of value stands at a place in the facts, read from their schema, so that a condition that
 * could never mean what it says is found when a rule set is loaded.
 */
export type FactType =
  | { readonly kind: 'text'; readonly values: readonly string[] | null }
  | { readonly kind: 'decimal' | 'date' | 'number' | 'boolean' }
  | { readonly kind: 'list'; readonly element: FactField }
  | {
      readonly kind: 'record'
      readonly fields: ReadonlyMap<string, FactField>
      /** What any other name holds, where names are free; null where they are not. */
      readonly rest: FactField | null
    }

/** A value of the facts, and whether it may be missing or null. */
export type FactField = { readonly type: FactType; readonly mayBeMissing: boolean }

const decimals: ReadonlySet<unknown> = new Set([Decimal, NonNegativeDecimal, PositiveDecimal])
const dates: ReadonlySet<unknown> = new Set([CalendarDate])

/** The types of a schema of facts. Throws for a schema that no condition could be checked against. */
export const factTypeOf = (schema: unknown): FactField => {
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodNullable) {
    return { type: factTypeOf(schema.unwrap()).type, mayBeMissing: true }
  }
  return { type: presentTypeOf(schema), mayBeMissing: false }
}

const presentTypeOf = (schema: unknown): FactType => {
  if (decimals.has(schema)) return { kind: 'decimal' }
  if (dates.has(schema)) return { kind: 'date' }
  if (schema instanceof z.ZodEnum) return { kind: 'text', values: schema.options.map(String) }
  if (schema instanceof z.ZodString) return { kind: 'text', values: null }
  if (schema instanceof z.ZodNumber) return { kind: 'number' }
  if (schema instanceof z.ZodBoolean) return { kind: 'boolean' }
  if (schema instanceof z.ZodArray) {
    const element = factTypeOf(schema.element)
    // A comparison of every member could hold for one that is not there, and no rule could ask for it.
    if (element.mayBeMissing)
      throw new TypeError('a list of facts has no gaps: require its members')
    return { kind: 'list', element: { ...element, mayBeMissing: true } }
  }
  if (schema instanceof z.ZodRecord) {
    const rest: FactField = { ...factTypeOf(schema.valueType), mayBeMissing: true }
    return { kind: 'record', fields: new Map(), rest }
  }
  if (schema instanceof z.ZodObject) return recordTypeOf(schema.shape)
  throw new TypeError('a schema of facts holds only objects, records, lists, text and numbers')
}

const recordTypeOf = (shape: Readonly<Record<string, unknown>>): FactType => ({
  kind: 'record',
  fields: new Map(Object.entries(shape).map(([name, field]) => [name, factTypeOf(field)])),
  rest: null,
})
