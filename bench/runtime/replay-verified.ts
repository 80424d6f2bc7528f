import { createHash } from 'node:crypto'
import { DatabaseSync } from 'node:sqlite'
import {
  type AggregateReference,
  type AuditEntry,
  type DomainEvent,
  agreementAggregate,
  invoiceAggregate,
  orderAggregate,
  shipmentAggregate,
  verifyAuditChain,
} from '@counterfoil/core'
import { auditEventBreak } from '@counterfoil/core/audit'
import { createSqliteStore } from '@counterfoil/store-sqlite'
import { print, say } from '../print.ts'
import { race } from '../race.ts'
import { withNewFiles } from './books.ts'
import { runLives } from './run-lives.ts'

const orders = 40

/**
 * Reading every event of the books with its audit entries, checking each hash of every chain and of every event, and working
 * all states out again, beside reading the same texts and hashing them.
 */
export async function benchReplayVerified(): Promise<void> {
  await withNewFiles(async (newFile) => {
    const file = newFile()
    const store = createSqliteStore({ file })
    await runLives(store, { orders })
    await store.close()
    const database = new DatabaseSync(file, { readOnly: true })
    const replayed = replayVerified(database)
    const stored = database.prepare('SELECT count(*) AS count FROM aggregate').get()
    if (replayed.aggregates !== stored?.['count']) throw new Error('an aggregate was not replayed')
    console.log(
      `${replayed.events} events of ${orders} orders on SQLite, with ${replayed.entries} audit entries`,
    )
    const laps = await race(
      [
        {
          name: 'their texts read and hashed',
          operations: replayed.events,
          run: () => hashTexts(database),
        },
        {
          name: 'Counterfoil: read, chains verified, states worked out',
          operations: replayed.events,
          run: () => void replayVerified(database),
        },
      ],
      7,
    )
    print(laps, 'hashing')
    say('speed of reading and hashing', -1 / (laps[1]?.ratio ?? Number.NaN), -0.25)
    database.close()
  })
}

const everyEvent = 'SELECT body FROM event ORDER BY tenant, kind, key, sequence'
const everyEntry = 'SELECT body FROM audit ORDER BY tenant, kind, key, sequence'

function textsOf(database: DatabaseSync, sql: string): readonly string[] {
  return database
    .prepare(sql)
    .all()
    .map(({ body }) => String(body))
}

function hashTexts(database: DatabaseSync): void {
  for (const sql of [everyEvent, everyEntry]) {
    for (const text of textsOf(database, sql)) createHash('sha256').update(text).digest('hex')
  }
}

function replayVerified(database: DatabaseSync): {
  readonly events: number
  readonly entries: number
  readonly aggregates: number
} {
  const entries = textsOf(database, everyEntry).map((text): AuditEntry => JSON.parse(text))
  const broken = verifyAuditChain(entries)
  if (broken !== null) throw new Error(broken.sentence)
  const events = textsOf(database, everyEvent).map((text): DomainEvent => JSON.parse(text))
  if (events.length !== entries.length) throw new Error('an event has no audit entry')
  // Both in the order of aggregates and of their numbers.
  for (const [index, event] of events.entries()) {
    const entry = entries[index]
    const changed = entry === undefined ? 'an entry is missing' : auditEventBreak(entry, event)
    if (changed !== null) throw new Error(changed)
  }
  const histories = Map.groupBy(events, ({ aggregate: { kind, key } }) => `${kind}:${key}`)
  for (const history of histories.values()) {
    const [first] = history
    if (first !== undefined) replay(first.aggregate, history)
  }
  return { events: events.length, entries: entries.length, aggregates: histories.size }
}

function replay({ kind, key }: AggregateReference, events: readonly DomainEvent[]): unknown {
  switch (kind) {
    case 'order':
      return orderAggregate.replay(key, events)
    case 'shipment':
      return shipmentAggregate.replay(key, events)
    case 'invoice':
      return invoiceAggregate.replay(key, events)
    case 'agreement':
      return agreementAggregate.replay(key, events)
  }
}
