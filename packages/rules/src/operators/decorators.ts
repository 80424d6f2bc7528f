import type { Test } from './operator.ts'

const decorate = {
  someFact:
    (next: Test): Test =>
    (left, right) =>
      Array.isArray(left) && left.some((one: unknown) => next(one, right)),
  everyFact:
    (next: Test): Test =>
    (left, right) =>
      Array.isArray(left) && left.every((one: unknown) => next(one, right)),
  someValue:
    (next: Test): Test =>
    (left, right) =>
      Array.isArray(right) && right.some((one: unknown) => next(left, one)),
  everyValue:
    (next: Test): Test =>
    (left, right) =>
      Array.isArray(right) && right.every((one: unknown) => next(left, one)),
  swap:
    (next: Test): Test =>
    (left, right) =>
      next(right, left),
  not:
    (next: Test): Test =>
    (left, right) =>
      !next(left, right),
} as const satisfies Readonly<Record<DecoratorName, (next: Test) => Test>>

/** json-rules-engine's own decorators, which change what an operator is applied to. */
export type DecoratorName = 'someFact' | 'everyFact' | 'someValue' | 'everyValue' | 'swap' | 'not'

/** Every decorator a rule may write before an operator. */
export const decoratorNames: readonly DecoratorName[] = [
  'someFact',
  'everyFact',
  'someValue',
  'everyValue',
  'swap',
  'not',
]

/** True for the name of a decorator. */
export const isDecoratorName = (name: string): name is DecoratorName =>
  Object.hasOwn(decorate, name)

/** The test with decorators around it, outermost first. Where no list is, nothing in it holds. */
export const decorated = (test: Test, decorators: readonly DecoratorName[]): Test =>
  decorators.reduceRight((next, name) => decorate[name](next), test)

/** Which sides of a comparison its decorators look through member by member. */
export const sidesLookedThrough = (
  decorators: readonly DecoratorName[],
): ReadonlySet<'fact' | 'value'> => {
  const sides = new Set<'fact' | 'value'>()
  let isSwapped = false
  for (const decorator of decorators) {
    switch (decorator) {
      case 'someFact':
      case 'everyFact':
        sides.add(isSwapped ? 'value' : 'fact')
        break
      case 'someValue':
      case 'everyValue':
        sides.add(isSwapped ? 'fact' : 'value')
        break
      case 'swap':
        isSwapped = !isSwapped
        break
      case 'not':
        break
    }
  }
  return sides
}
