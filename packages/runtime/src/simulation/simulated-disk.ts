import { createMemoryStore } from '../memory-store/memory-store.ts'
import type { Commit, CommitAnswer } from '../store/commit.ts'
import type { ClaimRequest, Store } from '../store/store.ts'
import type { ClaimedEffect } from '../store/stored-records.ts'
import type { Chance } from './chance.ts'

/** One write: a whole transaction. */
type Written = { readonly commit: Commit } | { readonly claim: ClaimRequest }

/**
 * A disk with a log on it and the store that reads from it. What was written is seen at once, and survives a process
 * that is killed; only what was synced survives a power cut. Of the rest a part may, in the order of writing.
 */
export type SimulatedDisk = {
  /** Reads only: writes go through `write`. */
  readonly store: () => Store
  readonly commit: (commit: Commit) => Promise<CommitAnswer>
  readonly claim: (request: ClaimRequest) => Promise<readonly ClaimedEffect[]>
  readonly sync: () => void
  readonly cutPower: () => Promise<void>
}

/** An empty disk. */
export function createDisk(chance: Chance): SimulatedDisk {
  let log: Written[] = []
  let syncedCount = 0
  let store = createMemoryStore()
  return {
    store: () => store,
    commit: async (commit) => {
      const answer = await store.commit(commit)
      if (answer.kind === 'committed') log.push({ commit })
      return answer
    },
    claim: async (request) => {
      const claimed = await store.claimEffects(request)
      if (claimed.length > 0) log.push({ claim: request })
      return claimed
    },
    sync: () => {
      syncedCount = log.length
    },
    cutPower: async () => {
      log = log.slice(0, syncedCount + chance.below(log.length - syncedCount + 1))
      syncedCount = log.length
      store = createMemoryStore()
      for (const written of log) {
        await ('commit' in written
          ? store.commit(written.commit)
          : store.claimEffects(written.claim))
      }
    },
  }
}
