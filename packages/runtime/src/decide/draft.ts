import { type AggregateReference, type AggregateState, joinKey } from '@counterfoil/core'
import { aggregateText } from '../store/aggregate-text.ts'
import type { Commit } from '../store/commit.ts'
import { mergeCommits } from '../store/merge-commits.ts'
import type { Store } from '../store/store.ts'
import type {
  AnsweredCommand,
  AnsweredDelivery,
  KnownDocument,
  KnownMessage,
  LoadedAggregate,
  ParkedMessage,
  Timer,
  ViewRow,
} from '../store/stored-records.ts'

/** An aggregate as it will stand once the draft is committed. */
export type DraftedAggregate = {
  readonly tenant: string
  readonly reference: AggregateReference
  /** The version and the timers the store has. */
  readonly versionBefore: number
  readonly timersBefore: ReadonlyMap<string, Timer>
  /** Ids of the messages that were parked. */
  readonly parkedBefore: readonly string[]
  readonly state: AggregateState | null
  /** The state and what the lists show of it are stored anew, though nothing has happened. */
  readonly isRebuilt?: boolean
  readonly parked: readonly ParkedMessage[]
  readonly timers: ReadonlyMap<string, Timer>
  /** Message ids settled by this draft. */
  readonly known: ReadonlyMap<string, KnownMessage['status'] | null>
}

/** What is added to a draft piece by piece; states and timers are kept by aggregate instead. */
export type DraftedPiece = Omit<Commit, 'basis' | 'aggregates' | 'timersArmed' | 'timersCancelled'>

/**
 * The next commit, while it is being put together. Reading through it gives what the store would give once it is
 * committed. A fork can be thrown away, so that one failed document leaves no trace in the batch it came in.
 */
export type Draft = {
  readonly store: Store
  readonly parent: Draft | null
  readonly aggregates: Map<string, DraftedAggregate>
  readonly pieces: DraftedPiece[]
  /** Aggregates as they were read, for this draft and all its forks: each is read once, however often it is asked for. */
  readonly read: Map<string, ReadAggregate>
}

/** An aggregate as the store has it, and where some messages were at the same moment; null for one nobody knows. */
type ReadAggregate = {
  readonly aggregate: DraftedAggregate
  readonly known: ReadonlyMap<string, KnownMessage['status'] | null>
}

/** An empty draft over a store. */
export function startDraft(store: Store): Draft {
  return { store, parent: null, aggregates: new Map(), pieces: [], read: new Map() }
}

/** A draft over another; nothing of it counts before it is absorbed. */
export function forkDraft(parent: Draft): Draft {
  const { store, read } = parent
  return { store, parent, aggregates: new Map(), pieces: [], read }
}

/** Takes over what a fork decided. */
export function absorbFork(draft: Draft, fork: Draft): void {
  for (const [owner, aggregate] of fork.aggregates) draft.aggregates.set(owner, aggregate)
  draft.pieces.push(...fork.pieces)
}

/** An aggregate as the draft leaves it, and where a message with that id is. */
export async function loadInDraft(
  draft: Draft,
  wanted: {
    readonly tenant: string
    readonly reference: AggregateReference
    readonly messageId: string
  },
): Promise<{
  readonly aggregate: DraftedAggregate
  readonly known: KnownMessage['status'] | null
}> {
  const { messageId } = wanted
  const owner = ownerOf(wanted.tenant, wanted.reference)
  const drafted = findAggregate(draft, owner)
  const settled = drafted?.known.get(messageId)
  if (drafted !== undefined && settled !== undefined) return { aggregate: drafted, known: settled }
  const found = draft.read.get(owner)
  const read = found?.known.has(messageId) ? found : await readAgain()
  return { aggregate: drafted ?? read.aggregate, known: read.known.get(messageId) ?? null }

  // Asked together with the messages before, so that all of it was true at one moment.
  async function readAgain(): Promise<ReadAggregate> {
    const { tenant, reference } = wanted
    const messageIds = [...(found?.known.keys() ?? []), messageId]
    const [only] = await readAhead(draft, [{ tenant, reference, messageIds }])
    return only ?? readOf({ tenant, reference, messageIds }, undefined)
  }
}

/** An aggregate, and the messages it is going to be told. */
export type WantedAggregate = {
  readonly tenant: string
  readonly reference: AggregateReference
  readonly messageIds: readonly string[]
}

/** Reads aggregates for all the messages they are going to be told, all of them at once. */
export async function readAhead(
  draft: Draft,
  wanted: readonly WantedAggregate[],
): Promise<readonly ReadAggregate[]> {
  const loaded = await draft.store.load(wanted)
  return wanted.map((one, index) => {
    const read = readOf(one, loaded[index])
    draft.read.set(ownerOf(one.tenant, one.reference), read)
    return read
  })
}

