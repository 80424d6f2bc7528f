import type { Page } from '@counterfoil/runtime'
import { requestError } from '../request/request-error.ts'
import { decodeOpaque, encodeOpaque } from './opaque-text.ts'

/** The arguments of every paged field. */
export type PageArguments = {
  readonly first?: number | null | undefined
  readonly after?: string | null | undefined
}

/** Rows of a page when nobody says how many. */
export const firstDefault = 20
/** The most rows of a page anybody may ask for; more is refused. */
export const firstMax = 250

/** A page of a list as GraphQL clients expect it: the Relay cursor connection, with `nodes` for those who need no cursors. */
export type Connection<Node> = {
  readonly edges: readonly { readonly cursor: string; readonly node: Node }[]
  readonly nodes: readonly Node[]
  readonly pageInfo: {
    readonly hasNextPage: boolean
    readonly hasPreviousPage: boolean
    readonly startCursor: string | null
    readonly endCursor: string | null
  }
}

/** A connection whose whole length is known. */
export type CountedConnection<Node> = Connection<Node> & { readonly totalCount: number }

/** How many rows are asked for; refuses what is not from 1 to 250. */
export function readFirst({ first }: PageArguments): number {
  const wanted = first ?? firstDefault
  if (Number.isInteger(wanted) && wanted >= 1 && wanted <= firstMax) return wanted
  throw requestError(
    'PAGE_INVALID',
    `cannot give \`${wanted}\` rows: ask for 1 to ${firstMax} with \`first\``,
  )
}

/**
 * A page of a list that a store gives by its own cursors, which only stand between pages. The cursor of a row is therefore
 * the store's cursor of its page, its place in it, and its id in case rows were put in before it since.
 */
export async function connectPage<Row, Node>({
  args,
  read,
  idOf,
  nodeOf,
}: {
  readonly args: PageArguments
  readonly read: (request: {
    readonly limit: number
    readonly cursor: string | undefined
  }) => Promise<Page<Row>>
  readonly idOf: (row: Row) => string
  readonly nodeOf: (row: Row) => Node
}): Promise<Connection<Node>> {
  const first = readFirst(args)
  const after = readPlace(args)
  const page = await read({ limit: after.skip + first, cursor: after.page ?? undefined })
  const found = after.id === null ? -1 : page.rows.findIndex((row) => idOf(row) === after.id)
  const start = found === -1 ? after.skip : found + 1
  if (start > 0 && start >= page.rows.length && page.cursor !== null) {
    const next = encodePlace({ page: page.cursor, skip: 0, id: null })
    return connectPage({ args: { first, after: next }, read, idOf, nodeOf })
  }
  const rows = page.rows.slice(start, start + first)
  const edges = rows.map((row, index) => {
    const place = start + index + 1
    const isLast = place === page.rows.length && page.cursor !== null
    const cursor = isLast
      ? encodePlace({ page: page.cursor, skip: 0, id: null })
      : encodePlace({ page: after.page, skip: place, id: idOf(row) })
    return { cursor, node: nodeOf(row) }
  })
  const hasNextPage = page.cursor !== null || start + rows.length < page.rows.length
  return connection(edges, { hasNextPage, hasPreviousPage: hasAfter(args) })
}

/** A page of a list that is at hand as a whole. */
export function connectList<Row, Node>(
  rows: readonly Row[],
  args: PageArguments,
  nodeOf: (row: Row) => Node,
): CountedConnection<Node> {
  const first = readFirst(args)
  const { skip } = readPlace(args)
  const edges = rows.slice(skip, skip + first).map((row, index) => ({
    cursor: encodePlace({ page: null, skip: skip + index + 1, id: null }),
    node: nodeOf(row),
  }))
  const hasNextPage = skip + edges.length < rows.length
  const totalCount = rows.length
  return { ...connection(edges, { hasNextPage, hasPreviousPage: hasAfter(args) }), totalCount }
}

/** A page of a list of keys, of which only the page's own are read. What is not there any more is left out. */
export async function connectKeys<Node>(
  keys: readonly string[],
  args: PageArguments,
  load: (key: string) => Promise<Node | null>,
): Promise<CountedConnection<Node>> {
  const page = connectList(keys, args, (key) => key)
  const loaded = await Promise.all(
    page.edges.map(async ({ cursor, node }) => ({ cursor, node: await load(node) })),
  )
  const edges = loaded.flatMap(({ cursor, node }) => (node === null ? [] : [{ cursor, node }]))
  return { ...page, edges, nodes: edges.map(({ node }) => node) }
}

/** After so many rows of the page that begins after the store's cursor `page`; `id` is of the last of them. */
type PlaceInList = {
  readonly page: string | null
  readonly skip: number
  readonly id: string | null
}

function encodePlace({ page, skip, id }: PlaceInList): string {
  return encodeOpaque(JSON.stringify([page, skip, id]))
}

function readPlace({ after }: PageArguments): PlaceInList {
  if (!isGiven(after)) return { page: null, skip: 0, id: null }
  const place = placeIn(readJson(decodeOpaque(after)))
  if (place !== null) return place
  throw requestError('PAGE_INVALID', 'cannot go on after `after`: give a cursor of this list')
}

function placeIn(value: unknown): PlaceInList | null {
  if (!Array.isArray(value)) return null
  const [page, skip, id]: readonly unknown[] = value
  if (!isTextOrNull(page) || !isTextOrNull(id)) return null
  if (typeof skip !== 'number' || !Number.isSafeInteger(skip) || skip < 0) return null
  return { page, skip, id }
}

function isTextOrNull(value: unknown): value is string | null {
  return value === null || typeof value === 'string'
}

function hasAfter({ after }: PageArguments): boolean {
  return isGiven(after)
}

function isGiven(after: string | null | undefined): after is string {
  return after !== undefined && after !== null
}

function readJson(text: string | null): unknown {
  try {
    return text === null ? null : JSON.parse(text)
  } catch {
    return null
  }
}

function connection<Node>(
  edges: Connection<Node>['edges'],
  more: Pick<Connection<Node>['pageInfo'], 'hasNextPage' | 'hasPreviousPage'>,
): Connection<Node> {
  return {
    edges,
    nodes: edges.map(({ node }) => node),
    pageInfo: {
      ...more,
      startCursor: edges[0]?.cursor ?? null,
      endCursor: edges.at(-1)?.cursor ?? null,
    },
  }
}
