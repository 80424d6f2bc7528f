import type { InvoiceType } from '../invoice/invoice.ts'
import { readFigure } from '../match/figure.ts'
import { canConvert, inOrderUnit } from '../match/order-unit.ts'
import { dayOfIssue } from '../purchase-order/order-day.ts'
import type { OrderLine } from '../purchase-order/order-line.ts'
import type { OrderFacts } from './order-facts.ts'
import { billedOn } from './view-ledger.ts'
import type { Portion } from './pour-quantities.ts'

/** What was billed of an order line and given back again, in its unit; what is in another unit is left out. */
export function billedPortions(
  line: OrderLine,
  { billings, issued }: Pick<OrderFacts, 'billings' | 'issued'>,
): { readonly invoiced: readonly Portion[]; readonly credited: readonly Portion[] } {
  const invoiced: Portion[] = []
  const credited: Portion[] = []
  const on = issued === null ? null : dayOfIssue(issued)
  for (const billing of Object.values(billings)) {
    const way = wayOf(billing.invoiceType)
    if (way === null) continue
    for (const { quantity, unitOfMeasure } of billedOn(billing, line.orderLineNumber)) {
      if (unitOfMeasure === line.unitOfMeasure) {
        ;(way === 'bills' ? invoiced : credited).push({ quantity: readFigure(quantity) })
      } else if (on !== null && canConvert(line, unitOfMeasure, line.unitOfMeasure, on)) {
        const converted = inOrderUnit(line, { quantity, unitOfMeasure, on })
        ;(way === 'bills' ? invoiced : credited).push({ quantity: converted })
      }
    }
  }
  return { invoiced, credited }
}

/** Whether an invoice of that type bills goods or gives them back; null where it moves money only. */
export function wayOf(invoiceType: InvoiceType): 'bills' | 'gives-back' | null {
  switch (invoiceType) {
    case 'standard':
    case 'debit':
    case 'self-billed':
    case 'consolidated':
    case 'correction':
      return 'bills'
    case 'credit':
    case 'reversal':
      return 'gives-back'
    case 'prepayment':
    case 'subsequent-debit':
    case 'subsequent-credit':
    case 'cancellation':
      return null
  }
}
