import { operatorOf } from '../evaluate/operators.ts'
import type { FactPlace } from '../evaluate/checked-rule.ts'
import type { FactType } from '../facts/fact-type.ts'
import type { DecoratorName } from '../operators/decorators.ts'
import {
  operatorExamplesOn,
  writeOperator,
  writeOperatorName,
  type WrittenOperator,
} from '../operators/operator-text.ts'
import { kindName, quoted } from './condition-check.ts'

/** What a comparison's `value` has to be: one value of a type, or a list of them. */
export type WantedValue = { readonly type: FactType; readonly isList: boolean }

/** The two sides of a comparison on their way through the decorators. */
type Sides = {
  /** What stands on the side of the fact. */
  readonly type: FactType
  /** How many lists the rule's value is inside of. */
  readonly lists: number
  /** The value stands before the operator and the fact behind it. */
  readonly isTurned: boolean
}

/**
 * What the value must be for an operator on a fact, through its decorators: `everyFact` takes a list apart,
 * `someValue` wants one, `swap` turns the two round. A sentence where it makes no sense.
 */
export const wantedValue = (place: FactPlace, written: WrittenOperator): WantedValue | string => {
  const sides = throughDecorators(place.type, written.decorators)
  if (typeof sides === 'string') return `${quoted(place.text)} ${sides}`
  const valueFor = sides.isTurned ? swappedValueBeside : valueBeside
  const base = valueFor(sides.type, written, place)
  if (typeof base === 'string') return base
  const depth = sides.lists + (base.isList ? 1 : 0)
  if (depth <= 1) return { type: base.type, isList: depth === 1 }
  return `\`${writeOperator(written)}\` would want a list of lists as its value, which a rule cannot write: leave a decorator out`
}

const throughDecorators = (
  type: FactType,
  decorators: readonly DecoratorName[],
): Sides | string => {
  let sides: Sides = { type, lists: 0, isTurned: false }
  for (const decorator of decorators) {
    const next = throughOne(sides, decorator)
    if (typeof next === 'string') return next
    sides = next
  }
  return sides
}

const throughOne = (sides: Sides, decorator: DecoratorName): Sides | string => {
  switch (decorator) {
    case 'not':
      return sides
    case 'swap':
      return { ...sides, isTurned: !sides.isTurned }
    case 'someFact':
    case 'everyFact':
      return sides.isTurned ? intoValue(sides) : intoFact(sides, decorator)
    case 'someValue':
    case 'everyValue':
      return sides.isTurned ? intoFact(sides, decorator) : intoValue(sides)
  }
}

const intoValue = (sides: Sides): Sides => ({ ...sides, lists: sides.lists + 1 })

const intoFact = (sides: Sides, decorator: DecoratorName): Sides | string =>
  sides.type.kind === 'list'
    ? { ...sides, type: sides.type.element.type }
    : `is ${kindName(sides.type)}, and \`${decorator}\` looks through a list: leave it out`

const valueBeside = (
  type: FactType,
  written: WrittenOperator,
  place: FactPlace,
): WantedValue | string => {
  const operator = operatorOf(written.operator)
  if (!operator.on.includes(type.kind)) return notApplicable(type, written, place)
  switch (operator.value) {
    case 'one':
      return { type, isList: false }
    case 'list':
      return { type, isList: true }
    case 'yes-or-no':
      return { type: { kind: 'boolean' }, isList: false }
    case 'words':
    case 'pattern':
      return { type: anyText, isList: false }
    case 'element': {
      const element = type.kind === 'list' ? type.element.type : type
      return isPlain(element) ? { type: element, isList: false } : listOfOther(place, written)
    }
  }
}

/** Turned round: the rule's value stands before the operator and the fact behind it. */
const swappedValueBeside = (
  type: FactType,
  written: WrittenOperator,
  place: FactPlace,
): WantedValue | string => {
  const operator = operatorOf(written.operator)
  switch (operator.value) {
    case 'one':
    case 'words':
      return operator.on.includes(type.kind)
        ? { type: operator.value === 'words' ? anyText : type, isList: false }
        : notApplicable(type, written, place)
    case 'list': {
      if (type.kind !== 'list') return notApplicable(type, written, place)
      const element = type.element.type
      return operator.on.includes(element.kind)
        ? { type: element, isList: false }
        : listOfOther(place, written)
    }
    case 'element':
      return isPlain(type) ? { type, isList: true } : notApplicable(type, written, place)
    case 'yes-or-no':
    case 'pattern':
      return `\`${written.operator}\` cannot be turned round: leave \`swap\` out`
  }
}

const anyText: FactType = { kind: 'text', values: null }

const isPlain = (type: FactType): boolean =>
  type.kind === 'text' || type.kind === 'date' || type.kind === 'number' || type.kind === 'boolean'

const notApplicable = (type: FactType, written: WrittenOperator, place: FactPlace): string => {
  const usable = operatorExamplesOn(type.kind).map(quoted).join(', ')
  const name = writeOperatorName(written)
  if (written.decorators.length > 0) {
    return `\`${writeOperator(written)}\` comes to \`${name}\` on ${kindName(type)}, which it does not compare: use ${usable}`
  }
  return type.kind === 'decimal'
    ? `${quoted(place.text)} is a decimal kept as text, where \`${name}\` takes "9.50" for more than "10.00": use ${usable}`
    : `${quoted(place.text)} is ${kindName(type)}, which \`${name}\` does not compare: use ${usable}`
}

const listOfOther = (place: FactPlace, written: WrittenOperator): string =>
  `${quoted(place.text)} is not a list of plain values, which \`${writeOperatorName(written)}\` looks through: ` +
  'name one of them by its position'
