import { joinKey } from '@counterfoil/core'
import { type Backlog, type StoreStanding, takenOftenMin, type Waiting } from '../store/backlog.ts'
import { compareKeys } from './in-order.ts'
import { allTimers, momentOf } from './memory-reads.ts'
import type { MemoryTables, WaitingMessage } from './memory-tables.ts'

/** The work that waits for a process. */
export function backlogOfTables(tables: MemoryTables): Backlog {
  const unsent = [...tables.effects.values()]
    .filter(({ record }) => record.state === 'waiting')
    .toSorted((a, b) => a.position - b.position)
  const lanes = Map.groupBy(unsent, ({ record: { tenant, destination } }) =>
    joinKey([tenant, destination]),
  )
  return {
    queued: inOrder(messagesThat(tables, 'queued'), ({ message }) => message.receivedAt),
    effects: [...lanes.values()]
      .flatMap((lane) => {
        const [first] = lane
        if (first === undefined) return []
        const { tenant, destination } = first.record
        return [{ tenant, destination, ...inOrder(lane, ({ record }) => record.decidedAt) }]
      })
      .toSorted((a, b) => compareKeys([a.tenant, a.destination], [b.tenant, b.destination])),
  }
}

/** What waits for time and for people. */
export function standingOfTables(tables: MemoryTables, now: string): StoreStanding {
  const due = [...allTimers(tables)]
    .filter(({ dueAt }) => momentOf(dueAt) <= momentOf(now))
    .toSorted((a, b) => momentOf(a.dueAt) - momentOf(b.dueAt))
  const takenOften = [...tables.effects.values()].filter(
    ({ record }) => record.state === 'waiting' && record.attempts >= takenOftenMin,
  )
  const deadLetters = [...tables.deadLetters.values()].filter(
    ({ record }) => record.state === 'waiting',
  )
  const quarantined = [...tables.quarantined.values()].filter(
    ({ record }) => record.state === 'quarantined',
  )
  return {
    schema: null,
    share: null,
    timersLate: inOrder(due, ({ dueAt }) => dueAt),
    parked: inOrder(messagesThat(tables, 'parked'), ({ parkedAt }) => parkedAt),
    takenOften: inOrder(takenOften.toSorted(byPosition), ({ record }) => record.decidedAt),
    deadLetters: inOrder(deadLetters.toSorted(byPosition), ({ record }) => record.at),
    quarantined: inOrder(quarantined.toSorted(byPosition), ({ record }) => record.receivedAt),
  }
}

function messagesThat(
  tables: MemoryTables,
  status: WaitingMessage['status'],
): readonly WaitingMessage[] {
  return [...tables.messages.values()]
    .flatMap((messages) => [...messages.values()])
    .filter((message) => message.status === status)
    .toSorted(byPosition)
}

function byPosition(a: { readonly position: number }, b: { readonly position: number }): number {
  return a.position - b.position
}

function inOrder<One>(ones: readonly One[], sinceOf: (one: One) => string): Waiting {
  const [first] = ones
  return { count: ones.length, oldestAt: first === undefined ? null : sinceOf(first) }
}
