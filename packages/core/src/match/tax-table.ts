import * as z from 'zod'
import { NonNegativeDecimal } from '../decimal/decimal.ts'

/** One tax code of the buyer's, as the rules give it. */
export const TaxRule = z.strictObject({
  /** As order lines and invoices write it. */
  code: z.string().min(1).max(40),
  ratePercent: NonNegativeDecimal,
  /**
   * `charged`: the supplier bills it. `reverse-charge`: the supplier bills none, and the buyer declares it. `self-assess`: the
   * supplier may leave it out, and what it leaves out the buyer declares.
   */
  treatment: z.enum(['charged', 'reverse-charge', 'self-assess']),
})
export type TaxRule = z.infer<typeof TaxRule>

/** The taxes of an invoice by code, as the buyer works them out. */
export const TaxTable = z.strictObject({
  /** Each code once, with its rate and who declares it. */
  taxes: z.array(TaxRule).min(1).max(200),
  /** Rounded line by line, or once for the sum of a code. */
  rounding: z.enum(['line', 'document']),
  /** The code of the invoice's header charges. Absent: they bear no tax. */
  chargesCode: z.string().min(1).max(40).optional(),
})
export type TaxTable = z.infer<typeof TaxTable>
