import { setTimeout } from 'node:timers/promises'
import { CounterfoilError } from '@counterfoil/core'
import pg from 'pg'
import { type SchemaStep, schemaVersions } from './schema.ts'

const turnMilliseconds = 100
const besideOthersSeconds = 60

/** What was found at the first connection. */
export type FoundBooks = {
  readonly isRestricted: boolean
  /** Of the tables; an earlier one only where nothing may be written. */
  readonly version: number
}

/**
 * Brings the tables of a schema up to date, or refuses what a later release or another program made. Says whether the
 * role that asks sees one tenant at a time.
 */
export async function migrate(
  open: () => Promise<pg.Client>,
  { schema, readOnly }: { readonly schema: string; readonly readOnly: boolean },
): Promise<FoundBooks> {
  const client = await open()
  try {
    await refuseOtherEncodings(client)
    const found = await foundVersion(client, schema)
    if (readOnly && found === 0) throw unusable(`there are no books in the schema \`${schema}\``)
    if (!readOnly && found < schemaVersions.length) await bringUpToDate(client, schema)
    const { rows } = await client.query<{ restricted: string }>(
      "SELECT row_security_active('aggregate') AS restricted",
    )
    return {
      isRestricted: rows[0]?.restricted === 't',
      version: readOnly ? found : schemaVersions.length,
    }
  } finally {
    await client.end()
  }
}

async function refuseOtherEncodings(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ server_encoding: string }>('SHOW server_encoding')
  const encoding = rows[0]?.server_encoding
  if (encoding === 'UTF8') return
  throw unusable(
    `the database is encoded as \`${encoding}\`: create one with ENCODING 'UTF8' TEMPLATE template0`,
  )
}

/** The version the schema has; 0 when there is no schema yet, or an empty one. */
async function foundVersion(client: pg.Client, schema: string): Promise<number> {
  const { rows: tables } = await client.query<{ name: string }>({
    text: `SELECT c.relname AS name FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
      WHERE n.nspname = $1 AND c.relkind IN ('r', 'p', 'v', 'm', 'f')`,
    values: [schema],
  })
  if (tables.length === 0) return 0
  if (!tables.some(({ name }) => name === 'schema_version')) {
    throw unusable(`the schema \`${schema}\` holds tables of another program: name another schema`)
  }
  const { rows } = await client.query<{ version: string | null }>(
    'SELECT max(version) AS version FROM schema_version',
  )
  const version = Number(rows[0]?.version ?? 0)
  if (version <= schemaVersions.length) return version
  throw unusable(
    `the schema \`${schema}\` was written by a later release (version ${version}, this one knows ${schemaVersions.length}): install that release`,
  )
}

// One process at a time: whoever comes second finds the work done.
async function bringUpToDate(client: pg.Client, schema: string): Promise<void> {
  await client.query('SET statement_timeout TO 0')
  await takeTurn(client, `counterfoil schema ${schema}`)
  const found = await foundVersion(client, schema)
  // A step waits shortly for a table, so that nobody else waits long behind it; the next start tries again.
  await client.query("SET lock_timeout TO '3s'")
  for (const [before, step] of schemaVersions.entries()) {
    if (before < found) continue
    const done = `INSERT INTO schema_version VALUES (${before + 1});`
    if (typeof step === 'string') {
      await client.query(`BEGIN; ${before === 0 ? foundation(schema) : ''} ${step}; ${done} COMMIT`)
    } else if (found === 0) {
      await client.query(`BEGIN; CREATE INDEX ${step.index} ON ${step.on}; ${done} COMMIT`)
    } else {
      await makeBesideOthers(client, step)
      await client.query(done)
    }
  }
}

// Asked for again and again: whoever waited inside a statement would be waited for by the index that is made meanwhile.
async function takeTurn(client: pg.Client, key: string): Promise<void> {
  for (;;) {
    const { rows } = await client.query<{ taken: string }>({
      text: 'SELECT pg_try_advisory_lock(hashtextextended($1, 0)) AS taken',
      values: [key],
    })
    if (rows[0]?.taken === 't') return
    await setTimeout(turnMilliseconds)
  }
}

/** Makes an index while others write; it waits for what they had begun, and holds up nobody. */
async function makeBesideOthers(
  client: pg.Client,
  { index, on }: Exclude<SchemaStep, string>,
): Promise<void> {
  await client.query(`SET lock_timeout TO '${besideOthersSeconds}s'`)
  // One that was not finished before is of no use.
  await client.query(`DROP INDEX IF EXISTS ${index}`)
  await client.query(`CREATE INDEX CONCURRENTLY ${index} ON ${on}`)
  await client.query("SET lock_timeout TO '3s'")
}

function foundation(schema: string): string {
  return `CREATE SCHEMA IF NOT EXISTS ${pg.escapeIdentifier(schema)};
CREATE TABLE schema_version (version integer PRIMARY KEY, migrated_at timestamptz NOT NULL DEFAULT now());`
}

function unusable(sentence: string): CounterfoilError {
  return new CounterfoilError('STORE_UNAVAILABLE', sentence)
}
