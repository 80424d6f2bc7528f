import { copyFileSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterEach, describe, expect, it } from 'vitest'
import {
  liveOn,
  openBooks,
  readLedger,
  stepCount,
  whatIsLeft,
} from './live-until-killed.examples.ts'

const folders: string[] = []
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true })
})

/** A copy of the books as they are at this moment, taken beside the process that works on them. */
function backUp(books: string, copy: string): void {
  const beside = new DatabaseSync(books, { readOnly: true })
  beside.prepare('VACUUM INTO ?').run(copy)
  beside.close()
}

describe('a backup that is restored after the work went on', () => {
  it.each([2, Math.floor(stepCount / 2), stepCount - 3])(
    'asks for nothing under a new key once the documents since are offered again: after step %i (R-28)',
    async (step) => {
      const folder = mkdtempSync(join(tmpdir(), 'counterfoil-'))
      folders.push(folder)
      const [books, copy, ledger] = ['books.sqlite', 'copy.sqlite', 'ledger.txt'].map((name) =>
        join(folder, name),
      ) as [string, string, string]
      const runtime = openBooks({ books, ledger, minutes: 0 })
      const steps: string[] = []
      await liveOn(runtime, (said) => {
        steps.push(said)
        if (steps.length === step) backUp(books, copy)
      })
      const expected = await whatIsLeft(runtime)
      await runtime.close()
      const { done } = readLedger(ledger)

      rmSync(`${books}-wal`, { force: true })
      rmSync(`${books}-shm`, { force: true })
      copyFileSync(copy, books)
      // Longer than a lease, as everybody takes who restores a backup.
      const restored = openBooks({ books, ledger, minutes: 5 })
      const again: string[] = []
      await liveOn(restored, (said) => void again.push(said))
      const outcomes = again.map((said, index) => [
        said,
        said.startsWith('tick') || index >= step
          ? steps[index]
          : steps[index]?.replace(/\S+$/, 'duplicate'),
      ])
      for (const [said, wanted] of outcomes) expect(said).toBe(wanted)
      expect(await whatIsLeft(restored)).toEqual(expected)
      expect(readLedger(ledger).done).toEqual(done)
      await restored.close()
    },
  )
})
