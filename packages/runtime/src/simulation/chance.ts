/** Chances that a seed decides: the same seed gives the same ones in every run. */
export type Chance = {
  /** A whole number from 0 up to, but not including, `bound`. */
  readonly below: (bound: number) => number
  /** True with this probability, 0 to 1. */
  readonly happens: (probability: number) => boolean
  /** One of a list that is not empty. */
  readonly oneOf: <One>(list: readonly One[]) => One
}

/** The chances of a seed (mulberry32). */
export function chanceOf(seed: number): Chance {
  let state = seed >>> 0
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
  const below = (bound: number): number => Math.floor(next() * bound)
  return {
    below,
    happens: (probability) => next() < probability,
    oneOf: (list) => {
      const [one] = list.slice(below(list.length))
      if (one === undefined) throw new RangeError('an empty list has nothing to choose from')
      return one
    },
  }
}
