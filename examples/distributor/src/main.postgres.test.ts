import { execFile } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { afterAll, describe, expect, inject, it } from 'vitest'

declare module 'vitest' {
  interface ProvidedContext {
    readonly postgresUrl: string
  }
}

const main = fileURLToPath(new URL('main.ts', import.meta.url))
const expectedOutput = fileURLToPath(new URL('../expected-output.txt', import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'distributor-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

async function start(): Promise<string> {
  const { stdout } = await promisify(execFile)(process.execPath, [
    '--conditions=@counterfoil/source',
    main,
    '--once',
    '--data',
    folder,
    '--database',
    `${inject('postgresUrl')}/postgres`,
  ])
  return stdout
}

describe('the distributor on PostgreSQL', () => {
  it('prints what it prints on SQLite, and finds nothing left to do the second time', async () => {
    expect(await start()).toBe(readFileSync(expectedOutput, 'utf8'))
    expect(await start()).toMatch(/^effects: 0 new$/m)
  })
})
