/** Amounts of money. */
export const moneySdl = `
"""
An amount of money in its currency.
"""
type Money {
  """
  How much.
  """
  amount: Decimal!
  """
  ISO 4217 code.
  """
  currency: String!
}

"""
An amount of money in its currency.
"""
input MoneyInput {
  """
  How much.
  """
  amount: Decimal!
  """
  ISO 4217 code.
  """
  currency: String!
}
`
