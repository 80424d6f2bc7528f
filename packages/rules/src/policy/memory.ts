import type { FactPlace } from '../evaluate/checked-rule.ts'

/** How many answers a question keeps before it starts anew. */
export const answersMax = 2_000

type Shelf<Answer> = { readonly next: Map<unknown, Shelf<Answer>>; answer: Answer | undefined }

/** Stands for any record in a key: rules ask of a whole record only whether it is there. */
const anyRecord: unique symbol = Symbol('record')

/**
 * Keeps the answers of a question by the values its rules read, so that the lines of an invoice, which
 * mostly differ in nothing a rule looks at, are answered once. `answer` must depend on those values
 * alone. Nothing is kept of a question that reads amounts, numbers or days, which rarely come twice.
 */
export const makeMemory = <Answer>(
  places: readonly FactPlace[],
  answer: () => Answer,
): ((values: readonly unknown[]) => Answer) => {
  if (places.some(({ type }) => ['decimal', 'number', 'date'].includes(type.kind))) return answer
  const isRecord = places.map(({ type }) => type.kind === 'record')
  let root: Shelf<Answer> = { next: new Map(), answer: undefined }
  let kept = 0
  return (values) => {
    const shelf = findShelf(root, values, isRecord)
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

/** The shelf for those values, put up where there is none; null where a value is a list. */
const findShelf = <Answer>(
  root: Shelf<Answer>,
  values: readonly unknown[],
  isRecord: readonly boolean[],
): Shelf<Answer> | null => {
  let shelf = root
  for (const [index, value] of values.entries()) {
    const isObject = typeof value === 'object' && value !== null
    if (isObject && (isRecord[index] !== true || Array.isArray(value))) return null
    const key = isObject ? anyRecord : value
    let next = shelf.next.get(key)
    if (next === undefined) {
      next = { next: new Map(), answer: undefined }
      shelf.next.set(key, next)
    }
    shelf = next
  }
  return shelf
}
