/** What trading partners call an item. */
export const itemSdl = `
"""
The numbers trading partners call an item by.
"""
type ItemIdentifiers {
  """
  The buyer's item number.
  """
  buyerItem: String
  """
  The supplier's item number.
  """
  supplierItem: String
  """
  Further numbers the supplier knows it by.
  """
  otherSupplierItems: [String!]
  """
  GS1 trade item number.
  """
  gtin: String
  """
  The manufacturer's item number.
  """
  manufacturerItem: String
}
`