function readOf(
  { tenant, reference, messageIds }: WantedAggregate,
  loaded: LoadedAggregate | undefined,
): ReadAggregate {
  const statuses = new Map(loaded?.known.map(({ messageId, status }) => [messageId, status]))
  const timers = new Map((loaded?.timers ?? []).map((timer) => [timer.timerId, timer]))
  return {
    aggregate: {
      tenant,
      reference,
      versionBefore: loaded?.state?.sequence ?? 0,
      timersBefore: timers,
      parkedBefore: (loaded?.parked ?? []).map((parked) => parked.message.id),
      state: loaded?.state ?? null,
      parked: loaded?.parked ?? [],
      timers,
      known: new Map(),
    },
    known: new Map(messageIds.map((messageId) => [messageId, statuses.get(messageId) ?? null])),
  }
}

/** Puts an aggregate into the draft as it now stands. */
export function putInDraft(draft: Draft, aggregate: DraftedAggregate): void {
  draft.aggregates.set(ownerOf(aggregate.tenant, aggregate.reference), aggregate)
}

/** The answer given to a delivery, in the store or in this draft. */
export async function deliveryInDraft(
  draft: Draft,
  request: { readonly tenant: string; readonly deliveryKey: string },
): Promise<AnsweredDelivery | null> {
  const drafted = findInPieces(draft, (piece) =>
    piece.deliveries?.find(
      (one) => one.tenant === request.tenant && one.deliveryKey === request.deliveryKey,
    ),
  )
  return drafted ?? draft.store.delivery(request)
}

/** What was taken in under a document key, in the store and in this draft. */
export async function documentsInDraft(
  draft: Draft,
  request: { readonly tenant: string; readonly documentKey: string },
): Promise<readonly KnownDocument[]> {
  const drafted = piecesOf(draft)
    .flatMap((piece) => piece.documents ?? [])
    .filter((one) => one.tenant === request.tenant && one.documentKey === request.documentKey)
  return [...(await draft.store.documents(request)), ...drafted]
}

/** The answer given to a command, in the store or in this draft. */
export async function commandInDraft(
  draft: Draft,
  request: { readonly tenant: string; readonly idempotencyKey: string },
): Promise<AnsweredCommand | null> {
  const drafted = findInPieces(draft, (piece) =>
    piece.commands?.find(
      (one) => one.tenant === request.tenant && one.idempotencyKey === request.idempotencyKey,
    ),
  )
  return drafted ?? draft.store.command(request)
}

/** The finished commit. `rowsOf` says what the work queues show of a changed aggregate. */
export function finishDraft(
  draft: Draft,
  rowsOf: (reference: AggregateReference, state: AggregateState) => readonly ViewRow[],
): Commit {
  return mergeCommits([...draft.pieces, ...[...draft.aggregates.values()].map(changeOf)])

  function changeOf(aggregate: DraftedAggregate): Commit {
    const { tenant, reference, versionBefore, timersBefore, parkedBefore, state, timers } =
      aggregate
    const isChanged =
      state !== null && (state.sequence !== versionBefore || aggregate.isRebuilt === true)
    return {
      basis: [{ tenant, reference, version: versionBefore, parked: parkedBefore }],
      aggregates: isChanged ? [{ tenant, reference, versionBefore, state }] : [],
      rows: isChanged
        ? [
            {
              tenant,
              source: aggregateText(reference),
              aggregate: reference,
              rows: rowsOf(reference, state),
            },
          ]
        : [],
      timersCancelled: [...timersBefore.values()].filter(({ timerId }) => !timers.has(timerId)),
      timersArmed: [...timers.values()].filter(
        (timer) => timersBefore.get(timer.timerId) !== timer,
      ),
    }
  }
}

function findAggregate(draft: Draft, owner: string): DraftedAggregate | undefined {
  return (
    draft.aggregates.get(owner) ??
    (draft.parent === null ? undefined : findAggregate(draft.parent, owner))
  )
}

// A batch asks for each of its documents, so nothing is put together only to be looked through.
function findInPieces<Found>(
  draft: Draft,
  look: (piece: DraftedPiece) => Found | undefined,
): Found | undefined {
  for (const piece of draft.pieces) {
    const found = look(piece)
    if (found !== undefined) return found
  }
  return draft.parent === null ? undefined : findInPieces(draft.parent, look)
}

function piecesOf(draft: Draft): readonly DraftedPiece[] {
  return draft.parent === null ? draft.pieces : [...piecesOf(draft.parent), ...draft.pieces]
}

function ownerOf(tenant: string, reference: AggregateReference): string {
  return joinKey([tenant, aggregateText(reference)])
}
