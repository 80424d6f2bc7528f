import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { verifyAuditChain } from '@counterfoil/core'
import { afterEach, describe, expect, it } from 'vitest'
import { eventsPerCommit, order } from './commit-until-killed.examples.ts'
import { createSqliteStore } from './create-sqlite-store.ts'

const folders: string[] = []
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true })
})

function aFile(): string {
  const folder = mkdtempSync(join(tmpdir(), 'counterfoil-'))
  folders.push(folder)
  return join(folder, 'books.sqlite')
}

function startWriter(file: string): ChildProcess {
  const program = join(import.meta.dirname, 'commit-until-killed.examples.ts')
  return spawn(process.execPath, ['--conditions=@counterfoil/source', program, file], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
}

/** Kills the writer with SIGKILL once it answered so many commits. Gives every number it answered for. */
async function killAfter(writer: ChildProcess, answers: number): Promise<number> {
  let said = ''
  writer.stdout?.setEncoding('utf8').on('data', (text: string) => {
    said += text
    if (said.split('\n').length - 1 >= answers) writer.kill('SIGKILL')
  })
  const [, signal] = await once(writer, 'close')
  expect(signal).toBe('SIGKILL')
  return Number(said.trim().split('\n').at(-1))
}

async function look(file: string) {
  const store = createSqliteStore({ file })
  const page = { tenant: 'acme', limit: 100_000 }
  const [loaded] = await store.load([{ tenant: 'acme', reference: order, messageIds: [] }])
  const found = {
    version: loaded?.state?.sequence ?? 0,
    auditHead: loaded?.state?.auditHead ?? null,
    events: (await store.events(page)).rows,
    audit: (await store.audit(page)).rows,
    effects: (await store.effects(page)).rows,
    queued: await store.queued({ limit: 100_000 }),
    delivery: (number: number) => store.delivery({ tenant: 'acme', deliveryKey: `d${number}` }),
  }
  return { store, ...found }
}

describe('a process that is killed while it commits', () => {
  it('loses no commit it answered for, and leaves none half-done (kill -9, five times on one file)', async () => {
    const file = aFile()
    for (const answers of [1, 2, 4, 8, 16]) {
      const answered = await killAfter(startWriter(file), answers)
      const { store, ...found } = await look(file)
      const commits = found.version / eventsPerCommit
      // What was under way may have reached the disk before anybody was told; nothing before it may be missing.
      expect([answered, answered + 1]).toContain(commits)
      expect(found.events.map(({ sequence }) => sequence)).toEqual(
        Array.from({ length: found.version }, (_, index) => index + 1),
      )
      expect(found.audit).toHaveLength(found.version)
      expect(
        verifyAuditChain(found.audit, { 'order:acme/0001/4711': found.auditHead ?? '' }),
      ).toBeNull()
      expect(new Set(found.effects.map(({ key }) => key)).size).toBe(found.version)
      expect(found.queued.map(({ message }) => message.id)).toEqual(
        Array.from({ length: commits }, (_, number) => `next-${number}`),
      )
      expect(await found.delivery(commits - 1)).not.toBeNull()
      expect(await found.delivery(commits)).toBeNull()
      await store.close()
    }
    const database = new DatabaseSync(file)
    expect(database.prepare('PRAGMA integrity_check').get()).toEqual({ integrity_check: 'ok' })
    database.close()
  })

  it('lets two processes write one file: each commit is one of theirs, and none is lost', async () => {
    const file = aFile()
    const writers = [startWriter(file), startWriter(file)]
    const answered = await Promise.all(writers.map((writer) => killAfter(writer, 10)))
    const { store, ...found } = await look(file)
    const commits = found.version / eventsPerCommit
    expect(commits).toBeGreaterThanOrEqual(Math.max(...answered))
    expect(found.queued).toHaveLength(commits)
    expect(
      verifyAuditChain(found.audit, { 'order:acme/0001/4711': found.auditHead ?? '' }),
    ).toBeNull()
    await store.close()
  })
})
