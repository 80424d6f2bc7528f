import pg from 'pg'

/** The rows of some tables as they were at one moment, each value as its text. */
export type TableDump = readonly {
  readonly table: string
  readonly columns: readonly string[]
  readonly rows: readonly (readonly (string | null)[])[]
}[]

// Every value as the server spells it, which it reads again as it was.
const asTexts = { getTypeParser: () => (text: unknown) => text }

/** Reads all tables of a schema in one snapshot, as `pg_dump` does, while others write. */
export async function dumpTables(connectionString: string, schema: string): Promise<TableDump> {
  return within(connectionString, schema, async (client) => {
    await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY')
    const { rows: tables } = await client.query<{ tablename: string }>({
      text: 'SELECT tablename FROM pg_tables WHERE schemaname = $1',
      values: [schema],
    })
    const dump: TableDump[number][] = []
    for (const { tablename: table } of tables) {
      const text = `SELECT * FROM ${pg.escapeIdentifier(table)}`
      const read = await client.query<(string | null)[]>({ text, rowMode: 'array', types: asTexts })
      dump.push({ table, columns: read.fields.map(({ name }) => name), rows: read.rows })
    }
    await client.query('COMMIT')
    return dump
  })
}

/** Puts rows in place of those that stand in the tables of another server. */
export async function restoreTables(
  connectionString: string,
  schema: string,
  dump: TableDump,
): Promise<void> {
  await within(connectionString, schema, async (client) => {
    await client.query('BEGIN')
    for (const { table, columns, rows } of dump) {
      const name = pg.escapeIdentifier(table)
      await client.query(`TRUNCATE ${name}`)
      const places = columns.map((_, index) => `$${index + 1}`).join(', ')
      const into = `${name} (${columns.map((column) => pg.escapeIdentifier(column)).join(', ')})`
      for (const values of rows) {
        await client.query({ text: `INSERT INTO ${into} VALUES (${places})`, values: [...values] })
      }
    }
    await client.query('COMMIT')
  })
}

async function within<Answer>(
  connectionString: string,
  schema: string,
  work: (client: pg.Client) => Promise<Answer>,
): Promise<Answer> {
  const client = new pg.Client({ connectionString })
  await client.connect()
  try {
    await client.query(`SET search_path TO ${pg.escapeIdentifier(schema)}`)
    return await work(client)
  } finally {
    await client.end()
  }
}
