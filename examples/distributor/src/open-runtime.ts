import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { PolicySource } from '@counterfoil/core'
import { answerFromDirectory } from '@counterfoil/core/authority'
import { createInMemoryConnector, createJsonLinesJournal } from '@counterfoil/connector-in-memory'
import { createCanonicalJsonReader } from '@counterfoil/connector-kit'
import { createUblReader } from '@counterfoil/connector-ubl'
import { createX12Reader } from '@counterfoil/connector-x12'
import { createRuntime, type Clock, type Runtime, type Store } from '@counterfoil/runtime'
import { createPostgresStore } from '@counterfoil/store-postgres'
import { createSqliteStore } from '@counterfoil/store-sqlite'
import { headOffice, people, suppliers } from './distributor.ts'

/** The books of the distributor: a PostgreSQL database where one is named, else a SQLite file in `folder`. */
export function openStore({
  folder,
  database,
}: {
  readonly folder: string
  /** `postgres://user:password@host/database`; undefined for SQLite. */
  readonly database: string | undefined
}): Store {
  mkdirSync(folder, { recursive: true })
  return database === undefined
    ? createSqliteStore({ file: join(folder, 'distributor.sqlite') })
    : createPostgresStore({ connectionString: database })
}

/** The runtime of the distributor. What it tells the systems outside is kept in `folder`. */
export function openRuntime({
  folder,
  store,
  clock,
  policies,
}: {
  readonly folder: string
  readonly store: Store
  readonly clock: Clock
  readonly policies: PolicySource
}): Runtime {
  const glns = suppliers.flatMap(({ gln, supplier }) =>
    gln === undefined ? [] : [[`0088:${gln}`, supplier]],
  )
  return createRuntime({
    store,
    policies,
    // Stands in for the ERP, the warehouses' system, finance, planning and the suppliers' mailboxes.
    connectors: [
      createInMemoryConnector({
        name: 'back-office',
        journal: createJsonLinesJournal({ file: join(folder, 'back-office.jsonl') }),
      }),
    ],
    readers: [
      createX12Reader({ order: { deliveryTolerance } }),
      createUblReader({ suppliers: Object.fromEntries(glns), order: { deliveryTolerance } }),
      createCanonicalJsonReader(),
    ],
    authority: (question) => answerFromDirectory(people, question),
    calendars: () => ({ buyer: headOffice, supplier: headOffice }),
    clock,
  })
}

/** Agreed with every supplier: up to 2 % over is taken in, 2 % under counts as complete. */
const deliveryTolerance = { overPercent: '2', underPercent: '2', overUnlimited: false }
