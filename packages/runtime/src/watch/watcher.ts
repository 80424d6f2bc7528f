import { type AggregateReference, CounterfoilError } from '@counterfoil/core'
import type { Conductor, createConductor } from '../decide/conduct.ts'
import type { Draft, DraftedPiece } from '../decide/draft.ts'
import type { Writer } from '../decide/writer.ts'
import type { Store } from '../store/store.ts'
import { createOrigins } from './origin.ts'
import type { Telemetry, Watch, WatchedWork, WorkFacts } from './telemetry.ts'
import { watchedConductor } from './watched-conductor.ts'

/** Work on a draft, decided by the conductor it is given. */
export type WatchedJob<Answer> = (draft: Draft, conductor: Conductor) => Promise<Answer>

/** What is told of finished work, and which aggregates it concerned. */
export type Finished = WorkFacts & { readonly aggregates?: readonly AggregateReference[] }

/** Lets work be watched where somebody wants to; where nobody does, it is simply done. */
export type Watcher = {
  /** Submits a job and watches it until its answer is durable. */
  readonly submit: <Answer>(
    work: () => WatchedWork,
    job: WatchedJob<Answer>,
    finishedOf: (answer: Answer) => Finished,
  ) => Promise<Answer>
  /** Watches a part of a job that was submitted with others. `aggregates` are those a new trace is tied to. */
  readonly within: <Answer>(
    work: () => WatchedWork,
    draft: Draft,
    job: WatchedJob<Answer>,
    aggregates?: readonly AggregateReference[],
  ) => Promise<Answer>
  /** Watches work outside, whose results are submitted by `submit` of the watch it is given. */
  readonly outside: <Answer extends string>(
    work: () => WatchedWork,
    carryOut: (watched: {
      readonly traceparent: string | undefined
      readonly submit: <Stored>(job: (draft: Draft) => Promise<Stored>) => Promise<Stored>
    }) => Promise<Answer>,
  ) => Promise<Answer>
}

/** A watcher for telemetry, or for nobody. */
export function createWatcher(
  parts: Parameters<typeof createConductor>[0],
  {
    telemetry,
    store,
    writer,
    conductor,
  }: {
    readonly telemetry: Telemetry | undefined
    readonly store: Store
    readonly writer: Writer
    readonly conductor: Conductor
  },
): Watcher {
  if (telemetry === undefined) {
    return {
      submit: (_work, job) => writer.submit((draft) => job(draft, conductor)),
      within: (_work, draft, job) => job(draft, conductor),
      outside: (_work, carryOut) => carryOut({ traceparent: undefined, submit: writer.submit }),
    }
  }
  const origins = createOrigins(store)
  const decide = async <Answer>(watch: Watch, draft: Draft, job: WatchedJob<Answer>) => {
    const before = draft.pieces.length
    const answer = await job(draft, watchedConductor(parts, watch))
    stamp(draft, before, watch.traceparent)
    return answer
  }
  // The answer does not wait for it, and work that was done is not undone for want of a link.
  const finish = async (watch: Watch, tenant: string, { aggregates = [], ...facts }: Finished) => {
    const found = await origins.of(tenant, aggregates).catch(() => [])
    for (const origin of found) if (origin !== watch.traceparent) watch.link(origin)
    watch.end(facts)
  }
  return {
    submit: async (work, job, finishedOf) => {
      const watched = work()
      const watch = telemetry.begin(watched)
      let stored = (): void => undefined
      try {
        const answer = await writer.submit(async (draft) => {
          const decided = await decide(watch, draft, job)
          stored()
          stored = watch.begin('audit.append', { auditEntries: entriesIn(draft) })
          return decided
        })
        stored()
        void finish(watch, watched.facts.tenant ?? '', finishedOf(answer))
        return answer
      } catch (error) {
        stored()
        watch.end({ error: codeOf(error) })
        throw error
      }
    },
    within: async (work, draft, job, aggregates = []) => {
      const watched = work()
      const watch = telemetry.begin(watched)
      try {
        const answer = await decide(watch, draft, job)
        void finish(watch, watched.facts.tenant ?? '', { aggregates })
        return answer
      } catch (error) {
        watch.end({ error: codeOf(error) })
        throw error
      }
    },
    outside: async (work, carryOut) => {
      const watch = telemetry.begin(work())
      try {
        const answer = await carryOut({
          traceparent: watch.traceparent,
          submit: (job) => writer.submit((draft) => decide(watch, draft, job)),
        })
        watch.end({ outcome: answer })
        return answer
      } catch (error) {
        watch.end({ error: codeOf(error) })
        throw error
      }
    },
  }
}

/** The code of an error; its sentence may quote a document. */
function codeOf(error: unknown): string {
  return CounterfoilError.is(error) ? error.code : 'UNKNOWN'
}

function entriesIn({ pieces }: Draft): number {
  return pieces.reduce((sum, { audit = [] }) => sum + audit.length, 0)
}

/** Lets what the work asks for, and what it took in, carry its trace. */
function stamp(draft: Draft, from: number, traceparent: string | undefined): void {
  if (traceparent === undefined) return
  const added = draft.pieces.splice(from)
  draft.pieces.push(...added.map((piece) => stamped(piece, traceparent)))
}

function stamped(piece: DraftedPiece, traceparent: string): DraftedPiece {
  const { effects, queue, documents } = piece
  return {
    ...piece,
    ...(effects !== undefined && { effects: effects.map((one) => ({ ...one, traceparent })) }),
    ...(queue !== undefined && { queue: queue.map((one) => ({ ...one, traceparent })) }),
    ...(documents !== undefined && {
      documents: documents.map((one) => ({ ...one, traceparent })),
    }),
  }
}
