import { type MatchLevel, OrderLine, PriceType, PurchaseOrder } from '@counterfoil/core'
import { defineEnum } from '../enum/define-enum.ts'

/** Words of orders and their lines. */
export const purchaseOrderEnums = [
  defineEnum('OrderType', 'What an order is for.', PurchaseOrder.shape.orderType.options),
  defineEnum('LineType', 'What an order line is for.', OrderLine.shape.lineType.options),
  defineEnum('PriceType', 'How firm a price is.', PriceType.options),
  defineEnum('MatchLevel', 'How an invoice line is compared.', {
    none: 'Not at all.',
    totals: 'By totals.',
    'two-way': 'Price against the order.',
    'three-way': 'And quantity against what was received.',
    'four-way': 'And quantity against what was accepted.',
  } satisfies Record<MatchLevel, string>),
  defineEnum(
    'MatchTo',
    'What an invoice line is verified against.',
    OrderLine.shape.matchTo.options,
  ),
]

/** Parts of order and invoice documents. */
export const purchaseOrderSdl = `
"""
A price of a line: 12.40 per 100 pieces.
"""
type LinePrice {
  """
  How much, in the document's currency.
  """
  amount: Decimal!
  """
  The quantity the amount pays for.
  """
  perQuantity: Decimal!
  """
  The unit of that quantity.
  """
  perUnitOfMeasure: String!
  """
  How firm it is.
  """
  priceType: PriceType!
}

"""
Who approved an order in the system it comes from.
"""
type OrderApproval {
  """
  The name there.
  """
  approvedBy: String!
  """
  When.
  """
  approvedAt: Instant!
  """
  As what.
  """
  role: String
}

"""
When payment is due and what paying early earns.
"""
type PaymentTerms {
  """
  Days from the invoice date to the due date.
  """
  netDays: Int
  """
  Discount for paying early, in percent.
  """
  discountPercent: Decimal
  """
  Days from the invoice date on which the discount is granted.
  """
  discountDays: Int
}

"""
A charge known by its code: freight, handling, insurance.
"""
type Charge {
  """
  Its code.
  """
  code: String!
  """
  How much.
  """
  amount: Decimal!
  """
  In words.
  """
  description: String
}

"""
How much more or less than ordered may be delivered.
"""
type DeliveryTolerance {
  """
  Percent over; null when it is not checked.
  """
  overPercent: Decimal
  """
  Percent under; null when it is not checked.
  """
  underPercent: Decimal
  """
  Any quantity over is taken.
  """
  overUnlimited: Boolean!
}
`
