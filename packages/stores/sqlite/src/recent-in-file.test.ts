import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import type { AggregateReference, AggregateState } from '@counterfoil/core'
import type { CommitAnswer, Store } from '@counterfoil/runtime'
import { afterEach, describe, expect, it } from 'vitest'
import { createBetterSqlite3Store } from './better-sqlite3.ts'
import { createSqliteStore } from './create-sqlite-store.ts'

const reference: AggregateReference = { kind: 'order', key: 'acme/0001/4711' }

function stateOf(sequence: number, note = 'first'): AggregateState & { readonly note: string } {
  const machine = { name: 'order', version: 1, shape: 'a'.repeat(64) }
  return { key: reference.key, sequence, auditHead: null, machine, note }
}

describe.each([
  ['the SQLite of Node', createSqliteStore],
  ['better-sqlite3', createBetterSqlite3Store],
])('states kept beside a file on %s', (_name, createStore) => {
  const opened: { readonly folder: string; readonly stores: Store[] }[] = []
  afterEach(async () => {
    for (const { folder, stores } of opened.splice(0)) {
      await Promise.all(stores.map((store) => store.close()))
      rmSync(folder, { recursive: true })
    }
  })

  /** Two stores over one file, as two processes have them. */
  function aFileOfTwo() {
    const folder = mkdtempSync(join(tmpdir(), 'counterfoil-'))
    const file = join(folder, 'books.db')
    const stores = [createStore({ file }), createStore({ file })] as const
    opened.push({ folder, stores: [...stores] })
    return { file, one: stores[0], other: stores[1] }
  }

  async function read(store: Store, tenant = 'acme'): Promise<AggregateState | null> {
    const [loaded] = await store.load([{ tenant, reference, messageIds: [] }])
    return loaded?.state ?? null
  }

  function write(
    store: Store,
    versionBefore: number,
    state: AggregateState,
    tenant = 'acme',
  ): Promise<CommitAnswer> {
    return store.commit({ aggregates: [{ tenant, reference, versionBefore, state }] })
  }

  it('are given again while nobody else wrote: those that were read and those that were written', async () => {
    const { one, other } = aFileOfTwo()
    await write(other, 0, stateOf(1))
    const found = await read(one)
    expect(found).toEqual(stateOf(1))
    expect(await read(one)).toBe(found)
    const next = stateOf(2)
    await write(one, 1, next)
    expect(await read(one)).toBe(next)
  })

  it('are read again once another process wrote, also where the version stayed the same', async () => {
    const { one, other } = aFileOfTwo()
    await write(one, 0, stateOf(1))
    await read(one)
    await write(other, 1, stateOf(2))
    expect(await read(one)).toEqual(stateOf(2))
    await write(other, 2, stateOf(2, 'rebuilt'))
    expect(await read(one)).toEqual(stateOf(2, 'rebuilt'))
  })

  it('are not those of another aggregate changed by this process after another wrote', async () => {
    const { one, other } = aFileOfTwo()
    await write(one, 0, stateOf(1))
    await read(one)
    await write(other, 1, stateOf(2))
    await write(one, 0, stateOf(1), 'beta')
    expect(await read(one)).toEqual(stateOf(2))
    expect(await read(one, 'beta')).toEqual(stateOf(1))
  })

  it('are not given where somebody changed the file by hand', async () => {
    const { file, one } = aFileOfTwo()
    await write(one, 0, stateOf(1))
    const byHand = new DatabaseSync(file)
    byHand.prepare('UPDATE aggregate SET body = ?').run(JSON.stringify(stateOf(1, 'by hand')))
    byHand.close()
    expect(await read(one)).toEqual(stateOf(1, 'by hand'))
  })

  it('do not hold what was refused', async () => {
    const { one, other } = aFileOfTwo()
    await write(one, 0, stateOf(1))
    await write(other, 1, stateOf(2))
    expect((await write(one, 1, stateOf(2, 'too late'))).kind).toBe('conflict')
    expect(await read(one)).toEqual(stateOf(2))
    const contradicting = one.commit({
      aggregates: [{ tenant: 'acme', reference, versionBefore: 2, state: stateOf(3) }],
      cursors: [{ connector: 'erp', cursor: JSON.parse('null') }],
    })
    await expect(contradicting).rejects.toThrow('')
    expect(await read(one)).toEqual(stateOf(2))
  })

  it('are those of one tenant', async () => {
    const { one } = aFileOfTwo()
    await write(one, 0, stateOf(1))
    expect(await read(one, 'beta')).toBeNull()
    await write(one, 0, stateOf(1, 'of beta'), 'beta')
    expect(await read(one)).toEqual(stateOf(1))
    expect(await read(one, 'beta')).toEqual(stateOf(1, 'of beta'))
  })
})
