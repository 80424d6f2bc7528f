import type { CheckedComparison, FactPlace } from '../evaluate/checked-rule.ts'
import { testOf } from '../evaluate/operators.ts'
import type { FactType } from '../facts/fact-type.ts'

/** What a comparison may answer where something is not there. */
export type AnswersWithout = {
  /** The fact is missing or null. */
  readonly fact: ReadonlySet<boolean>
  /** The other fact it is compared with is missing or null; nothing where it is a constant. */
  readonly value: ReadonlySet<boolean>
  readonly both: ReadonlySet<boolean>
  /** The fact is a list with nothing in it; nothing where it is no list. */
  readonly emptyFact: ReadonlySet<boolean>
  readonly emptyValue: ReadonlySet<boolean>
}

const absent = [undefined, null]

/**
 * Asks the comparison itself what it answers, so that no second table of answers can disagree with it.
 * Where one side is not there, no operator looks at what the other is, so one value of each kind will do.
 */
export const answersWithout = (comparison: CheckedComparison): AnswersWithout => {
  const { left, right } = comparison
  const test = testOf(comparison)
  const answers = (lefts: readonly unknown[], rights: readonly unknown[]): ReadonlySet<boolean> =>
    new Set(lefts.flatMap((one) => rights.map((other) => test(one, other))))
  const fact = [sampleOf(left.type)]
  if (right.kind === 'constant') {
    const value = [right.value]
    const none: ReadonlySet<boolean> = new Set()
    return {
      fact: answers(absent, value),
      value: none,
      both: none,
      emptyFact: answers(emptyOf(left), value),
      emptyValue: none,
    }
  }
  const value = [sampleOf(right.place.type)]
  return {
    fact: answers(absent, value),
    value: answers(fact, absent),
    both: answers(absent, absent),
    emptyFact: answers(emptyOf(left), [...value, ...absent]),
    emptyValue: answers([...fact, ...absent], emptyOf(right.place)),
  }
}

const emptyOf = ({ type }: FactPlace): readonly unknown[] => (type.kind === 'list' ? [[]] : [])

const sampleOf = (type: FactType): unknown => {
  switch (type.kind) {
    case 'text':
      return 'some text'
    case 'decimal':
      return '1'
    case 'date':
      return '2026-01-01'
    case 'number':
      return 1
    case 'boolean':
      return true
    case 'list':
      return [sampleOf(type.element.type)]
    case 'record':
      return {}
  }
}
