import { existsSync } from 'node:fs'
import { CounterfoilError } from '@counterfoil/core'
import type { Store } from '@counterfoil/runtime'

/** The options that say where books are, for `parseArgs`. */
export const placeOptions = { store: { type: 'string' }, schema: { type: 'string' } } as const

/** The same, for the books of one tenant. */
export const booksOptions = { ...placeOptions, tenant: { type: 'string' } } as const

/**
 * Opens the books that are in a SQLite file or a PostgreSQL database, `postgres://...`. Nothing is made or changed where
 * they are `readOnly`; else tables of an earlier release are brought up to date.
 */
export async function openBooks(
  place: string,
  { schema, readOnly }: { readonly schema: string | undefined; readonly readOnly: boolean },
): Promise<Store> {
  if (/^postgres(ql)?:\/\//.test(place)) {
    const { createPostgresStore } = await import('@counterfoil/store-postgres')
    return createPostgresStore({
      connectionString: place,
      readOnly,
      ...(schema !== undefined && { schema }),
    })
  }
  if (!existsSync(place)) {
    throw new CounterfoilError(
      'SETTINGS_INVALID',
      `cannot find \`${place}\`: name a file of books, or a database as postgres://...`,
    )
  }
  const { createSqliteStore } = await import('@counterfoil/store-sqlite')
  return createSqliteStore({ file: place, readOnly })
}
