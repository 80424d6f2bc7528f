import { isDecimal } from '@counterfoil/core'
import type { CheckedComparison, FactPlace, RuleConstant } from '../evaluate/checked-rule.ts'
import { isOperatorName, operatorOf, type OperatorName, operators } from '../evaluate/operators.ts'
import type { FactType } from '../facts/fact-type.ts'
import { pointerTo } from '../rule-set/rule-set-finding.ts'
import { checkPlace } from './check-place.ts'
import {
  complain,
  complainOfUnknownKeys,
  type ConditionCheck,
  isObject,
  type JsonObject,
  kindName,
  listLengthMax,
  quoted,
  shown,
} from './condition-check.ts'

const operatorNames = Object.keys(operators).map(quoted).join(', ')

/** Checks one comparison against the types of the facts; null where something was found. */
export const checkComparison = (
  json: JsonObject,
  pointer: string,
  check: ConditionCheck,
): CheckedComparison | null => {
  const left = checkPlace(json, pointer, check)
  const operator = checkOperator(json['operator'], pointerTo(pointer, 'operator'), check)
  if (!('value' in json)) {
    complain(check, pointer, '`value` is missing: write what the fact is compared with')
    return null
  }
  if (left === null || operator === null) return null
  if (!isApplicable(left, operator, pointerTo(pointer, 'operator'), check)) return null
  const right = checkRight(json['value'], { left, operator, pointer, check })
  return right === null
    ? null
    : { kind: 'comparison', left, operator, decorators: [], amount: null, right, pointer }
}

const checkOperator = (
  operator: unknown,
  pointer: string,
  check: ConditionCheck,
): OperatorName | null => {
  if (typeof operator === 'string' && isOperatorName(operator)) return operator
  complain(check, pointer, `no operator ${shown(operator)}: use one of ${operatorNames}`)
  return null
}

const isApplicable = (
  left: FactPlace,
  operator: OperatorName,
  pointer: string,
  check: ConditionCheck,
): boolean => {
  if (operatorOf(operator).on.includes(left.type.kind)) return true
  const usable = Object.entries(operators)
    .filter(([, one]) => one.on.some((kind) => kind === left.type.kind))
    .map(([name]) => quoted(name))
  const why =
    left.type.kind === 'decimal'
      ? `${quoted(left.text)} is a decimal kept as text, where \`${operator}\` takes "9.50" for more than "10.00"`
      : `${quoted(left.text)} is ${kindName(left.type)}, which \`${operator}\` does not compare`
  complain(check, pointer, `${why}: use ${usable.join(', ')}`)
  return false
}

type RightSide = {
  readonly left: FactPlace
  readonly operator: OperatorName
  readonly pointer: string
  readonly check: ConditionCheck
}

const checkRight = (value: unknown, side: RightSide): CheckedComparison['right'] | null => {
  const { left, operator, check } = side
  const pointer = pointerTo(side.pointer, 'value')
  const wanted = wantedType(left.type, operator)
  if (wanted === null) {
    complain(check, pointerTo(side.pointer, 'operator'), listOfOther(left, operator))
    return null
  }
  if (isObject(value)) return checkRightFact(value, wanted, { ...side, pointer })
  if (operatorOf(operator).value !== 'list') {
    return isConstant(value, wanted, pointer, check) ? { kind: 'constant', value } : null
  }
  if (!Array.isArray(value) || value.length === 0) {
    complain(
      check,
      pointer,
      `\`${operator}\` looks through a list: write \`["a", "b"]\`, not empty`,
    )
    return null
  }
  if (value.length > listLengthMax) {
    complain(check, pointer, `more than ${listLengthMax} values in one list: split the rule`)
    return null
  }
  const members: readonly unknown[] = value
  const constants = members.filter((one, index): one is string | number | boolean =>
    isConstant(one, wanted, pointerTo(pointer, index), check),
  )
  return constants.length === members.length ? { kind: 'constant', value: constants } : null
}

/** What kind of value the operator compares a fact of that type with. */
const wantedType = (type: FactType, operator: OperatorName): FactType | null => {
  switch (operatorOf(operator).value) {
    case 'one':
    case 'list':
      return type
    case 'yes-or-no':
      return { kind: 'boolean' }
    case 'element': {
      const element = type.kind === 'list' ? type.element.type : type
      const isPlain = ['text', 'date', 'number', 'boolean'].includes(element.kind)
      return isPlain ? element : null
    }
  }
}

const listOfOther = (left: FactPlace, operator: OperatorName): string =>
  `${quoted(left.text)} is not a list of plain values, which \`${operator}\` looks through: ` +
  'name one of them by its position'

const checkRightFact = (
  json: JsonObject,
  wanted: FactType,
  { left, operator, pointer, check }: RightSide,
): CheckedComparison['right'] | null => {
  complainOfUnknownKeys(json, ['fact', 'path'], pointer, check)
  const place = checkPlace(json, pointer, check)
  if (place === null) return null
  if (operatorOf(operator).value === 'list' || operatorOf(operator).value === 'yes-or-no') {
    const turned =
      operatorOf(operator).value === 'list' ? '; for a list of the facts use `contains`' : ''
    complain(
      check,
      pointer,
      `\`${operator}\` cannot look at another fact: write a constant${turned}`,
    )
    return null
  }
  if (place.type.kind === wanted.kind) return { kind: 'fact', place }
  complain(
    check,
    pointer,
    `${quoted(left.text)} is compared with ${kindName(wanted)}, and ${quoted(place.text)} is ${kindName(place.type)}: compare like with like`,
  )
  return null
}

const isConstant = (
  value: unknown,
  wanted: FactType,
  pointer: string,
  check: ConditionCheck,
): value is RuleConstant => {
  const sentence = constantComplaint(value, wanted)
  if (sentence !== null) complain(check, pointer, sentence)
  return sentence === null
}

const constantComplaint = (value: unknown, wanted: FactType): string | null => {
  switch (wanted.kind) {
    case 'decimal':
      return isDecimal(value)
        ? null
        : `${shown(value)} is not a decimal: write it as text, as in "12.40"`
    case 'date':
      return typeof value === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(value)
        ? null
        : `${shown(value)} is not a day: write it as \`2026-12-31\``
    case 'number':
      return typeof value === 'number'
        ? null
        : `${shown(value)} is not a number: write digits without quotes`
    case 'boolean':
      return typeof value === 'boolean'
        ? null
        : `${shown(value)} is neither true nor false: write one of them`
    case 'text':
      return textComplaint(value, wanted.values)
    case 'list':
    case 'record':
      return `${shown(value)} cannot be compared with ${kindName(wanted)}: end the path at one value`
  }
}

const textComplaint = (value: unknown, values: readonly string[] | null): string | null => {
  if (value === null) return 'nothing equals null here: ask with the operator `is-present`'
  if (typeof value !== 'string') return `${shown(value)} is not text: write it in quotes`
  if (values === null || values.includes(value)) return null
  return `never \`${value}\`: use one of ${values.map(quoted).join(', ')}`
}
