import type { CheckedComparison, FactPlace } from '../evaluate/checked-rule.ts'
import { testOf } from '../evaluate/operators.ts'
import type { FactType } from '../facts/fact-type.ts'

/** What a comparison may answer where something is not there. */
export type AnswersWithout = {
  /** The fact, and the other fact it is compared with where that is no constant. */
  readonly sides: readonly SideAnswers[]
  /** Both facts are missing or null; nothing where one is a constant. */
  readonly both: ReadonlySet<boolean>
}

/** What a comparison may answer where one of its sides is not there. */
export type SideAnswers = {
  readonly side: 'fact' | 'value'
  readonly place: FactPlace
  /** It is missing or null, and the other side is there. */
  readonly missing: ReadonlySet<boolean>
  /** It is a list with nothing in it. Says nothing of a place that holds no list. */
  readonly empty: ReadonlySet<boolean>
}

const absent = [undefined, null]
const empty = [[]]

/**
 * Asks the comparison itself what it answers, so that no second table of answers can disagree with it.
 * Where one side is not there, no operator looks at what the other is, so one value will do for it.
 */
export const answersWithout = (comparison: CheckedComparison): AnswersWithout => {
  const { left, right } = comparison
  const test = testOf(comparison)
  const answers = (lefts: readonly unknown[], rights: readonly unknown[]): ReadonlySet<boolean> =>
    new Set(lefts.flatMap((one) => rights.map((other) => test(one, other))))
  if (right.kind === 'constant') {
    const value = [right.value]
    const fact = { missing: answers(absent, value), empty: answers(empty, value) }
    return { sides: [{ side: 'fact', place: left, ...fact }], both: new Set() }
  }
  const { place } = right
  const [one, other] = [valueOf(left.type), valueOf(place.type)]
  const fact = { missing: answers(absent, [other]), empty: answers(empty, [other, ...absent]) }
  const value = { missing: answers([one], absent), empty: answers([one, ...absent], empty) }
  return {
    sides: [
      { side: 'fact', place: left, ...fact },
      { side: 'value', place, ...value },
    ],
    both: answers(absent, absent),
  }
}

/** Something that is there: of a list, one with a member. */
const valueOf = (type: FactType): unknown =>
  type.kind === 'list' ? [valueOf(type.element.type)] : true
