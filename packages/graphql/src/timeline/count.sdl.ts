/** How many rows a list has. */
export const countSdl = `
"""
How many orders, shipments or invoices stand in one state.
"""
type StateCount {
  """
  The state, in our own words: on-hold, part-received.
  """
  state: String!
  """
  Whether something is left to do.
  """
  open: Boolean!
  """
  How many.
  """
  count: Int!
}

"""
How many cases or holds stand in one state with one owner.
"""
type OwnerCount {
  """
  The role that owns them.
  """
  ownerRole: String
  """
  The state, in our own words: waiting-supplier, placed.
  """
  state: String!
  """
  Whether they still want somebody.
  """
  open: Boolean!
  """
  How many.
  """
  count: Int!
}
`
