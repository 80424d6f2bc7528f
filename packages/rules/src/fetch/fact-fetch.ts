import type * as z from 'zod'
import type { CheckedRule, FactPlace } from '../evaluate/checked-rule.ts'
import { comparisonsIn } from '../evaluate/comparisons-in.ts'
import type { FetchedFactType } from './fetched-facts.ts'

/** One fact that has to be fetched before a rule set can be evaluated. */
export type FactFetch = {
  /** Its name among the facts: `creditRating({"agency":"A"})`. */
  readonly name: string
  /** The fact as rules name it. */
  readonly fact: string
  /** What the source is asked by. */
  readonly params: unknown
  /** What it was declared to look like; a function, since a loaded set is frozen and a schema does not bear that. */
  readonly schema: () => z.ZodType
  /** Takes what the source returned; what is wrong with it where it is not of the fact's schema. */
  readonly read: (value: unknown) => { readonly value: unknown } | { readonly problem: string }
}

/** The facts that have to be fetched for some rules, each pair of fact and params once. */
export const fetchesIn = (
  rules: readonly CheckedRule[],
  fetched: ReadonlyMap<string, FetchedFactType>,
): readonly FactFetch[] => {
  const fetches = new Map<string, FactFetch>()
  for (const { left, right } of comparisonsIn(rules)) {
    for (const place of right.kind === 'fact' ? [left, right.place] : [left]) {
      const fetch = fetches.has(place.fact) ? null : fetchOf(place, fetched)
      if (fetch !== null) fetches.set(place.fact, fetch)
    }
  }
  return [...fetches.values()].toSorted((a, b) => (a.name < b.name ? -1 : 1))
}

const fetchOf = (
  { fact: name, params }: FactPlace,
  fetched: ReadonlyMap<string, FetchedFactType>,
): FactFetch | null => {
  if (params === null) return null
  const fact = name.slice(0, name.length - params.length - 2)
  const type = fetched.get(fact)
  if (type === undefined) return null
  return { name, fact, params: JSON.parse(params), schema: () => type.value, read: readBy(type) }
}

const readBy =
  ({ value: schema }: FetchedFactType): FactFetch['read'] =>
  (value) => {
    const { data, error } = schema.safeParse(value)
    if (error === undefined) return { value: data }
    const [issue] = error.issues
    return {
      problem: `${issue?.path.map((key) => `${String(key)}: `).join('') ?? ''}${issue?.message ?? ''}`,
    }
  }
