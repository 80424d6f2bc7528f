import * as z from 'zod'
import { NonNegativeDecimal, PositiveDecimal } from '../decimal/decimal.ts'
import { Invoice } from '../invoice/invoice.ts'

/** The buyer bills itself what was counted or used, or takes back what it billed too much (evaluated receipts, self-billing). */
export const GoodsBilled = z.strictObject({
  /** `self-billed`, or a `credit` on an earlier one. UNTDID 1001 389. */
  document: Invoice,
  /** The receipt it bills. */
  receiptNumber: z.string().max(80),
  /** For each line of the document the line of the receipt it bills. */
  receiptLines: z.array(z.string().max(40)),
})
export type GoodsBilled = z.infer<typeof GoodsBilled>

/** A bill of our own as the order keeps it: so much of each receipt line was billed, or taken back by a credit. */
export const OwnBilling = z.strictObject({
  documentNumber: z.string().max(80),
  invoiceType: z.enum(['self-billed', 'credit']),
  receiptNumber: z.string().max(80),
  lines: z.array(
    z.strictObject({
      orderLineNumber: z.string().max(40),
      receiptLineNumber: z.string().max(40),
      /** In the order line's unit of measure. */
      quantity: PositiveDecimal,
      amount: NonNegativeDecimal,
      discountAmount: NonNegativeDecimal,
    }),
  ),
})
export type OwnBilling = z.infer<typeof OwnBilling>

/** What the order keeps of a bill of our own. */
export function ownBillingOf({ document, receiptNumber, receiptLines }: GoodsBilled): OwnBilling {
  const { documentNumber, invoiceType } = document
  return {
    documentNumber,
    invoiceType: invoiceType === 'credit' ? 'credit' : 'self-billed',
    receiptNumber,
    lines: document.lines.map(({ orderLineNumber, quantity, amount, discountAmount }, index) => ({
      orderLineNumber: orderLineNumber ?? '',
      receiptLineNumber: receiptLines[index] ?? '',
      quantity,
      amount,
      discountAmount,
    })),
  }
}
