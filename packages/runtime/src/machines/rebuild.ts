import { type AggregateState, CounterfoilError } from '@counterfoil/core'
import { eventFaults } from '../audit/chain-faults.ts'
import { type Draft, loadInDraft, putInDraft } from '../decide/draft.ts'
import type { Writer } from '../decide/writer.ts'
import type { LeftWork } from '../runtime.ts'
import { isTombstone } from '../retention/tombstone.ts'
import { aggregateText } from '../store/aggregate-text.ts'
import { pagesOf } from '../store/pages-of.ts'
import type { Store } from '../store/store.ts'
import type { StoredState } from '../store/stored-records.ts'
import { isSameStamp } from './machine-stamp.ts'
import { isNotTaken, type Machines } from './machines.ts'
import { isSameState, replayerOf, replayStored } from './replay-stored.ts'
import { auditOf, eventsOf } from './stored-events.ts'

/** What a rebuild found and did. */
export type RebuildReport = {
  /** States whose lists were written anew. */
  readonly rebuilt: number
  /** Of these, states that were taken over from another machine. */
  readonly takenOver: number
  /** Of these, states that were not what their events lead to, and are now. */
  readonly corrected: readonly Pick<StoredState, 'tenant' | 'reference'>[]
  /** What was purged: there is nothing to work it out from, and it stays as it is. */
  readonly purged: number
  /**
   * States that stay as they are, because nothing is known here of the machine that made them, or because their events are not
   * what the audit log says happened: then check the books.
   */
  readonly left: readonly LeftWork[]
}

/** What a rebuild works on. */
export type Rebuilding = {
  readonly store: Store
  readonly writer: Writer
  readonly machines: Machines
}

const statesPerPage = 50

/**
 * Works every state and list out again from the stored events, one aggregate after another, while others are served: each is
 * stored as a decision is, and decided anew when something happened to it meanwhile. Events and audit entries stay as they are,
 * and nothing is worked out from an event that its audit chain does not hold.
 */
export async function rebuild(work: Rebuilding): Promise<RebuildReport> {
  let report: RebuildReport = { rebuilt: 0, takenOver: 0, corrected: [], purged: 0, left: [] }
  for await (const page of pagesOf((asked) => work.store.states(asked), statesPerPage)) {
    const done = await Promise.all(page.map((stored) => rebuildOne(work, stored)))
    for (const one of done) report = reported(report, one)
  }
  return report
}

type Rebuilt = Pick<StoredState, 'tenant' | 'reference'> &
  (
    | { readonly kind: 'same' | 'taken-over' | 'corrected' | 'purged' }
    | { readonly kind: 'left'; readonly sentence: string }
  )

async function rebuildOne(
  work: Rebuilding,
  { tenant, reference, state: found }: StoredState,
): Promise<Rebuilt> {
  const about = { tenant, reference }
  try {
    const kind = await work.writer.submit(async (draft) => {
      const { aggregate } = await loadInDraft(draft, { ...about, messageId: '' })
      const { state } = aggregate
      if (state === null) return 'same'
      if (isTombstone(state)) return 'purged'
      const rebuilt = await replayed(work, draft, about, state)
      putInDraft(draft, { ...aggregate, state: rebuilt, isRebuilt: true })
      if (!isSameStamp(rebuilt.machine, found.machine)) return 'taken-over'
      return isSameState(rebuilt, state) ? 'same' : 'corrected'
    })
    return { ...about, kind }
  } catch (error) {
    if (!isNotTaken(error) && !isBroken(error)) throw error
    return { ...about, kind: 'left', sentence: error.message }
  }
}

const isBroken = (error: unknown): error is CounterfoilError =>
  CounterfoilError.is(error) && error.code === 'AUDIT_CHAIN_BROKEN'

/** The state its events lead to; one that was mapped from another machine stays, because its events do not. */
async function replayed(
  { machines }: Rebuilding,
  { store }: Draft,
  { tenant, reference }: Pick<StoredState, 'tenant' | 'reference'>,
  state: AggregateState,
): Promise<AggregateState> {
  const replayer = replayerOf(machines, reference, state)
  if (!replayer.isMaker) return state
  // What was decided since the state was read is decided anew with it.
  const stored = await eventsOf(store, { tenant, aggregates: [reference] })
  const events = stored.slice(0, state.sequence)
  const audit = await auditOf(store, { tenant, aggregate: reference })
  const entries = [...audit.values()].flat().slice(0, state.sequence)
  const [fault] = eventFaults({ aggregate: aggregateText(reference), entries, events })
  if (fault !== undefined) {
    const [now] = await store.load([{ tenant, reference, messageIds: [] }])
    // What was purged between the reads is overtaken, and found purged when it is read again.
    if (now?.state?.sequence !== state.sequence) return state
    throw new CounterfoilError('AUDIT_CHAIN_BROKEN', fault)
  }
  return replayStored(replayer, reference, events, audit)
}

function reported(report: RebuildReport, one: Rebuilt): RebuildReport {
  const { tenant, reference } = one
  if (one.kind === 'left') {
    const { sentence } = one
    return { ...report, left: [...report.left, { tenant, aggregate: reference, sentence }] }
  }
  if (one.kind === 'purged') return { ...report, purged: report.purged + 1 }
  return {
    ...report,
    rebuilt: report.rebuilt + 1,
    takenOver: report.takenOver + (one.kind === 'taken-over' ? 1 : 0),
    corrected:
      one.kind === 'corrected' ? [...report.corrected, { tenant, reference }] : report.corrected,
  }
}
