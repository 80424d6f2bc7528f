import type { EvaluablePlace } from '../evaluate/evaluable-rule-set.ts'

/** How many answers a question keeps before it starts anew. */
export const answersMax = 2_000

type Shelf<Answer> = { readonly next: Map<unknown, Shelf<Answer>>; answer: Answer | undefined }

/** Stands for any record in a key: rules ask of a whole record only whether it is there. */
const anyRecord: unique symbol = Symbol('record')

/** What may stand at a place, as far as it matters for a key. */
type KeyKind = 'plain' | 'record' | 'seldom-twice'

/**
 * Keeps the answers of a question by the values its rules read, so that the lines of an invoice, which
 * mostly differ in nothing a rule looks at, are answered once. `answer` must depend on those values
 * alone. Nothing is kept where an amount, a number or a day is read, which rarely comes twice; where
 * the facts have none at that place, the answer is kept like any other.
 */
export const makeMemory = <Answer>(
  places: readonly EvaluablePlace[],
  answer: () => Answer,
): ((values: readonly unknown[]) => Answer) => {
  const kinds = places.map(keyKindOf)
  let root: Shelf<Answer> = { next: new Map(), answer: undefined }
  let kept = 0
  return (values) => {
    const shelf = findShelf(root, values, kinds)
    if (shelf === null) return answer()
    if (shelf.answer !== undefined) return shelf.answer
    if (kept >= answersMax) {
      root = { next: new Map(), answer: undefined }
      kept = 0
      return answer()
    }
    kept += 1
    shelf.answer = answer()
    return shelf.answer
  }
}

const keyKindOf = ({ type }: EvaluablePlace): KeyKind => {
  if (type.kind === 'record') return 'record'
  return ['decimal', 'number', 'date'].includes(type.kind) ? 'seldom-twice' : 'plain'
}

/** The shelf for those values, put up where there is none; null where nothing is kept for them. */
const findShelf = <Answer>(
  root: Shelf<Answer>,
  values: readonly unknown[],
  kinds: readonly KeyKind[],
): Shelf<Answer> | null => {
  if (values.some((value, index) => isSeldomTwice(value, kinds[index]))) return null
  let shelf = root
  for (let index = 0; index < values.length; index += 1) {
    const value = values[index]
    const key = typeof value === 'object' && value !== null ? anyRecord : value
    let next = shelf.next.get(key)
    if (next === undefined) {
      next = { next: new Map(), answer: undefined }
      shelf.next.set(key, next)
    }
    shelf = next
  }
  return shelf
}

/** Amounts, numbers, days and lists; of a record only its being there counts. */
const isSeldomTwice = (value: unknown, kind: KeyKind | undefined): boolean => {
  if (value === undefined || value === null) return false
  if (kind === 'seldom-twice') return true
  return typeof value === 'object' && (kind !== 'record' || Array.isArray(value))
}
