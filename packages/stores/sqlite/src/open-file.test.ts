import { spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { fileURLToPath } from 'node:url'
import { Worker } from 'node:worker_threads'
import { afterEach, describe, expect, it } from 'vitest'
import { createBetterSqlite3Store } from './better-sqlite3.ts'
import { createSqliteStore } from './create-sqlite-store.ts'
import { openWithBetterSqlite3 } from './open-with-better-sqlite3.ts'
import { openWithNode } from './open-with-node.ts'
import { schemaVersions } from './schema.ts'

const folders: string[] = []
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true })
})

function aFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'counterfoil-'))
  folders.push(folder)
  return folder
}

/** Takes from everybody the right to write in a folder. Gives what gives it back; null where nobody may do that. */
function madeReadOnly(folder: string): (() => void) | null {
  if (process.getuid?.() !== 0) {
    chmodSync(folder, 0o555)
    return () => chmodSync(folder, 0o755)
  }
  // Rights do not bind the superuser; a file system does.
  const mount = (...options: readonly string[]): boolean =>
    spawnSync('mount', [...options, folder], { stdio: 'ignore' }).status === 0
  if (!mount('--bind', folder)) return null
  if (!mount('-o', 'remount,ro,bind')) return null
  return () => void spawnSync('umount', [folder])
}

function pragma(file: string, name: string): unknown {
  const database = new DatabaseSync(file)
  const value = Object.values(database.prepare(`PRAGMA ${name}`).get() ?? {})[0]
  database.close()
  return value
}

/** Holds a new file as whoever makes it does, says so, and lets it go a little later. */
const makerProgram = `
  const { parentPort, workerData } = require('node:worker_threads')
  const { driver, file, betterSqlite3 } = workerData
  const Database = driver === 'Node' ? require('node:sqlite').DatabaseSync : require(betterSqlite3)
  const database = new Database(file)
  database.exec('BEGIN IMMEDIATE')
  parentPort.postMessage('held')
  setTimeout(() => {
    database.exec('COMMIT')
    database.close()
  }, 300)
`

const betterSqlite3 = fileURLToPath(import.meta.resolve('better-sqlite3'))

// Two copies of SQLite in one process do not see each other's locks, so each is tried against its own.
const stores = [
  ['Node', createSqliteStore, openWithNode],
  ['better-sqlite3', createBetterSqlite3Store, openWithBetterSqlite3],
] as const

it('opens in either SQLite what the other wrote', async () => {
  const file = join(aFolder(), 'books.sqlite')
  for (const [cursor, [, createStore]] of stores.entries()) {
    const store = createStore({ file })
    await store.commit({ cursors: [{ connector: 'desk', cursor: String(cursor) }] })
    await store.close()
    for (const [, createOther] of stores) {
      const other = createOther({ file })
      expect(await other.cursor({ connector: 'desk' })).toBe(String(cursor))
      await other.close()
    }
  }
})

