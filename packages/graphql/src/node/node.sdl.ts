/** What has an id of its own. */
export const nodeSdl = `
"""
Something that has an id of its own and can be asked for again.
"""
interface Node {
  """
  Opaque id. Whose books are looked into, the host says, never an id.
  """
  id: ID!
}
`
