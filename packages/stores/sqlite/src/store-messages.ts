import type { Message } from '@counterfoil/core'
import type { Commit, SettledMessage } from '@counterfoil/runtime'
import type { NextPosition } from './commit-to-file.ts'
import type { Database } from './database.ts'
import { asText, momentOf, ownerOf, textOf } from './stored.ts'

/** Stores what became of messages, and queues new ones. */
export function storeMessages(
  database: Database,
  commit: Commit,
  nextPosition: NextPosition,
): void {
  for (const settled of commit.settled ?? []) settleMessage(database, settled, nextPosition)
  for (const message of commit.queue ?? []) {
    if (messageStatus(database, message) === null) {
      waitAs(database, message, { status: 'queued', position: nextPosition() })
    }
  }
  for (const message of commit.requeue ?? []) {
    if (messageStatus(database, message) === 'dead') {
      waitAs(database, message, { status: 'queued', position: nextPosition() })
    }
  }
}

/** Where a message of an aggregate is: applied, waiting in some way, or unknown. */
export function messageStatus(
  database: Database,
  { tenant, aggregate, id }: Pick<Message, 'tenant' | 'aggregate' | 'id'>,
): 'applied' | 'queued' | 'parked' | 'dead' | null {
  const owner = ownerOf(tenant, aggregate)
  const applied = database.get(
    'SELECT 1 FROM event WHERE tenant = ? AND kind = ? AND key = ? AND message_id = ?',
    ...owner,
    id,
  )
  if (applied !== undefined) return 'applied'
  const waiting = waitingRow(database, { tenant, aggregate, id })
  if (waiting === undefined) return null
  const status = textOf(waiting, 'status')
  return status === 'queued' || status === 'parked' ? status : 'dead'
}

function waitingRow(
  database: Database,
  { tenant, aggregate, id }: Pick<Message, 'tenant' | 'aggregate' | 'id'>,
) {
  return database.get(
    'SELECT status, position, parked_at FROM message WHERE tenant = ? AND kind = ? AND key = ? AND id = ?',
    ...ownerOf(tenant, aggregate),
    id,
  )
}

function settleMessage(
  database: Database,
  { message, outcome, at }: SettledMessage,
  nextPosition: NextPosition,
): void {
  if (outcome.kind === 'applied' || outcome.kind === 'duplicate') {
    database.run(
      'DELETE FROM message WHERE tenant = ? AND kind = ? AND key = ? AND id = ?',
      ...ownerOf(message.tenant, message.aggregate),
      message.id,
    )
    return
  }
  const before = waitingRow(database, message)
  const isParkedAlready = before !== undefined && textOf(before, 'status') === 'parked'
  waitAs(database, message, {
    status: outcome.kind,
    position: isParkedAlready ? Number(before['position']) : nextPosition(),
    ...(outcome.kind === 'parked' ? { reason: outcome.reason, sentence: outcome.sentence } : {}),
    parkedAt: isParkedAlready ? textOf(before, 'parked_at') : at,
  })
}

function waitAs(
  database: Database,
  message: Message,
  waiting: {
    readonly status: 'queued' | 'parked' | 'dead'
    readonly position: number
    readonly reason?: string
    readonly sentence?: string
    readonly parkedAt?: string
  },
): void {
  const { status, position, reason = '', sentence = '', parkedAt = '' } = waiting
  database.run(
    'INSERT OR REPLACE INTO message VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)',
    ...ownerOf(message.tenant, message.aggregate),
    message.id,
    status,
    position,
    reason,
    sentence,
    parkedAt,
    asText(message),
  )
}

/** Cancels timers as they were armed, then arms new ones. */
export function storeTimers(database: Database, commit: Commit): void {
  for (const { tenant, aggregate, timerId, armedVersion } of commit.timersCancelled ?? []) {
    database.run(
      'DELETE FROM timer WHERE tenant = ? AND kind = ? AND key = ? AND id = ? AND armed_version = ?',
      ...ownerOf(tenant, aggregate),
      timerId,
      armedVersion,
    )
  }
  for (const timer of commit.timersArmed ?? []) {
    database.run(
      'INSERT OR REPLACE INTO timer VALUES (?, ?, ?, ?, ?, ?, ?)',
      ...ownerOf(timer.tenant, timer.aggregate),
      timer.timerId,
      timer.armedVersion,
      momentOf(timer.dueAt),
      asText(timer),
    )
  }
}
