import * as z from 'zod'
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
  name: z.string().min(1).max(120).optional(),
  priority: z.int().positive().max(1_000_000).optional(),
} as const

/** The short name and priority any condition may carry; neither changes what it answers. */
export type ConditionLabel = { name?: string | undefined; priority?: number | undefined }

/** Another fact's value, to compare with instead of a constant. */
export type FactReference = { fact: string; path?: string | undefined }

/**
 * One comparison, json-rules-engine's own JSON: the value at `path` of `fact`, the operator, and what
 * it is compared with. Decimal facts take decimal text (`"5"`), never a number.
 */
export type ComparisonCondition = ConditionLabel & {
  fact: string
  path?: string | undefined
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
  const fact = z.enum(factNames)
  const comparison: z.ZodType<ComparisonCondition> = z.strictObject({
    fact,
    path: factPath.optional(),
    operator,
    value: z.union([
      scalar,
      z.array(scalar).min(1).max(1000),
      z.strictObject({ fact, path: factPath.optional() }),
    ]),
    ...described,
  })
  const any: z.ZodType<RuleCondition> = z.lazy(() => z.union([root, comparison]))
  const root: z.ZodType<RuleConditionRoot> = z.union([
    z.strictObject({ all: z.array(any).min(1).max(1000), ...described }),
    z.strictObject({ any: z.array(any).min(1).max(1000), ...described }),
    z.strictObject({ not: any, ...described }),
    z.strictObject({ condition: z.string().min(1).max(120), ...described }),
  ])
  return { root, any }
}
