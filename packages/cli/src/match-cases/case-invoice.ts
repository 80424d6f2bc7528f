import { Invoice } from '@counterfoil/core'
import {
  caseDefaults,
  chargesOf,
  given,
  headerOf,
  invoiceTypeOf,
  isGiven,
} from './case-defaults.ts'
import type { UnitCodes } from './case-units.ts'
import type { CaseGiven, CaseInvoiceLine } from './match-case.ts'

/** The invoice of a case. */
export function invoiceOf({ invoice, po }: CaseGiven, codes: UnitCodes): Invoice {
  const invoiceDate = invoice.date ?? invoice.entryDate ?? caseDefaults.invoiceDate
  const lines = invoice.lines ?? []
  const numbers = invoiceLineNumbers(lines)
  const supplier = invoice.supplier ?? po.supplier ?? caseDefaults.supplier
  const orderNumber = po.number ?? caseDefaults.orderNumber
  return Invoice.parse({
    kind: 'invoice',
    ...headerOf(invoice.number ?? caseDefaults.invoiceNumber, supplier, invoiceDate),
    invoiceType: invoiceTypeOf(invoice.type),
    invoiceDate,
    entryDate: invoice.entryDate ?? null,
    dueDate: null,
    currency: invoice.currency,
    ...given('exchangeRate', invoice.rate),
    lines: lines.map((line, index) => {
      const orderLine = po.lines.find(({ id }) => id === line.poLine)
      const unitOfMeasure = codes(line.uom ?? orderLine?.uom ?? caseDefaults.unitOfMeasure)
      return {
        documentLineNumber: numbers[index],
        orderNumber,
        orderLineNumber: line.poLine,
        receiptNumbers: line.matchedReceipts ?? [],
        item: {},
        quantity: line.qty,
        unitOfMeasure,
        ...given('pricingQuantity', line.priceQty),
        ...given('price', priceOf(line, codes, orderLine?.priceUom ?? null, unitOfMeasure)),
        amount: line.amount,
        chargesAmount: line.charges ?? '0',
        discountAmount: line.discount ?? '0',
      }
    }),
    charges: chargesOf(invoice.charges),
    taxes: isGiven(invoice.tax) ? [{ code: 'tax', amount: invoice.tax }] : [],
    allowancesAmount: '0',
    totalAmount: invoice.total ?? null,
    ...given('totals', invoice.totals),
  })
}

function priceOf(
  { unitPrice, pricePer }: CaseInvoiceLine,
  codes: UnitCodes,
  priceUnit: string | null,
  unitOfMeasure: string,
) {
  if (!isGiven(unitPrice)) return null
  return {
    amount: unitPrice,
    perQuantity: pricePer ?? '1',
    perUnitOfMeasure: priceUnit === null ? unitOfMeasure : codes(priceUnit),
    priceType: 'firm',
  }
}

/** The number of each line of a case's invoice: the order line's, which a second line of it goes beyond. */
export function invoiceLineNumbers(lines: readonly CaseInvoiceLine[]): readonly string[] {
  return lines.map(({ poLine }, index) => {
    const before = lines.slice(0, index).filter((line) => line.poLine === poLine).length
    return before === 0 ? poLine : `${poLine}+${before}`
  })
}
