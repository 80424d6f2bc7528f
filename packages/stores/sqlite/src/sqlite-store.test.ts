import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { storeConformanceCases } from '@counterfoil/runtime/conformance'
import { describe, it } from 'vitest'
import { createSqliteStore } from './sqlite-store.ts'

describe('the SQLite store', () => {
  const cases = storeConformanceCases(
    async () => {
      const folder = mkdtempSync(join(tmpdir(), 'counterfoil-'))
      const file = join(folder, 'books.sqlite')
      const store = createSqliteStore({ file })
      return {
        store,
        openAgain: async () => createSqliteStore({ file }),
        dispose: async () => {
          await store.close()
          rmSync(folder, { recursive: true })
        },
      }
    },
    { durable: true },
  )
  for (const { name, run } of cases) it(name, run)
})
