import type { ConnectionOptions } from 'node:tls'
import pg from 'pg'
import { type FoundBooks, migrate } from './migrate.ts'
import { type SqlRow, storable } from './stored.ts'

// Nobody waits longer than this for one answer; the server gives up a little before.
const answerSeconds = 60
const statementSeconds = 50
// A process that hangs in the middle of a commit has everybody else wait for it no longer than this.
const pauseSeconds = 10
const connectSeconds = 10

/** How the database is reached: what the driver, node-postgres, takes. What is left out comes from `PGHOST` and its like. */
export type PostgresConnection = {
  /** `postgres://user:password@host:port/database?sslmode=verify-full`. */
  readonly connectionString?: string
  readonly host?: string
  readonly port?: number
  readonly database?: string
  readonly user?: string
  /** A function is asked at each new connection, for passwords that change. */
  readonly password?: string | (() => string | Promise<string>)
  readonly ssl?: boolean | ConnectionOptions
  /** Shown by `pg_stat_activity`; `counterfoil` unless said otherwise. */
  readonly applicationName?: string
}

/** One statement with its values. The same text is parsed once a connection. */
export type Query = { readonly sql: string; readonly values: readonly SqlValue[] }
/** What a placeholder stands for. */
export type SqlValue =
  | string
  | number
  | boolean
  | null
  | readonly (string | number | boolean | null)[]

/** One session of the database. */
export type Session = {
  /** Sends every statement at once and waits for all the answers: one round trip. */
  readonly send: (...queries: readonly Query[]) => Promise<readonly (readonly SqlRow[])[]>
  readonly client: pg.ClientBase
}

/** Sessions of the database, opened when they are needed and kept for a while. */
export type Connections = {
  /** One statement in whichever session is free. */
  readonly ask: (query: Query) => Promise<readonly SqlRow[]>
  /** Statements about all tenants at one moment. */
  readonly askAtOnce: (queries: readonly Query[]) => Promise<readonly (readonly SqlRow[])[]>
  /** Statements about one tenant at one moment. A role that sees one tenant at a time sees this one. */
  readonly askAbout: (
    tenant: string,
    queries: readonly Query[],
  ) => Promise<readonly (readonly SqlRow[])[]>
  /** Whether the role sees one tenant at a time: it is not the one that owns the tables. */
  readonly isRestricted: () => Promise<boolean>
  /** The version of the tables. */
  readonly version: () => Promise<number>
  /** Works in one session. After an error it is not used again. */
  readonly within: <Answer>(work: (session: Session) => Promise<Answer>) => Promise<Answer>
  /** A session of the caller's own, prepared as the others are. */
  readonly open: () => Promise<pg.Client>
  readonly close: () => Promise<void>
}

/** Statement without values. */
export function statement(sql: string): Query {
  return { sql, values: [] }
}

/** Opens sessions with the schema as their own, brought up to date before the first is used. */
export function openConnections(
  connection: PostgresConnection,
  {
    schema,
    connectionsMax,
    readOnly,
  }: { readonly schema: string; readonly connectionsMax: number; readonly readOnly: boolean },
): Connections {
  const config = configOf(connection)
  const prepare = async (client: pg.ClientBase): Promise<void> => {
    await client.query(sessionSetup(schema))
    if (readOnly) await client.query('SET default_transaction_read_only TO on')
  }
  const pool = new pg.Pool({
    ...config,
    max: connectionsMax,
    allowExitOnIdle: true,
    // The pool waits for it, whatever its types say.
    onConnect: prepare as (client: pg.ClientBase) => void,
  })
  // A session that is lost while nobody uses it is replaced at the next call.
  pool.on('error', () => {})
  const open = async (given: pg.ClientConfig = config): Promise<pg.Client> => {
    const client = new pg.Client(given)
    client.on('error', () => {})
    await client.connect()
    await prepare(client)
    return client
  }
  const within = async <Answer>(work: (session: Session) => Promise<Answer>): Promise<Answer> => {
    const client = await pool.connect()
    const ignore = (): void => {}
    client.on('error', ignore)
    try {
      const answer = await work(sessionOf(client))
      client.off('error', ignore)
      client.release()
      return answer
    } catch (error) {
      client.release(true)
      throw error
    }
  }
  let prepared: Promise<FoundBooks> | null = null
  const ready = (): Promise<FoundBooks> => {
    prepared ??= migrate(() => open({ ...config, query_timeout: 0 }), { schema, readOnly }).catch(
      (error: unknown) => {
        prepared = null
        throw error
      },
    )
    return prepared
  }
  return {
    ask: async (query) => {
      await ready()
      return within(async ({ send }) => (await send(query))[0] ?? [])
    },
    askAtOnce: async (queries) => {
      await ready()
      return within(async ({ send }) => (await send(atOneMoment, ...queries, over)).slice(1, -1))
    },
    askAbout: async (tenant, queries) => {
      const { isRestricted } = await ready()
      return within(async ({ send }) => {
        if (!isRestricted && queries.length === 1) return send(...queries)
        const about = isRestricted ? [onlyFor(tenant)] : []
        const answers = await send(atOneMoment, ...about, ...queries, over)
        return answers.slice(1 + about.length, -1)
      })
    },
    isRestricted: async () => (await ready()).isRestricted,
    version: async () => (await ready()).version,
    within: async (work) => {
      await ready()
      return within(work)
    },
    open: async () => {
      await ready()
      return open()
    },
    close: async () => pool.end(),
  }
}

const atOneMoment = statement('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY')
const over = statement('COMMIT')
const onlyFor = (tenant: string): Query => ({
  sql: "SELECT set_config('counterfoil.tenant', $1, true)",
  values: [storable(tenant)],
})

/** A client as a session. */
export function sessionOf(client: pg.ClientBase): Session {
  return {
    client,
    send: async (...queries) => {
      const answers = await Promise.allSettled(
        queries.map(({ sql, values }) =>
          client.query<SqlRow>({
            text: sql,
            values: [...values],
            ...(values.length === 0 ? {} : { name: nameOf(sql) }),
          }),
        ),
      )
      // The first that failed says why; those after it only say that the transaction was over.
      return answers.map((answer) => {
        if (answer.status === 'rejected') throw answer.reason
        return answer.value.rows
      })
    },
  }
}

const names = new Map<string, string>()
function nameOf(sql: string): string {
  const name = names.get(sql) ?? `counterfoil_${names.size + 1}`
  names.set(sql, name)
  return name
}

/**
 * What every session is told first. A commit is answered when it is on disk, whatever the server's default. All reads
 * are by key or along an index, and a plan made while the tables were small must not be kept when they are not.
 */
function sessionSetup(schema: string): string {
  return `SET search_path TO ${pg.escapeIdentifier(schema)}, pg_temp;
SET synchronous_commit TO on;
SET statement_timeout TO '${statementSeconds}s';
SET idle_in_transaction_session_timeout TO '${pauseSeconds}s';
SET enable_seqscan TO off;
SET enable_hashjoin TO off;
SET enable_mergejoin TO off;
SET jit TO off;
SET TimeZone TO 'UTC'`
}

function configOf(connection: PostgresConnection): pg.ClientConfig {
  const { applicationName = 'counterfoil', ...rest } = connection
  return {
    ...rest,
    application_name: applicationName,
    keepAlive: true,
    connectionTimeoutMillis: connectSeconds * 1000,
    query_timeout: answerSeconds * 1000,
    pipeline: true,
    types: { getTypeParser: () => String },
  } as pg.ClientConfig
}
