import type { CheckedComparison } from './checked-rule.ts'
import { compareExact, type Exact, isDecimal, parseExact } from '@counterfoil/core'

/** Compares a fact's value with the rule's. Never throws; a value of the wrong kind does not hold. */
export type Test = (left: unknown, right: unknown) => boolean

/** How a decimal must lie to the one it is compared with: -1 below, 0 equal, 1 above. */
export type DecimalTest = (order: -1 | 0 | 1) => boolean

/** What a condition may compare with beside the fact's own kind of value. */
export type OperatorValue = 'one' | 'list' | 'element' | 'yes-or-no'

/** One comparison a rule may make. */
export type Operator = {
  readonly holds: Test
  /** For exact decimals: what the comparison must come to. */
  readonly decimal?: DecimalTest
  /** The kinds of fact it makes sense on. */
  readonly on: readonly ('text' | 'decimal' | 'date' | 'number' | 'boolean' | 'list' | 'record')[]
  readonly value: OperatorValue
  /** What it answers where the fact is missing or null. */
  readonly whenMissing: boolean
}

const dayPattern = /^\d{4}-\d{2}-\d{2}$/

const isDay = (value: unknown): value is string =>
  typeof value === 'string' && dayPattern.test(value)

// A day is compared as text, which is right for YYYY-MM-DD and for nothing else; other text never is.
const ordering = (holds: (order: number) => boolean): Operator => ({
  holds: (left, right) => {
    if (typeof left === 'number' && typeof right === 'number') {
      if (Number.isNaN(left) || Number.isNaN(right)) return false
      return holds(left < right ? -1 : left > right ? 1 : 0)
    }
    return isDay(left) && isDay(right) && holds(left < right ? -1 : left > right ? 1 : 0)
  },
  on: ['number', 'date'],
  value: 'one',
  whenMissing: false,
})

const readExact = (value: unknown): Exact | null => (isDecimal(value) ? parseExact(value) : null)

const decimal = (accepts: DecimalTest): Operator => ({
  holds: (left, right) => {
    const [a, b] = [readExact(left), readExact(right)]
    return a !== null && b !== null && accepts(compareExact(a, b))
  },
  decimal: accepts,
  on: ['decimal'],
  value: 'one',
  whenMissing: false,
})

const isMissing = (value: unknown): boolean => value === undefined || value === null

/** The name of an operator, as rules write it. */
export type OperatorName =
  | 'equal'
  | 'notEqual'
  | 'in'
  | 'notIn'
  | 'contains'
  | 'doesNotContain'
  | 'lessThan'
  | 'lessThanInclusive'
  | 'greaterThan'
  | 'greaterThanInclusive'
  | 'decimal-above'
  | 'decimal-at-least'
  | 'decimal-below'
  | 'decimal-at-most'
  | 'decimal-equal'
  | 'is-present'

/**
 * Every operator a rule may use. The first ten are json-rules-engine's own; the decimal ones are exact
 * and take `"9.50"` for less than `"10.00"`, which the built-in ones do not; `is-present` asks whether
 * there is a value at all.
 */
export const operators: Readonly<Record<OperatorName, Operator>> = {
  equal: {
    holds: (left, right) => left === right,
    on: ['text', 'date', 'number', 'boolean'],
    value: 'one',
    whenMissing: false,
  },
  notEqual: {
    holds: (left, right) => left !== right,
    on: ['text', 'date', 'number', 'boolean'],
    value: 'one',
    whenMissing: true,
  },
  in: {
    holds: (left, right) => Array.isArray(right) && right.indexOf(left) >= 0,
    on: ['text', 'date', 'number'],
    value: 'list',
    whenMissing: false,
  },
  notIn: {
    holds: (left, right) => Array.isArray(right) && right.indexOf(left) < 0,
    on: ['text', 'date', 'number'],
    value: 'list',
    whenMissing: true,
  },
  contains: {
    holds: (left, right) => Array.isArray(left) && left.indexOf(right) >= 0,
    on: ['list'],
    value: 'element',
    whenMissing: false,
  },
  doesNotContain: {
    holds: (left, right) => Array.isArray(left) && left.indexOf(right) < 0,
    on: ['list'],
    value: 'element',
    whenMissing: false,
  },
  lessThan: ordering((order) => order < 0),
  lessThanInclusive: ordering((order) => order <= 0),
  greaterThan: ordering((order) => order > 0),
  greaterThanInclusive: ordering((order) => order >= 0),
  'decimal-above': decimal((order) => order > 0),
  'decimal-at-least': decimal((order) => order >= 0),
  'decimal-below': decimal((order) => order < 0),
  'decimal-at-most': decimal((order) => order <= 0),
  'decimal-equal': decimal((order) => order === 0),
  'is-present': {
    holds: (left, right) => !isMissing(left) === right,
    on: ['text', 'decimal', 'date', 'number', 'boolean', 'list', 'record'],
    value: 'yes-or-no',
    whenMissing: false,
  },
}

/** True for the name of an operator. */
export const isOperatorName = (name: string): name is OperatorName => Object.hasOwn(operators, name)

/** json-rules-engine's own decorators, which change what an operator is applied to. */
export type DecoratorName = 'someFact' | 'everyFact' | 'someValue' | 'everyValue' | 'swap' | 'not'

/** The test a comparison makes, its decorators and the number in its name put in. */
export const testOf = ({ operator }: Pick<CheckedComparison, 'operator'>): Test =>
  operatorOf(operator).holds

/** The operator of that name. */
export const operatorOf = (name: OperatorName): Operator => operators[name]
