import type { Commit } from '@counterfoil/runtime'
import { describe, expect, it } from 'vitest'
import { type CommitFate, createCommitter } from './commit-together.ts'
import { createPostgresStore } from './postgres-store.ts'
import { someBooks } from './test-books.examples.ts'

const numbered = (number: number): Commit => ({
  cursors: [{ connector: 'erp', cursor: String(number) }],
})

describe('commits that wait', () => {
  it('go together once the one under way is done, at most so many, and none waits for others', async () => {
    const groups: number[] = []
    const { commit, settle } = createCommitter(async (commits) => {
      groups.push(commits.length)
      await Promise.resolve()
      return commits.map((): CommitFate => ({ kind: 'committed' }))
    }, 4)
    await Promise.all([1, 2, 3, 4, 5, 6, 7].map((number) => commit(numbered(number))))
    await commit(numbered(8))
    await settle()
    expect(groups).toEqual([1, 4, 2, 1])
  })

  it('have each a fate of their own: a conflict or a contradiction takes no other with it', async () => {
    const { settings, sql } = someBooks()
    const store = createPostgresStore(settings)
    const tenant = 'acme'
    const reference = { kind: 'order', key: 'acme/0001/4711' } as const
    const delivery = (deliveryKey: string): Commit => ({
      deliveries: [
        {
          tenant,
          deliveryKey,
          contentHash: 'x',
          receivedAt: '2026-11-25T12:00:00Z',
          answer: {
            outcome: 'accepted',
            deliveryKey,
            document: { kind: 'receipt', documentNumber: '1', revision: 0, supplier: 'S100' },
            aggregates: [reference],
            findings: [],
          },
        },
      ],
    })
    const effect = {
      tenant,
      key: 'k1',
      aggregate: reference,
      destination: 'people',
      intent: { kind: 'notify', role: 'buyer', topic: 't', subject: 's', sentence: 'look' },
      decidedAt: '2026-11-25T12:00:00Z',
    } as const
    const fates = await Promise.allSettled(
      [
        delivery('d0'),
        delivery('d1'),
        delivery('d1'),
        { effects: [effect] },
        { ...delivery('d2'), effects: [effect] },
        delivery('d3'),
      ].map((commit) => store.commit(commit)),
    )
    const conflict = { kind: 'conflict', on: 'delivery', key: 'd1' }
    const committed = { kind: 'committed' }
    expect(
      fates.map((fate) => (fate.status === 'fulfilled' ? fate.value : fate.reason.code)),
    ).toEqual([committed, committed, conflict, committed, 'INVARIANT_BROKEN', committed])
    const stored = await sql('SELECT delivery_key FROM delivery ORDER BY delivery_key')
    expect(stored.map((row) => row['delivery_key'])).toEqual(['d0', 'd1', 'd3'])
    await store.close()
  })

  it('are one transaction in the database', async () => {
    const { settings, sql } = someBooks()
    const store = createPostgresStore(settings)
    await store.commit({})
    const commits = Array.from({ length: 100 }, (_, number): Commit => ({
      cursors: [{ connector: `c${number}`, cursor: '1' }],
    }))
    await Promise.all(commits.map((commit) => store.commit(commit)))
    expect(await sql('SELECT DISTINCT xmin::text FROM cursor')).toHaveLength(2)
    await store.close()
  })
})
