import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { AuditEntry, instant, verifyAuditChain } from '@counterfoil/core'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { recordDraft } from './change-registry.ts'

let folder = ''
const started: ChildProcess[] = []
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'registry-lock-'))
})
afterEach(async () => {
  await Promise.all(started.splice(0).map(kill))
  rmSync(folder, { recursive: true, force: true })
})

/** A process that begins a version of a set; `at` is what it does once nobody else can change the folder. */
const begin = (by: string, at: string, before = ''): ChildProcess => {
  const code = `
    import { appendFileSync, existsSync } from 'node:fs'
    import { instant } from '@counterfoil/core'
    import { recordDraft } from '@counterfoil/rules/node'
    const [folder, by] = ${JSON.stringify([folder, by])}
    const sleep = (milliseconds) =>
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, milliseconds)
    const at = () => { ${at}; return instant('2026-11-27T08:00:00Z') }
    const ask = { folder, bases: [], id: 'limits', version: '1.0.0', by, because: 'a test', at }
    const draft = () => {
      try { recordDraft(ask) } catch (error) {
        if (!error.retryable) throw error
        sleep(5)
        draft()
      }
    }
    ${before}
    draft()`
  const options = ['--conditions=@counterfoil/source', '--input-type=module', '--eval', code]
  const child = spawn(process.execPath, options, {
    cwd: import.meta.dirname,
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  started.push(child)
  return child
}

const kill = async (child: ChildProcess): Promise<void> => {
  if (child.exitCode !== null || child.signalCode !== null) return
  const gone = once(child, 'exit')
  child.kill('SIGKILL')
  await gone
}

/** Once a process said something. */
const there = async ({ stdout }: ChildProcess): Promise<void> => {
  if (stdout !== null) await once(stdout, 'data')
}

/** A process in the middle of a change, which stays there. */
const inTheMiddle = async (): Promise<ChildProcess> => {
  const child = begin('ann', `process.stdout.write('in the middle'); sleep(600_000)`)
  await there(child)
  return child
}

const lock = () => join(folder, '.changing')
const draft = (by = 'bob') =>
  recordDraft({
    folder,
    bases: [],
    id: 'limits',
    version: '1.0.0',
    by,
    because: 'a test',
    at: instant('2026-11-27T08:00:00Z'),
  })
const entries = (): readonly AuditEntry[] =>
  readFileSync(join(folder, 'audit.jsonl'), 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => AuditEntry.parse(JSON.parse(line)))
const authors = () => entries().map(({ actor }) => actor.id)

// Each starts processes, which takes long on a machine that has other work.
describe('a folder that a process is changing', () => {
  it('is changed by no other while that one lives, and by the next once it was killed', async () => {
    const child = await inTheMiddle()
    expect(draft).toThrow(`process ${child.pid} of`)
    expect(draft).toThrow(`or where it is gone run \`rm "${lock()}"\``)
    await kill(child)
    expect(existsSync(lock())).toBe(true)
    expect(draft()).toMatchObject({ outcome: 'done', finished: [] })
    expect(authors()).toEqual(['bob'])
    expect(readdirSync(folder).filter((file) => file.startsWith('.'))).toEqual([])
  }, 300_000)

  it('is changed by one after the other where several take over from one that was killed', async () => {
    await kill(await inTheMiddle())
    const log = join(folder, 'log')
    const names = ['bob', 'carol', 'dave']
    const go = join(folder, 'go')
    const write = (text: string) => `appendFileSync(${JSON.stringify(log)}, '${text} ')`
    const at = `${write('in')}; sleep(10); ${write('out')}`
    const wait = `process.stdout.write('there'); while (!existsSync(${JSON.stringify(go)})) sleep(5)`
    const children = names.map((by) => begin(by, at, wait))
    await Promise.all(children.map(there))
    writeFileSync(go, '')
    await Promise.all(children.map((child) => once(child, 'exit')))
    expect(children.map(({ exitCode }) => exitCode)).toEqual([0, 0, 0])
    expect(readFileSync(log, 'utf8')).toBe('in out '.repeat(3))
    expect(authors().toSorted()).toEqual(names)
    expect(verifyAuditChain(entries())).toBeNull()
    expect(existsSync(lock())).toBe(false)
  }, 300_000)

  it('is left to a person where the process was on another machine, or before a restart', async () => {
    const child = await inTheMiddle()
    const holder = JSON.parse(readFileSync(lock(), 'utf8'))
    await kill(child)
    for (const elsewhere of [{ host: 'elsewhere' }, { processes: 'of another start' }]) {
      writeFileSync(lock(), JSON.stringify({ ...holder, ...elsewhere }))
      expect(draft).toThrow(/cannot change the rule sets, process \d+ of .* is at it/)
    }
    writeFileSync(lock(), '4711')
    expect(draft).toThrow(/another process is at it: wait for it, or where it is gone run `rm /)
    rmSync(lock())
    expect(draft().outcome).toBe('done')
  }, 300_000)
})
