import { Discrepancy } from '@counterfoil/core'
import { defineEnum } from '../enum/define-enum.ts'

/** Every kind of difference there is. */
export const discrepancyEnums = [
  defineEnum(
    'DiscrepancyKind',
    'A kind of measured difference between two documents.',
    Discrepancy.options.map(({ shape }) => shape.kind.value),
  ),
]

/** Measured differences. */
export const discrepancySdl = `
"""
A measured difference between two documents. It says what differs and by how much, not whether that matters.
"""
type Discrepancy {
  """
  What kind of difference.
  """
  kind: DiscrepancyKind!
  """
  Number of the document that differs.
  """
  documentNumber: String!
  """
  Its line; null for the document as a whole.
  """
  documentLineNumber: String
  """
  The order it was compared with.
  """
  orderNumber: String
  """
  The order's line.
  """
  orderLineNumber: String
  """
  The schedule of that line.
  """
  scheduleNumber: String
  """
  What was expected: a quantity, an amount, a day or a text.
  """
  expected: String
  """
  What was found.
  """
  actual: String
  """
  Found less expected, of quantities and amounts.
  """
  difference: Decimal
  """
  The difference in percent of what was expected, 4 digits; null when nothing was expected.
  """
  percent: Decimal
  """
  Days later than expected, of days; negative is earlier.
  """
  differenceDays: Int
  """
  Unit of the quantities, UN/ECE Rec 20.
  """
  unitOfMeasure: String
  """
  Currency of the amounts.
  """
  currency: String
}
`
