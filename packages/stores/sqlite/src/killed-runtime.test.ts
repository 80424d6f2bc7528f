import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { liveOn, openBooks, readLedger, tenants, whatIsLeft } from './live-until-killed.examples.ts'

const folders: string[] = []
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true })
})

function someFiles() {
  const folder = mkdtempSync(join(tmpdir(), 'counterfoil-'))
  folders.push(folder)
  return { books: join(folder, 'books.sqlite'), ledger: join(folder, 'ledger.txt') }
}

/** Runs the story in a process of its own and kills it after so many steps. Gives the steps it was sure of. */
async function liveAndKill(
  files: ReturnType<typeof someFiles>,
  { steps, minutes }: { readonly steps: number; readonly minutes: number },
): Promise<{ readonly said: readonly string[]; readonly killed: boolean }> {
  const program = join(import.meta.dirname, 'live-until-killed.examples.ts')
  const child = spawn(
    process.execPath,
    ['--conditions=@counterfoil/source', program, files.books, files.ledger, String(minutes)],
    { stdio: ['pipe', 'pipe', 'inherit'] },
  )
  let said = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    said += text
    if (said.split('\n').length - 1 >= steps) child.kill('SIGKILL')
  })
  const [, signal] = await once(child, 'close')
  return { said: said.split('\n').slice(0, -1), killed: signal === 'SIGKILL' }
}

describe('a runtime that is killed while it works (kill -9)', () => {
  it('goes on where it stopped: every document counts once, every effect is done once (R-28, R-51)', async () => {
    const calm = someFiles()
    const undisturbed = openBooks({ ...calm, minutes: 0 })
    await liveOn(undisturbed, () => {})
    const expected = await whatIsLeft(undisturbed)
    await undisturbed.close()
    expect(expected.map(({ auditBreak }) => auditBreak)).toEqual(tenants.map(() => null))
    expect(expected.map(({ invoices }) => invoices[0]?.state)).toEqual(
      tenants.map(() => 'released'),
    )

    const files = someFiles()
    const answered = new Set<string>()
    let minutes = 0
    for (const steps of [1, 3, 6, 10, 15, 19]) {
      const { said, killed } = await liveAndKill(files, { steps, minutes })
      expect(killed).toBe(true)
      // What was answered once is known for ever, whenever the process died after the answer.
      const documents = said.filter((step) => !step.startsWith('tick'))
      for (const step of documents) {
        const [document = '', outcome] = step.split(' ')
        if (answered.has(document)) expect(outcome).toBe('duplicate')
        answered.add(document)
      }
      // Longer than a lease, so that what the dead process had begun is taken up again.
      minutes += 2
    }
    const runtime = openBooks({ ...files, minutes })
    await liveOn(runtime, () => {})
    expect(await whatIsLeft(runtime)).toEqual(expected)
    await runtime.close()
    expect(readLedger(files.ledger).done.toSorted()).toEqual(
      readLedger(calm.ledger).done.toSorted(),
    )
  })
})
