import type { AggregateReference, AggregateState } from '@counterfoil/core'
import { TenantId } from '@counterfoil/core'
import type {
  KnownMessage,
  LoadedAggregate,
  ParkedMessage,
  RecentStates,
  Timer,
} from '@counterfoil/runtime'
import type { SqlRow } from './connection.ts'
import type { Database } from './database.ts'
import { markOf, readState } from './recent-in-file.ts'
import { messageStatus } from './store-messages.ts'
import { bodyOf, ownerOf, textOf } from './stored.ts'

type LoadRequest = {
  readonly tenant: string
  readonly reference: AggregateReference
  readonly messageIds: readonly string[]
}

/** Aggregates with their waiting messages and timers, all as they are at one moment. */
export function readAggregates(
  database: Database,
  recent: RecentStates,
  requests: readonly LoadRequest[],
): readonly LoadedAggregate[] {
  return database.transaction('read', () => {
    const mark = markOf(database)
    return requests.map((request) =>
      readAggregate(database, request, readState(database, recent, { ...request, mark })),
    )
  })
}

function readAggregate(
  database: Database,
  request: LoadRequest,
  state: AggregateState | null,
): LoadedAggregate {
  const { reference } = request
  const owner = ownerOf(request.tenant, reference)
  const parked = database.all(
    "SELECT body, reason, sentence, parked_at FROM message WHERE tenant = ? AND kind = ? AND key = ? AND status = 'parked' ORDER BY position",
    ...owner,
  )
  const timers = database.all(
    'SELECT body FROM timer WHERE tenant = ? AND kind = ? AND key = ? ORDER BY due, id',
    ...owner,
  )
  const tenant = TenantId.parse(request.tenant)
  return {
    reference,
    state,
    known: request.messageIds.flatMap((messageId): KnownMessage[] => {
      const status = messageStatus(database, { tenant, aggregate: reference, id: messageId })
      return status === null ? [] : [{ messageId, status }]
    }),
    parked: parked.map(parkedOf),
    timers: timers.map(bodyOf<Timer>),
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
