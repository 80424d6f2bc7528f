/** Chooses a whole number from zero up to, but not including, the one given; the same again for the same seed. */
export type Chance = (below: number) => number

/** A chance that is decided by a seed: mulberry32. */
export const chanceOf = (seed: number): Chance => {
  let state = seed >>> 0
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296) * below)
  }
}

/** One of several. */
export const oneOf = <One>(chance: Chance, all: readonly One[]): One => {
  const one = all[chance(all.length)]
  if (one === undefined && all.length === 0) throw new Error('nothing to choose from')
  return one as One
}

/** True one time in so many. */
export const oneTimeIn = (chance: Chance, times: number): boolean => chance(times) === 0

/** Some of several, at least one, in their order. */
export const someOf = <One>(chance: Chance, all: readonly One[]): readonly One[] => {
  const some = all.filter(() => oneTimeIn(chance, 2))
  return some.length === 0 ? [oneOf(chance, all)] : some
}
