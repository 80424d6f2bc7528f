import { deepStrictEqual } from 'node:assert'
import { createSqliteStore } from '@counterfoil/store-sqlite'
import { print, say } from '../print.ts'
import { race } from '../race.ts'
import { openPlainly, readBooks, withNewFiles, writeBooks } from './books.ts'
import { orderLives } from './order-lives.ts'
import { runLives } from './run-lives.ts'

const orders = 32
const batch = 64

/**
 * Documents from the door to the last effect on SQLite, every commit on disk: beside one plain row for each document,
 * and beside plain inserts of all the rows that the documents lead to.
 */
export async function benchDocuments(): Promise<void> {
  await withNewFiles(async (newFile) => {
    const bodies = orderLives(orders).flatMap(({ deliveries }) =>
      deliveries.map((delivery) => JSON.stringify(delivery)),
    )
    const file = newFile()
    await live(file)
    const books = readBooks(file)
    const copy = newFile()
    writeBooks(copy, books, bodies.length / batch)
    deepStrictEqual(readBooks(copy), books)
    console.log(
      `documents of ${orders} orders on SQLite: ${bodies.length}, leading to ${books.rows.length} rows`,
    )
    const laps = await race(
      [
        {
          name: 'one plain row a document, 64 a transaction',
          operations: bodies.length,
          run: () => writeRows(newFile(), bodies, batch),
        },
        {
          name: 'all the rows by plain inserts, as many transactions',
          operations: bodies.length,
          run: () => writeBooks(newFile(), books, bodies.length / batch),
        },
        { name: 'Counterfoil', operations: bodies.length, run: () => live(newFile()) },
      ],
      3,
      'wall',
    )
    print(laps, 'plain rows')
    say('speed of one plain row a document', -1 / (laps[2]?.ratio ?? Number.NaN), -0.35)
  })
}

async function live(file: string): Promise<void> {
  const store = createSqliteStore({ file })
  await runLives(store, { orders })
  await store.close()
}

function writeRows(file: string, bodies: readonly string[], each: number): void {
  const database = openPlainly(file)
  database.exec('CREATE TABLE document (position INTEGER PRIMARY KEY, body TEXT NOT NULL) STRICT')
  const insert = database.prepare('INSERT INTO document (body) VALUES (?)')
  for (let from = 0; from < bodies.length; from += each) {
    database.exec('BEGIN IMMEDIATE')
    for (const body of bodies.slice(from, from + each)) insert.run(body)
    database.exec('COMMIT')
  }
  database.close()
}
