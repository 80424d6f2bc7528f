import { CheckParameters } from '@counterfoil/core'
import type * as z from 'zod'
import { pointerTo, type RuleSetFinding } from '../rule-set/rule-set-finding.ts'
import { RuleSetEnvelope } from '../rule-set/rule-set.ts'
import { isObject, quoted, shown } from './condition-check.ts'

type Issue = z.core.$ZodIssue

/** Checks everything but the conditions: the fields of the set, of its rules and of what they say. */
export const checkEnvelope = (json: unknown): readonly RuleSetFinding[] => {
  const { error } = RuleSetEnvelope.safeParse(json)
  const rules = valueAt(json, ['rules'])
  const issues = [
    ...(error?.issues ?? []),
    ...(Array.isArray(rules)
      ? rules.flatMap((_rule, index) => parameterIssues(json, ['rules', index, 'event']))
      : []),
  ]
  return issues.flatMap((issue) => findingsOf(issue, json))
}

/** What is wrong in one answer, with pointers into it. */
export const checkEvent = (event: unknown, schema: z.ZodType): readonly RuleSetFinding[] =>
  [...(schema.safeParse(event).error?.issues ?? []), ...parameterIssues(event, [])].flatMap(
    (issue) => findingsOf(issue, event),
  )

// A misspelled parameter would leave a check as it is where nothing is said.
const parameterIssues = (json: unknown, event: readonly PropertyKey[]): readonly Issue[] => {
  const path = [...event, 'params', 'parameters']
  const value = valueAt(json, path)
  if (valueAt(json, [...event, 'type']) !== 'check' || !isObject(value)) return []
  const issues: readonly Issue[] = CheckParameters.safeParse(value).error?.issues ?? []
  return issues.map((issue) => ({ ...issue, path: [...path, ...issue.path] }))
}

const findingsOf = (issue: Issue, json: unknown): readonly RuleSetFinding[] => {
  const pointer = issue.path.reduce<string>((text, key) => pointerTo(text, String(key)), '')
  if (issue.code !== 'unrecognized_keys') return [{ pointer, sentence: sentenceOf(issue, json) }]
  return issue.keys.map((key) => ({
    pointer: pointerTo(pointer, key),
    sentence: `${quoted(key)} is not a field here: correct its spelling or remove it`,
  }))
}

const sentenceOf = (issue: Issue, json: unknown): string => {
  const value = valueAt(json, issue.path)
  if (value === undefined) return missing(issue)
  switch (issue.code) {
    case 'invalid_value':
      return `${shown(value)} is not known here: use one of ${issue.values.map((one) => shown(one)).join(', ')}`
    case 'invalid_union':
      return `${shown(value)} is not known here: use one of ${unionOptions(issue)}`
    case 'invalid_type':
      return `${shown(value)} is of the wrong kind: write ${typeNames[issue.expected] ?? issue.expected}`
    case 'too_small':
      return `${shown(value)} is too small or too short: ${least(issue)}`
    case 'too_big':
      return `${shown(value)} is too large or too long: ${most(issue)}`
    case 'invalid_format':
      if (issue.format === 'date') return `${shown(value)} is not a day: write it as 2026-12-31`
      return `${shown(value)} is ${issue.message.slice(0, 1).toLowerCase()}${issue.message.slice(1)}`
    case 'not_multiple_of':
    case 'unrecognized_keys':
    case 'invalid_key':
    case 'invalid_element':
    case 'custom':
      return `${shown(value)} is ${issue.message.slice(0, 1).toLowerCase()}${issue.message.slice(1)}`
  }
}

// `priority` must be more than 0: its limit is not itself allowed.
const least = ({ minimum, inclusive }: Extract<Issue, { readonly code: 'too_small' }>): string =>
  inclusive === false ? `write more than ${minimum}` : `the least is ${minimum}`

const most = ({ maximum, inclusive }: Extract<Issue, { readonly code: 'too_big' }>): string =>
  inclusive === false ? `write less than ${maximum}` : `the most is ${maximum}`

const typeNames: Readonly<Record<string, string>> = {
  string: 'text in quotes',
  number: 'a number without quotes',
  int: 'a whole number without quotes',
  boolean: 'true or false',
  array: 'a list in `[]`',
  object: 'an object in `{}`',
  record: 'an object in `{}`',
}

const unionOptions = (issue: Extract<Issue, { readonly code: 'invalid_union' }>): string =>
  ('options' in issue ? (issue.options ?? []) : []).map((one) => shown(one)).join(', ')

const missing = (issue: Issue): string => {
  const name = quoted(String(issue.path.at(-1) ?? 'the rule set'))
  const isLimit = issue.path.some((key) => key === 'upper' || key === 'lower')
  const hint = isLimit
    ? 'a tolerance gives every limit, so write null for not checked or "0" for checked against zero'
    : 'write it'
  return `${name} is missing: ${hint}`
}

const valueAt = (json: unknown, path: readonly PropertyKey[]): unknown =>
  path.reduce<unknown>(
    (value, key) =>
      typeof value === 'object' && value !== null && Object.hasOwn(value, key)
        ? Reflect.get(value, key)
        : undefined,
    json,
  )
