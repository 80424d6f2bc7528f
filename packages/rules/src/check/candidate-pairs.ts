/** One of many that are held against each other, with the values it needs at some places; none said: any. */
export type Candidate<One> = {
  readonly one: One
  /** The values of which one has to stand at a place. */
  readonly needs: ReadonlyMap<string, ReadonlySet<string>>
}

type Many<One> = readonly Candidate<One>[]

/** So few that sorting them by value saves nothing. */
const fewMax = 8

/**
 * Pairs that do not already need different values at one place. Instead of holding each against each, they are
 * laid out by the place most of them name, so that thousands of rows that differ in a supplier or a class never
 * meet. A pair may come twice.
 */
export const candidatePairs = function* <One>(
  many: Many<One>,
  done: readonly string[] = [],
): Generator<readonly [One, One]> {
  const place = many.length <= fewMax ? null : commonestPlace(many, done)
  if (place === null) {
    for (const [index, first] of many.entries()) {
      for (let at = index + 1; at < many.length; at += 1) {
        const second = many[at]
        if (second !== undefined) yield [first.one, second.one]
      }
    }
    return
  }
  const { byValue, some, free } = layOut(many, place)
  const known = [...done, place]
  for (const group of byValue.values()) yield* candidatePairs(group, known)
  yield* candidatePairs(free, known)
  yield* pairsBetween(free, some, known)
}

/** The same of two groups: pairs of one from each. */
export const pairsBetween = function* <One>(
  left: Many<One>,
  right: Many<One>,
  done: readonly string[] = [],
): Generator<readonly [One, One]> {
  if (left.length === 0 || right.length === 0) return
  const isFew = left.length <= fewMax && right.length <= fewMax
  const place = isFew ? null : commonestPlace([...left, ...right], done)
  if (place === null) {
    for (const first of left) for (const second of right) yield [first.one, second.one]
    return
  }
  const [a, b] = [layOut(left, place), layOut(right, place)]
  const known = [...done, place]
  for (const [value, group] of a.byValue) {
    yield* pairsBetween(group, b.byValue.get(value) ?? [], known)
  }
  yield* pairsBetween(a.free, right, known)
  yield* pairsBetween(a.some, b.free, known)
}

const commonestPlace = <One>(many: Many<One>, done: readonly string[]): string | null => {
  const counts = new Map<string, number>()
  for (const { needs } of many) {
    for (const place of needs.keys()) counts.set(place, (counts.get(place) ?? 0) + 1)
  }
  let best: string | null = null
  for (const [place, count] of counts) {
    if (!done.includes(place) && count > (best === null ? 0 : (counts.get(best) ?? 0))) best = place
  }
  return best
}

const layOut = <One>(many: Many<One>, place: string) => {
  const byValue = new Map<string, Candidate<One>[]>()
  const free: Candidate<One>[] = []
  const some: Candidate<One>[] = []
  for (const candidate of many) {
    const values = candidate.needs.get(place)
    ;(values === undefined ? free : some).push(candidate)
    for (const value of values ?? []) {
      const group = byValue.get(value)
      if (group === undefined) byValue.set(value, [candidate])
      else group.push(candidate)
    }
  }
  return { byValue, some, free }
}
