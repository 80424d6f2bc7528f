import type { FactPlace } from '../evaluate/checked-rule.ts'
import { readFactPath, writeFactPlace } from '../facts/fact-path.ts'
import type { FactField, FactType } from '../facts/fact-type.ts'
import { pointerTo } from '../rule-set/rule-set-finding.ts'
import { complain, type ConditionCheck, type JsonObject, quoted, shown } from './condition-check.ts'

/** Finds the fact and the path in the types of the facts. */
export const checkPlace = (
  json: JsonObject,
  pointer: string,
  check: ConditionCheck,
): FactPlace | null => {
  const { fact, path } = json
  const field = typeof fact === 'string' ? check.facts.get(fact) : undefined
  if (typeof fact !== 'string' || field === undefined) {
    const known = [...check.facts.keys()].map(quoted).join(', ')
    complain(check, pointerTo(pointer, 'fact'), `no fact ${shown(fact)} here: use one of ${known}`)
    return null
  }
  const steps = path === undefined || typeof path === 'string' ? readFactPath(path) : null
  if (steps !== null) return placeAt(fact, field, steps, pointerTo(pointer, 'path'), check)
  complain(
    check,
    pointerTo(pointer, 'path'),
    `${shown(path)} is not a path: write field names and positions, as in \`$.price.lots[0]\``,
  )
  return null
}

const placeAt = (
  fact: string,
  field: FactField,
  steps: readonly (string | number)[],
  pointer: string,
  check: ConditionCheck,
): FactPlace | null => {
  const prefixes = [fact]
  const missable = field.mayBeMissing ? [fact] : []
  let at = field
  for (const [index, step] of steps.entries()) {
    const next = memberOf(at.type, step)
    if (next === null) {
      complain(
        check,
        pointer,
        `${quoted(prefixes[index] ?? fact)} has no ${stepName(at.type, step)}`,
      )
      return null
    }
    at = next
    const text = writeFactPlace(fact, steps.slice(0, index + 1))
    prefixes.push(text)
    if (at.mayBeMissing) missable.push(text)
  }
  return { fact, steps, text: writeFactPlace(fact, steps), type: at.type, missable, prefixes }
}

const memberOf = (type: FactType, step: string | number): FactField | null => {
  if (type.kind === 'list') return typeof step === 'number' ? type.element : null
  if (type.kind !== 'record' || typeof step === 'number') return null
  return type.fields.get(step) ?? type.rest
}

const stepName = (type: FactType, step: string | number): string => {
  if (typeof step === 'number') return `position \`[${step}]\`: only a list has positions`
  if (type.kind !== 'record') return `field \`${step}\`: it is one value, end the path there`
  return `field \`${step}\`: use one of ${[...type.fields.keys()].map(quoted).join(', ')}`
}
