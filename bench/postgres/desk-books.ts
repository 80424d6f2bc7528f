import { setTimeout as pause } from 'node:timers/promises'
import pg from 'pg'
import { orderTables } from './order-books.ts'
import type { DeskName } from './desks.ts'

/** What desks are compared by; what a plain one does not keep is empty. */
export type Tally = {
  /** Ordered, confirmed, shipped, received, invoiced of each order's first line. */
  readonly quantities: Rows
  /** How many effects were carried out where. */
  readonly effects: Rows
  /** How many events of each type. */
  readonly events: Rows
  /** The states of orders, shipments and invoices. */
  readonly states: Rows
}
type Rows = readonly (readonly (string | number | null)[])[]

/** The books of a desk, looked at from outside. */
export type DeskBooks = {
  /** Resolves when everything that came in led to all it leads to. */
  readonly drained: () => Promise<void>
  readonly tally: () => Promise<Tally>
  readonly close: () => Promise<void>
}

type Questions = Readonly<Record<'waiting' | keyof Tally, string>>

const pollMilliseconds = 2

/** Makes the tables that a desk does not make itself, and looks into them from then on. */
export async function openDeskBooks(desk: DeskName, connectionString: string): Promise<DeskBooks> {
  const client = new pg.Client({ connectionString })
  // The server may be stopped first, where something else went wrong.
  client.on('error', () => {})
  await client.connect()
  if (desk !== 'counterfoil') await client.query(orderTables)
  const questions = questionsOf(desk)
  const rowsOf = async (question: keyof Questions): Promise<Rows> =>
    (await client.query({ text: questions[question], rowMode: 'array' })).rows
  return {
    drained: async () => {
      while ((await rowsOf('waiting'))[0]?.[0] !== 0) await pause(pollMilliseconds)
    },
    tally: async () => ({
      quantities: await rowsOf('quantities'),
      effects: await rowsOf('effects'),
      events: await rowsOf('events'),
      states: await rowsOf('states'),
    }),
    close: () => client.end(),
  }
}

const names = ['ordered', 'confirmed', 'shipped', 'received', 'invoiced'] as const

function quantitiesIn(sums: string): string {
  return names.map((name) => `(${sums} ->> '${name}')::int`).join(', ')
}

const ofStore: Questions = {
  waiting: `SELECT (SELECT count(*) FROM counterfoil.effect WHERE state = 'waiting')::int
    + (SELECT count(*) FROM counterfoil.message)::int`,
  quantities: `SELECT split_part(key, '/', 3), ${quantitiesIn("(body #> '{standing,lines,0,schedules,0,quantities}')")}
    FROM counterfoil.aggregate WHERE kind = 'order' ORDER BY 1`,
  effects: `SELECT destination, count(*)::int FROM counterfoil.effect WHERE state = 'delivered' GROUP BY 1 ORDER BY 1`,
  events: `SELECT body ->> 'type', count(*)::int FROM counterfoil.event GROUP BY 1 ORDER BY 1`,
  states: `SELECT key COLLATE "C", coalesce(body -> 'regions', body #> '{standing,states}')::text FROM counterfoil.aggregate ORDER BY 1`,
}

const ofOrders: Pick<Questions, 'waiting' | 'effects'> = {
  waiting: 'SELECT count(*)::int FROM outbox WHERE NOT is_done',
  effects: 'SELECT destination, count(*)::int FROM outbox WHERE is_done GROUP BY 1 ORDER BY 1',
}

const ofWorkflows: Pick<Questions, 'waiting' | 'effects'> = {
  waiting: `SELECT count(*)::int FROM dbos.workflow_status WHERE status <> 'SUCCESS'`,
  effects: `SELECT split_part(function_name, ' at ', 2), count(*)::int FROM dbos.operation_outputs
    WHERE function_name LIKE 'carry out at %' GROUP BY 1 ORDER BY 1`,
}

const ofPlain: Pick<Questions, 'quantities' | 'events' | 'states'> = {
  quantities: `SELECT number, ${quantitiesIn('book')} FROM purchase_order ORDER BY 1`,
  events: 'SELECT WHERE false',
  states: 'SELECT WHERE false',
}

const ofDeciding: Pick<Questions, 'quantities' | 'events' | 'states'> = {
  quantities: `SELECT number, ${quantitiesIn("(one.value #> '{standing,lines,0,schedules,0,quantities}')")}
    FROM purchase_order, json_each(book -> 'orders') AS one ORDER BY 1`,
  events: `SELECT body ->> 'type', count(*)::int FROM event GROUP BY 1 ORDER BY 1`,
  states: `SELECT one.key COLLATE "C", coalesce(one.value -> 'regions', one.value #> '{standing,states}')::text
    FROM purchase_order, json_each(book) AS kind, json_each(kind.value) AS one
    WHERE kind.key IN ('orders', 'shipments', 'invoices') ORDER BY 1`,
}

function questionsOf(desk: DeskName): Questions {
  switch (desk) {
    case 'counterfoil':
      return ofStore
    case 'row-locks-deciding':
      return { ...ofOrders, ...ofDeciding }
    case 'row-locks-plain':
      return { ...ofOrders, ...ofPlain }
    case 'dbos-deciding':
      return { ...ofWorkflows, ...ofDeciding }
    case 'dbos-plain':
      return { ...ofWorkflows, ...ofPlain }
  }
}
