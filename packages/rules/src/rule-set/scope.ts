import type { PolicyScope } from '@counterfoil/core'
import type { RuleSetScope } from './rule-set.ts'

/** The keys of a scope, the narrowest first. */
const keys = [
  'item',
  'supplier',
  'category',
  'supplierClass',
  'businessUnit',
  'legalEntity',
] as const satisfies readonly (keyof RuleSetScope)[]

const everyone = '*'

/** Whether a rule set for this scope is for that order, invoice or item. */
export const scopeCovers = (scope: RuleSetScope, asked: PolicyScope): boolean =>
  keys.every((key) => {
    const wanted = scope[key] ?? everyone
    return wanted === everyone || wanted === asked[key]
  })

/**
 * How narrow a scope is, as a number: higher is narrower. A narrower key outweighs all wider ones
 * together, so an item beats a supplier in a business unit, and no two different sets of keys are equal.
 */
export const narrownessOf = (scope: RuleSetScope): number =>
  keys.reduce((sum, key) => sum * 2 + ((scope[key] ?? everyone) === everyone ? 0 : 1), 0)

/** The scope with `"*"` left out, so that equal scopes are equal values. */
export const plainScope = (scope: RuleSetScope): RuleSetScope =>
  Object.fromEntries(
    keys.flatMap((key) => {
      const value = scope[key]
      return value === undefined || value === everyone ? [] : [[key, value] as const]
    }),
  )
