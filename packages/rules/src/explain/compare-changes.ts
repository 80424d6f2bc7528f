import { absoluteExact, compareExact, multiplyExact, type Exact } from '@counterfoil/core'
import { distanceBetween } from './candidate-values.ts'
import type { MadeChange } from './counterfactual.ts'
import { numberLineOf } from './number-line.ts'

/**
 * Which of two changes is the smaller. A number changed comes before a day, a day before any other value, and
 * taking a value away comes last; numbers by the change relative to what was seen, days by the days.
 */
export const compareChanges = (a: MadeChange, b: MadeChange): number => {
  const [classOfA, classOfB] = [classOf(a), classOf(b)]
  if (classOfA !== classOfB) return classOfA - classOfB
  const [far, further] = [sizeOf(a), sizeOf(b)]
  if (far === null || further === null) return 0
  // a / seenA against b / seenB, multiplied out.
  return compareExact(
    multiplyExact(far.distance, further.base),
    multiplyExact(further.distance, far.base),
  )
}

const classOf = ({ place, seen, value }: MadeChange): number => {
  if (value === undefined) return 3
  if (distanceBetween(place, seen, value) === null) return 2
  return place.type.kind === 'date' ? 1 : 0
}

type Size = { readonly distance: Exact; readonly base: Exact }

const one: Exact = { mantissa: 1, scale: 0 }

const sizeOf = ({ place, seen, value }: MadeChange): Size | null => {
  const distance = distanceBetween(place, seen, value)
  const base = numberLineOf(place.type)?.read(seen) ?? null
  if (distance === null || base === null) return null
  return {
    distance,
    base: place.type.kind === 'date' || base.mantissa === 0 ? one : absoluteExact(base),
  }
}
