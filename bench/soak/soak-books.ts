import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Store } from '@counterfoil/runtime'
import { createPostgresStore } from '@counterfoil/store-postgres'
import { createSqliteStore } from '@counterfoil/store-sqlite'
import pg from 'pg'
import { startCarefulServer } from '../postgres/server.ts'

/** Where a soak keeps its books. */
export type SoakStore = 'sqlite' | 'postgres'

/** Books of a soak, new ones. */
export type SoakBooks = {
  readonly store: Store
  /** Bytes they take on disk. */
  readonly size: () => Promise<number>
  /** Deletes them; the store is closed by then. */
  readonly dispose: () => Promise<void>
}

/** Opens new books. */
export function openSoakBooks(kind: SoakStore): Promise<SoakBooks> {
  return kind === 'sqlite' ? openFile() : openDatabase()
}

async function openFile(): Promise<SoakBooks> {
  const folder = mkdtempSync(join(tmpdir(), 'counterfoil-soak-'))
  const file = join(folder, 'books.db')
  return {
    store: createSqliteStore({ file }),
    size: async () =>
      [file, `${file}-wal`].reduce(
        (sum, one) => sum + (statSync(one, { throwIfNoEntry: false })?.size ?? 0),
        0,
      ),
    dispose: async () => rmSync(folder, { recursive: true }),
  }
}

async function openDatabase(): Promise<SoakBooks> {
  const server = await startCarefulServer()
  const connectionString = await server.newDatabase('soak')
  const pool = new pg.Pool({ connectionString, max: 1 })
  return {
    store: createPostgresStore({ connectionString }),
    size: async () => {
      const { rows } = await pool.query('SELECT pg_database_size(current_database()) AS bytes')
      return Number(rows[0]?.bytes)
    },
    dispose: async () => {
      await pool.end()
      await server.dispose()
    },
  }
}
