import type { PeopleLedger, Person } from '@counterfoil/runtime'
import type { SqlRow } from './connection.ts'
import type { Database } from './database.ts'
import { overwriteDeleted } from './store-intake.ts'
import { textOf } from './stored.ts'

/** The people of a file. */
export function sqlitePeople(
  answer: <Value>(work: (database: Database) => Value) => Promise<Value>,
): PeopleLedger {
  return {
    meet: ({ tenant, people }) =>
      answer((database) =>
        database.transaction('write', () => people.map((one) => meet(database, tenant, one))),
      ),
    find: ({ tenant, tokens }) =>
      answer((database) =>
        database
          .all(
            `SELECT token, name, salt FROM person
             WHERE tenant = ? AND token IN (SELECT value FROM json_each(?)) ORDER BY token`,
            tenant,
            JSON.stringify(tokens),
          )
          .map(personOf),
      ),
    forget: ({ tenant, names }) => answer((database) => forget(database, tenant, names)),
  }
}

function meet(database: Database, tenant: string, { token, name, salt }: Person): Person {
  const sql = 'INSERT OR IGNORE INTO person (tenant, name, token, salt) VALUES (?, ?, ?, ?)'
  database.run(sql, tenant, name, token, salt)
  const row = database.get(
    'SELECT token, name, salt FROM person WHERE tenant = ? AND name = ?',
    tenant,
    name,
  )
  return row === undefined ? { token, name, salt } : personOf(row)
}

// What was deleted is overwritten, and the log that may still have it is emptied.
function forget(database: Database, tenant: string, names: readonly string[]): readonly string[] {
  overwriteDeleted(database)
  const tokens = database.transaction('write', () => {
    const list = JSON.stringify(names)
    const mine = 'tenant = ? AND name IN (SELECT value FROM json_each(?))'
    const found = database.all(
      `SELECT token FROM person WHERE ${mine} ORDER BY token`,
      tenant,
      list,
    )
    database.run(`DELETE FROM person WHERE ${mine}`, tenant, list)
    return found.map((row) => textOf(row, 'token'))
  })
  database.all('PRAGMA wal_checkpoint(TRUNCATE)')
  return tokens
}

function personOf(row: SqlRow): Person {
  return { token: textOf(row, 'token'), name: textOf(row, 'name'), salt: textOf(row, 'salt') }
}
