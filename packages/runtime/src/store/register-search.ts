import { type Decimal, trimDecimal } from '@counterfoil/core'

/** An invoice number as the register compares it: letters and digits only, capitals. `inv-0042/A` becomes `INV0042A`. */
export function registerNumber(invoiceNumber: string): string {
  return invoiceNumber.replace(/[^\p{L}\p{N}]/gu, '').toUpperCase()
}

/** A total as the register compares it: `100.00` and `100.0` are one amount. Null stays null and equals nothing. */
export function registerTotal(totalAmount: Decimal | null): Decimal | null {
  return totalAmount === null ? null : trimDecimal(totalAmount)
}
