import type { Commit, CommitAnswer } from '@counterfoil/runtime'

/** The answer to a commit, or what went wrong with it alone. */
export type CommitFate = CommitAnswer | { readonly kind: 'failed'; readonly error: unknown }

type Entry = {
  readonly commit: Commit
  readonly resolve: (answer: CommitAnswer) => void
  readonly reject: (error: unknown) => void
}

/**
 * Commits one after another, and what came in meanwhile together: nobody waits for others to come, and a busy store
 * waits for the disk once for many. Each has its own answer. What a whole group throws, all of it is given.
 */
export function createCommitter(
  commitAll: (commits: readonly Commit[]) => Promise<readonly CommitFate[]>,
  groupMax: number,
): {
  readonly commit: (commit: Commit) => Promise<CommitAnswer>
  /** Resolves when everything handed over so far is answered. */
  readonly settle: () => Promise<void>
} {
  const waiting: Entry[] = []
  let running: Promise<void> | null = null

  const commitGroup = async (group: readonly Entry[]): Promise<void> => {
    try {
      const fates = await commitAll(group.map(({ commit }) => commit))
      for (const [index, { resolve, reject }] of group.entries()) {
        const fate = fates[index]
        if (fate === undefined || fate.kind === 'failed') reject(fate?.error)
        else resolve(fate)
      }
    } catch (error) {
      for (const { reject } of group) reject(error)
    }
  }
  const drain = async (): Promise<void> => {
    while (waiting.length > 0) await commitGroup(waiting.splice(0, sizeOfNext(waiting, groupMax)))
    running = null
  }
  return {
    commit: (commit) =>
      new Promise((resolve, reject) => {
        waiting.push({ commit, resolve, reject })
        running ??= drain()
      }),
    settle: async () => {
      while (running !== null) await running
    },
  }
}

// What is purged may not wait for anything, and what others of a group leave waiting is not known before they are stored.
function sizeOfNext(waiting: readonly Entry[], groupMax: number): number {
  const first = waiting.slice(0, groupMax).findIndex(({ commit }) => isPurging(commit))
  if (first < 0) return groupMax
  return Math.max(first, 1)
}

const isPurging = ({ purged = [] }: Commit): boolean => purged.length > 0
