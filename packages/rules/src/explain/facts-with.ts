import type { PolicyFacts } from '@counterfoil/core'
import type { FactPlace } from '../evaluate/checked-rule.ts'
import type { FactStep } from '../facts/fact-path.ts'

/**
 * The facts with one place changed; `undefined` takes the value away. What was given is left as it is, and
 * what is missing on the way to the place is put there.
 */
export const factsWith = (facts: PolicyFacts, place: FactPlace, value: unknown): PolicyFacts => ({
  ...facts,
  [place.fact]: valueWith(facts[place.fact], place.steps, value),
})

const valueWith = (
  whole: unknown,
  [step, ...rest]: readonly FactStep[],
  value: unknown,
): unknown => {
  if (step === undefined) return value
  const part = typeof whole === 'object' && whole !== null ? whole : {}
  if (Array.isArray(part) && typeof step === 'number') {
    const members: readonly unknown[] = part
    const member = valueWith(members[step], rest, value)
    return step < members.length ? members.with(step, member) : [...members, member]
  }
  const inside: unknown = Object.hasOwn(part, step) ? Reflect.get(part, step) : undefined
  return { ...part, [step]: valueWith(inside, rest, value) }
}
