import type { Counts } from './simulation.ts'

/** Counts how often names come up before and after. */
export type BothCounter = {
  readonly count: (before: readonly string[], after: readonly string[]) => void
  /** In order of the names. */
  readonly counts: () => Readonly<Record<string, Counts>>
}

/** A counter that has counted nothing yet. */
export const countBoth = (): BothCounter => {
  const counts = new Map<string, Counts>()
  const add = (name: string, one: Counts): void => {
    const known = counts.get(name) ?? { before: 0, after: 0 }
    counts.set(name, { before: known.before + one.before, after: known.after + one.after })
  }
  return {
    count: (before, after) => {
      for (const name of before) add(name, { before: 1, after: 0 })
      for (const name of after) add(name, { before: 0, after: 1 })
    },
    counts: () => Object.fromEntries([...counts].toSorted(([a], [b]) => (a < b ? -1 : 1))),
  }
}