describe.each(stores)('opening a file in the SQLite of %s', (driver, createStore, open) => {
  const errorOf = async (file: string): Promise<unknown> =>
    createStore({ file })
      .nextDueAt()
      .catch((error: unknown) => error)

  it('waits for the first call, and then makes the folder, the file and the tables', async () => {
    const file = join(aFolder(), 'deep', 'books.sqlite')
    const store = createStore({ file })
    expect(existsSync(file)).toBe(false)
    await store.nextDueAt()
    expect(existsSync(file)).toBe(true)
    await store.close()
    expect(pragma(file, 'journal_mode')).toBe('wal')
  })

  it('makes nothing when the store is closed unused', async () => {
    const file = join(aFolder(), 'books.sqlite')
    await createStore({ file }).close()
    expect(existsSync(file)).toBe(false)
  })

  it('records the version of its tables, and runs no step twice', async () => {
    const file = join(aFolder(), 'books.sqlite')
    for (let opened = 0; opened < 2; opened += 1) {
      const store = createStore({ file })
      await store.nextDueAt()
      await store.close()
    }
    const database = new DatabaseSync(file)
    expect(database.prepare('SELECT version FROM schema_version').all()).toEqual(
      schemaVersions.map((_, index) => ({ version: index + 1 })),
    )
    database.close()
  })

  it('refuses a file that a later release wrote', async () => {
    const file = join(aFolder(), 'books.sqlite')
    const store = createStore({ file })
    await store.nextDueAt()
    await store.close()
    const database = new DatabaseSync(file)
    database.exec('INSERT INTO schema_version VALUES (99)')
    database.close()
    expect(await errorOf(file)).toMatchObject({
      code: 'STORE_UNAVAILABLE',
      retryable: false,
      message: expect.stringContaining('written by a later release'),
    })
  })

  it('refuses the database of another program and leaves it as it was', async () => {
    const file = join(aFolder(), 'other.sqlite')
    const database = new DatabaseSync(file)
    database.exec('CREATE TABLE recipe (name TEXT)')
    database.close()
    expect(await errorOf(file)).toMatchObject({
      code: 'STORE_UNAVAILABLE',
      message: expect.stringContaining('database of another program'),
    })
    const again = new DatabaseSync(file)
    expect(again.prepare("SELECT name FROM sqlite_schema WHERE type = 'table'").all()).toEqual([
      { name: 'recipe' },
    ])
    again.close()
  })

  it('refuses a file that is no database, for good', async () => {
    const file = join(aFolder(), 'letter.txt')
    writeFileSync(file, 'Dear supplier, '.repeat(100))
    expect(await errorOf(file)).toMatchObject({ code: 'STORE_UNAVAILABLE', retryable: false })
  })

  it('says that a file that cannot be opened may be tried again, and opens it once it can', async () => {
    const folder = aFolder()
    const file = join(folder, 'in-the-way', 'books.sqlite')
    writeFileSync(join(folder, 'in-the-way'), 'a file where a folder should be')
    const store = createStore({ file })
    await expect(store.nextDueAt()).rejects.toMatchObject({
      code: 'STORE_UNAVAILABLE',
      retryable: true,
    })
    rmSync(join(folder, 'in-the-way'))
    mkdirSync(join(folder, 'in-the-way'))
    expect(await store.nextDueAt()).toBeNull()
    await store.close()
  })

  it('waits no longer than it is told for another writer, and may be tried again', async () => {
    const file = join(aFolder(), 'books.sqlite')
    const store = createStore({ file, busySeconds: 0 })
    await store.nextDueAt()
    const other = open(file, { busyMilliseconds: 0, readOnly: false })
    other.exec('BEGIN IMMEDIATE')
    await expect(
      store.commit({ cursors: [{ connector: 'a', cursor: '1' }] }),
    ).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE', retryable: true })
    other.exec('ROLLBACK')
    other.close()
    expect(await store.commit({})).toEqual({ kind: 'committed' })
    await store.close()
  })

  it('waits for another process that makes the same new file at the same moment', async () => {
    const file = join(aFolder(), 'books.sqlite')
    const maker = new Worker(makerProgram, {
      eval: true,
      workerData: { file, driver, betterSqlite3 },
    })
    await once(maker, 'message')
    const store = createStore({ file, busySeconds: 20 })
    expect(await store.nextDueAt()).toBeNull()
    await store.close()
    await once(maker, 'exit')
  })

  it('reads what others write, and changes and makes nothing itself, when that is all it may', async () => {
    const file = join(aFolder(), 'books.sqlite')
    const reader = createSqliteStore({ file, readOnly: true })
    await expect(reader.machines()).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE' })
    expect(existsSync(file)).toBe(false)
    const writer = createSqliteStore({ file })
    await writer.commit({ cursors: [{ connector: 'a', cursor: '1' }] })
    expect(await reader.cursor({ connector: 'a' })).toBe('1')
    await writer.commit({ cursors: [{ connector: 'a', cursor: '2' }] })
    expect(await reader.cursor({ connector: 'a' })).toBe('2')
    const refused = reader.commit({ cursors: [{ connector: 'a', cursor: '3' }] })
    await expect(refused).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE' })
    expect(await writer.cursor({ connector: 'a' })).toBe('2')
    await reader.close()
    await writer.close()
  })

  it('says that books in a folder nobody may write to have to be copied', async ({ skip }) => {
    const folder = aFolder()
    const file = join(folder, 'books.sqlite')
    const store = createStore({ file })
    await store.nextDueAt()
    await store.close()
    const writableAgain = madeReadOnly(folder)
    skip(writableAgain === null, 'no folder can be made read-only')
    for (const readOnly of [false, true]) {
      const locked = createStore({ file, readOnly })
      await expect(locked.nextDueAt()).rejects.toMatchObject({
        code: 'STORE_UNAVAILABLE',
        retryable: true,
        message: expect.stringContaining('may not be written to'),
      })
      await locked.close()
    }
    writableAgain?.()
    expect(await errorOf(file)).toBeNull()
  })

  it('refuses a place where nothing would be kept', async () => {
    expect(await errorOf(':memory:')).toMatchObject({
      code: 'STORE_UNAVAILABLE',
      message: expect.stringContaining('write-ahead log'),
    })
  })
})
