import { compareExact, type Exact, subtractExact } from '@counterfoil/core'
import type { CheckedComparison, FactPlace } from '../evaluate/checked-rule.ts'
import { limitsOfComparison } from './limits-of-comparison.ts'
import { inRisingOrder, nextTo, type NumberLine, numberLineOf, stepOf } from './number-line.ts'

/** A comparison that looks at a place, from which side, and what stands on the other. */
export type Look = {
  readonly comparison: CheckedComparison
  readonly side: 'left' | 'right'
  readonly other: unknown
}

/** The end of a stretch of values, and whether the end itself belongs to it. */
export type Border = { readonly value: string | number; readonly isInclusive: boolean }

/** A value worth trying at a place. */
export type Candidate = {
  /** `undefined` takes the value away. */
  readonly value: unknown
  /** Where the stretch of values begins that the rules cannot tell from this one; null off the number line. */
  readonly border: Border | null
  /** The value one smallest step nearer to what was seen, which the rules tell from this one. */
  readonly refused: string | number | null
}

/** Candidates in one direction from what was seen, nearest first. */
export type Walk = {
  readonly goes: 'up' | 'down' | 'elsewhere'
  readonly candidates: readonly Candidate[]
}

/**
 * The values worth trying at a place, from the rules alone: every limit, and the value next to it, for numbers and
 * days; for text and lists what the rules name, and one thing they do not; and no value where there may be none.
 */
export const candidateValues = (
  place: FactPlace,
  seen: unknown,
  looks: readonly Look[],
): readonly Walk[] => {
  const line = numberLineOf(place.type)
  const isTakeable = place.missable.includes(place.text) && seen !== undefined && seen !== null
  const gone: readonly Candidate[] = isTakeable ? [plain(undefined)] : []
  if (line === null) {
    return [{ goes: 'elsewhere', candidates: [...otherValues(place, seen, looks), ...gone] }]
  }
  const limits = inRisingOrder(
    looks.flatMap(({ comparison, side, other }) =>
      limitsOfComparison(comparison, { side, other, line }),
    ),
  )
  const walks = walksFrom(line.read(seen), limits, line)
  return [...walks, { goes: 'elsewhere', candidates: gone }]
}

const plain = (value: unknown): Candidate => ({ value, border: null, refused: null })

const walksFrom = (
  seen: Exact | null,
  limits: readonly Exact[],
  line: NumberLine,
): readonly Walk[] => {
  const step = stepOf(seen === null ? limits : [...limits, seen])
  const isWhole = line.kind === 'date' || (line.kind === 'number' && step.scale === 0)
  const room = { line, step, isWhole }
  if (seen !== null) {
    const below = limits.filter((one) => compareExact(one, seen) <= 0).toReversed()
    const above = limits.filter((one) => compareExact(one, seen) >= 0)
    return [
      { goes: 'down', candidates: walkAlong(seen, below, 'down', room) },
      { goes: 'up', candidates: walkAlong(seen, above, 'up', room) },
    ]
  }
  // Nothing was seen, so nothing is nearer: every stretch is tried once, and no border is claimed.
  const [first] = limits
  if (first === undefined) return []
  const start = subtractExact(first, step)
  const all = [start, ...walkAlong(start, limits, 'up', room).map(({ value }) => line.read(value))]
  const values = all.flatMap((one) => (one === null ? [] : [line.write(one)]))
  return [{ goes: 'elsewhere', candidates: values.map(plain) }]
}

type Room = { readonly line: NumberLine; readonly step: Exact; readonly isWhole: boolean }

/** Each limit on the way and the value beyond it. A limit that was itself seen is only stepped over. */
const walkAlong = (
  seen: Exact,
  limits: readonly Exact[],
  goes: 'up' | 'down',
  { line, step, isWhole }: Room,
): readonly Candidate[] =>
  limits.flatMap((limit, index) => {
    const back = goes === 'up' ? 'down' : 'up'
    const before = limits[index - 1] ?? seen
    const isSeen = compareExact(limit, seen) === 0
    const nearer = nextTo(limit, back, { end: before, step, isWhole }) ?? before
    const beyond = nextTo(limit, goes, { end: limits[index + 1] ?? null, step, isWhole })
    const value = line.write(limit)
    if (value === null) return []
    const onIt = { value, border: { value, isInclusive: true }, refused: line.write(nearer) }
    const written = beyond === null ? null : line.write(beyond)
    const past = { value: written, border: { value, isInclusive: false }, refused: value }
    return [...(isSeen ? [] : [onIt]), ...(written === null ? [] : [past])]
  })

const otherValues = (
  place: FactPlace,
  seen: unknown,
  looks: readonly Look[],
): readonly Candidate[] => {
  const named = namedValues(looks)
  const values = valuesByType(place, seen, named)
  const different = new Map(values.map((value) => [JSON.stringify(value), value]))
  different.delete(JSON.stringify(seen))
  return [...different.values()].map(plain)
}

const valuesByType = (
  place: FactPlace,
  seen: unknown,
  named: readonly unknown[],
): readonly unknown[] => {
  switch (place.type.kind) {
    case 'boolean':
      return [true, false]
    case 'text': {
      const texts = named.filter((one) => typeof one === 'string')
      return [...texts, somethingElse(place.type.values, texts, seen)]
    }
    case 'list': {
      const members: readonly unknown[] = Array.isArray(seen) ? seen : []
      return [
        ...named.filter((one) => !members.includes(one)).map((one) => [...members, one]),
        ...named
          .filter((one) => members.includes(one))
          .map((one) => members.filter((member) => member !== one)),
        ...named.map((one) => [one]),
        [],
      ]
    }
    case 'record':
      return typeof seen === 'object' && seen !== null ? [] : [{}]
    case 'decimal':
    case 'number':
    case 'date':
      return []
  }
}

// What a pattern names is tried as the shortest text that fits it.
const namedValues = (looks: readonly Look[]): readonly unknown[] =>
  looks.flatMap(({ comparison, other }) => {
    const values: readonly unknown[] = Array.isArray(other) ? other : [other]
    const operator: string = comparison.operator
    return operator === 'matches-pattern'
      ? values.map((one) =>
          typeof one === 'string' ? one.replaceAll('*', '').replaceAll('?', 'x') : one,
        )
      : values
  })

/** A text that no rule names: one of those that are possible, or one made up. */
const somethingElse = (
  possible: readonly string[] | null,
  named: readonly string[],
  seen: unknown,
): string => {
  const isFree = (text: string): boolean => text !== seen && !named.includes(text)
  const found = possible?.find(isFree)
  if (possible !== null) return found ?? possible[0] ?? ''
  let text = 'something else'
  while (!isFree(text)) text = `${text} else`
  return text
}

/** How far a value is from what was seen; null where that has no measure. */
export const distanceBetween = (place: FactPlace, seen: unknown, value: unknown): Exact | null => {
  const line = numberLineOf(place.type)
  const [from, to] = [line?.read(seen) ?? null, line?.read(value) ?? null]
  if (from === null || to === null) return null
  return compareExact(from, to) < 0 ? subtractExact(to, from) : subtractExact(from, to)
}
