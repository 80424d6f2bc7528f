import { isDecimal } from '@counterfoil/core'
import type { CheckedComparison, FactPlace, RuleConstant } from '../evaluate/checked-rule.ts'
import { operatorOf, type OperatorValue } from '../evaluate/operators.ts'
import type { FactType } from '../facts/fact-type.ts'
import { isDay } from '../operators/business-days-between.ts'
import { patternLengthMax } from '../operators/matches-pattern.ts'
import {
  operatorExamples,
  readOperator,
  writeOperator,
  type WrittenOperator,
} from '../operators/operator-text.ts'
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
import { type WantedValue, wantedValue } from './wanted-value.ts'

/** Checks one comparison against the types of the facts; null where something was found. */
export const checkComparison = (
  json: JsonObject,
  pointer: string,
  check: ConditionCheck,
): CheckedComparison | null => {
  const left = checkPlace(json, pointer, check)
  const written = checkOperator(json['operator'], pointerTo(pointer, 'operator'), check)
  if (!('value' in json)) {
    complain(check, pointer, '`value` is missing: write what the fact is compared with')
    return null
  }
  if (left === null || written === null) return null
  const wanted = wantedValue(left, written)
  if (typeof wanted === 'string') {
    complain(check, pointerTo(pointer, 'operator'), wanted)
    return null
  }
  const right = checkRight(json['value'], {
    left,
    written,
    wanted,
    pointer: pointerTo(pointer, 'value'),
    check,
  })
  return right === null ? null : { kind: 'comparison', left, ...written, right, pointer }
}

const checkOperator = (
  operator: unknown,
  pointer: string,
  check: ConditionCheck,
): WrittenOperator | null => {
  const read =
    typeof operator === 'string'
      ? readOperator(operator)
      : `no operator ${shown(operator)}: use one of ${operatorExamples.map(quoted).join(', ')}`
  if (typeof read !== 'string') return read
  complain(check, pointer, read)
  return null
}

/** A constant that is one value. */
type Scalar = Exclude<RuleConstant, readonly unknown[]>

type RightSide = {
  readonly left: FactPlace
  readonly written: WrittenOperator
  readonly wanted: WantedValue
  readonly pointer: string
  readonly check: ConditionCheck
}

const checkRight = (value: unknown, side: RightSide): CheckedComparison['right'] | null => {
  if (isObject(value)) return checkRightFact(value, side)
  return side.wanted.isList ? checkRightList(value, side) : checkRightOne(value, side)
}

const checkRightOne = (
  value: unknown,
  { written, wanted, pointer, check }: RightSide,
): { readonly kind: 'constant'; readonly value: Scalar } | null => {
  if (!isConstant(value, wanted.type, pointer, check)) return null
  const sentence = wordsComplaint(value, operatorOf(written.operator).value)
  if (sentence === null) return { kind: 'constant', value }
  complain(check, pointer, sentence)
  return null
}

const wordsComplaint = (value: Scalar, kind: OperatorValue): string | null => {
  if (kind !== 'words' && kind !== 'pattern') return null
  if (value === '') return 'an empty text stands at every place of another: write some characters'
  return kind === 'pattern' && String(value).length > patternLengthMax
    ? `a pattern of more than ${patternLengthMax} characters: shorten it`
    : null
}

const checkRightList = (value: unknown, side: RightSide): CheckedComparison['right'] | null => {
  const { written, pointer, check } = side
  const name = writeOperator(written)
  if (!Array.isArray(value) || value.length === 0) {
    complain(check, pointer, `\`${name}\` looks through a list: write \`["a", "b"]\`, not empty`)
    return null
  }
  if (value.length > listLengthMax) {
    complain(check, pointer, `more than ${listLengthMax} values in one list: split the rule`)
    return null
  }
  const members: readonly unknown[] = value
  const constants = members.flatMap((one, index) => {
    const checked = checkRightOne(one, { ...side, pointer: pointerTo(pointer, index) })
    return checked === null ? [] : [checked.value]
  })
  return constants.length === members.length ? { kind: 'constant', value: constants } : null
}

const checkRightFact = (
  json: JsonObject,
  { left, written, wanted, pointer, check }: RightSide,
): CheckedComparison['right'] | null => {
  complainOfUnknownKeys(json, ['fact', 'path', 'params'], pointer, check)
  const place = checkPlace(json, pointer, check)
  if (place === null) return null
  const { value } = operatorOf(written.operator)
  if (value === 'list' || value === 'yes-or-no' || value === 'pattern') {
    const turned = value === 'list' ? '; for a list of the facts use `contains`' : ''
    const name = writeOperator(written)
    complain(check, pointer, `\`${name}\` cannot look at another fact: write a constant${turned}`)
    return null
  }
  const found = wanted.isList && place.type.kind === 'list' ? place.type.element.type : place.type
  const isAsWanted =
    wanted.isList === (place.type.kind === 'list') && found.kind === wanted.type.kind
  if (isAsWanted) return { kind: 'fact', place }
  const one = `${wanted.isList ? 'a list, each member ' : ''}${kindName(wanted.type)}`
  complain(
    check,
    pointer,
    `${quoted(left.text)} is compared with ${one}, and ${quoted(place.text)} is ${kindName(place.type)}: compare like with like`,
  )
  return null
}

const isConstant = (
  value: unknown,
  wanted: FactType,
  pointer: string,
  check: ConditionCheck,
): value is Scalar => {
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
      return isDay(value) ? null : `${shown(value)} is not a day: write it as \`2026-12-31\``
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
