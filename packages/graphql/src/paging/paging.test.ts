import type { Page } from '@counterfoil/runtime'
import { describe, expect, it } from 'vitest'
import { connectKeys, connectList, connectPage, firstMax, type PageArguments } from './paging.ts'

/** A list as a store keeps it: by key, in pages whose cursors stand only between them. */
function aStore(keys: readonly string[]) {
  const asked: { limit: number; cursor: string | undefined }[] = []
  const read = async (request: {
    readonly limit: number
    readonly cursor: string | undefined
  }): Promise<Page<string>> => {
    asked.push(request)
    const rest = keys.filter((key) => request.cursor === undefined || key > request.cursor)
    const rows = rest.slice(0, request.limit)
    return { rows, cursor: rest.length > rows.length ? (rows.at(-1) ?? null) : null }
  }
  return { read, asked }
}

const ask = (store: ReturnType<typeof aStore>, args: PageArguments) =>
  connectPage({ args, read: store.read, idOf: (key) => key, nodeOf: (key) => key })
const letters = 'abcdefghij'.split('')

describe('a page of a stored list', () => {
  it('gives the first rows, and says that more follow', async () => {
    const page = await ask(aStore(letters), { first: 3 })
    expect(page.nodes).toEqual(['a', 'b', 'c'])
    expect(page.pageInfo).toMatchObject({ hasNextPage: true, hasPreviousPage: false })
    expect(page.pageInfo.startCursor).toBe(page.edges[0]?.cursor)
    expect(page.pageInfo.endCursor).toBe(page.edges[2]?.cursor)
  })

  it('gives every row once, page after page', async () => {
    for (const first of [1, 2, 3, 4, 7, 10, 11]) {
      const store = aStore(letters)
      const seen: string[] = []
      let after: string | null = null
      for (;;) {
        const page = await ask(store, { first, after })
        seen.push(...page.nodes)
        after = page.pageInfo.endCursor
        if (!page.pageInfo.hasNextPage) break
      }
      expect(seen, `by ${first}`).toEqual(letters)
    }
  })

  it('goes on after any row, not only after the last of a page', async () => {
    const store = aStore(letters)
    const { edges } = await ask(store, { first: 5 })
    for (const { cursor, node } of edges) {
      const page = await ask(store, { first: 4, after: cursor })
      const next = letters.indexOf(node) + 1
      expect(page.nodes).toEqual(letters.slice(next, next + 4))
      expect(page.pageInfo.hasPreviousPage).toBe(true)
    }
  })

  it('goes on after the right row when others were put in before it', async () => {
    const before = await ask(aStore(['b', 'd', 'f', 'h']), { first: 3 })
    const after = before.edges[1]?.cursor
    const store = aStore(['a', 'b', 'c', 'd', 'f', 'h'])
    const page = await ask(store, { first: 3, after })
    expect(page.nodes).toEqual(['f'])
    expect(page.pageInfo.hasNextPage).toBe(true)
    const rest = await ask(store, { first: 3, after: page.pageInfo.endCursor })
    expect(rest.nodes).toEqual(['h'])
  })

  it('goes on where it was when the row itself is gone', async () => {
    const before = await ask(aStore(['a', 'b', 'c', 'd']), { first: 3 })
    const page = await ask(aStore(['a', 'c', 'd']), { first: 3, after: before.edges[1]?.cursor })
    expect(page.nodes).toEqual(['d'])
  })

  it('gives what came after the end of a list that had been read to its end', async () => {
    const before = await ask(aStore(['a', 'b']), { first: 5 })
    expect(before.pageInfo.hasNextPage).toBe(false)
    const { endCursor } = before.pageInfo
    expect((await ask(aStore(['a', 'b']), { first: 5, after: endCursor })).nodes).toEqual([])
    const longer = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i']
    expect((await ask(aStore(longer), { first: 5, after: endCursor })).nodes).toEqual(
      'cdefg'.split(''),
    )
  })

  it('gives an empty page without cursors', async () => {
    const page = await ask(aStore([]), { first: 3 })
    expect(page).toEqual({
      edges: [],
      nodes: [],
      pageInfo: {
        hasNextPage: false,
        hasPreviousPage: false,
        startCursor: null,
        endCursor: null,
      },
    })
  })

  it('never asks a store for more than two pages of the largest size', async () => {
    const store = aStore(letters)
    await ask(store, { first: firstMax })
    await expect(ask(store, { first: firstMax + 1 })).rejects.toThrow('ask for 1 to 250')
    await expect(ask(store, { first: 0 })).rejects.toThrow('cannot give `0` rows')
    expect(store.asked.map(({ limit }) => limit)).toEqual([firstMax])
  })

  it('refuses a cursor that is none of ours', async () => {
    const store = aStore(letters)
    const foreign = ['', 'x', '!!', 'bnVsbA', 'e30', 'WzEsMiwzXQ', 'WyJhIiwtMSxudWxsXQ']
    for (const after of [...foreign, 'x'.repeat(5000)]) {
      await expect(ask(store, { after }), after).rejects.toThrow('give a cursor of this list')
    }
    expect(store.asked).toEqual([])
  })
})

describe('a page of a list at hand', () => {
  it('gives its rows and how many there are in all', () => {
    const first = connectList(letters, { first: 4 }, (letter) => letter.toUpperCase())
    expect(first.nodes).toEqual(['A', 'B', 'C', 'D'])
    expect(first.totalCount).toBe(10)
    expect(first.pageInfo.hasNextPage).toBe(true)
    const after = first.pageInfo.endCursor
    const rest = connectList(letters, { first: 10, after }, (letter) => letter)
    expect(rest.nodes.join('')).toBe('efghij')
    expect(rest.pageInfo).toMatchObject({ hasNextPage: false, hasPreviousPage: true })
  })

  it('reads only the rows of the page, and leaves out what is gone', async () => {
    const read: string[] = []
    const page = await connectKeys(letters, { first: 3 }, async (key) => {
      read.push(key)
      return key === 'b' ? null : key
    })
    expect(read).toEqual(['a', 'b', 'c'])
    expect(page.nodes).toEqual(['a', 'c'])
    expect(page.totalCount).toBe(10)
  })
})
