import { createVirtualClock } from '@counterfoil/runtime'
import { ruleSetsFolder } from './folders.ts'
import { openRuleSets } from './open-rule-sets.ts'
import { serveHost } from './serve-host.ts'

/** The host without the story, for tests: the data folder is its only argument. */
export const hostProgram = import.meta.filename

const [, program, folder] = process.argv
if (program === hostProgram && folder !== undefined) {
  // The driver of the database server, which comes with it, cannot be loaded by who only wants the name.
  const { openRuntime, openStore } = await import('./open-runtime.ts')
  const clock = createVirtualClock('2026-11-24T22:00:00Z')
  const { source: policies } = openRuleSets(ruleSetsFolder)
  const store = openStore({ folder, database: undefined })
  const runtime = openRuntime({
    folder,
    store,
    clock,
    policies,
  })
  await serveHost({ runtime, store, clock, port: 0 })
}
