import type { AggregateReference, AggregateState } from '@counterfoil/core'
import { TenantId } from '@counterfoil/core'
import type { KnownMessage, LoadedAggregate, ParkedMessage, Timer } from '@counterfoil/runtime'
import type { SqlRow } from './connection.ts'
import type { Database } from './database.ts'
import { messageStatus } from './store-messages.ts'
import { bodyOf, ownerOf, textOf } from './stored.ts'

/** One aggregate with its waiting messages and timers. */
export function readAggregate(
  database: Database,
  request: {
    readonly tenant: string
    readonly reference: AggregateReference
    readonly messageIds: readonly string[]
  },
): LoadedAggregate {
  const { reference } = request
  const owner = ownerOf(request.tenant, reference)
  const state = database.get(
    'SELECT body FROM aggregate WHERE tenant = ? AND kind = ? AND key = ?',
    ...owner,
  )
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
    state: state === undefined ? null : bodyOf<AggregateState>(state),
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
