import * as z from 'zod'
import { fetchedFactName } from '../fetch/fetched-facts.ts'
import { operatorExamples, operatorTextPattern } from '../operators/operator-text.ts'

/**
 * The place inside a fact: `$.price.type`, `$.lots[0]`. Only names and positions; a filter, a
 * wildcard or a script is not a path here.
 */
const factPath = z
  .string()
  .max(200)
  .regex(/^\$(?:\.[A-Za-z_][A-Za-z0-9_-]*|\[\d{1,4}\])+$/)

const scalar = z.union([z.string().max(2000), z.number(), z.boolean()])

/** A short name and a priority, which any condition may carry; neither changes what it answers. */
const described = {
  /** A short name for people; it does not change what is answered. */
  name: z.string().min(1).max(120).optional(),
  /** Which json-rules-engine looks at first; it does not change what is answered. */
  priority: z.int().positive().max(1_000_000).optional(),
} as const

/** The short name and priority any condition may carry; neither changes what it answers. */
export type ConditionLabel = { name?: string | undefined; priority?: number | undefined }

/** Another fact's value, to compare with instead of a constant. */
export type FactReference = {
  fact: string
  path?: string | undefined
  /** What a fetched fact is asked by; a given fact has none. */
  params?: FactParams | undefined
}

/** What a fetched fact is asked by: plain JSON. */
export type FactParams = Record<string, z.core.util.JSONType>

/**
 * One comparison, json-rules-engine's own JSON: the value at `path` of `fact`, the operator, and what
 * it is compared with. Decimal facts take decimal text (`"5"`), never a number.
 */
export type ComparisonCondition = ConditionLabel & {
  fact: string
  path?: string | undefined
  /** What a fetched fact is asked by; a given fact has none. */
  params?: FactParams | undefined
  operator: string
  value: string | number | boolean | (string | number | boolean)[] | FactReference
}

/** What a rule's `conditions` may be: `all`, `any`, `not` or a named condition; a comparison is wrapped in `all`. */
export type RuleConditionRoot = ConditionLabel &
  (
    | { all: RuleCondition[] }
    | { any: RuleCondition[] }
    | { not: RuleCondition }
    | { condition: string }
  )

/** When a rule fires: json-rules-engine's conditions, nested as deep as needed. */
export type RuleCondition = ComparisonCondition | RuleConditionRoot

// The list is what an editor completes from; the pattern takes decorators and any number in a name.
const operator = z.union([
  z.enum(operatorExamples),
  z.string().max(120).regex(operatorTextPattern, 'not an operator: see the table of operators'),
])

/** The schema of conditions over the facts of those names. */
export const conditionsOver = (
  factNames: readonly string[],
): { readonly root: z.ZodType<RuleConditionRoot>; readonly any: z.ZodType<RuleCondition> } => {
  const place = {
    /** What is looked at. */
    fact: z.enum(factNames),
    /** The place inside the fact: `$.price.type`, `$.lots[0]`. */
    path: factPath.optional(),
  }
  // Only a fact with `params` may have a name that is not known here, so that a misspelled one still shows.
  const fetchedPlace = {
    /** A fact the host fetches. */
    fact: z.string().regex(fetchedFactName),
    /** The place inside the fact: `$.grade`. */
    path: factPath.optional(),
    /** What a fetched fact is asked by; `{}` for nothing. */
    params: z.record(z.string().max(120), z.json()),
  }
  const compared = {
    /** How the fact is compared. */
    operator,
    /** What the fact is compared with: a constant, a list of them, or another fact. */
    value: z.union([
      scalar,
      z.array(scalar).min(1).max(1000),
      z.strictObject(place),
      z.strictObject(fetchedPlace),
    ]),
    ...described,
  }
  const comparison: z.ZodType<ComparisonCondition> = z.union([
    z.strictObject({ ...place, ...compared }),
    z.strictObject({ ...fetchedPlace, ...compared }),
  ])
  const any: z.ZodType<RuleCondition> = z.lazy(() => z.union([root, comparison]))
  const root: z.ZodType<RuleConditionRoot> = z.union([
    z.strictObject({
      /** Holds where every one of these holds. */
      all: z.array(any).min(1).max(1000),
      ...described,
    }),
    z.strictObject({
      /** Holds where at least one of these holds. */
      any: z.array(any).min(1).max(1000),
      ...described,
    }),
    z.strictObject({
      /** Holds where this does not. */
      not: any,
      ...described,
    }),
    z.strictObject({
      /** The name of one of the set's `conditions`. */
      condition: z.string().min(1).max(120),
      ...described,
    }),
  ])
  return { root, any }
}
