import { writeSync } from 'node:fs'
import { createPostgresStore, type PostgresStoreSettings } from './postgres-store.ts'

/** The program that runs `holdShare`. */
export const holdShareProgram = import.meta.filename

/** Holds its part of the background work, says so, and does nothing with it until it is killed. */
async function holdShare(settings: PostgresStoreSettings): Promise<void> {
  const store = createPostgresStore(settings)
  store.watch?.(() => {})
  const queued = await store.queued({ limit: 1000 })
  writeSync(1, `${queued.length}\n`)
}

const [, program, settings] = process.argv
if (program === holdShareProgram && settings !== undefined) {
  await holdShare(JSON.parse(settings))
}
