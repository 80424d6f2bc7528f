import type { Envelope } from '@counterfoil/core'
import pg from 'pg'
import type { Clerk, Effect, Entry } from './clerk.ts'
import { documentOf, orderNumberOf, type Place } from './desk.ts'

/** The tables of whoever keeps orders by hand: a row an order with its book, what happened, and what is to be carried out. */
export const orderTables = `
CREATE TABLE purchase_order (number text PRIMARY KEY, book json NOT NULL) WITH (fillfactor = 80);
CREATE TABLE event (id text PRIMARY KEY, order_number text NOT NULL, body json NOT NULL);
CREATE TABLE outbox (
  position bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, key text NOT NULL UNIQUE, order_number text NOT NULL,
  destination text NOT NULL, body json NOT NULL, is_done boolean NOT NULL DEFAULT false
);
CREATE INDEX outbox_waiting ON outbox (position) WHERE NOT is_done;`

/** Books kept by hand under row locks: one transaction for each thing that happens, in two round trips. */
export type OrderBooks = {
  /** Gives the effects it led to. */
  readonly take: (delivery: Envelope) => Promise<readonly Effect[]>
  /** Enters that effects of one order were carried out. Gives what followed. */
  readonly carriedOut: (
    orderNumber: string,
    effects: readonly Effect[],
  ) => Promise<readonly Effect[]>
  readonly pool: pg.Pool
}

const connectionsMax = 16

/** Opens books; `withOutbox` puts effects into the outbox in the same transaction. */
export function openOrderBooks(
  { connectionString }: Place,
  { clerk, withOutbox }: { readonly clerk: Clerk; readonly withOutbox: boolean },
): OrderBooks {
  // Statements are sent without waiting for the answer of the one before, as the store does.
  const settings = { connectionString, max: connectionsMax, pipeline: true }
  const pool = new pg.Pool(settings)
  const enter = async (
    orderNumber: string,
    decide: (book: string | null) => Entry,
  ): Promise<readonly Effect[]> => {
    const client = await pool.connect()
    try {
      const [, found] = await Promise.all([
        client.query('BEGIN'),
        client.query({ name: 'lock', text: lock, values: [orderNumber] }),
      ])
      const { book, events, effects } = decide(found.rows[0]?.book ?? null)
      const kept = withOutbox ? effects : []
      await Promise.all([
        client.query({
          name: 'write',
          text: write,
          values: [
            orderNumber,
            book,
            events.map(({ id }) => id),
            events.map(({ body }) => body),
            kept.map(({ key }) => key),
            kept.map(({ destination }) => destination),
            kept.map(({ body }) => body),
          ],
        }),
        client.query('COMMIT'),
      ])
      return effects
    } finally {
      client.release()
    }
  }
  return {
    take: (delivery) => {
      const document = documentOf(delivery)
      return enter(orderNumberOf(document), (book) => clerk.take(book, document))
    },
    carriedOut: (orderNumber, effects) =>
      enter(orderNumber, (book) => {
        if (book === null || clerk.carriedOut === null) throw new Error('nothing is known of it')
        return enterAll(clerk.carriedOut, book, effects)
      }),
    pool,
  }
}

const lock = 'SELECT book::text FROM purchase_order WHERE number = $1 FOR UPDATE'
const write = `WITH written AS (
    INSERT INTO purchase_order VALUES ($1, $2) ON CONFLICT (number) DO UPDATE SET book = EXCLUDED.book
  ), happened AS (
    INSERT INTO event SELECT id, $1, body::json FROM unnest($3::text[], $4::text[]) AS one (id, body)
  )
  INSERT INTO outbox (key, order_number, destination, body)
  SELECT key, $1, destination, body::json FROM unnest($5::text[], $6::text[], $7::text[]) AS one (key, destination, body)`

/** Enters one after another that effects were carried out. */
export function enterAll(
  carriedOut: NonNullable<Clerk['carriedOut']>,
  book: string,
  effects: readonly Effect[],
): Entry {
  return effects.reduce<Entry>(
    (entry, effect) => {
      const { book: after, events, effects: more } = carriedOut(entry.book, effect)
      return {
        book: after,
        events: [...entry.events, ...events],
        effects: [...entry.effects, ...more],
      }
    },
    { book, events: [], effects: [] },
  )
}
