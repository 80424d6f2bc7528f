import { setTimeout as pause } from 'node:timers/promises'
import type pg from 'pg'
import type { Clerk, Effect } from './clerk.ts'
import type { Desk, Place } from './desk.ts'
import { openOrderBooks, type OrderBooks } from './order-books.ts'

const effectsAtOnce = 64
const idleMilliseconds = 5

/**
 * A transaction a document under the lock of its order's row, and a poller that takes what is in the outbox past rows that
 * others hold, and carries it out. Keeps no order of effects, tries nothing again.
 */
export function openRowLockDesk(place: Place, clerk: Clerk): Desk {
  const books = openOrderBooks(place, { clerk, withOutbox: true })
  let isClosed = false
  const poll = async (): Promise<void> => {
    while (!isClosed) if ((await carryOut(books, clerk)) === 0) await pause(idleMilliseconds)
  }
  const polling = poll()
  return {
    take: async (delivery) => {
      await books.take(delivery)
    },
    close: async () => {
      isClosed = true
      await polling
      await books.pool.end()
    },
  }
}

/** Carries out what waits longest; gives how many effects that were. */
async function carryOut(books: OrderBooks, clerk: Clerk): Promise<number> {
  const client = await books.pool.connect()
  try {
    const [, { rows }] = await Promise.all([
      client.query('BEGIN'),
      client.query<Waiting>({ name: 'take', text: take, values: [effectsAtOnce] }),
    ])
    // Here the systems would be asked; these take everything.
    if (clerk.carriedOut !== null) await enterAnswers(books, rows)
    await Promise.all([
      client.query({ name: 'done', text: done, values: [rows.map(({ position }) => position)] }),
      client.query('COMMIT'),
    ])
    return rows.length
  } finally {
    client.release()
  }
}

type Waiting = Effect &
  pg.QueryResultRow & { readonly position: string; readonly order_number: string }

async function enterAnswers(books: OrderBooks, rows: readonly Waiting[]): Promise<void> {
  // Only records are answered; people are only told.
  const records = rows.filter(({ destination }) => destination !== 'people')
  const orders = Map.groupBy(records, ({ order_number: orderNumber }) => orderNumber)
  await Promise.all([...orders].map(([orderNumber, own]) => books.carriedOut(orderNumber, own)))
}

const take = `SELECT position, key, order_number, destination, body::text FROM outbox
  WHERE NOT is_done ORDER BY position LIMIT $1 FOR UPDATE SKIP LOCKED`
const done = 'UPDATE outbox SET is_done = true WHERE position = ANY ($1::bigint[])'
