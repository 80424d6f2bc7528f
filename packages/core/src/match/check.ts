import type { CalendarDate } from '../calendar/calendar-date.ts'
import type { Instant } from '../calendar/instant.ts'
import type { Decimal } from '../decimal/decimal.ts'
import type { RoundingMode } from '../decimal/rounding-mode.ts'
import type { Invoice, InvoiceLine } from '../invoice/invoice.ts'
import type { PlannedCheck } from '../policy/policy.ts'
import type { Tolerance } from '../policy/tolerance.ts'
import type { OrderLine } from '../purchase-order/order-line.ts'
import type { CheckParameters, Reading } from './check-parameters.ts'
import type { Figure } from './figure.ts'
import type {
  BillingFact,
  OrderMatchView,
  ReceiptAllocation,
  ReceiptFact,
  RegisteredInvoice,
} from './match-input.ts'
import type { BilledFigures, ReceivedFigures } from './order-line-ledger.ts'

/** What a check is about, in the words of the office; says which exception its failure becomes. */
export type Concern =
  | 'price'
  | 'ordered-amount'
  | 'received'
  | 'uncovered'
  | 'accepted'
  | 'ordered'
  | 'price-unit-ratio'
  | 'discount'
  | 'charge'
  | 'total'
  | 'early-invoice'
  | 'large-amount'
  | 'blanket-amount'
  | 'blanket-validity'
  | 'balance'
  | 'prepayment'
  | 'tax'
  | 'currency'
  | 'exchange-rate'
  | 'duplicate'
  | 'credit'
  | 'credit-price'
  | 'credit-reference'
  | 'inspection'
  | 'over-receipt'
  | 'missing-data'
  | 'unlinked'
  | 'wrong-order'
  | 'unit-conversion'
  | 'open-case'

/** What a number of a check counts: money, in the invoice's or the accounting currency, units of the order line, days, or a ratio. */
export type MeasureUnit =
  | {
      readonly kind: 'money' | 'accounting-money'
      readonly currency: string
      readonly places: number
    }
  | { readonly kind: 'quantity'; readonly unitOfMeasure: string }
  | { readonly kind: 'days' }
  | { readonly kind: 'ratio' }

/** Receipts that cover an invoice line, and how much each: the answer of Sum Up To. */
export type AssociatedReceipt = { readonly receiptNumber: string; readonly quantity: Figure }

/** Two numbers compared. */
export type Measured = {
  readonly kind: 'measured'
  readonly concern: Concern
  readonly unit: MeasureUnit
  readonly expected: Figure
  readonly actual: Figure
  /** actual - expected */
  readonly variance: Figure
  /** What percentages are of; null where a percentage means nothing. */
  readonly base: Figure | null
  /** What the absolute limit is held against; the variance for most checks. */
  readonly limited: Figure
  /** Money value of a quantity variance. */
  readonly varianceAmount: Figure | null
  /** Set by a check that has no tolerance: it is within or it is not. */
  readonly isWithin: boolean | null
  readonly associated: readonly AssociatedReceipt[] | null
  /** All lines of the invoice that bill the order line were counted together, not the line alone. */
  readonly isShared: boolean
}

/** A check that compares no numbers, or cannot be made on these documents. */
export type Answered = {
  readonly kind: 'answered'
  readonly concern: Concern
  readonly isWithin: boolean
  /** What the check answers where it answers in a word. */
  readonly answer: string | null
  /** Why, in words. */
  readonly sentence: string
  /** What was found, as a key of `holdCodes`. */
  readonly finding: string | null
  /** The numbers behind an answer that shows none. */
  readonly behind: Measured | null
  /** For a difference in text. */
  readonly expectedText: string | null
  readonly actualText: string | null
}

export type Measurement = Measured | Answered

/** A planned check with its parameters and limits read. */
export type CheckQuestion = {
  readonly planned: PlannedCheck
  readonly parameters: CheckParameters
  readonly tolerance: Tolerance
}

/** What is the same for a whole invoice. */
export type InvoiceContext = {
  readonly invoice: Invoice
  readonly invoiceKey: string
  readonly orders: readonly OrderMatchView[]
  /** The lines that bill an order line in `orders`. */
  readonly linked: readonly LinkedLine[]
  readonly register: readonly RegisteredInvoice[]
  readonly now: Instant
  /** The day the invoice was entered, or today. */
  readonly entryDate: CalendarDate
  readonly receivedAt: Instant | null
  readonly supplierName: string | null
  /** What the buyer's own tax determination says; null where nobody asked it. */
  readonly expectedTaxAmount: Decimal | null
  readonly roundingMode: RoundingMode
  /** Minor units of the invoice's currency. */
  readonly amountPlaces: number
}

/** An order line with what arrived and what was billed on it before. */
export type OrderLineContext = {
  readonly header: InvoiceContext
  readonly order: OrderMatchView
  readonly orderLine: OrderLine
  readonly receipts: readonly ReceiptFact[]
  readonly billings: readonly BillingFact[]
  /** Sums over receipts and billings, made when the first check asks. Not for reading: see `order-line-sums.ts`. */
  readonly sums: OrderLineSums
}

/** What was added up so far. */
export type OrderLineSums = {
  received: ReceivedFigures | null
  readonly billedBefore: { [reading in Reading]: BilledFigures | null }
}

/** An invoice line together with the order line it bills. */
export type LinkedLine = OrderLineContext & {
  readonly invoiceLine: InvoiceLine
  /** Every line of the invoice that bills the same order line, this one included. */
  readonly siblings: readonly InvoiceLine[]
  readonly allocations: readonly ReceiptAllocation[]
}

/** A general comparison, by what it needs to see. */
export type Check =
  | {
      readonly scope: 'line'
      readonly measure: (line: LinkedLine, question: CheckQuestion) => Measurement
    }
  | {
      readonly scope: 'order-line'
      readonly measure: (line: OrderLineContext, question: CheckQuestion) => Measurement
    }
  | {
      readonly scope: 'invoice'
      readonly measure: (context: InvoiceContext, question: CheckQuestion) => Measurement
    }
