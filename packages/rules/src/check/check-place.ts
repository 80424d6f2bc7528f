import { canonicalJson } from '@counterfoil/core'
import type { FactPlace } from '../evaluate/checked-rule.ts'
import { readFactPath, writeFactPlace } from '../facts/fact-path.ts'
import type { FactField, FactType } from '../facts/fact-type.ts'
import { type FetchedFactType, nameOfFetch } from '../fetch/fetched-facts.ts'
import { pointerTo } from '../rule-set/rule-set-finding.ts'
import {
  complain,
  type ConditionCheck,
  isObject,
  type JsonObject,
  quoted,
  shown,
} from './condition-check.ts'

/** Finds the fact and the path in the types of the facts. */
export const checkPlace = (
  json: JsonObject,
  pointer: string,
  check: ConditionCheck,
): FactPlace | null => {
  const fact = checkFact(json, pointer, check)
  const { path } = json
  if (fact === null) return null
  const steps = path === undefined || typeof path === 'string' ? readFactPath(path) : null
  if (steps !== null) return placeAt(fact, steps, pointerTo(pointer, 'path'), check)
  complain(
    check,
    pointerTo(pointer, 'path'),
    `${shown(path)} is not a path: write field names and positions, as in \`$.price.lots[0]\``,
  )
  return null
}

/** A fact a condition names, given or fetched. */
type NamedFact = {
  /** Its name among the facts. */
  readonly name: string
  readonly params: string | null
  readonly field: FactField
}

const checkFact = (
  { fact, params }: JsonObject,
  pointer: string,
  check: ConditionCheck,
): NamedFact | null => {
  const name = typeof fact === 'string' ? fact : ''
  const fetched = check.fetched.get(name)
  if (fetched !== undefined) return checkFetched(name, fetched, params, pointer, check)
  const field = check.facts.get(name)
  if (field === undefined) {
    const known = [...check.facts.keys(), ...check.fetched.keys()].map(quoted).join(', ')
    complain(check, pointerTo(pointer, 'fact'), `no fact ${shown(fact)} here: use one of ${known}`)
    return null
  }
  if (params === undefined) return { name, params: null, field }
  const sentence = `\`params\` is for facts that are fetched, and ${quoted(name)} is given: remove it`
  complain(check, pointerTo(pointer, 'params'), sentence)
  return null
}

const checkFetched = (
  fact: string,
  type: FetchedFactType,
  params: unknown,
  pointer: string,
  check: ConditionCheck,
): NamedFact | null => {
  const at = pointerTo(pointer, 'params')
  if (!isObject(params)) {
    const sentence = `${quoted(fact)} is fetched: write what it is asked by as \`params\`, \`{}\` for nothing`
    complain(check, params === undefined ? pointer : at, sentence)
    return null
  }
  const { error } = type.params.safeParse(params)
  for (const issue of error?.issues ?? []) {
    const place = issue.path.reduce<string>((text, key) => pointerTo(text, String(key)), at)
    const message = `${issue.message.slice(0, 1).toLowerCase()}${issue.message.slice(1)}`
    complain(check, place, `${quoted(fact)} is not asked by that, ${message}: correct \`params\``)
  }
  if (error !== undefined) return null
  return { name: nameOfFetch(fact, params), params: canonicalJson(params), field: type.field }
}

const placeAt = (
  { name, params, field }: NamedFact,
  steps: readonly (string | number)[],
  pointer: string,
  check: ConditionCheck,
): FactPlace | null => {
  const prefixes = [name]
  const missable = field.mayBeMissing ? [name] : []
  let at = field
  for (const [index, step] of steps.entries()) {
    const next = memberOf(at.type, step)
    if (next === null) {
      const sentence = `${quoted(prefixes[index] ?? name)} has no ${stepName(at.type, step)}`
      complain(check, pointer, sentence)
      return null
    }
    at = next
    const text = writeFactPlace(name, steps.slice(0, index + 1))
    prefixes.push(text)
    if (at.mayBeMissing) missable.push(text)
  }
  const text = writeFactPlace(name, steps)
  return { fact: name, params, steps, text, type: at.type, missable, prefixes }
}

const memberOf = (type: FactType, step: string | number): FactField | null => {
  if (type.kind === 'list') return typeof step === 'number' ? type.element : null
  if (type.kind !== 'record' || typeof step === 'number') return null
  return type.fields.get(step) ?? type.rest
}

const stepName = (type: FactType, step: string | number): string => {
  if (typeof step === 'number') return `position \`[${step}]\`: only a list has positions`
  if (type.kind === 'list') return `field \`${step}\`: it is a list, name a position as in \`[0]\``
  if (type.kind !== 'record') return `field \`${step}\`: it is one value, end the path there`
  return `field \`${step}\`: use one of ${[...type.fields.keys()].map(quoted).join(', ')}`
}
