import { CounterfoilError } from '@counterfoil/core'
import { isEmptyCommit } from '../store/merge-commits.ts'
import type { Store } from '../store/store.ts'
import type { Conductor } from './conduct.ts'
import {
  absorbFork,
  type Draft,
  finishDraft,
  forkDraft,
  readAhead,
  startDraft,
  type WantedAggregate,
} from './draft.ts'

/** One piece of work: reads and writes through its draft and gives an answer, which counts once the draft is committed. */
export type Job<Answer> = (draft: Draft) => Promise<Answer>

/**
 * Does all work of a runtime, one piece after another, and commits whatever is waiting together: nobody waits for a
 * batch to fill, and a busy store is asked once for many.
 */
export type Writer = {
  /**
   * Resolves when the answer is durable. Rejects when the work threw or could not be stored; then nothing of it is. What it
   * is sure to read can be named, so that the store is asked once for a whole batch.
   */
  readonly submit: <Answer>(job: Job<Answer>, reads?: readonly WantedAggregate[]) => Promise<Answer>
  /** Resolves when everything submitted so far is answered. */
  readonly settle: () => Promise<void>
}

type Entry = {
  readonly reads: readonly WantedAggregate[]
  /** Does the work and gives what tells its submitter. */
  readonly attempt: (draft: Draft) => Promise<() => void>
  readonly reject: (error: unknown) => void
}

/** A writer over a store. */
export function createWriter({
  store,
  conductor,
  batchMax,
  conflictRetriesMax,
}: {
  readonly store: Store
  readonly conductor: Conductor
  readonly batchMax: number
  readonly conflictRetriesMax: number
}): Writer {
  const waiting: Entry[] = []
  let running: Promise<void> | null = null

  return {
    submit: (job, reads = []) =>
      new Promise((resolve, reject) => {
        waiting.push({
          reads,
          attempt: async (draft) => {
            const answer = await job(draft)
            return () => resolve(answer)
          },
          reject,
        })
        running ??= drain()
      }),
    settle: async () => {
      while (running !== null) await running
    },
  }

  async function drain(): Promise<void> {
    // What is submitted in the same turn belongs to the same batch.
    await Promise.resolve()
    while (waiting.length > 0) await commitBatch(waiting.splice(0, batchMax))
    running = null
  }

  async function commitBatch(batch: readonly Entry[]): Promise<void> {
    for (let attempt = 0; attempt <= conflictRetriesMax; attempt += 1) {
      const draft = startDraft(store)
      const tellSubmitters = await attemptAll(batch, draft)
      const outcome = await commitDraft(draft)
      if (outcome.kind === 'committed') {
        for (const tell of tellSubmitters) tell()
        return
      }
      if (outcome.kind === 'failed') return failBatch(batch, outcome.error)
    }
    await failBatch(batch, overtaken(conflictRetriesMax))
  }

  async function attemptAll(
    batch: readonly Entry[],
    draft: Draft,
  ): Promise<readonly (() => void)[]> {
    await readForAll(batch, draft)
    const tellSubmitters: (() => void)[] = []
    for (const entry of batch) {
      const fork = forkDraft(draft)
      try {
        tellSubmitters.push(await entry.attempt(fork))
        absorbFork(draft, fork)
      } catch (error) {
        tellSubmitters.push(() => entry.reject(error))
      }
    }
    return tellSubmitters
  }

  /** Where it cannot be read, each piece of work finds out by itself. */
  async function readForAll(batch: readonly Entry[], draft: Draft): Promise<void> {
    const reads = batch.flatMap((entry) => entry.reads)
    if (reads.length > 0) await readAhead(draft, reads).catch(() => undefined)
  }

  async function commitDraft(
    draft: Draft,
  ): Promise<
    | { readonly kind: 'committed' | 'conflict' }
    | { readonly kind: 'failed'; readonly error: unknown }
  > {
    try {
      const commit = finishDraft(draft, conductor.rowsOf)
      return isEmptyCommit(commit) ? { kind: 'committed' } : await store.commit(commit)
    } catch (error) {
      return { kind: 'failed', error }
    }
  }

  // One piece of work that cannot be stored must not take its neighbours with it.
  async function failBatch(batch: readonly Entry[], error: unknown): Promise<void> {
    if (batch.length === 1 || (CounterfoilError.is(error) && error.retryable)) {
      for (const entry of batch) entry.reject(error)
      return
    }
    for (const entry of batch) await commitBatch([entry])
  }
}

function overtaken(retries: number): CounterfoilError {
  return new CounterfoilError(
    'STORE_CONFLICT',
    `other writers were faster \`${retries + 1}\` times in a row: try again`,
    { retryable: true },
  )
}
