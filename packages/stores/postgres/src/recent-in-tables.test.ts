import type { AggregateReference, AggregateState } from '@counterfoil/core'
import type { CommitAnswer, Store } from '@counterfoil/runtime'
import { afterEach, describe, expect, it } from 'vitest'
import { createPostgresStore } from './postgres-store.ts'
import { someBooks } from './test-books.examples.ts'

const reference: AggregateReference = { kind: 'order', key: 'acme/0001/4711' }

function stateOf(sequence: number, note = 'first'): AggregateState & { readonly note: string } {
  const machine = { name: 'order', version: 1, shape: 'a'.repeat(64) }
  return { key: reference.key, sequence, auditHead: null, machine, note }
}

describe('states kept beside tables', () => {
  const opened: Store[] = []
  afterEach(async () => {
    await Promise.all(opened.splice(0).map((store) => store.close()))
  })

  /** Two stores over the same tables, as two processes have them. */
  function tablesOfTwo() {
    const { settings, sql } = someBooks()
    const [one, other] = [createPostgresStore(settings), createPostgresStore(settings)]
    opened.push(one, other)
    return { one, other, sql }
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

  it('are given again while they are what is stored: those that were read and those that were written', async () => {
    const { one, other } = tablesOfTwo()
    await write(other, 0, stateOf(1))
    const found = await read(one)
    expect(found).toEqual(stateOf(1))
    expect(await read(one)).toBe(found)
    const next = stateOf(2)
    await write(one, 1, next)
    expect(await read(one)).toBe(next)
  })

  it('stay while others write about other aggregates, also in one commit with others', async () => {
    const { one, other } = tablesOfTwo()
    const [first, ofBeta] = [stateOf(1), stateOf(1, 'of beta')]
    await Promise.all([write(one, 0, first), write(one, 0, ofBeta, 'beta')])
    await write(other, 0, stateOf(1), 'gamma')
    expect(await read(one)).toBe(first)
    expect(await read(one, 'beta')).toBe(ofBeta)
    expect(await read(one, 'gamma')).toEqual(stateOf(1))
  })

  it('are read again once another process wrote, also where the version stayed the same', async () => {
    const { one, other } = tablesOfTwo()
    await write(one, 0, stateOf(1))
    await write(other, 1, stateOf(2))
    expect(await read(one)).toEqual(stateOf(2))
    await write(other, 2, stateOf(2, 'rebuilt'))
    expect(await read(one)).toEqual(stateOf(2, 'rebuilt'))
  })

  it('are not given where somebody changed the table by hand', async () => {
    const { one, sql } = tablesOfTwo()
    await write(one, 0, stateOf(1))
    await sql(`UPDATE aggregate SET body = '${JSON.stringify(stateOf(1, 'by hand'))}'`)
    expect(await read(one)).toEqual(stateOf(1, 'by hand'))
    await sql('DELETE FROM aggregate')
    expect(await read(one)).toBeNull()
  })

  it('do not hold what was refused or contradicted what is stored', async () => {
    const { one, other } = tablesOfTwo()
    await write(one, 0, stateOf(1))
    await write(other, 1, stateOf(2))
    expect((await write(one, 1, stateOf(2, 'too late'))).kind).toBe('conflict')
    expect(await read(one)).toEqual(stateOf(2))
    const entry = { sequence: 1, eventId: 'e1' }
    const twice = { tenant: 'acme', reference, entry: Object.assign(Object.create(null), entry) }
    const contradicting = one.commit({
      aggregates: [{ tenant: 'acme', reference, versionBefore: 2, state: stateOf(3) }],
      audit: [twice, twice],
    })
    await expect(contradicting).rejects.toThrow('')
    expect(await read(one)).toEqual(stateOf(2))
  })
})
