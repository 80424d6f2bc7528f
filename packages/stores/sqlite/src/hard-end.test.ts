import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import type { HardEnd } from './end-hard.examples.ts'
import { liveOn, openBooks, readLedger, whatIsLeft } from './live-until-killed.examples.ts'

const folders: string[] = []
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true })
})

function someFiles() {
  const folder = mkdtempSync(join(tmpdir(), 'counterfoil-'))
  folders.push(folder)
  return { books: join(folder, 'books.sqlite'), ledger: join(folder, 'ledger.txt'), minutes: 0 }
}

/** Lives in a process of its own until it ends while a system is asked for the so-manieth time. Gives what it ended with. */
async function endHard(files: ReturnType<typeof someFiles>, how: HardEnd, at: number) {
  const program = join(import.meta.dirname, 'end-hard.examples.ts')
  const child = spawn(
    process.execPath,
    ['--conditions=@counterfoil/source', program, JSON.stringify(files), how, String(at)],
    { stdio: 'ignore' },
  )
  return once(child, 'close')
}

describe('a process that ends in the middle of an effect', () => {
  it.each([
    { how: 'exit' as const, at: 1, endedWith: [7, null] },
    { how: 'uncaught' as const, at: 4, endedWith: [1, null] },
    { how: 'killed' as const, at: 7, endedWith: [null, 'SIGKILL'] },
  ])(
    'leaves books on which the next goes on: $how while asked for effect $at (R-28)',
    async ({ how, at, endedWith }) => {
      const calmFiles = someFiles()
      const calm = openBooks(calmFiles)
      await liveOn(calm, () => undefined)
      const expected = await whatIsLeft(calm)
      await calm.close()

      const files = someFiles()
      expect(await endHard(files, how, at)).toEqual(endedWith)
      expect(readLedger(files.ledger).asked).toBe(at)
      const next = openBooks({ ...files, minutes: 5 })
      await liveOn(next, () => undefined)
      expect(await whatIsLeft(next)).toEqual(expected)
      await next.close()
      const { done, asked } = readLedger(files.ledger)
      expect(done.toSorted()).toEqual(readLedger(calmFiles.ledger).done.toSorted())
      // What was asked for and not heard of is asked for again under its key.
      expect(asked).toBeGreaterThan(done.length)
    },
  )
})
