import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type {
  CheckedComparison,
  CheckedCondition,
  CheckedRule,
  FactPlace,
  RuleConstant,
} from './checked-rule.ts'
import { type OperatorName, operators, testOf } from './operators.ts'
import { makeProgram } from './program.ts'
import { readPlace } from './read-place.ts'
import {
  fillSlots,
  fire,
  firedNumbers,
  fireOn,
  firstFired,
  firstFiredOn,
  roomFor,
} from './run-program.ts'

const place = (fact: string, steps: readonly (string | number)[]): FactPlace => ({
  fact,
  params: null,
  steps,
  text: [fact, ...steps].join('.'),
  type: { kind: 'text', values: null },
  missable: [],
  prefixes: [],
})

const places = [
  place('discrepancy', ['kind']),
  place('discrepancy', ['percent']),
  place('line', ['item', 'category']),
  // No schema names these: they are walked to.
  place('item', ['attributes', 'toString']),
  place('item', [0]),
]

const texts = [
  'a',
  'b',
  '5',
  '5.0',
  '-0',
  '0.00',
  '12.345',
  '1e3',
  '2026-01-01',
  '2026-01-02',
  '',
  '9'.repeat(30),
  `0.${'1'.repeat(30)}`,
]
const scalars: readonly (string | number | boolean)[] = [
  ...texts,
  0,
  -0,
  5,
  5.5,
  -7,
  1e300,
  true,
  false,
]
const hostile: readonly unknown[] = [
  ...scalars,
  '5.00',
  '4.99',
  '12.3450',
  '12.3451',
  '-5',
  '05',
  '5.',
  '.5',
  '-',
  '2025-12-31',
  '2026-01-011',
  '9'.repeat(41),
  `${'9'.repeat(29)}8`,
  undefined,
  null,
  Number.NaN,
  Number.POSITIVE_INFINITY,
  5n,
  [],
  ['a'],
  {},
  { a: 1 },
]

const constantFor = (operator: OperatorName): fc.Arbitrary<RuleConstant> => {
  const scalar = fc.constantFrom(...scalars)
  const { value } = operators[operator]
  if (value === 'list') return fc.array(scalar, { minLength: 1, maxLength: 4 })
  return value === 'yes-or-no' ? fc.boolean() : scalar
}

const somePlace = fc.constantFrom(...places)
const someOperator = fc.constantFrom(
  ...Object.keys(operators).filter((name): name is OperatorName => Object.hasOwn(operators, name)),
)

const comparison: fc.Arbitrary<CheckedCondition> = fc
  .tuple(somePlace, someOperator)
  .chain(([left, operator]) =>
    fc
      .oneof(
        {
          weight: 6,
          arbitrary: constantFor(operator).map((value) => ({ kind: 'constant', value }) as const),
        },
        {
          weight: 1,
          arbitrary: somePlace.map((other) => ({ kind: 'fact', place: other }) as const),
        },
      )
      .map((right): CheckedComparison => ({
        kind: 'comparison',
        left,
        operator,
        decorators: [],
        amount: null,
        right,
        pointer: '',
      })),
  )

const { condition } = fc.letrec<{ condition: CheckedCondition }>((tie) => ({
  condition: fc.oneof(
    { depthSize: 'medium', maxDepth: 4 },
    comparison,
    fc.record({
      kind: fc.constantFrom('all', 'any'),
      conditions: fc.array(tie('condition'), { minLength: 1, maxLength: 5 }),
    }),
    fc.record({ kind: fc.constant('not'), condition: tie('condition') }),
  ),
}))

const ruleOf = (one: CheckedCondition, index: number): CheckedRule => ({
  name: `rule-${index}`,
  priority: 1,
  condition: one,
  table: null,
  row: null,
  from: 'test@1.0.0',
  event: {
    type: 'timing',
    params: {
      remindAfterBusinessHours: [],
      escalateAfterBusinessHours: null,
      overdueAfterBusinessHours: 1,
      because: 'x',
    },
  },
  json: { name: `rule-${index}`, conditions: { condition: 'x' }, event: { type: 'x' } } as never,
})

const value = fc.constantFrom(...hostile)
const facts = fc.record(
  {
    discrepancy: fc.oneof(
      { weight: 5, arbitrary: fc.record({ kind: value, percent: value }, { requiredKeys: [] }) },
      value,
    ),
    line: fc.oneof(
      {
        weight: 5,
        arbitrary: fc.record({ item: fc.oneof(fc.record({ category: value }), value) }),
      },
      value,
    ),
    item: fc.oneof(
      {
        weight: 3,
        arbitrary: fc.record({
          attributes: fc.oneof(fc.record({ toString: value }), fc.constant({})),
        }),
      },
      { weight: 1, arbitrary: fc.array(value) },
      value,
    ),
  },
  { requiredKeys: [] },
)

/** What a condition means, word for word. */
const means = (one: CheckedCondition, given: Readonly<Record<string, unknown>>): boolean => {
  switch (one.kind) {
    case 'comparison':
      return testOf(one)(
        readPlace(one.left, given),
        one.right.kind === 'constant' ? one.right.value : readPlace(one.right.place, given),
      )
    case 'not':
      return !means(one.condition, given)
    case 'all':
      return one.conditions.every((part) => means(part, given))
    case 'any':
      return one.conditions.some((part) => means(part, given))
  }
}

const expectAlike = (
  rules: readonly CheckedRule[],
  given: Readonly<Record<string, unknown>>,
): void => {
  const expected = rules.flatMap((rule, number) => (means(rule.condition, given) ? [number] : []))
  const program = makeProgram(rules)
  const slots = roomFor(program)
  fireOn(program, given, slots)
  expect(firedNumbers(slots)).toEqual(expected)
  expect(firstFiredOn(program, given, slots)).toBe(expected[0] ?? null)
  fillSlots(program, given, slots)
  expect(firstFired(program, slots)).toBe(expected[0] ?? null)
  fire(program, slots)
  expect(firedNumbers(slots)).toEqual(expected)
}

describe('a program', () => {
  it('fires the rules whose conditions hold, whatever the facts are', () => {
    fc.assert(
      fc.property(
        fc.array(condition, { minLength: 1, maxLength: 6 }),
        fc.array(facts, { minLength: 1, maxLength: 4 }),
        (conditions, many) => {
          const rules = conditions.map(ruleOf)
          for (const given of many) expectAlike(rules, given)
        },
      ),
      { numRuns: 600 },
    )
  })

  it('fires the same rules of a large set, which it finds by their places', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.oneof(
            {
              weight: 8,
              arbitrary: fc
                .array(comparison, { minLength: 1, maxLength: 4 })
                .map((conditions) => ({ kind: 'all', conditions }) as const),
            },
            condition,
          ),
          { minLength: 40, maxLength: 150 },
        ),
        fc.array(facts, { minLength: 1, maxLength: 6 }),
        (conditions, many) => {
          const rules = conditions.map(ruleOf)
          for (const given of many) expectAlike(rules, given)
        },
      ),
      { numRuns: 30 },
    )
  })

  it('fires nothing where there are no rules', () => {
    expectAlike([], {})
  })
})
