import { describe, expect, it } from 'vitest'
import { createBatchLoader } from './batch-loader.ts'

function aLoader(batchMax = 10) {
  const batches: string[][] = []
  const load = createBatchLoader({
    keyOf: (key: string) => key,
    batchMax,
    load: async (keys) => {
      batches.push([...keys])
      return keys.map((key) => (key === 'missing' ? null : key.toUpperCase()))
    },
  })
  return { load, batches }
}

describe('reading together', () => {
  it('reads what one level wants at once, each once', async () => {
    const { load, batches } = aLoader()
    const later = Promise.resolve()
      .then(() => undefined)
      .then(() => load('c'))
    expect(await Promise.all([load('a'), load('b'), load('a'), load('missing'), later])).toEqual([
      'A',
      'B',
      'A',
      null,
      'C',
    ])
    expect(batches).toEqual([['a', 'b', 'missing', 'c']])
  })

  it('reads again what is asked again', async () => {
    const { load, batches } = aLoader()
    await load('a')
    await load('a')
    expect(batches).toEqual([['a'], ['a']])
  })

  it('reads no more at once than it may', async () => {
    const { load, batches } = aLoader(2)
    expect(await Promise.all(['a', 'b', 'c'].map(load))).toEqual(['A', 'B', 'C'])
    expect(batches).toEqual([['a', 'b'], ['c']])
  })

  it('tells everybody who asked when reading fails', async () => {
    const load = createBatchLoader({
      keyOf: (key: string) => key,
      batchMax: 10,
      load: async (): Promise<string[]> => {
        throw new Error('no answer')
      },
    })
    const asked = await Promise.allSettled([load('a'), load('b')])
    expect(asked.map(({ status }) => status)).toEqual(['rejected', 'rejected'])
  })

  it('does not keep anybody waiting when an answer is too short', async () => {
    const load = createBatchLoader({
      keyOf: (key: string) => key,
      batchMax: 10,
      load: async (): Promise<string[]> => ['A'],
    })
    const [first, second] = await Promise.allSettled([load('a'), load('b')])
    expect(first).toMatchObject({ status: 'fulfilled', value: 'A' })
    expect(second.status).toBe('rejected')
  })
})
