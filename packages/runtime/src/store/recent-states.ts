import type { AggregateState } from '@counterfoil/core'

/**
 * The states a store read or wrote last, so that a burst about one aggregate reads its state once. A cache and nothing
 * else: whoever keeps one makes sure that nothing is given which is no longer what is stored.
 */
export type RecentStates = {
  /** What is kept by that key, under whichever mark. */
  readonly find: (key: string) => RecentState | undefined
  /** `characters` is the length of the state as JSON; one longer than the whole allowance is not kept. */
  readonly keep: (key: string, kept: RecentState) => void
  readonly clear: () => void
}

/** A state, how long it is as JSON, and the mark that says what it was when it was stored. */
export type RecentState = {
  readonly mark: string
  readonly state: AggregateState
  readonly characters: number
}

/** What a store keeps: the states of some hundred orders. */
const charactersKept = 4_000_000

/** Keeps states of so many characters of JSON in all; the one not asked for longest goes first. */
export function createRecentStates(charactersMax: number = charactersKept): RecentStates {
  const byKey = new Map<string, RecentState>()
  let characters = 0
  const drop = (key: string): RecentState | undefined => {
    const dropped = byKey.get(key)
    characters -= dropped?.characters ?? 0
    byKey.delete(key)
    return dropped
  }
  const put = (key: string, kept: RecentState): void => {
    byKey.set(key, kept)
    characters += kept.characters
  }
  return {
    find: (key) => {
      const found = drop(key)
      if (found !== undefined) put(key, found)
      return found
    },
    keep: (key, kept) => {
      drop(key)
      if (kept.characters > charactersMax) return
      put(key, kept)
      for (const oldest of byKey.keys()) {
        if (characters <= charactersMax) break
        drop(oldest)
      }
    },
    clear: () => {
      byKey.clear()
      characters = 0
    },
  }
}
