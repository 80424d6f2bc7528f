import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { joinKey } from '@counterfoil/core'
import type { Runtime } from '@counterfoil/runtime'
import { wholeLife } from '@counterfoil/runtime/conformance'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { dumpTables, restoreTables } from './dump-tables.examples.ts'
import { openBooks, readLedger, settle, tenants } from './live-until-killed.examples.ts'
import { createPostgresStore } from './postgres-store.ts'
import { startServer, type TestServer } from './start-server.examples.ts'

let server: TestServer
let folder: string
beforeAll(async () => {
  server = await startServer()
  folder = mkdtempSync(join(tmpdir(), 'counterfoil-'))
})
afterAll(async () => {
  await server.dispose()
  rmSync(folder, { recursive: true })
})

const lives = tenants.map((tenant) => wholeLife(tenant))
const turns = lives[0]?.length ?? 0

/** Hands one document of each company over and does what follows. Gives what became of each. */
async function turnPage({ receive, tick }: Runtime, turn: number): Promise<readonly string[]> {
  const outcomes: string[] = []
  for (const document of lives.flatMap((life) => life[turn] ?? [])) {
    const { tenant, buyerOrganisation } = document
    const envelope = { tenant, buyerOrganisation, connection: 'mail', timeZone: 'UTC' }
    outcomes.push((await receive({ ...envelope, document })).documents[0]?.outcome ?? '')
  }
  await tick()
  return outcomes
}

async function effectKeys({ queries }: Runtime): Promise<readonly string[]> {
  const all = tenants.map(async (tenant) => {
    const { rows } = await queries.effects({ tenant, limit: 500 })
    return rows.map(({ key }) => joinKey([tenant, key]))
  })
  return (await Promise.all(all)).flat().toSorted()
}

/** Ways to back books up while the work goes on; each gives a way to have them on a new server. */
const backups: Readonly<Record<string, (schema: string) => Promise<() => Promise<TestServer>>>> = {
  'the files of the server': async (schema) => {
    const copy = join(folder, schema)
    await server.backUp(copy)
    return () => startServer([], copy)
  },
  'the rows of the tables': async (schema) => {
    const dump = await dumpTables(`${server.url}/postgres`, schema)
    return async () => {
      const another = await startServer()
      const connectionString = `${another.url}/postgres`
      const store = createPostgresStore({ connectionString, schema })
      await store.commit({})
      await store.close()
      await restoreTables(connectionString, schema, dump)
      return another
    }
  },
}

describe('a backup that is restored after the work went on', () => {
  it.each(Object.entries(backups))(
    'asks for nothing under a new key once the documents since are offered again: %s (R-28)',
    async (kind, backUp) => {
      const schema = kind.replaceAll(' ', '_')
      const ledger = join(folder, `${schema}.txt`)
      const place = { schema, ledger }
      const runtime = openBooks({
        ...place,
        connectionString: `${server.url}/postgres`,
        minutes: 0,
      })
      const backedUpAt = Math.floor(turns / 2)
      let backingUp = Promise.resolve(() => startServer())
      for (let turn = 0; turn < turns; turn += 1) {
        // The work goes on meanwhile.
        if (turn === backedUpAt) backingUp = backUp(schema)
        await turnPage(runtime, turn)
        if (turn === backedUpAt) await backingUp
      }
      await settle(runtime)
      const keys = await effectKeys(runtime)
      await runtime.close()
      const { done } = readLedger(ledger)
      expect(done.toSorted()).toEqual(keys)

      const restore = await backingUp
      const another = await restore()
      // Longer than a lease, as everybody takes who restores a backup.
      const connectionString = `${another.url}/postgres`
      const restored = openBooks({ ...place, connectionString, minutes: 5 })
      expect((await effectKeys(restored)).length).toBeLessThan(keys.length)
      for (let turn = 0; turn < turns; turn += 1) {
        const outcomes = new Set(await turnPage(restored, turn))
        if (turn < backedUpAt) expect(outcomes).toEqual(new Set(['duplicate']))
        if (turn > backedUpAt) expect(outcomes).not.toContain('duplicate')
      }
      await settle(restored)
      expect(await effectKeys(restored)).toEqual(keys)
      expect(readLedger(ledger).done).toEqual(done)
      await restored.close()
      await another.dispose()
    },
  )
})
