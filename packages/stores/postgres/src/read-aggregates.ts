import type { AggregateReference, AggregateState } from '@counterfoil/core'
import type {
  KnownMessage,
  LoadedAggregate,
  ParkedMessage,
  RecentState,
  RecentStates,
  Timer,
} from '@counterfoil/runtime'
import { batchOf } from './batch.ts'
import type { Query } from './connections.ts'
import { keepRead, markOfRow, recentKey } from './recent-in-tables.ts'
import { bodyOf, numberOf, type SqlRow, storable, textOf } from './stored.ts'

/** What is asked about one aggregate. */
export type LoadRequest = {
  readonly tenant: string
  readonly reference: AggregateReference
  readonly messageIds: readonly string[]
}

// `at` is the request's place in the list: what is found is given back to it.
type Asked = LoadRequest & { readonly at: number; readonly known: RecentState | undefined }
type AskedMessage = Asked & { readonly id: string }
const asked = {
  at: ['integer', ({ at }: Asked) => at],
  tenant: ['text', ({ tenant }: Asked) => storable(tenant)],
  kind: ['text', ({ reference }: Asked) => reference.kind],
  key: ['text', ({ reference }: Asked) => storable(reference.key)],
} as const
const owner = '(tenant, kind, key)'

// A state that is still the one in memory stays where it is: its body is neither unpacked nor sent.
const askStates = batchOf<Asked>(
  { ...asked, mark: ['text', ({ known }) => known?.mark ?? null] },
  (_names, rows) =>
    `SELECT at, mark, CASE WHEN mark = given_mark THEN NULL ELSE body END AS body
     FROM (SELECT at, given.mark AS given_mark, ${markOfRow} AS mark, body
       FROM ${rows} JOIN aggregate USING ${owner}) AS found`,
)
const askParked = batchOf<Asked>(
  asked,
  (_names, rows) =>
    `SELECT at, body, reason, sentence, parked_at FROM ${rows} JOIN message USING ${owner}
     WHERE status = 'parked' ORDER BY position`,
)
const askTimers = batchOf<Asked>(
  asked,
  (_names, rows) => `SELECT at, body FROM ${rows} JOIN timer USING ${owner} ORDER BY due, timer.id`,
)
const askKnown = batchOf<AskedMessage>(
  { ...asked, id: ['text', ({ id }) => storable(id)] },
  (_names, rows) =>
    `SELECT at, given.id, CASE WHEN e.id IS NULL THEN m.status ELSE 'applied' END AS status
     FROM ${rows}
     LEFT JOIN event e ON e.tenant = given.tenant AND e.kind = given.kind AND e.key = given.key
       AND e.message_id = given.id
     LEFT JOIN message m ON m.tenant = given.tenant AND m.kind = given.kind AND m.key = given.key
       AND m.id = given.id
     WHERE e.id IS NOT NULL OR m.id IS NOT NULL`,
)

/** The statements that load aggregates, and how their answers are put together. */
export function loadQueries(
  requests: readonly LoadRequest[],
  recent: RecentStates,
): {
  readonly queries: readonly Query[]
  readonly loadedFrom: (answers: readonly (readonly SqlRow[])[]) => readonly LoadedAggregate[]
} {
  const all = requests.map((request, at): Asked => {
    const known = recent.find(recentKey(request.tenant, request.reference))
    return { ...request, at, known }
  })
  const messages = all.flatMap((one) => one.messageIds.map((id) => ({ ...one, id })))
  return {
    queries: [...askStates(all), ...askParked(all), ...askTimers(all), ...askKnown(messages)],
    loadedFrom: ([states = [], parked = [], timers = [], known = []]) => {
      const of = [states, parked, timers, known].map(byRequest)
      return all.map(({ tenant, reference, at, known: kept }): LoadedAggregate => {
        const [ownStates, ownParked, ownTimers, ownKnown] = of.map((rows) => rows.get(at) ?? [])
        const [state] = ownStates ?? []
        return {
          reference,
          state: state === undefined ? null : stateFrom(state, kept, { tenant, reference }),
          known: (ownKnown ?? []).map(knownOf),
          parked: (ownParked ?? []).map(parkedOf),
          timers: (ownTimers ?? []).map(bodyOf<Timer>),
        }
      })
    },
  }

  function stateFrom(
    row: SqlRow,
    kept: RecentState | undefined,
    { tenant, reference }: Pick<LoadRequest, 'tenant' | 'reference'>,
  ): AggregateState {
    const isKept = kept !== undefined && kept.mark === row['mark']
    return isKept ? kept.state : keepRead(recent, recentKey(tenant, reference), row)
  }
}

function byRequest(rows: readonly SqlRow[]): ReadonlyMap<number, readonly SqlRow[]> {
  return Map.groupBy(rows, (row) => numberOf(row, 'at'))
}

function knownOf(row: SqlRow): KnownMessage {
  const status = textOf(row, 'status')
  return {
    messageId: textOf(row, 'id'),
    status: status === 'applied' || status === 'queued' || status === 'parked' ? status : 'dead',
  }
}

/** A parked message as stored. */
export function parkedOf(row: SqlRow): ParkedMessage {
  return {
    message: bodyOf(row),
    reason: textOf(row, 'reason'),
    sentence: textOf(row, 'sentence'),
    parkedAt: textOf(row, 'parked_at'),
  }
}
