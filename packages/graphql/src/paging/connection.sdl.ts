import { firstDefault, firstMax } from './paging.ts'

/** `PageInfo` of every connection. */
export const pagingSdl = `
"""
Where a page lies in its list. The Relay cursor connection.
"""
type PageInfo {
  """
  More rows follow after \`endCursor\`.
  """
  hasNextPage: Boolean!
  """
  The page does not begin at the beginning of the list.
  """
  hasPreviousPage: Boolean!
  """
  Cursor of the first row; null for an empty page.
  """
  startCursor: String
  """
  Cursor of the last row, to give as \`after\` for the next page; null for an empty page.
  """
  endCursor: String
}
`

/** The arguments of a paged field. */
export const pageArguments = `
    """
    How many rows, 1 to ${firstMax}.
    """
    first: Int = ${firstDefault}
    """
    The rows after this cursor; the first ones when absent.
    """
    after: String`

/** The connection and edge types over a type of nodes. A counted one knows the whole length of its list. */
export function connectionSdl(
  node: string,
  rows: string,
  { counted = false }: { readonly counted?: boolean } = {},
): string {
  const totalCount = `
  """
  How many ${rows} there are in all, whatever the page.
  """
  totalCount: Int!`
  return `
"""
A page of ${rows}.
"""
type ${node}Connection {
  """
  The ${rows} with their cursors.
  """
  edges: [${node}Edge!]!
  """
  The ${rows} without cursors.
  """
  nodes: [${node}!]!
  """
  Where the page lies in the list.
  """
  pageInfo: PageInfo!${counted ? totalCount : ''}
}

"""
One of the ${rows} and its place in the list.
"""
type ${node}Edge {
  """
  Its place, to give as \`after\`.
  """
  cursor: String!
  """
  The row itself.
  """
  node: ${node}!
}
`
}
