import { existsSync } from 'node:fs'
import { CounterfoilError } from '@counterfoil/core'
import type { Store } from '@counterfoil/runtime'

/** Opens books that are there: a PostgreSQL URL with its schema, or a SQLite file. */
export async function openStore(store: string, schema: string | undefined): Promise<Store> {
  if (/^postgres(ql)?:/.test(store)) {
    const { createPostgresStore } = await import('@counterfoil/store-postgres')
    return createPostgresStore({
      connectionString: store,
      ...(schema !== undefined && { schema }),
    })
  }
  if (!existsSync(store)) {
    throw new CounterfoilError(
      'COMMAND_INVALID',
      `no books are in \`${store}\`: name a SQLite file`,
    )
  }
  const { createSqliteStore } = await import('@counterfoil/store-sqlite')
  return createSqliteStore({ file: store })
}
