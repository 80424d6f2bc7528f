import { Approval, ApprovalAnswer, InvoiceType, type InvoiceStatus } from '@counterfoil/core'
import { defineEnum } from '../enum/define-enum.ts'
import { connectionSdl, pageArguments } from '../paging/connection.sdl.ts'

/** Words about invoices. */
export const invoiceEnums = [
  defineEnum('InvoiceType', 'What an invoice is.', InvoiceType.options),
  defineEnum('InvoiceState', 'Where an invoice is, in one word.', {
    captured: 'Something came about it, and not the invoice itself.',
    'extraction-review': 'A machine read it with doubt; a person is to compare.',
    received: 'It came in.',
    'suspected-duplicate': 'It may repeat another; a person decides.',
    'confirmed-duplicate': 'It repeats another, and is closed.',
    rejected: 'It goes back to the supplier.',
    unlinked: 'A line names no order that is known.',
    matching: 'Orders and register are being asked.',
    matched: 'It agrees.',
    'awaiting-receipt': 'It waits for goods.',
    'awaiting-resolution': 'It waits for a receiving case.',
    'on-hold': 'Something is out of tolerance.',
    'awaiting-approval': 'Somebody with authority is to agree.',
    released: 'It may be paid.',
    'partly-released': 'Some of it may be paid.',
    posted: 'It is in the books, and may not be paid yet.',
    'payment-ready': 'It is in the books and may be paid.',
    paid: 'It is paid.',
    cancelled: 'It was taken back.',
    credited: 'It was given back by a credit memo.',
    applied: 'A cancellation or reversal that has taken effect.',
  } satisfies Record<InvoiceStatus, string>),
  defineEnum('ApprovalState', 'How far an approval is.', Approval.shape.state.options),
  defineEnum(
    'ApprovalAnswerKind',
    'What somebody answered to an approval.',
    ApprovalAnswer.shape.answer.options,
  ),
]

