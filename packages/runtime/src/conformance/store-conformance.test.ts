import { hashOf } from '@counterfoil/core'
import { describe, expect, it } from 'vitest'
import { createMemoryStore } from '../memory-store/memory-store.ts'
import type { ArchivedLetter } from '../store/commit.ts'
import type { Store } from '../store/store.ts'
import { storeConformanceCases } from './store-conformance.ts'

const harnessOf = (store: Store) => async () => ({ store, dispose: () => store.close() })

describe('the in-memory store', () => {
  const cases = storeConformanceCases(() => harnessOf(createMemoryStore())())
  for (const { name, run } of cases) it(name, run)
})

describe('the conformance cases', () => {
  const whole = createMemoryStore
  const faults: readonly (readonly [what: string, break_: (store: Store) => Store])[] = [
    [
      'answers committed and forgets',
      (store) => ({ ...store, commit: async () => ({ kind: 'committed' }) }),
    ],
    [
      'stores the queue of a commit that conflicts',
      (store) => ({
        ...store,
        commit: async (commit) => {
          const answer = await store.commit(commit)
          if (answer.kind === 'conflict') await store.commit({ queue: commit.queue ?? [] })
          return answer
        },
      }),
    ],
    [
      'lets a later effect overtake',
      (store) => ({
        ...store,
        commit: (commit) =>
          store.commit({
            ...commit,
            effects: (commit.effects ?? []).map((effect) => ({
              ...effect,
              destination: effect.key,
            })),
          }),
      }),
    ],
    [
      'shows one tenant the events of another',
      (store) => ({
        ...store,
        events: (request) => store.events({ ...request, tenant: 'acme' }),
      }),
    ],
    [
      'compares instants as text',
      (store) => ({
        ...store,
        dueTimers: async ({ now, limit }) =>
          (await store.dueTimers({ now: '2999-01-01T00:00:00Z', limit })).filter(
            ({ dueAt }) => dueAt <= now,
          ),
      }),
    ],
    ['goes on after close', (store) => ({ ...store, close: async () => undefined })],
    [
      'gives the newest event first',
      (store) => ({
        ...store,
        events: async (request) => {
          const page = await store.events(request)
          return { ...page, rows: page.rows.toReversed() }
        },
      }),
    ],
    [
      'forgets the place of what is parked again',
      (store) => ({
        ...store,
        commit: async (commit) => {
          const settled = commit.settled ?? []
          await store.commit({
            settled: settled.map((one) => ({ ...one, outcome: { kind: 'duplicate' } })),
          })
          return store.commit(commit)
        },
      }),
    ],
  ]

  const faultsOfPurging: typeof faults = [
    [
      'purges what is not finished',
      (store) => ({
        ...store,
        commit: async (commit) => {
          const waiting = commit.purged === undefined ? [] : await store.queued({ limit: 100 })
          const settled = waiting.map(({ message }) => ({
            message,
            outcome: { kind: 'duplicate' } as const,
            at: '2026-11-25T12:00:00Z',
          }))
          await store.commit({ settled })
          return store.commit(commit)
        },
      }),
    ],
    [
      'keeps the original texts of what it purged',
      (store) => ({
        ...store,
        commit: ({ purged = [], ...commit }) =>
          store.commit({ ...commit, purged: purged.map((one) => ({ ...one, deliveryKeys: [] })) }),
      }),
    ],
    [
      'purges a dead letter that was settled after it was archived',
      (store) => ({
        ...store,
        commit: async ({ purged = [], ...commit }) => {
          const asNow = async (tenant: string, { deadLetterId }: ArchivedLetter) => {
            const { rows } = await store.deadLetters({ tenant, deadLetterId, limit: 1 })
            return rows.map((row) => ({ deadLetterId, contentHash: hashOf(row) }))
          }
          const all = purged.map(async (one) => {
            const letters = one.deadLetters.map((letter) => asNow(one.tenant, letter))
            return { ...one, deadLetters: (await Promise.all(letters)).flat() }
          })
          return store.commit({ ...commit, purged: await Promise.all(all) })
        },
      }),
    ],
    [
      'begins a purged order anew',
      (store) => {
        const gone = new Set<string>()
        return {
          ...store,
          commit: (commit) => {
            for (const { reference } of commit.purged ?? []) gone.add(reference.key)
            return store.commit(commit)
          },
          load: async (requests) =>
            (await store.load(requests)).map((one) => ({
              ...one,
              state: gone.has(one.reference.key) ? null : one.state,
            })),
        }
      },
    ],
  ]

  it.each(faultsOfPurging)(
    'catch, by those of retention alone, a store that %s',
    async (_what, broken) => {
      const cases = storeConformanceCases(() => harnessOf(broken(whole()))())
      const results = await Promise.allSettled(cases.map(({ run }) => run()))
      const failed = cases.filter((_one, index) => results[index]?.status === 'rejected')
      expect(failed.length).toBeGreaterThan(0)
      expect(failed.filter(({ name }) => !name.startsWith('retention:'))).toEqual([])
    },
  )

  it.each(faults)('catch a store that %s', async (_what, broken) => {
    const cases = storeConformanceCases(() => harnessOf(broken(whole()))())
    const results = await Promise.allSettled(cases.map(({ run }) => run()))
    expect(results.filter(({ status }) => status === 'rejected').length).toBeGreaterThan(0)
  })

  it('ask a durable store to be opened again', async () => {
    const cases = storeConformanceCases(harnessOf(createMemoryStore()), { durable: true })
    const names = cases.map(({ name }) => name).filter((name) => name.startsWith('durable:'))
    expect(names.length).toBeGreaterThan(0)
    const [first] = cases.filter(({ name }) => name.startsWith('durable:'))
    await expect(first?.run()).rejects.toThrow('must be able to be opened again')
  })
})
