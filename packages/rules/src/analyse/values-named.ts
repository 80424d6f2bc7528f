import type { CheckedRule } from '../evaluate/checked-rule.ts'
import { boxesOf } from './box.ts'
import { coversRange, hasCell } from './cells.ts'
import type { Space } from './space.ts'

/** The values of a place a rule is for; null where it is for others too, or does not ask for the place. */
export const valuesNamed = (
  rule: Pick<CheckedRule, 'condition'>,
  place: string,
  space: Space,
): readonly string[] | null => {
  const index = space.axisOf.get(place)
  const axis = index === undefined ? undefined : space.axes[index]
  if (index === undefined || axis === undefined || axis.values.kind !== 'named') return null
  const { values } = axis.values
  const sets = boxesOf(rule.condition, space).boxes.map((box) => box[index] ?? null)
  const isForAny = sets.some(
    (set) =>
      set === null ||
      hasCell(set, 0) ||
      coversRange(set, 1, axis.size - 1) ||
      (set[set.length - 1] ?? 0) > values.length,
  )
  if (isForAny) return null
  return values
    .filter((_, at) => sets.some((set) => set !== null && hasCell(set, at + 1)))
    .map(String)
}
