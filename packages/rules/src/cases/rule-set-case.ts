import * as z from 'zod'

/** Part of what a rule says: every value given must be there, what is left out may be anything. */
const partOfAnswer = z.record(z.string(), z.json())

/**
 * What a case expects. Of each type of answer as much as the case wants to hold fast; checks in order, by
 * name or in part. A type left out must not be answered.
 */
export const ExpectedOutcome = z.union([
  z.literal('nothing fires'),
  z
    .strictObject({
      tolerance: partOfAnswer.optional(),
      check: z
        .array(z.union([z.string(), partOfAnswer]))
        .min(1)
        .optional(),
      conduct: partOfAnswer.optional(),
      route: partOfAnswer.optional(),
      timing: partOfAnswer.optional(),
      approval: partOfAnswer.optional(),
    })
    .refine(
      (outcome) => Object.keys(outcome).length > 0,
      'expects no answer: write "nothing fires"',
    ),
])
export type ExpectedOutcome = z.infer<typeof ExpectedOutcome>

/** One worked example of a rule set: some facts and what the rules make of them. */
export const RuleSetCase = z.strictObject({
  /** What the case shows, in words for the buyer. */
  name: z.string().trim().min(1).max(200),
  /** What the rules look at. */
  facts: z.record(z.string(), z.json()),
  /** What the rules make of it. */
  expect: z.strictObject({
    outcome: ExpectedOutcome,
    /** The rules that decide, in order. */
    firedRules: z.array(z.string()),
  }),
})
export type RuleSetCase = z.infer<typeof RuleSetCase>

/** The cases of one version of a rule set, its `cases.json`. */
export const RuleSetCases = z
  .array(RuleSetCase)
  .min(1)
  .refine(
    (cases) => new Set(cases.map(({ name }) => name)).size === cases.length,
    'two cases have the same name: give each its own',
  )
export type RuleSetCases = z.infer<typeof RuleSetCases>
