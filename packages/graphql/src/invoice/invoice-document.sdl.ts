/** Parts of an invoice document. */
export const invoiceDocumentSdl = `
"""
What is billed of one order line.
"""
type InvoiceLine {
  """
  The invoice's own line number.
  """
  documentLineNumber: String!
  """
  The order it bills; null for a line that names none.
  """
  orderNumber: String
  """
  The order's line.
  """
  orderLineNumber: String
  """
  The receipts it says it bills.
  """
  receiptNumbers: [String!]!
  """
  The numbers the item is known by.
  """
  item: ItemIdentifiers!
  """
  In words.
  """
  description: String
  """
  How much is billed.
  """
  quantity: Decimal!
  """
  Unit of that quantity, UN/ECE Rec 20.
  """
  unitOfMeasure: String!
  """
  The same in the price's unit, for goods priced by weight.
  """
  pricingQuantity: Decimal
  """
  The price printed on the line.
  """
  price: LinePrice
  """
  Quantity times price, before charges.
  """
  amount: Decimal!
  """
  Charges on the line.
  """
  chargesAmount: Decimal!
  """
  Discount on the line.
  """
  discountAmount: Decimal!
}

"""
One tax of the whole invoice.
"""
type InvoiceTax {
  """
  Its code.
  """
  code: String!
  """
  In percent, 19 meaning 19 %.
  """
  ratePercent: Decimal
  """
  The amount it is on.
  """
  taxableAmount: Decimal
  """
  How much it is.
  """
  amount: Decimal!
}
`
