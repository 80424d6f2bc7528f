import { canonicalJson } from '@counterfoil/core'
import type * as z from 'zod'
import { isForbiddenName } from '../facts/fact-path.ts'
import { type FactField, factTypeOf } from '../facts/fact-type.ts'
import type { RuleSetFinding } from '../rule-set/rule-set-finding.ts'

/** A fact that lives elsewhere, such as a credit rating: what it looks like, and what it is asked by. */
export type FetchedFact = {
  /** What the source returns; rules are checked against it. */
  readonly value: z.ZodType
  /** What a rule writes as `params`. */
  readonly params: z.ZodType
}

/** The facts a host fetches before rules are evaluated, by the name rules use. */
export type FetchedFacts = { readonly [name: string]: FetchedFact }

/** A fetched fact with the type its schema says. */
export type FetchedFactType = FetchedFact & { readonly field: FactField }

/** How a fact that is fetched may be named; a name never looks like one with its params behind it. */
export const fetchedFactName: RegExp = /^[A-Za-z_][A-Za-z0-9_-]{0,79}$/

/**
 * The name a fetched fact has among the facts: its own name and the params it was asked by, as canonical
 * JSON, such as `creditRating({"agency":"A"})`. Two different params never share a name.
 */
export const nameOfFetch = (fact: string, params: unknown): string =>
  `${fact}(${canonicalJson(params)})`

/** The types of the facts a host fetches, and what is wrong with how it declares them. */
export const fetchedFactTypes = (
  fetched: FetchedFacts,
  given: ReadonlyMap<string, FactField>,
): {
  readonly types: ReadonlyMap<string, FetchedFactType>
  readonly findings: readonly RuleSetFinding[]
} => {
  const types = new Map<string, FetchedFactType>()
  const findings: RuleSetFinding[] = []
  for (const [name, fact] of Object.entries(fetched)) {
    const field = fieldOf(fact)
    const sentence = complaintAbout(name, field, given)
    if (sentence !== null) findings.push({ pointer: '', sentence })
    else if (field !== null) types.set(name, { ...fact, field })
  }
  return { types, findings }
}

const complaintAbout = (
  name: string,
  field: FactField | null,
  given: ReadonlyMap<string, FactField>,
): string | null => {
  if (given.has(name)) return `the fetched fact \`${name}\` is also a given one: name it otherwise`
  if (!fetchedFactName.test(name) || isForbiddenName(name)) {
    return `\`${name.slice(0, 60)}\` cannot name a fetched fact: use letters, digits, \`_\` and \`-\``
  }
  return field === null
    ? `the schema of the fetched fact \`${name}\` is not one rules can be checked against: use objects, records, lists without gaps, text, numbers and true or false`
    : null
}

const fieldOf = ({ value }: FetchedFact): FactField | null => {
  try {
    return factTypeOf(value)
  } catch {
    return null
  }
}
