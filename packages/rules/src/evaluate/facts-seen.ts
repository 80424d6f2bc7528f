import type { EvaluablePlace } from './evaluable-rule-set.ts'

/** A value of a decision's facts: plain JSON. */
export type FactSeen = string | number | boolean | null | (string | number | boolean | null)[]

/**
 * What the rules looked at, by place, as a decision stores it. What was not there is left out; of a whole
 * record only that it was there is kept, since no rule looks further into it than its other places say.
 */
export const factsSeen = (
  places: readonly EvaluablePlace[],
  values: readonly unknown[],
): Record<string, FactSeen> => {
  const seen = places.map((place, index) => [place.text, factSeen(values[index])] as const)
  const given = seen.filter((entry): entry is readonly [string, FactSeen] => entry[1] !== undefined)
  // Stryker disable next-line EqualityOperator: no two places have the same text
  return Object.fromEntries(given.toSorted(([a], [b]) => (a < b ? -1 : 1)))
}

/** How many members of a list are kept, in case a foreign one is very long. */
const membersMax = 100

/** A value of the facts as a decision stores it; nothing where there is none. */
export const factSeen = (value: unknown): FactSeen | undefined =>
  Array.isArray(value)
    ? value.slice(0, membersMax).map((one: unknown) => singleSeen(one) ?? null)
    : singleSeen(value)

const singleSeen = (value: unknown): string | number | boolean | null | undefined => {
  switch (typeof value) {
    case 'string':
    case 'boolean':
    // Stryker disable next-line StringLiteral: what is left out of the cases is undefined too
    case 'undefined':
      return value
    case 'number':
      return Number.isFinite(value) ? value : String(value)
    case 'bigint':
      return String(value)
    case 'object':
      return value === null ? null : 'given'
    case 'function':
    case 'symbol':
      return 'given'
  }
}
