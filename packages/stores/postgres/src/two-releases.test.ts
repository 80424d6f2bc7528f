import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { afterEach, describe, expect, it } from 'vitest'
import { readLedger } from './live-until-killed.examples.ts'
import { createPostgresStore } from './postgres-store.ts'
import {
  companies,
  openRelease,
  papersEach,
  type ReleasePlace,
  type Tally,
} from './release-process.examples.ts'
import { someBooks } from './test-books.examples.ts'

/** A busy machine takes its time to start two processes. */
const patience = { timeout: 200_000 }

const folders: string[] = []
const children: ChildProcess[] = []
afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL')
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true })
})

/** A process of a release: `said` fills with what became of the papers it was given. */
function startRelease(place: ReleasePlace) {
  const program = join(import.meta.dirname, 'release-process.examples.ts')
  const child = spawn(
    process.execPath,
    ['--conditions=@counterfoil/source', program, JSON.stringify(place)],
    { stdio: ['pipe', 'pipe', 'inherit'] },
  )
  children.push(child)
  const said: string[] = []
  createInterface({ input: child.stdout }).on('line', (line) => void said.push(line))
  const end = async (): Promise<unknown> => {
    child.stdin.end()
    return once(child, 'close')
  }
  return { said, end, goOn: () => void child.stdin.write('go on\n') }
}

describe('two releases in processes of their own', () => {
  it(
    'share the books until the later one has all of them: nothing lost, nothing twice (R-129)',
    { timeout: 2 * patience.timeout },
    async () => {
      const folder = mkdtempSync(join(tmpdir(), 'counterfoil-'))
      folders.push(folder)
      const { settings } = someBooks()
      const place = { ...settings, ledger: join(folder, 'ledger.txt') }
      const old = startRelease({ ...place, release: 1 })
      const young = startRelease({ ...place, release: 2 })
      const [ofOld, ofYoung] = [Math.ceil(papersEach / 2), Math.floor(papersEach / 2)]
      const each = companies.length
      await expect.poll(() => old.said.length, patience).toBe((ofOld - 1) * each)
      young.goOn()
      await expect.poll(() => young.said.length, patience).toBe(ofYoung * each)
      old.goOn()
      await expect.poll(() => old.said.length, patience).toBe(ofOld * each)
      expect(await old.end()).toEqual([0, null])
      const papers = papersEach * each
      await expect.poll(() => readLedger(place.ledger).done.length, patience).toBe(papers)
      expect(await young.end()).toEqual([0, null])

      // What the later release has taken over waits for it, whoever takes it in.
      expect(old.said.slice(-each)).toEqual(companies.map(() => 'parked lifecycle-not-known'))
      expect(young.said).toEqual(young.said.map(() => 'accepted '))
      const store = createPostgresStore(settings)
      const { rows: states } = await store.states({ limit: 100 })
      expect(states.map(({ state }) => [state.machine.version, (state as Tally).inDozens])).toEqual(
        companies.map(() => [2, papersEach / 12]),
      )
      expect(await store.queued({ limit: 9 })).toEqual([])
      await store.close()
      const next = openRelease({ ...place, release: 2 })
      for (const tenant of companies) {
        const page = { tenant, limit: 100 }
        expect((await next.queries.deadLetters(page)).rows).toEqual([])
        expect((await next.queries.parked(page)).rows).toEqual([])
        const effects = (await next.queries.effects(page)).rows
        expect(effects.map(({ state }) => state)).toEqual(effects.map(() => 'delivered'))
        expect(effects).toHaveLength(papersEach)
      }
      await next.close()
    },
  )
})
