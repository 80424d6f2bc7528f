import type { FetchedFactType } from '../fetch/fetched-facts.ts'
import type { FactField, FactType } from '../facts/fact-type.ts'
import { pointerTo, type RuleSetFinding } from '../rule-set/rule-set-finding.ts'

export { listLengthMax } from './budgets.ts'

/** What a check of conditions needs to know and where it puts what it finds. */
export type ConditionCheck = {
  readonly facts: ReadonlyMap<string, FactField>
  /** Facts the host fetches, which a rule writes with their `params`. */
  readonly fetched: ReadonlyMap<string, FetchedFactType>
  readonly findings: RuleSetFinding[]
}

/** A JSON object whose fields are not known yet. */
export type JsonObject = Readonly<Record<string, unknown>>

/** What kind of value it is, in words. */
export const kindName = (type: FactType): string => {
  switch (type.kind) {
    case 'text':
      return 'text'
    case 'decimal':
      return 'a decimal'
    case 'date':
      return 'a day'
    case 'number':
      return 'a number'
    case 'boolean':
      return 'true or false'
    case 'list':
      return 'a list'
    case 'record':
      return 'a record of several values'
  }
}

/** Adds a finding for every key that is not one of those known. */
export const complainOfUnknownKeys = (
  json: JsonObject,
  known: readonly string[],
  pointer: string,
  check: ConditionCheck,
): void => {
  for (const key of Object.keys(json).filter((one) => !known.includes(one))) {
    const sentence = `${quoted(key)} is not a field here: use ${known.map(quoted).join(', ')}`
    complain(check, pointerTo(pointer, key), sentence)
  }
}

/** Adds a finding. */
export const complain = (check: ConditionCheck, pointer: string, sentence: string): void => {
  check.findings.push({ pointer, sentence })
}

/** True for a JSON object, as against a list, null or a single value. */
export const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** A foreign value in backticks, cut where it is long. */
export const shown = (value: unknown): string => {
  const text = jsonOf(value)
  return `\`${text.length > 60 ? `${text.slice(0, 60)}…` : text}\``
}

/** The value as JSON; what kind of value it is where JSON cannot hold it. */
const jsonOf = (value: unknown): string => {
  try {
    return JSON.stringify(value) ?? 'nothing'
  } catch {
    return typeof value
  }
}

/** Text in backticks. */
export const quoted = (text: string): string => `\`${text}\``
