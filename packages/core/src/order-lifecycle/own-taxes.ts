import { Invoice } from '../invoice/invoice.ts'
import { invoiceTotal } from '../invoice/invoice-total.ts'
import { determineTaxes } from '../match/determine-taxes.ts'
import { addFigures, isZeroFigure, readFigure, writeFigure } from '../match/figure.ts'
import { minorUnitsOf } from '../money/currency.ts'
import type { Conduct } from '../policy/policy.ts'
import type { PurchaseOrder } from '../purchase-order/purchase-order.ts'

/**
 * A bill of our own with the taxes that the supplier would charge, worked out from the tax codes of its order lines by the
 * table of the rules, and its total with them. Unchanged where the rules give no table; a code the table does not have and
 * reverse charge add nothing.
 */
export function withOwnTaxes(
  document: Invoice,
  order: PurchaseOrder,
  { selfBillingTaxes: table, roundingMode }: Pick<Conduct, 'selfBillingTaxes' | 'roundingMode'>,
): Invoice {
  if (table === undefined) return document
  const taxes = determineTaxes({ invoice: document, orders: [order], table, roundingMode })
    .filter(({ expectedAmount }) => !isZeroFigure(readFigure(expectedAmount)))
    .map(({ code, taxableAmount, expectedAmount: amount }) => {
      const ratePercent = table.taxes.find((one) => one.code === code)?.ratePercent
      return { code, taxableAmount, amount, ...(ratePercent !== undefined && { ratePercent }) }
    })
  const total = taxes
    .map(({ amount }) => readFigure(amount))
    .reduce(addFigures, readFigure(invoiceTotal(document).amount))
  const totalAmount = writeFigure(total, minorUnitsOf(document.currency))
  return Invoice.parse({ ...document, taxes, totalAmount })
}