/** Invoices. */
export const invoiceSdl = `
"""
What the supplier bills, or gives back, with everything that came of it.
"""
type Invoice implements Node {
  """
  Opaque id.
  """
  id: ID!
  """
  Tenant, buyer organisation, supplier, number and type, joined by slashes.
  """
  invoiceKey: String!
  """
  The legal entity or business unit that pays.
  """
  buyerOrganisation: String!
  """
  The supplier's number in the buyer's ERP.
  """
  supplier: String!
  """
  The supplier's number of the invoice.
  """
  invoiceNumber: String!
  """
  What it is. All amounts are positive; the type gives the direction.
  """
  invoiceType: InvoiceType!
  """
  Where it is, in one word.
  """
  state: InvoiceState!
  """
  Something is left to do.
  """
  open: Boolean!
  """
  Number of events so far, to give as \`expectedVersion\`.
  """
  version: Int
  """
  What the last matching attempt decided; null before the first.
  """
  decision: MatchDecision
  """
  Released without a person having touched it.
  """
  touchless: Boolean!
  """
  The orders it bills.
  """
  orderNumbers: [String!]!
  """
  Those orders themselves. Orders that are not known are left out.
  """
  orders(${pageArguments}
  ): OrderConnection!
  """
  ISO 4217 code of all its amounts.
  """
  currency: String!
  """
  What the supplier asks for in all.
  """
  totalAmount: Decimal
  """
  What may be paid; null while nothing may.
  """
  payableAmount: Decimal
  """
  Date of the invoice.
  """
  invoiceDate: CalendarDate!
  """
  Day it has to be paid.
  """
  dueDate: CalendarDate
  """
  Last day on which paying earns the cash discount.
  """
  discountDate: CalendarDate
  """
  What paying by then saves.
  """
  discountAmount: Decimal
  """
  The dates at risk as of a day: it is not released and the day is near or past.
  """
  datesAtRisk(
    """
    The day to look from.
    """
    today: CalendarDate!
    """
    So many days ahead count as near, 0 to 365.
    """
    warnDays: Int = 3
  ): DatesAtRisk
  """
  When payment is due and what paying early earns, as printed.
  """
  paymentTerms: PaymentTerms
  """
  What is billed, line by line, with the order lines a clerk named filled in.
  """
  lines(${pageArguments}
  ): InvoiceLineConnection!
  """
  Charges of the whole invoice. At most 250.
  """
  charges: [Charge!]!
  """
  Taxes of the whole invoice. At most 250.
  """
  taxes: [InvoiceTax!]!
  """
  Allowances given on the whole invoice.
  """
  allowancesAmount: Decimal
  """
  What the last matching attempt found: checks, measured values, allocations. Null before the first.
  """
  match: MatchResult
  """
  Its holds, each with what would clear it.
  """
  holds(
    """
    Those that stand, or those that are over; both when absent.
    """
    open: Boolean${pageArguments}
  ): HoldConnection!
  """
  Its own cases, oldest first.
  """
  exceptions(
    """
    Open ones, or settled ones; both when absent.
    """
    open: Boolean${pageArguments}
  ): ExceptionCaseConnection!
  """
  Disputes with the supplier about it. At most the last 250.
  """
  disputes: [Dispute!]!
  """
  Decisions somebody with authority has to take, or took. At most the last 250.
  """
  approvals: [Approval!]!
  """
  Money that left for it. At most the last 250.
  """
  payments: [Payment!]!
  """
  Everything that happened to it, in the order in which it was decided, with why.
  """
  history(${pageArguments}
  ): TimelineEntryConnection!
}

"""
Dates that are missed if nobody acts.
"""
type DatesAtRisk {
  """
  The invoice may be paid late.
  """
  dueDate: Boolean!
  """
  The cash discount may be lost.
  """
  cashDiscount: Boolean!
}

"""
A decision somebody with authority has to take before something happens.
"""
type Approval {
  """
  Its own id, inside the invoice.
  """
  approvalId: String!
  """
  How far it is.
  """
  state: ApprovalState!
  """
  The role that decides.
  """
  approverRole: String!
  """
  Every role that may decide now, with those called because nobody did in time.
  """
  askedRoles: [String!]!
  """
  Which step is asked, from 1; null where it has no steps.
  """
  step: Int
  """
  How many steps there are; 0 where it has none.
  """
  steps: Int!
  """
  When the step is due; null where it has no steps.
  """
  dueAt: Instant
  """
  What was answered so far, in turn.
  """
  answers: [ApprovalAnswer!]!
  """
  Who asked.
  """
  requestedBy: String!
  """
  When.
  """
  requestedAt: Instant!
  """
  Money at stake.
  """
  exposure: Money
  """
  Who decided.
  """
  decidedBy: String
  """
  When.
  """
  decidedAt: Instant
  """
  Why.
  """
  reason: String
}

"""
What one person answered to an approval.
"""
type ApprovalAnswer {
  """
  The step, from 1.
  """
  step: Int!
  """
  Yes, no, or back to whoever asked.
  """
  answer: ApprovalAnswerKind!
  """
  Who.
  """
  by: String!
  """
  The role it counts for.
  """
  asRole: String!
  """
  Whose authority it rests on, where it was delegated.
  """
  onBehalfOf: String
  """
  When.
  """
  at: Instant!
  """
  Why.
  """
  reason: String
}

"""
Money that left for an invoice.
"""
type Payment {
  """
  The bank's or the finance system's reference.
  """
  reference: String!
  """
  The day.
  """
  paidOn: CalendarDate!
  """
  How much.
  """
  amount: Decimal!
  """
  Cash discount taken.
  """
  discountTaken: Decimal
  """
  It came back.
  """
  reversed: Boolean!
}

"""
Selects invoices. What is left out lets everything pass.
"""
input InvoiceFilter {
  """
  Invoices that are there.
  """
  state: InvoiceState
  """
  Invoices with something left to do, or those without.
  """
  open: Boolean
  """
  Invoices of this supplier.
  """
  supplier: String
  """
  Invoices to this buyer organisation.
  """
  buyerOrganisation: String
  """
  To be paid on or before this day.
  """
  dueBefore: CalendarDate
}

"""
Names an invoice: by its id, or as people do.
"""
input InvoiceReference @oneOf {
  """
  The id this schema gave it.
  """
  id: ID
  """
  Buyer organisation, supplier, number and type.
  """
  number: InvoiceNumberInput
}

"""
An invoice as people name it.
"""
input InvoiceNumberInput {
  """
  The legal entity or business unit that pays.
  """
  buyerOrganisation: String!
  """
  The supplier's number in the buyer's ERP.
  """
  supplier: String!
  """
  The supplier's number of the invoice; capitals and blanks do not matter.
  """
  invoiceNumber: String!
  """
  What it is.
  """
  invoiceType: InvoiceType = STANDARD
}
${connectionSdl('Invoice', 'invoices')}${connectionSdl('InvoiceLine', 'lines', { counted: true })}`
