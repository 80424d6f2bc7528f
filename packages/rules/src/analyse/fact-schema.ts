import * as z from 'zod'
import { factsOfKind } from '../facts/facts-of-kind.ts'
import type { LoadedRuleSet } from '../rule-set/loaded-rule-set.ts'
import type { AxisPlace } from './axis.ts'
import { noValueLimits, type ValueLimits } from './ordered-values.ts'

/** A schema without what allows it to be missing. */
export const presentSchema = (schema: unknown): unknown =>
  schema instanceof z.ZodOptional || schema instanceof z.ZodNullable
    ? presentSchema(schema.unwrap())
    : schema

/** The schema of the facts of a set: those of its kind, and those it has fetched under their full names. */
export const factsSchemaOf = ({
  ruleSet,
  fetches,
}: Pick<LoadedRuleSet, 'fetches'> & {
  readonly ruleSet: Pick<LoadedRuleSet['ruleSet'], 'kind'>
}): z.ZodObject => {
  const given: z.ZodObject = factsOfKind[ruleSet.kind]
  if (fetches.length === 0) return given
  return given.extend(Object.fromEntries(fetches.map(({ name, schema }) => [name, schema()])))
}

/** The schema at a place of the facts; undefined where there is none. */
const schemaAt = (facts: z.ZodObject, { fact, steps }: AxisPlace): unknown => {
  let schema: unknown = facts
  for (const step of [fact, ...steps]) {
    const at = presentSchema(schema)
    if (at instanceof z.ZodObject) schema = at.shape[String(step)]
    else if (at instanceof z.ZodRecord) schema = at.valueType
    else if (at instanceof z.ZodArray) schema = at.element
    else return undefined
  }
  return presentSchema(schema)
}

/** What the schema of the facts lets through at a place, found by asking it. */
export const limitsIn =
  (facts: z.ZodObject) =>
  (place: AxisPlace): ValueLimits => {
    const schema = schemaAt(facts, place)
    if (!(schema instanceof z.ZodType)) return noValueLimits
    const isText = schema.safeParse('1').success
    const takes = (value: number) => schema.safeParse(isText ? String(value) : value).success
    if (!takes(1)) return noValueLimits
    return {
      whole: !takes(0.5) && !takes(1.5),
      least: takes(-1) ? 'any' : takes(0) ? 'zero' : 'above-zero',
    }
  }

/** Some value a schema lets through, for a field no rule looks at. */
export const sampleValue = (schema: unknown): unknown => {
  if (schema instanceof z.ZodEnum) return schema.options[0]
  if (schema instanceof z.ZodBoolean) return false
  if (schema instanceof z.ZodArray && schema.safeParse([]).success) return []
  if (schema instanceof z.ZodArray) return [sampleValue(schema.element)]
  if (schema instanceof z.ZodRecord) return {}
  if (!(schema instanceof z.ZodType)) return undefined
  const samples = ['1', '2026-12-01', 1]
  return samples.find((sample) => schema.safeParse(sample).success) ?? null
}
